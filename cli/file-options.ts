import { resolve } from 'node:path';
import type { EncodingChoice } from '../engine/csv-file.js';
import { UserError } from '../messages/user-error.js';
import type { FileChoice } from '../pipeline/input-table.js';
import { insteadOf } from '../sectors/schema-check.js';
import { type Options, textOption } from './session.js';

const ENCODINGS: readonly EncodingChoice[] = ['auto', 'utf-8', 'utf-16', 'windows-1258', 'tcvn3', 'vni'];

/** `--encoding` and `--delimiter`, checked. */
export function readingOptions(options: Options): Omit<FileChoice, 'path'> {
  return { encoding: encodingOf(options), delimiter: delimiterOf(options) };
}

export function fileChoice(path: string, options: Options): FileChoice {
  return { path: resolve(path), ...readingOptions(options) };
}

function encodingOf(options: Options): EncodingChoice {
  const name = textOption(options, 'encoding') ?? 'auto';
  const known = ENCODINGS.find((one) => one === name.toLowerCase());
  if (known !== undefined) return known;
  throw new UserError({
    what: { vi: `Không có mã chữ “${name}”.`, en: `There is no encoding “${name}”.` },
    where: '--encoding',
    mend: insteadOf(name, ENCODINGS),
  });
}

function delimiterOf(options: Options): string {
  const text = textOption(options, 'delimiter') ?? 'auto';
  if (text === 'tab' || text === '\\t') return '\t';
  if (text === 'auto' || text.length === 1) return text;
  throw new UserError({
    what: { vi: `Dấu ngăn cột “${text}” không hợp lệ.`, en: `The delimiter “${text}” is not valid.` },
    where: '--delimiter',
    mend: { vi: 'Hãy ghi một ký tự, tab hoặc auto.', en: 'Give one character, tab or auto.' },
  });
}
