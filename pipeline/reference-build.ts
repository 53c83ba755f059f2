import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inspectCsv } from '../engine/csv-file.js';
import { type Database, openDatabase } from '../engine/database.js';
import { isParquet, parquetColumns } from '../engine/read-parquet.js';
import { identifier, literal } from '../engine/sql.js';
import { mapValues } from '../engine/value-exchange.js';
import { writeWhole } from '../engine/whole-file.js';
import { spreadsheetSafe } from '../engine/write-csv.js';
import { UserError } from '../messages/user-error.js';
import { foldHeader } from '../sectors/mapping.js';
import type { Sector } from '../sectors/schema.js';
import type { Context } from './context.js';
import { answersTable, type ColumnFacts, normalizeColumn } from './dictionaries.js';
import { keyType, RECORD_KEY } from './fields.js';
import { readFiles, type SourceFile } from './ingest.js';
import type { ColumnMap, FileSet } from './job-type.js';
import {
  REFERENCE_DATABASE,
  REFERENCE_MANIFEST,
  REFERENCE_VERSION,
  type ReferenceManifest,
  readReference,
} from './reference.js';
import { OLD_IDS, type ReferenceField, referenceFields, STATUS } from './reference-fields.js';
import { valueWorker } from './value-worker.js';

export interface ReferenceSource {
  readonly files: FileSet;
  readonly idChanges: FileSet | null;
  /** Folder to make; must not exist, or be a reference already (it is replaced as a whole). */
  readonly out: string;
  readonly sector?: Sector;
}

export interface BuiltReference {
  readonly folder: string;
  readonly people: number;
  readonly hash: string;
  readonly seconds: number;
}

/**
 * Loads a population extract into a prepared reference: normalised, keyed, frequencies counted. The folder appears whole
 * or not at all. Throws UserError for files that cannot be read and columns that are not there.
 */
