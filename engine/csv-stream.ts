import type { Readable, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { format, parse } from 'fast-csv';
import { decoderFor, type FileEncoding } from './text-encoding.js';

/**
 * Rows of a delimited text that comes through a pipe, one after another with the number of each, the header's being 0.
 * Rejects with fast-csv's own error where quotes do not close.
 */
export async function* rowsOfStream(
  input: Readable,
  options: { readonly encoding: FileEncoding; readonly delimiter: 'auto' | string },
): AsyncGenerator<readonly string[]> {
  const text = textOf(input, options.encoding);
  const start = await firstLine(text);
  const delimiter = options.delimiter === 'auto' ? likelyDelimiter(start) : options.delimiter;
  const parser = parse<string[], string[]>({ headers: false, delimiter, ignoreEmpty: true });
  const feeding = feed(start, text, parser);
  feeding.catch((error: unknown) =>
    parser.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  for await (const row of parser) yield row as string[];
  await feeding;
}

async function* textOf(input: Readable, encoding: FileEncoding): AsyncGenerator<string, undefined> {
  const decoder = decoderFor(encoding);
  for await (const part of input) yield typeof part === 'string' ? part : decoder.write(part as Buffer);
  yield decoder.end();
  return undefined;
}

/** The text up to and including the chunk that ends the first line. */
async function firstLine(text: AsyncGenerator<string, undefined>): Promise<string> {
  let start = '';
  while (!/[\r\n]/.test(start)) {
    const next = await text.next();
    if (next.done) break;
    start += next.value;
  }
  return start;
}

/** The delimiter that the header line holds most of; a comma when it holds none. */
function likelyDelimiter(start: string): string {
  const header = start.split(/[\r\n]/, 1)[0] ?? '';
  const counted = [',', ';', '\t', '|'].map((delimiter) => ({
    delimiter,
    n: header.split(delimiter).length,
  }));
  return counted.toSorted((a, b) => b.n - a.n)[0]?.delimiter ?? ',';
}

async function feed(start: string, text: AsyncGenerator<string>, parser: Writable): Promise<void> {
  if (!parser.write(start)) await drained(parser);
  for await (const part of text) {
    if (part !== '' && !parser.write(part)) await drained(parser);
  }
  parser.end();
}

export interface RowWriter {
  write(row: readonly string[]): Promise<void>;
  /** Resolves when everything has been handed on; the output itself stays open. */
  end(): Promise<void>;
}

/** Writes rows as RFC 4180 with commas, waiting whenever the other end is slow. */
export function rowWriter(output: Writable): RowWriter {
  const stream = format({ headers: false, includeEndRowDelimiter: true, rowDelimiter: '\r\n' });
  stream.pipe(output, { end: false });
  return {
    async write(row) {
      if (!stream.write(row)) await drained(stream);
    },
    async end() {
      stream.end();
      await finished(stream);
    },
  };
}

function drained(stream: Writable): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = () => {
      stream.off('error', failed);
      resolve();
    };
    const failed = (error: Error) => {
      stream.off('drain', done);
      reject(error);
    };
    stream.once('drain', done);
    stream.once('error', failed);
  });
}
