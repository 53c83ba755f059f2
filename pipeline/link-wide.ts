import type { Database } from '../engine/database.js';
import { chosen } from '../engine/sql.js';
import { dropTemporary } from '../engine/temporary.js';
import { NONE } from '../matchers/fellegi-sunter.js';
import { comparedNumber, comparedText, gradedSql, isGradedByEngine } from './link-engine-levels.js';
import type { PlannedField } from './link-fields.js';

export interface Comparison {
  readonly fields: readonly PlannedField[];
  /** u of each field's levels. */
  readonly random: readonly (readonly number[])[];
  readonly pairs: string;
  readonly into: string;
}

/**
 * `link_wide(record, person, rule, …)`: candidate pairs with `l<i>` and `u<i>` (level, log2 u) of the fields that the engine grades, `a<i>`,
 * `b<i>` (the values) and `s<i>` (the share of ours) of those that TypeScript grades. An equal value has its own frequency.
 */
export async function joinValues(db: Database, work: Comparison): Promise<void> {
  const { fields } = work;
  const own = fields.flatMap((field, i) => (isGradedByEngine(field) ? [{ field, i }] : []));
  const graded = gradedSql(own, await withTexts(db, own, await joinedPairs(db, work)));
  const columns = fields.map((field, i) =>
    isGradedByEngine(field)
      ? engineColumns(field, i, work.random[i]!)
      : `w.a${i}, w.b${i}, ${shareSql(field, i)} AS s${i}`,
  );
  await db.run(`CREATE OR REPLACE TEMP TABLE link_wide AS
    SELECT w.record, w.person, w.rule, ${columns.join(', ')} FROM (${graded}) w`);
  await dropTemporary(db, 'link_texts_*');
}

/** SELECT of the pairs with both sides' values. Few pairs: the reference streams past them; many: they stream past the reference. */
async function joinedPairs(db: Database, { fields, pairs }: Comparison): Promise<string> {
  const [size] = await db.rows<{ pairs: number; people: number }>(
    `SELECT (SELECT count(*) FROM ${pairs}) AS pairs, (SELECT count(*) FROM link_reference) AS people`,
  );
  const few = (size?.pairs ?? 0) < 2 * (size?.people ?? 0);
  const values = fields.map(
    ({ parent }, i) => `, o.f${i} AS a${i}, r.f${i} AS b${i}, o.s${i}${parent === null ? '' : `, o.c${i}`}`,
  );
  return `SELECT p.* ${values.join('')} FROM ${
    few
      ? `link_reference r JOIN ${pairs} p ON r.row = p.person JOIN link_ours o ON o.row = p.record`
      : `${pairs} p JOIN link_ours o ON o.row = p.record JOIN link_reference r ON r.row = p.person`
  }`;
}

/** The pairs with the texts `x<i>`, `y<i>` of what differs. */
async function withTexts(
  db: Database,
  own: readonly { readonly field: PlannedField; readonly i: number }[],
  joined: string,
): Promise<string> {
  const joins: string[] = [];
  const texts: string[] = [];
  for (const { field, i } of own) {
    const of = (side: 'a' | 'b') =>
      field.dictionary === null
        ? comparedNumber(`j.${side}${i}`, `j.${side === 'a' ? 'b' : 'a'}${i}`)
        : `t${side}${i}.text`;
    const differs = (text: string, name: string) =>
      `, CASE WHEN j.a${i} <> j.b${i} THEN ${text} END AS ${name}${i}`;
    texts.push(differs(of('a'), 'x'), differs(of('b'), 'y'));
    if (field.dictionary === null) continue;
    await db.run(`CREATE OR REPLACE TEMP TABLE link_texts_${i} AS
      SELECT key, ${comparedText(field, 'value')} AS text FROM ${field.dictionary}`);
    for (const side of ['a', 'b'])
      joins.push(`LEFT JOIN link_texts_${i} t${side}${i} ON t${side}${i}.key = j.${side}${i}`);
  }
  return `SELECT j.*${texts.join('')} FROM (${joined}) j ${joins.join(' ')}`;
}

/** SQL: how common our value is; where the field that it leans on agrees, among those who have that value as well. */
function shareSql({ parent }: PlannedField, i: number): string {
  return parent === null ? `w.s${i}` : `CASE WHEN w.a${parent} = w.b${parent} THEN w.c${i} ELSE w.s${i} END`;
}

function engineColumns(field: PlannedField, i: number, random: readonly number[]): string {
  const average = chosen(`w.l${i}`, random.map(Math.log2));
  return gradedColumns(i, { level: `w.l${i}`, u: average, share: shareSql(field, i) });
}

/** SQL of `l<i>` and `u<i>`, from what both are where the values differ. */
export function gradedColumns(
  i: number,
  { level, u, share }: { readonly level: string; readonly u: string; readonly share: string },
): string {
  const missing = `w.a${i} IS NULL OR w.b${i} IS NULL`;
  return `CASE WHEN ${missing} THEN ${NONE} WHEN w.a${i} = w.b${i} THEN 0 ELSE ${level} END::UTINYINT AS l${i},
    CASE WHEN ${missing} THEN 0 WHEN w.a${i} = w.b${i} THEN log2(${share}) ELSE ${u} END::DOUBLE AS u${i}`;
}
