// Whom a sector sets apart: rules over one field of the record. Rules about values look at the distinct ones and mark rows; whether a
// cell is empty, and what type of number it holds, a row's pattern knows already. See docs/sector-file.md.
import type { Database } from '../engine/database.js';
import { identifier, literal } from '../engine/sql.js';
import type { ApartRule } from '../sectors/schema.js';
import type { Flag } from './checks.js';
import type { ClassifyPlan } from './classify.js';
import { ID_TYPES } from './matched-sql.js';
import { tableOf } from './tables.js';

/** The reason code that stands for a rule: `record.foreigner`. */
export function apartCode(rule: ApartRule): string {
  return `record.${rule.as}`;
}

/** The entries of the field's dictionary that a rule about values speaks of. */
export async function makeApartValues(
  db: Database,
  plan: ClassifyPlan,
  { rule, i }: { readonly rule: ApartRule; readonly i: number },
): Promise<void> {
  const { when } = rule;
  if (!isOfValues(plan, rule) || !('is' in when || 'is_not' in when)) return;
  const listed = 'is' in when ? when.is : when.is_not;
  const among = `lower(value) ${'is' in when ? 'IN' : 'NOT IN'} (${listed.map((one) => `lower(${literal(one)})`).join(', ')})`;
  await db.run(`CREATE OR REPLACE TEMP TABLE ${table(i)} AS
    SELECT entry FROM ${tableOf('entries_', when.field)} WHERE value IS NOT NULL AND ${among}`);
}

/** Null: the pattern tells, or the job does not map the field. */
export function apartFlag(plan: ClassifyPlan, rule: ApartRule, i: number): Flag | null {
  if (!isOfValues(plan, rule)) return null;
  const join = `LEFT JOIN ${table(i)} ON m.${identifier(`e_${rule.when.field}`)} = ${table(i)}.entry`;
  return { joins: [join], fails: `${table(i)}.entry IS NOT NULL` };
}

function isOfValues(plan: ClassifyPlan, { when }: ApartRule): boolean {
  return ('is' in when || 'is_not' in when) && plan.matched.fields.some(({ name }) => name === when.field);
}

/** Does a rule that the pattern can tell fit? `at` reads the digits of a pattern (pipeline/pattern.ts); undefined: there is none. */
export function fitsPattern({ when }: ApartRule, at: (digit: string) => number | undefined): boolean {
  if ('empty' in when) {
    const problems = at(`p_${when.field}`);
    return problems !== undefined && (problems === 0) === when.empty;
  }
  if (!('type' in when)) return false;
  const type = ID_TYPES[at(`t_${when.field}`) ?? 0];
  return when.type.some((one) => one === type);
}

function table(i: number): string {
  return identifier(`apart_${i}`);
}
