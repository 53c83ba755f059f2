import { inspectCsv } from '../engine/csv-file.js';
import type { Database } from '../engine/database.js';
import { isParquet, parquetColumns } from '../engine/read-parquet.js';
import { UserError } from '../messages/user-error.js';
import { foldHeader } from '../sectors/header-words.js';
import type { ColumnMap, FileSet } from './job-type.js';
import type { ReferenceSource } from './reference-build.js';
import { type ReferenceField, referenceFields, STATUS } from './reference-fields.js';

/** Which columns of a population extract are which fields. */
export interface Mapped {
  readonly set: FileSet;
  readonly fields: readonly ReferenceField[];
}

/** The job's own mapping, or the columns whose headers say what they are. */
export async function mappedFields(db: Database, source: ReferenceSource): Promise<Mapped> {
  const known = referenceFields(source.sector ?? null);
  const columns =
    Object.keys(source.files.columns).length > 0
      ? source.files.columns
      : await columnsByHeader(db, source.files, known);
  const fields = known.filter((field) => columns[field.name] !== undefined);
  if (fields.length === 0) {
    throw new UserError({
      what: {
        vi: 'Không nhận ra cột nào của tệp tham chiếu.',
        en: 'No column of the reference file is recognised.',
      },
      where: source.files.files[0],
      mend: {
        vi: `Hãy ghi ánh xạ cột trong reference.columns; các trường: ${known.map((field) => field.name).join(', ')}.`,
        en: `Map the columns under reference.columns; the fields are ${known.map((field) => field.name).join(', ')}.`,
      },
    });
  }
  return { set: { ...source.files, columns }, fields };
}

async function columnsByHeader(
  db: Database,
  files: FileSet,
  fields: readonly ReferenceField[],
): Promise<ColumnMap> {
  const first = files.files[0]!;
  const header = isParquet(first) ? await parquetColumns(db, first) : (await inspectCsv(first, files)).header;
  const columns: Record<string, string[]> = {};
  const wanted = [...fields, { name: STATUS, headers: ['trang thai', 'trang_thai', 'tinh trang'] }];
  for (const field of wanted) {
    const names = new Set([field.name, ...field.headers].map(foldHeader));
    const found =
      header.find((name) => name === field.name) ?? header.find((name) => names.has(foldHeader(name)));
    if (found !== undefined) columns[field.name] = [found];
  }
  return columns;
}
