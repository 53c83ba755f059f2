import { identifier, literal } from '../engine/sql.js';
import { type Field, keyType, RECORD_KEY } from './fields.js';
import { confirmsId, contradictsId, yearInId } from './identity-sql.js';
import { numberedRows } from './row-numbers.js';
import { PRINTS } from './rows-prints.js';
import { tableOf } from './tables.js';

/**
 * The one wide statement of the matching stage: every input row with its dictionary numbers and the person that its number
 * proposes. Three nested SELECTs: look up the dictionaries, settle what depends on the record's own number, join the
 * people.
 */
export interface MatchedPlan {
  readonly fields: readonly Field[];
  /** Fields whose values the reference holds too: the person's (`r_<name>`) are carried along. */
  readonly comparable: readonly Field[];
  /** The identity field tried here; null when the job maps none or the reference has none. */
  readonly identity: Field | null;
  readonly hasRecordKey: boolean;
  /** A field of numbers whose column is that of the record key as well: `raw` holds it once, under the field's name. */
  readonly keyField?: string | undefined;
  /** The reference holds numbers that stand for several people; those find nobody. */
  readonly repeatedIds: boolean;
  /** Rows of `raw` whose number is not their position (pipeline/row-numbers.ts). */
  readonly hasShifts: boolean;
  /** The reference names its people by keys of its own; else by their identity numbers. */
  readonly referenceHasKey: boolean;
  /** The sector has every value of a person masked in lists, not only the numbers. */
  readonly restricted?: boolean;
  /** The sex that the sector says everybody has who stands here; holds where the record says none. */
  readonly impliedSex?: 'M' | 'F' | undefined;
  /** Rows keep what the next run needs to take them (pipeline/rows-taken.ts); left out: they never do in such a run. */
  readonly keepsRows?: boolean;
  /** Only the rows of `raw_open` are looked up; `taken_rows` holds what the last run found of the others. */
  readonly takesRows?: boolean;
}

/** Types that a value in an ID column can have; a row keeps the position. */
export const ID_TYPES = [
  'missing',
  'usable',
  'unusable',
  'old-id',
  'restored',
  'passport',
  'foreign',
  'phone',
  'tax-code',
  'other',
] as const;

/**
 * Every row with its dictionary numbers and what its own number settles, but not the person. `part`: SQL of the part of the pattern
 * number that is known here (pipeline/pattern.ts), over the columns of `numberedCells` and `settledColumns`.
 */
export function lookedUpSelect(plan: MatchedPlan, part: string): string {
  return `SELECT ${rowColumns(plan).join(', ')}, ${part} AS part
  FROM (SELECT l.*, ${settledColumns(plan)} FROM (${numberedCells(plan)}) l) s`;
}

/** `rows`, as `lookedUpSelect` gives them, with the person that each proposes, out of `people`. */
export function withPeople(plan: MatchedPlan, rows: string, people = findablePeople(plan)): string {
  const { identity } = plan;
  const join =
    identity === null ? '' : `LEFT JOIN ${people} p ON s.find_by = p.${identifier(`k_${identity.name}`)}`;
  return `SELECT s.*, ${personColumns(plan)} FROM ${rows} s ${join}`;
}

/** The people whose number one of `rows` has, which are few. */
export function peopleMeantBy(plan: MatchedPlan, rows: string): string {
  if (plan.identity === null) return findablePeople(plan);
  const key = identifier(`k_${plan.identity.name}`);
  return `(SELECT f.* FROM ${findablePeople(plan)} f SEMI JOIN ${rows} o ON f.${key} = o.find_by)`;
}

/** What later stages read of a row; its problems and the types of its values are in the pattern's part. */
function rowColumns(plan: MatchedPlan): string[] {
  const columns = ['record', 'file', 'line', 'state', 'record_key', 'find_by', 'restored'];
  for (const field of plan.fields) {
    if (field.role !== 'checked') columns.push(`e_${field.name}`);
    if (field.role === 'coded') columns.push(`w_${field.name}`);
  }
  if (mayLackSex(plan)) columns.push('zero_key');
  if (plan.keepsRows === true) columns.push(...PRINTS);
  return columns.map((column) => `s.${identifier(column)}`);
}

