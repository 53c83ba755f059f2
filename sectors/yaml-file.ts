import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, stringify } from 'yaml';
import { UserError } from '../messages/user-error.js';
import { fileProblem } from './file-problem.js';

/** Sole home of the YAML library. JSON is read by the same way, being a subset of YAML. */

export type Path = readonly (string | number)[];

/** A YAML or JSON file that remembers on which line each setting stands. */
export interface YamlFile {
  readonly path: string;
  /** As messages name it: relative to where the user stands. */
  readonly shown: string;
  readonly value: unknown;
  readonly sha256: string;
  /** `job.yaml:12`; a setting that is not there is placed at the nearest thing around it. */
  readonly where: (path: Path) => string;
}

/** Reads one file. A syntax error, a missing file, a folder: one `UserError` that names file and line. */
export function readYamlFile(path: string): YamlFile {
  const bytes = readBytes(path);
  const shown = shownPath(path);
  const text = decodeUtf8(bytes, shown);
  const lines = new LineCounter();
  // A tab cannot indent YAML, but JSON files are often written with tabs.
  const source = /^\s*[{[]/.test(text) ? text.replaceAll('\t', '  ') : text;
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const line = (offset: number) => `${shown}:${lines.linePos(offset).line}`;
  const error = document.errors[0];
  if (error) throw syntaxError(error.message, line(error.pos[0]));
  return {
    path,
    shown,
    value: toPlain(document, shown),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    where: (at) => line(offsetOf(document.contents, at)),
  };
}

/** Relative to the current folder when inside it, else in full. */
export function shownPath(path: string): string {
  const inside = relative(process.cwd(), path);
  return inside === '' || inside.startsWith('..') || isAbsolute(inside) ? path : inside;
}

/** A text as it must stand in a YAML file, quoted where it needs quotes. */
export function yamlScalar(text: string): string {
  return stringify(text, { lineWidth: 0, defaultStringType: 'PLAIN', blockQuote: false }).trimEnd();
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw fileProblem(error, shownPath(path));
  }
}

function decodeUtf8(bytes: Buffer, shown: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UserError({
      what: { vi: 'Tệp không ở dạng UTF-8.', en: 'The file is not UTF-8 text.' },
      where: shown,
      mend: { vi: 'Hãy lưu lại tệp với mã UTF-8.', en: 'Save the file again as UTF-8.' },
    });
  }
}

function toPlain(document: ReturnType<typeof parseDocument>, shown: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw syntaxError(error instanceof Error ? error.message : String(error), `${shown}:1`);
  }
}

function syntaxError(message: string, where: string): UserError {
  const tidy = message.replace(/\s+/g, ' ');
  return new UserError({
    what: { vi: `Tệp sai cú pháp YAML: ${tidy}`, en: `The file is not valid YAML: ${tidy}` },
    where,
    mend: {
      vi: 'Hãy xem lại dòng này: thụt đầu dòng bằng dấu cách, sau dấu hai chấm có một dấu cách, mỗi tên chỉ một lần.',
      en: 'Check this line: indent with spaces, one space after a colon, each name only once.',
    },
  });
}

function offsetOf(contents: unknown, path: Path): number {
  let node = contents;
  let offset = startOf(contents);
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (!pair) return offset;
      offset = startOf(pair.key);
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      if (node === undefined) return offset;
      offset = startOf(node);
    } else {
      return offset;
    }
  }
  return offset;
}

function startOf(node: unknown): number {
  return (node as Node | null)?.range?.[0] ?? 0;
}
