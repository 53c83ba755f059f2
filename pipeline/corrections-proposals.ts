// What a correction file proposes: for every field that a reason speaks of, the value that should stand there, written as the owner
// writes. It is the person's value in the reference, else the record's own value in its standard form. Reads the list of mismatches
// of the run (pipeline/result-lists.ts), whose columns hold both.
import type { Database } from '../engine/database.js';
import { identifier, literal } from '../engine/sql.js';
import { spreadsheetSafeText } from '../engine/write-csv.js';
import type { Text } from '../messages/text.js';
import type { Normalizer } from '../normalizers/normalizer.js';
import type { Field } from './fields.js';
import { maskedNumber, maskedWords } from './list-texts.js';
import type { MatchedPlan } from './matched-sql.js';
import type { RoleRun } from './roles.js';

export interface ProposedField {
  /** In the list of mismatches: `name`, `husband_name`. */
  readonly name: string;
  readonly kind: string;
  /** The owner's own columns. */
  readonly columns: readonly string[];
  readonly labels: Text;
  readonly isIdentity: boolean;
  readonly normalizer: Normalizer;
  /** What a reason code of it begins with: `name.`, `husband:name.`. */
  readonly prefix: string;
  /** Column of the list with the outcome of its person: `outcome`, `husband_outcome`. */
  readonly outcome: string;
}

/** The fields that the list shows values of, in its order. */
export function proposedFields(
  matched: Pick<MatchedPlan, 'fields' | 'identity'>,
  roles: readonly RoleRun[],
): ProposedField[] {
  if (roles.length === 0)
    return fieldsOf(matched, (field) => ({
      name: field.name,
      prefix: `${field.reasons}.`,
      outcome: 'outcome',
    }));
  return roles.flatMap(({ role, names, matched: own }) =>
    fieldsOf(own, (field) => ({
      name: names[field.name] ?? field.name,
      prefix: `${role}:${field.reasons}.`,
      outcome: `${role}_outcome`,
    })),
  );
}

function fieldsOf(
  { fields, identity }: Pick<MatchedPlan, 'fields' | 'identity'>,
  named: (field: Field) => Pick<ProposedField, 'name' | 'prefix' | 'outcome'>,
): ProposedField[] {
  const shown = [...(identity === null ? [] : [identity]), ...fields.filter(({ compare }) => compare)];
  return shown.map((field) => ({
    ...named(field),
    kind: field.kind,
    columns: field.columns,
    labels: field.labels,
    isIdentity: field === identity,
    normalizer: field.normalizer,
  }));
}

/** Nobody in particular was found: only the record's own value can be proposed. */
const NOBODY = ['ambiguous', 'not_found', 'unusable'];

/**
 * What is masked of the values that the record does not have itself: all of them, those of people who are only possible, or nothing,
 * because the list is masked already.
 */
export type Masking = 'reference' | 'possible' | 'nothing';

/**
 * SQL of the list with a column `proposed_<field>` for each field: the value that should stand there; NULL: no reason speaks of the
 * field, nothing can be proposed, or it is written so already.
 */
export function withProposals(list: string, fields: readonly ProposedField[], masking: Masking): string {
  const named = (part: string, sql: (field: ProposedField) => string) =>
    fields.map((field) => `, ${sql(field)} AS ${identifier(`${part}_${field.name}`)}`).join('');
  const coded = fields.filter(({ kind }) => IN_WORDS.includes(kind));
  const joins = coded.map(
    (field) =>
      `LEFT JOIN ${wordsTable(field)} ON l.${identifier(`value_${field.name}`)} = ${wordsTable(field)}.value`,
  );
  return `(SELECT l.* ${named('proposed', (field) => proposalSql(field, masking))} FROM (
    SELECT l.* ${named('as_written', writtenSql)} FROM (
      SELECT l.* ${named('value', valueSql)} FROM ${list} l) l ${joins.join(' ')}) l)`;
}

function valueSql(field: ProposedField): string {
  return `coalesce(${theirsSql(field)}, ${column(field, 'canonical')})`;
}