/** `e_` entry, `p_` problem set + 1 (0: the cell is empty), `v_` value number, of every field. */
function numberedCells(plan: MatchedPlan): string {
  const columns = ['r._record_number AS record', 'r._file AS file', 'r._line AS line', 'r._state AS state'];
  columns.push(
    plan.hasRecordKey ? `r.${recordKeyColumn(plan)} AS record_key` : 'NULL::VARCHAR AS record_key',
  );
  for (const field of plan.fields) columns.push(...entryColumns(field));
  if (plan.keepsRows === true) columns.push(...PRINTS.map((print) => `r.${print}`));
  const rows = plan.takesRows === true ? 'raw_open' : numberedRows(plan.hasShifts);
  const joins = plan.fields.map(
    (field) =>
      `LEFT JOIN ${tableOf('entries_', field.name)} ${alias(field)} ON r.${identifier(field.name)} = ${alias(field)}.raw`,
  );
  return `SELECT ${columns.join(', ')} FROM ${rows} r ${joins.join('\n    ')}`;
}

/** The column of `raw` that holds the record key. */
export function recordKeyColumn({ keyField = RECORD_KEY }: Pick<MatchedPlan, 'keyField'>): string {
  return identifier(keyField);
}

function entryColumns(field: Field): string[] {
  const t = alias(field);
  const raw = `r.${identifier(field.name)}`;
  const entry = `${t}.entry AS ${identifier(`e_${field.name}`)}`;
  if (field.role === 'coded') return [entry, ...codedColumns(field, t)];
  const problems = `if(${raw} IS NULL, 0, coalesce(${t}.problem_set, 0) + 1)::USMALLINT AS ${identifier(`p_${field.name}`)}`;
  if (field.role === 'checked') {
    return [
      entry,
      problems,
      `(${raw} IS NOT NULL AND (${t}.entry IS NULL OR ${t}.value IS NOT NULL)) AS ${identifier(`u_${field.name}`)}`,
    ];
  }
  return [entry, problems, ...identityColumns(field, t, raw)];
}

function codedColumns(field: Field, t: string): string[] {
  const columns = [
    `coalesce(${t}.problem_set + 1, 0) AS ${identifier(`p_${field.name}`)}`,
    `${t}.value_id AS ${identifier(`v_${field.name}`)}`,
  ];
  if (field.kind === 'birth-date') {
    for (const column of ['year', 'other_value_id', 'other_year']) {
      columns.push(`${t}.${column} AS ${identifier(`${column}_${field.name}`)}`);
    }
  }
  if (field.kind === 'sex') columns.push(`${t}.value AS ${identifier(`sex_${field.name}`)}`);
  return columns;
}

/** `k_` usable key, `x_` a key restored by adding a zero, `t_` type (position in ID_TYPES). */
function identityColumns(field: Field, t: string, raw: string): string[] {
  const type = keyType(field.kind);
  const cases = ID_TYPES.slice(3, -1)
    .map((one) => `WHEN ${t}.type = '${one}' THEN ${ID_TYPES.indexOf(one)}`)
    .join(' ');
  return [
    `TRY_CAST(if(${t}.entry IS NULL, ${raw}, if(${t}.type IS NULL, ${t}.value, NULL)) AS ${type}) AS ${identifier(`k_${field.name}`)}`,
    `TRY_CAST(if(${t}.type = 'restored', ${t}.value, NULL) AS ${type}) AS ${identifier(`x_${field.name}`)}`,
    `(CASE WHEN ${raw} IS NULL THEN 0 WHEN ${t}.entry IS NULL THEN 1 WHEN ${t}.value IS NULL AND ${t}.type IS NULL THEN 2
      WHEN ${t}.type IS NULL THEN 1 ${cases} ELSE ${ID_TYPES.indexOf('other')} END)::UTINYINT AS ${identifier(`t_${field.name}`)}`,
  ];
}

/** What the record's own number settles: the century of a two-digit year, a restored zero, a contradiction. */
function settledColumns(plan: MatchedPlan): string {
  const { identity } = plan;
  const born = plan.fields.find((field) => field.kind === 'birth-date' && field.role === 'coded');
  const sex = plan.fields.find((field) => field.kind === 'sex' && field.role === 'coded');
  const columns: string[] = [];
  const digits = identity?.kind === 'citizen-id' ? `l.${identifier(`k_${identity.name}`)}` : null;
  for (const field of plan.fields) {
    if (field.role === 'coded')
      columns.push(`${valueNumber(field, digits)} AS ${identifier(`w_${field.name}`)}`);
  }
  const year = born === undefined ? 'NULL::SMALLINT' : bornYear(born, digits);
  const sexLetter = sexOf(plan, sex);
  if (identity === null) {
    columns.push('NULL::BIGINT AS find_by', 'false AS restored', 'false AS structure_conflict');
  } else if (digits === null) {
    columns.push(
      `l.${identifier(`k_${identity.name}`)} AS find_by`,
      'false AS restored',
      'false AS structure_conflict',
    );
  } else {
    const zero = `l.${identifier(`x_${identity.name}`)}`;
    const accepted = `(${zero} IS NOT NULL AND ${confirmsId(zero, year, sexLetter)})`;
    columns.push(
      `if(${accepted}, ${zero}, ${digits}) AS find_by`,
      `${accepted} AS restored`,
      ...(mayLackSex(plan)
        ? [
            `if(${sexLetter} IS NULL AND coalesce(${yearInId(zero)} = ${year}, false), ${zero}, NULL) AS zero_key`,
          ]
        : []),
      `(${digits} IS NOT NULL AND (${contradictsId(digits, year, sexLetter)})) AS structure_conflict`,
    );
  }
  return columns.join(', ');
}

