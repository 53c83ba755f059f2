import type { Readable, Writable } from 'node:stream';
import type { Language, Text } from '../messages/text.js';
import { UserError } from '../messages/user-error.js';
import type { Context } from '../pipeline/context.js';

/** The world as a command sees it; tests give their own. */
export interface Streams {
  readonly stdin: Readable;
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly env: NodeJS.ProcessEnv;
}

export interface Session {
  readonly streams: Streams;
  readonly language: Language;
  readonly context: Context;
  /** A text in the session's language. */
  readonly say: (text: Text) => string;
}

/** As commander gives them, under camelCase names: `--id-changes` → `idChanges`. */
export type Options = Readonly<Record<string, unknown>>;

export interface Input {
  readonly args: readonly string[];
  readonly options: Options;
  readonly session: Session;
}

/** What a command answers: `data` under `--json`, else `text`. */
export interface Answer {
  readonly data: unknown;
  readonly text: string;
  readonly exitCode?: number;
  /** Stdout holds the result already. */
  readonly silent?: boolean;
}

export type Run = (input: Input) => Promise<Answer>;

export function textOption(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** An option that the command cannot do without. */
export function requiredOption(options: Options, name: string): string {
  const value = textOption(options, name);
  if (value !== undefined) return value;
  throw new UserError({
    what: { vi: `Thiếu tùy chọn --${name}.`, en: `The option --${name} is missing.` },
    mend: { vi: `Hãy thêm --${name} …; xem --help.`, en: `Add --${name} …; see --help.` },
  });
}

/** A number between two limits; `whole` numbers have no fraction. */
export function numberOption(
  options: Options,
  name: string,
  limits: { readonly min: number; readonly max: number; readonly whole: boolean },
): number | undefined {
  const text = textOption(options, name);
  if (text === undefined) return undefined;
  const value = Number(text.replaceAll('_', ''));
  const fits = value >= limits.min && value <= limits.max && (!limits.whole || Number.isInteger(value));
  if (text.trim() !== '' && fits) return value;
  const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const kind: Text = limits.whole ? { vi: 'số nguyên', en: 'a whole number' } : { vi: 'số', en: 'a number' };
  const range = `${limits.min} … ${limits.max}`;
  throw new UserError({
    what: { vi: `${flag} không nhận “${text}”.`, en: `${flag} does not take “${text}”.` },
    where: flag,
    mend: { vi: `Hãy ghi một ${kind.vi} trong khoảng ${range}.`, en: `Give ${kind.en} in ${range}.` },
  });
}

/** `--column name=ho_ten --column born=ngay_sinh`; a column list is `name=ho+ten`. */
export function columnOptions(options: Options): Record<string, string[]> | null {
  const given = options.column;
  if (!Array.isArray(given) || given.length === 0) return null;
  const pairs = given.map((one): [string, string[]] => {
    const at = String(one).indexOf('=');
    if (at > 0 && at < String(one).length - 1) {
      return [
        String(one).slice(0, at),
        String(one)
          .slice(at + 1)
          .split('+'),
      ];
    }
    throw new UserError({
      what: { vi: `--column không hiểu “${one}”.`, en: `--column does not understand “${one}”.` },
      where: '--column',
      mend: {
        vi: 'Hãy ghi trường=tiêu đề, ví dụ name=ho_ten.',
        en: 'Write field=header, such as name=ho_ten.',
      },
    });
  });
  return Object.fromEntries(pairs);
}
