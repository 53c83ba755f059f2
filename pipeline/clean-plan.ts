import type { Text } from '../messages/text.js';
import { UserError } from '../messages/user-error.js';
import { normalizers } from '../normalizers/index.js';
import type { Normalizer } from '../normalizers/normalizer.js';
import { MEDIUM, suggestMapping } from '../sectors/mapping.js';
import type { Sector, SectorField } from '../sectors/schema.js';
import { insteadOf } from '../sectors/schema-check.js';
import { columnPositions } from './columns.js';
import { RECORD_KEY } from './fields.js';
import type { ColumnMap } from './job-type.js';

/** One field that `clean` normalises, and where its text stands in a row. */
export interface CleanField {
  readonly name: string;
  readonly field: SectorField;
  readonly normalizer: Normalizer;
  readonly columns: readonly string[];
  /** In the header; several are joined with a blank. */
  readonly positions: readonly number[];
}

/** What was changed in one field, and how often: the before/after summary. */
export interface CleanedField {
  readonly field: string;
  readonly kind: string;
  readonly columns: readonly string[];
  readonly filled: number;
  /** Rows whose canonical value is written otherwise than the raw one. */
  readonly changed: number;
  /** Rows with a raw value of which nothing usable is left. */
  readonly unusable: number;
  readonly problems: readonly { readonly problem: string; readonly labels: Text; readonly rows: number }[];
  /** `before → after`, both masked. */
  readonly examples: readonly string[];
}

export interface CleanResult {
  readonly rows: number;
  readonly rejected: number;
  readonly fields: readonly CleanedField[];
  readonly files: readonly string[];
}

/** The fields to clean: by the given mapping, else by the headers that are recognised well enough. */
export function planFields(
  sector: Sector,
  header: readonly string[],
  columns: ColumnMap | null,
): CleanField[] {
  const mapping = columns ?? suggested(sector, header);
  const unknown = Object.keys(mapping).find((name) => !(name in sector.fields) && name !== RECORD_KEY);
  if (unknown !== undefined) throw unknownField(unknown, sector);
  const fields = Object.entries(sector.fields).flatMap(([name, field]): CleanField[] => {
    const normalizer = normalizers[field.kind];
    const names = mapping[name];
    if (names === undefined || normalizer === undefined || name === RECORD_KEY) return [];
    const where = (setting: string) => `--column ${setting}=${names.join('+')}`;
    const positions = columnPositions({ field: name, header, path: '', columns: mapping, where });
    return [{ name, field, normalizer, columns: names, positions }];
  });
  if (fields.length > 0) return fields;
  throw nothingRecognised(sector, header);
}

function suggested(sector: Sector, header: readonly string[]): ColumnMap {
  const sure = suggestMapping(header, sector).filter(({ confidence }) => confidence >= MEDIUM);
  return Object.fromEntries(sure.flatMap(({ field, column }) => (field === null ? [] : [[field, [column]]])));
}

function unknownField(name: string, sector: Sector): UserError {
  return new UserError({
    what: {
      vi: `Lĩnh vực ${sector.name} không có trường “${name}”.`,
      en: `The sector ${sector.name} has no field “${name}”.`,
    },
    where: '--column',
    mend: insteadOf(name, Object.keys(sector.fields)),
  });
}

function nothingRecognised(sector: Sector, header: readonly string[]): UserError {
  const [have, want] = [header.join(', '), Object.keys(sector.fields).join(', ')];
  return new UserError({
    what: {
      vi: `Không nhận ra cột nào thuộc lĩnh vực ${sector.name}. Các cột trong tệp: ${have}.`,
      en: `No column is recognised as belonging to ${sector.name}. The file has: ${have}.`,
    },
    mend: {
      vi: `Hãy chỉ rõ bằng --column trường=cột; các trường: ${want}.`,
      en: `Say which is which with --column field=header; the fields are ${want}.`,
    },
  });
}

/** Header of the output: the file's own columns, then two for each field; a name that is taken gets a number behind it. */
export function cleanedHeader(header: readonly string[], fields: readonly CleanField[]): string[] {
  const names = [...header];
  for (const { name } of fields) {
    for (const wanted of [`${name}_canonical`, `${name}_problems`]) {
      let free = wanted;
      for (let n = 2; names.includes(free); n++) free = `${wanted}_${n}`;
      names.push(free);
    }
  }
  return names;
}

/** Problem keys as they stand in a cell. */
export const PROBLEM_SEPARATOR = ';';