export async function buildReference(source: ReferenceSource, context: Context): Promise<BuiltReference> {
  const start = performance.now();
  const building = `${source.out}.building`;
  rmSync(building, { recursive: true, force: true });
  mkdirSync(building, { recursive: true });
  const db = await openDatabase({
    path: join(building, REFERENCE_DATABASE),
    memory: context.memory,
    threads: context.threads,
    tempDir: join(building, 'temp'),
  });
  try {
    const manifest = await fillReference(db, source, context);
    await db.run('CHECKPOINT');
    await db.close();
    writeWhole(join(building, REFERENCE_MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
    rmSync(join(building, 'temp'), { recursive: true, force: true });
    replaceFolder(building, source.out);
    const seconds = (performance.now() - start) / 1000;
    return { folder: source.out, people: manifest.people, hash: manifest.hash, seconds };
  } catch (error) {
    await db.close().catch(() => undefined);
    rmSync(building, { recursive: true, force: true });
    throw error;
  }
}

function replaceFolder(from: string, to: string): void {
  if (existsSync(to) && !existsSync(join(to, REFERENCE_MANIFEST))) {
    throw new UserError({
      what: {
        vi: 'Thư mục đích đã có và không phải là dữ liệu tham chiếu.',
        en: 'The target folder exists and is not a reference.',
      },
      where: to,
      mend: { vi: 'Hãy chọn một thư mục khác cho -o.', en: 'Choose another folder for -o.' },
    });
  }
  mkdirSync(dirname(to), { recursive: true });
  rmSync(to, { recursive: true, force: true });
  renameSync(from, to);
}

async function fillReference(
  db: Database,
  source: ReferenceSource,
  context: Context,
): Promise<ReferenceManifest> {
  const { set, fields } = await mappedFields(db, source);
  const where = (setting: string) => `reference.columns.${setting}`;
  const task = context.progress.start({ vi: 'Nạp dữ liệu tham chiếu', en: 'Loading the reference' });
  const extra = [STATUS, RECORD_KEY].filter((name) => set.columns[name] !== undefined);
  const names = [...fields.map((field) => field.name), ...extra];
  const { files } = await readFiles(db, { set, fields: names, table: 'raw_people', where });
  const found = await Promise.all(fields.map((field) => normalizeReferenceField(db, field)));
  const facts = Object.fromEntries(fields.map((field, i) => [field.name, found[i]!]));
  task.at(0.7);
  await makePeople(db, fields, names);
  await makeOldNumbers(db, fields);
  const changes = await makeIdChanges(db, source.idChanges);
  const people = await db.value<number>('SELECT count(*) FROM people');
  task.done(people);
  return describe(db, { files: [...files, ...changes], fields, facts, hasKey: names.includes(RECORD_KEY) });
}

interface Mapped {
  readonly set: FileSet;
  readonly fields: readonly ReferenceField[];
}

/** The job's own mapping, or the columns whose headers say what they are. */
async function mappedFields(db: Database, source: ReferenceSource): Promise<Mapped> {
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

async function normalizeReferenceField(db: Database, field: ReferenceField): Promise<ColumnFacts> {
  if (field.name === OLD_IDS) return { hints: {}, confidence: {} };
  const role = field.key ? 'identify' : 'coded';
  const facts = await normalizeColumn(db, 'raw_people', {
    name: field.name,
    kind: field.kind,
    role,
    hints: {},
    masked: role === 'coded',
  });
  if (role === 'coded') await makeValues(db, field);
  return facts;
}

/** values_<field>: every canonical value with its number and how lists show it masked (safe in a spreadsheet). */
async function makeValues(db: Database, field: ReferenceField): Promise<void> {
  const answers = answersTable(field.name);
  const values = identifier(`values_${field.name}`);
  const list = identifier(`value_list_${field.name}`);
  const masks = `missing_masks_${field.name}`;
  await db.run(`CREATE OR REPLACE TEMP TABLE ${list} AS
    SELECT value, any_value(masked) AS masked FROM ${answers} WHERE value IS NOT NULL GROUP BY value`);
  await mapValues(db, {
    select: `SELECT rowid AS key, value AS a FROM ${list} WHERE masked IS NULL`,
    columns: 1,
    module: valueWorker,
    task: 'maskValues',
    options: { kind: field.kind },
    into: { table: masks, columns: { masked: 'VARCHAR' } },
  });
  await db.run(`CREATE OR REPLACE TABLE ${values} AS
    SELECT v.rowid::UINTEGER AS value_id, v.value, ${spreadsheetSafe('coalesce(v.masked, m.masked)')} AS masked
    FROM ${list} v LEFT JOIN ${identifier(masks)} m ON v.rowid = m.key`);
  await db.run(`CREATE OR REPLACE TEMP TABLE ${identifier(`value_ids_${field.name}`)} AS
    SELECT a.raw, v.value_id FROM ${answers} a JOIN ${values} v ON a.value = v.value`);
}

/** people: one row a person, keys and value numbers; a number that two people have is no key (`id_repeated`). */
async function makePeople(
  db: Database,
  fields: readonly ReferenceField[],
  names: readonly string[],
): Promise<void> {
  const usual = fields.filter((field) => field.name !== OLD_IDS);
  const columns = usual.map((field) => `${personColumn(field)} AS ${identifier(columnOf(field))}`);
  const joins = usual.map((field) => {
    const alias = identifier(`t_${field.name}`);
    const table = field.key ? answersTable(field.name) : identifier(`value_ids_${field.name}`);
    return `LEFT JOIN ${table} ${alias} ON r.${identifier(field.name)} = ${alias}.raw`;
  });
  const status = `${names.includes(STATUS) ? statusCode(`r.${identifier(STATUS)}`) : '0::UTINYINT'} AS status`;
  const key = names.includes(RECORD_KEY) ? ['r.record_key'] : [];
  await db.run(`CREATE OR REPLACE TABLE people AS
    SELECT ${['r.rowid::UINTEGER AS person', status, ...key, ...columns].join(', ')}
    FROM raw_people r ${joins.join('\n      ')} WHERE r._state <> 2`);
  for (const field of usual.filter((one) => one.key)) await makeRepeatedKeys(db, field);
}

async function makeRepeatedKeys(db: Database, field: ReferenceField): Promise<void> {
  const column = identifier(columnOf(field));
  await db.run(`CREATE OR REPLACE TABLE ${identifier(`repeated_${field.name}`)} AS
    SELECT ${column} AS key, count(*) AS people FROM people WHERE ${column} IS NOT NULL GROUP BY ALL HAVING count(*) > 1`);
}

function columnOf(field: ReferenceField): string {
  return field.key ? `k_${field.name}` : `v_${field.name}`;
}

function personColumn(field: ReferenceField): string {
  const alias = identifier(`t_${field.name}`);
  if (!field.key) return `${alias}.value_id`;
  const raw = `r.${identifier(field.name)}`;
  const key = `if(${alias}.entry IS NULL, ${raw}, if(${alias}.type IS NULL OR ${alias}.type = 'restored', ${alias}.value, NULL))`;
  return `TRY_CAST(${key} AS ${keyType(field.kind)})`;
}

/** Words for a person's status in the extracts we know; whatever else stands there counts as alive. */
function statusCode(column: string): string {
  const word = `lower(strip_accents(trim(${column})))`;
  return `(CASE WHEN ${word} IN ('dead', 'deceased', 'chet', 'da chet', 'đa chet', 'tu vong', 'đa mat', 'da mat') THEN 1
    WHEN ${word} IN ('left', 'absent', 'xuat canh', 'mat quoc tich', 'xoa', 'thoi quoc tich') THEN 2 ELSE 0 END)::UTINYINT`;
}

/** old_numbers: every old 9-digit number of a person. The cell may hold several. */
async function makeOldNumbers(db: Database, fields: readonly ReferenceField[]): Promise<void> {
  await db.run('CREATE OR REPLACE TABLE old_numbers (old_id VARCHAR, person UINTEGER)');
  if (!fields.some((field) => field.name === OLD_IDS)) return;
  await db.run(`CREATE OR REPLACE TEMP TABLE old_cells AS
    SELECT rowid::UINTEGER AS person, trim(unnest(regexp_split_to_array(${identifier(OLD_IDS)}, '[;,|]'))) AS old_id
    FROM raw_people WHERE ${identifier(OLD_IDS)} IS NOT NULL AND _state <> 2`);
  await normalizeColumn(db, 'old_cells', {
    name: 'old_id',
    kind: 'old-id',
    role: 'identify',
    hints: {},
    masked: false,
  });
  await db.run(`INSERT INTO old_numbers
    SELECT DISTINCT if(a.entry IS NULL, c.old_id, a.value) AS old_id, c.person
    FROM old_cells c LEFT JOIN ${answersTable('old_id')} a ON c.old_id = a.raw
    WHERE c.old_id <> '' AND (a.entry IS NULL OR a.value IS NOT NULL)`);
}

/** id_changes: a cancelled number and the one that stands for it today, chains followed to their end. */
async function makeIdChanges(db: Database, set: FileSet | null): Promise<SourceFile[]> {
  await db.run('CREATE OR REPLACE TABLE id_changes (old_id BIGINT, new_id BIGINT)');
  if (set === null) return [];
  const columns =
    Object.keys(set.columns).length > 0 ? set.columns : { old_id: ['old_id'], new_id: ['new_id'] };
  const where = (setting: string) => `reference.id_changes.columns.${setting}`;
  const plan = { set: { ...set, columns }, fields: ['old_id', 'new_id'], table: 'raw_changes', where };
  const { files } = await readFiles(db, plan);
  await db.run(`CREATE OR REPLACE TEMP TABLE changes AS SELECT DISTINCT TRY_CAST(regexp_replace(old_id, '[^0-9]', '', 'g')
      AS BIGINT) AS old_id, TRY_CAST(regexp_replace(new_id, '[^0-9]', '', 'g') AS BIGINT) AS new_id
    FROM raw_changes WHERE _state <> 2`);
  await db.run(`INSERT INTO id_changes
    WITH RECURSIVE chain(old_id, new_id, steps) AS (
      SELECT old_id, new_id, 1 FROM changes
      UNION
      SELECT chain.old_id, changes.new_id, chain.steps + 1 FROM chain JOIN changes ON chain.new_id = changes.old_id
      WHERE chain.steps < 10)
    SELECT old_id, arg_max(new_id, (steps, new_id)) FROM chain
    WHERE old_id IS NOT NULL AND new_id IS NOT NULL AND old_id <> new_id GROUP BY old_id`);
  return [...files];
}

async function describe(
  db: Database,
  parts: {
    readonly files: readonly SourceFile[];
    readonly fields: readonly ReferenceField[];
    readonly facts: Readonly<Record<string, ColumnFacts>>;
    readonly hasKey: boolean;
  },
): Promise<ReferenceManifest> {
  const fields: ReferenceManifest['fields'] = [];
  for (const { name, kind, key } of parts.fields) {
    if (name === OLD_IDS) continue;
    const size = key ? 0 : await db.value<number>(`SELECT count(*) FROM ${identifier(`values_${name}`)}`);
    fields.push({ name, kind, key, values: size, hints: { ...parts.facts[name]?.hints } });
  }
  const hash = createHash('sha256').update(REFERENCE_VERSION);
  for (const file of parts.files) hash.update(file.sha256);
  hash.update(JSON.stringify(parts.fields.map(({ name, kind, key }) => [name, kind, key])));
  const keyed = parts.fields.filter((field) => field.name !== OLD_IDS && field.key);
  let repeatedIds = 0;
  for (const { name } of keyed) {
    repeatedIds += await db.value<number>(`SELECT count(*) FROM ${identifier(`repeated_${name}`)}`);
  }
  return {
    version: REFERENCE_VERSION,
    hash: hash.digest('hex'),
    people: await db.value<number>('SELECT count(*) FROM people'),
    oldNumbers: await db.value<number>('SELECT count(*) FROM old_numbers'),
    idChanges: await db.value<number>('SELECT count(*) FROM id_changes'),
    repeatedIds,
    hasKey: parts.hasKey,
    unreadableRows: parts.files.reduce((sum, file) => sum + file.rejected, 0),
    fields,
    files: parts.files.map(({ name, sha256, bytes, rows, rejected }) => ({
      name,
      sha256,
      bytes,
      rows,
      rejected,
    })),
  };
}

/** Attaches a prepared reference as `ref`, to be read only, and returns what it says of itself. */
export async function attachReference(db: Database, folder: string): Promise<ReferenceManifest> {
  const manifest = readReference(folder);
  await db.run(`ATTACH ${literal(join(folder, REFERENCE_DATABASE))} AS ref (READ_ONLY)`);
  return manifest;
}
