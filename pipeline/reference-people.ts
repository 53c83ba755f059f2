import type { Database } from '../engine/database.js';
import { identifier, spacedAt } from '../engine/sql.js';
import { mapValues } from '../engine/value-exchange.js';
import { spreadsheetSafe } from '../engine/write-csv.js';
import { answersTable, type ColumnFacts, normalizeColumn, readOnce } from './dictionaries.js';
import { keyType, RECORD_KEY } from './fields.js';
import { readFiles, type SourceFile } from './ingest.js';
import type { FileSet } from './job-type.js';
import { OLD_IDS, type ReferenceField, STATUS } from './reference-fields.js';
import { valueWorker } from './value-worker.js';

/** The tables of a prepared reference: dictionaries, people, old numbers, cancelled numbers. */

export async function normalizeReferenceField(db: Database, field: ReferenceField): Promise<ColumnFacts> {
  if (field.name === OLD_IDS) return { hints: {}, confidence: {} };
  const role = field.key ? 'identify' : 'coded';
  const facts = await normalizeColumn(db, 'raw_people', {
    name: field.name,
    kind: field.kind,
    role,
    hints: {},
    masked: role === 'coded',
  });
  if (role === 'coded') await makeValues(db, field, readOnce(field.kind, facts.hints));
  return facts;
}

/**
 * values_<field>: every canonical value with its number and how lists show it masked (safe in a spreadsheet). Where `readOnce`,
 * written_<field> as well: every string as written with its value and problems, for extracts that write it the same.
 */
async function makeValues(db: Database, field: ReferenceField, readOnce: boolean): Promise<void> {
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
    SELECT value_id, value, ${listCell('masked')} AS masked FROM
      (SELECT v.rowid::UINTEGER AS value_id, v.value, replace(coalesce(v.masked, m.masked), ', ', ' · ') AS masked
        FROM ${list} v LEFT JOIN ${identifier(masks)} m ON v.rowid = m.key)`);
  await db.run(`CREATE OR REPLACE TEMP TABLE ${identifier(`value_ids_${field.name}`)} AS
    SELECT a.entry, a.raw, v.value_id FROM ${answers} a JOIN ${values} v ON a.value = v.value`);
  if (!readOnce) return;
  await db.run(`CREATE OR REPLACE TABLE ${identifier(`written_${field.name}`)} AS
    SELECT a.raw, a.value, i.value_id, a.problems
    FROM ${answers} a JOIN ${identifier(`value_ids_${field.name}`)} i ON a.entry = i.entry WHERE a.type IS NULL`);
}

/** A mask as a cell of a list: no formula, and nothing that would have to be put in quotes. */
function listCell(masked: string): string {
  return spreadsheetSafe(spacedAt(masked, ['"', ',', '\n', '\r']));
}

/** people: one row a person, keys and value numbers; a number that two people have is no key (`id_repeated`). */
export async function makePeople(
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
export async function makeOldNumbers(db: Database, fields: readonly ReferenceField[]): Promise<void> {
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
export async function makeIdChanges(db: Database, set: FileSet | null): Promise<SourceFile[]> {
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
