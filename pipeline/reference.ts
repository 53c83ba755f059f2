import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../messages/user-error.js';

/** Changes whenever a prepared reference of an older program can no longer be read as meant. */
export const REFERENCE_VERSION = 'doisoat.reference/2';
export const REFERENCE_DATABASE = 'reference.duckdb';
export const REFERENCE_MANIFEST = 'reference.json';

const manifestSchema = z.object({
  version: z.literal(REFERENCE_VERSION),
  hash: z.string(),
  /** Version of the program that read it. */
  program: z.string(),
  people: z.number(),
  oldNumbers: z.number(),
  idChanges: z.number(),
  /** Identity numbers that stand for more than one person: they find nobody. */
  repeatedIds: z.number(),
  /** The people have keys of the reference's own (`record_key`). */
  hasKey: z.boolean(),
  unreadableRows: z.number(),
  fields: z.array(
    z.object({
      name: z.string(),
      kind: z.string(),
      /** Rows hold the value itself (`k_name`), not its number in a dictionary (`v_name`). */
      key: z.boolean(),
      values: z.number(),
      /** `written_<field>` holds the distinct strings as written, with what they were read as. */
      written: z.boolean(),
      hints: z.record(z.string(), z.unknown()),
    }),
  ),
  files: z.array(
    z.object({
      name: z.string(),
      sha256: z.string(),
      bytes: z.number(),
      rows: z.number(),
      rejected: z.number(),
    }),
  ),
});

export type ReferenceManifest = z.infer<typeof manifestSchema>;

/** Reads what a prepared reference says of itself. Throws UserError when the folder is none, or of another version. */
export function readReference(folder: string): ReferenceManifest {
  const path = join(folder, REFERENCE_MANIFEST);
  if (!existsSync(path)) throw noReference(folder);
  const parsed = manifestSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.success) throw noReference(folder);
  return parsed.data;
}

function noReference(folder: string): UserError {
  return new UserError({
    what: {
      vi: 'Thư mục này không phải dữ liệu tham chiếu đã chuẩn bị (hoặc của phiên bản khác).',
      en: 'This folder is not a prepared reference (or one of another version).',
    },
    where: folder,
    mend: {
      vi: 'Hãy tạo lại bằng: doisoat reference build TỆP… -o THƯ-MỤC',
      en: 'Make it again with: doisoat reference build FILE… -o FOLDER',
    },
  });
}
