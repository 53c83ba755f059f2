import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { EncodingChoice } from '../engine/csv-file.js';
import { appearWhole } from '../engine/whole-file.js';
import { UserError } from '../messages/user-error.js';
import type { Sector } from '../sectors/schema.js';
import { cleanTable } from './clean-file.js';
import type { CleanResult } from './clean-plan.js';
import { cleanStream } from './clean-stream.js';
import type { Context } from './context.js';
import type { ColumnMap } from './job-type.js';
import { withScratch } from './scratch.js';

export interface CleanOptions {
  /** `-`: from `stdin`. */
  readonly path: string;
  /** `-`: to `stdout`. */
  readonly out: string;
  readonly sector: Sector;
  /** Null: by the headers. */
  readonly columns: ColumnMap | null;
  readonly encoding: EncodingChoice;
  readonly delimiter: string;
  readonly stdin: Readable;
  readonly stdout: Writable;
}

/** Only normalises: every column as it was, then each field's canonical value and problems. The input is not changed. */
export async function cleanFile(options: CleanOptions, context: Context): Promise<CleanResult> {
  if (options.path === '-') {
    if (options.out === '-') return streamTo(options, options.stdout, context);
    let result: CleanResult | undefined;
    await appearWhole(resolve(options.out), async (partial) => {
      const file = createWriteStream(partial, { mode: 0o600 });
      result = await streamTo(options, file, context);
      await new Promise<void>((done, failed) => file.on('error', failed).end(done));
    });
    return { ...(result as CleanResult), files: [resolve(options.out)] };
  }
  if (resolve(options.path) === resolve(options.out)) throw sameFile(options.path);
  const choice = { path: resolve(options.path), encoding: options.encoding, delimiter: options.delimiter };
  const { sector, columns } = options;
  if (options.out !== '-') {
    const out = resolve(options.out);
    return withScratch(context, (db) => cleanTable(db, { choice, sector, columns, out }, context));
  }
  return throughTempFile(options, (out) =>
    withScratch(context, (db) => cleanTable(db, { choice, sector, columns, out }, context)),
  );
}

function streamTo(options: CleanOptions, output: Writable, context: Context): Promise<CleanResult> {
  const { stdin: input, encoding, delimiter, sector, columns } = options;
  return cleanStream({ input, output, encoding, delimiter, sector, columns }, context);
}

async function throughTempFile(
  { stdout }: CleanOptions,
  clean: (out: string) => Promise<CleanResult>,
): Promise<CleanResult> {
  const folder = mkdtempSync(join(tmpdir(), 'doisoat-clean-'));
  try {
    const path = join(folder, 'cleaned.csv');
    const result = await clean(path);
    await pipeline(createReadStream(path), stdout, { end: false });
    return { ...result, files: [] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function sameFile(path: string): UserError {
  return new UserError({
    what: { vi: 'Tệp kết quả trùng với tệp vào.', en: 'The output is the input itself.' },
    where: path,
    mend: {
      vi: 'Tệp vào không bao giờ bị thay đổi: hãy chọn tên khác cho -o.',
      en: 'An input is never changed: choose another name for -o.',
    },
  });
}