/** A record may have no sex that could confirm a restored zero: the reference must (`restored` in pipeline/match.ts). */
export function mayLackSex({ identity, impliedSex }: MatchedPlan): boolean {
  return identity?.kind === 'citizen-id' && impliedSex === undefined;
}

/** As the record has it; where it has none, as the sector says. */
function sexOf({ impliedSex }: MatchedPlan, field: Field | undefined): string {
  const implied = impliedSex === undefined ? 'NULL::VARCHAR' : literal(impliedSex);
  return field === undefined ? implied : `coalesce(l.${identifier(`sex_${field.name}`)}, ${implied})`;
}

function valueNumber(field: Field, digits: string | null): string {
  const usual = `l.${identifier(`v_${field.name}`)}`;
  if (field.kind !== 'birth-date' || digits === null) return usual;
  return `if(${otherCentury(field, digits)}, l.${identifier(`other_value_id_${field.name}`)}, ${usual})`;
}

function bornYear(field: Field, digits: string | null): string {
  const usual = `l.${identifier(`year_${field.name}`)}`;
  if (digits === null) return usual;
  return `if(${otherCentury(field, digits)}, l.${identifier(`other_year_${field.name}`)}, ${usual})`;
}

function otherCentury(field: Field, digits: string): string {
  return `coalesce(${yearInId(digits)} = l.${identifier(`other_year_${field.name}`)}, false)`;
}

function personColumns(plan: MatchedPlan): string {
  if (plan.identity === null) {
    const none = plan.comparable.map((field) => `NULL::UINTEGER AS ${identifier(`r_${field.name}`)}`);
    return [
      'NULL::UINTEGER AS person',
      'NULL::UTINYINT AS status',
      'NULL::VARCHAR AS reference_key',
      ...none,
    ].join(', ');
  }
  const key = plan.referenceHasKey ? ['p.record_key AS reference_key'] : [];
  return ['p.person', 'p.status', ...key, ...referenceColumns(plan, 'p')].join(', ');
}

/** Whether `matched` has a column for what a list names the person by; where that is the number itself it stands there as `find_by`. */
export function holdsKey({ referenceHasKey, identity }: MatchedPlan): boolean {
  return referenceHasKey || identity === null;
}

/** SQL: what a list names the person by that the row's number proposes. */
export function proposedKey(plan: MatchedPlan, row: string): string {
  return holdsKey(plan) ? `${row}.reference_key` : `if(${row}.person IS NULL, NULL, ${row}.find_by)`;
}

/** SELECT of (entry, old_id): old numbers in the identity column, by the number of their entry. */
export function oldNumberEntries(identity: Field): string {
  return `SELECT entry, value AS old_id FROM ${tableOf('entries_', identity.name)} WHERE type = 'old-id'`;
}

/** What a list names a person by: the reference's own key, else the identity number, else the person's position. */
export function referenceKey(plan: MatchedPlan, people: string): string {
  if (plan.referenceHasKey) return `${people}.record_key`;
  return plan.identity === null
    ? `${people}.person::VARCHAR`
    : `${people}.${identifier(`k_${plan.identity.name}`)}`;
}

/** The person's value numbers, as `r_<name>`. */
export function referenceColumns(plan: Pick<MatchedPlan, 'comparable'>, people: string): string[] {
  return plan.comparable.map(
    (field) => `${people}.${identifier(`v_${field.name}`)} AS ${identifier(`r_${field.name}`)}`,
  );
}

/** People whose number is theirs alone. */
export function findablePeople(plan: MatchedPlan): string {
  if (plan.identity === null || !plan.repeatedIds) return 'ref.people';
  const key = identifier(`k_${plan.identity.name}`);
  return `(SELECT * FROM ref.people WHERE ${key} NOT IN (SELECT key FROM ref."repeated_${plan.identity.name}"))`;
}

function alias(field: Field): string {
  return identifier(`d_${field.name}`);
}