function theirsSql(field: ProposedField): string {
  return `if(l.${identifier(field.outcome)} IN (${NOBODY.map(literal).join(', ')}), NULL, ${column(field, 'reference')})`;
}

function proposalSql(field: ProposedField, masking: Masking): string {
  const written = `l.${identifier(`as_written_${field.name}`)}`;
  const theirs = theirsSql(field);
  const isNew = `(${theirs} IS NOT NULL AND ${theirs} IS DISTINCT FROM ${column(field, 'canonical')})`;
  const hidden = {
    reference: isNew,
    possible: `(${isNew} AND l.${identifier(field.outcome)} = 'possible')`,
    nothing: 'false',
  }[masking];
  const masked = field.isIdentity ? maskedNumber(written) : maskedWords(written);
  const isSpokenOf = `contains(';' || coalesce(l.reasons, ''), ${literal(`;${field.prefix}`)})`;
  return `if(NOT ${isSpokenOf} OR ${written} IS NOT DISTINCT FROM ${column(field, 'raw')}, NULL,
      if(${hidden}, ${masked}, ${written}))`;
}

function column({ name }: ProposedField, part: 'raw' | 'canonical' | 'reference'): string {
  return `l.${identifier(`${name}_${part}`)}`;
}

/** As the owner writes it: years first or last, all in capitals or not; codes in words. */
function writtenSql(field: ProposedField): string {
  const [raw, value] = [column(field, 'raw'), `l.${identifier(`value_${field.name}`)}`];
  if (field.kind === 'birth-date' || field.kind === 'date-of-issue') {
    const turned = `array_to_string(list_reverse(string_split(${value}, '-')), '/')`;
    return `if(${value} IS NULL OR coalesce(regexp_matches(${raw}, '^[0-9]{4}[-/.]'), false), ${value}, ${turned})`;
  }
  if (field.kind === 'person-name') {
    return `if(${raw} = upper(${raw}) AND ${raw} <> lower(${raw}), upper(${value}), ${value})`;
  }
  return IN_WORDS.includes(field.kind) ? `coalesce(${wordsTable(field)}.written, ${value})` : value;
}

/** Kinds whose canonical values are codes, or not written as people do. */
const IN_WORDS: readonly string[] = [
  'sex',
  'province',
  'former-province',
  'commune',
  'nationality',
  'address',
];

const PORTION = 1000;

/** Tables `written_<field>(value, written)` of the distinct values of the kinds that are codes. `list`: SQL of the list. */
export async function makeWritten(
  db: Database,
  list: string,
  fields: readonly ProposedField[],
): Promise<void> {
  for (const field of fields.filter(({ kind }) => IN_WORDS.includes(kind))) {
    const table = wordsTable(field);
    const [own, theirs] = [`${field.name}_canonical`, `${field.name}_reference`].map(identifier);
    await db.run(`CREATE OR REPLACE TEMP TABLE coded AS SELECT DISTINCT value FROM (
      SELECT ${own} AS value FROM ${list} UNION ALL SELECT ${theirs} FROM ${list}) WHERE value IS NOT NULL`);
    await db.run(`CREATE OR REPLACE TEMP TABLE ${table} (value VARCHAR, written VARCHAR)`);
    for (let after = ''; ; ) {
      const part = await db.rows<{ value: string }>(
        `SELECT value FROM coded WHERE value > ${literal(after)} ORDER BY value LIMIT ${PORTION}`,
      );
      if (part.length === 0) break;
      const rows = part.map(({ value }) => `(${literal(value)}, ${literal(written(field, value))})`);
      await db.run(`INSERT INTO ${table} VALUES ${rows.join(', ')}`);
      after = part.at(-1)!.value;
    }
  }
}

/** A masked value is no code: it is not put into words. */
function written({ normalizer }: ProposedField, value: string): string {
  return spreadsheetSafeText(value.includes('*') ? value : normalizer.format(value));
}

function wordsTable({ name }: ProposedField): string {
  return identifier(`written_${name}`);
}
