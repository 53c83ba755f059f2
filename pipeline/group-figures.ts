// The figures split by the values of a field: data owner, province, age group. All splits are counted in
// one pass over the rows, which stay in the engine.
import type { Database } from '../engine/database.js';
import { identifier, literal } from '../engine/sql.js';
import type { PreviousRun } from '../ledger/ledger.js';
import { OUTCOMES } from '../matchers/outcomes.js';
import type { Text } from '../messages/text.js';
import type { GroupBy, GroupRow, GroupTable } from '../reports/model.js';
import type { Field } from './fields.js';
import { type CountedOutcome, figuresOf } from './figures.js';
import { rollUp } from './group-provinces.js';
import { tableOf } from './tables.js';

export interface GroupPlan {
  /** Fields that the figures are split by. */
  readonly fields: readonly Field[];
  /** Which list of provinces communes are rolled up to. */
  readonly provinces: 34 | 63;
  /** The person's date of birth among the compared fields; null: no figures by age. */
  readonly born: Field | null;
  /** Ages are those of this day, ISO: the first of the period, so that the same input gives the same figures. */
  readonly day: string;
  readonly previous: PreviousRun | null;
}

/** A table per group-by field, one of provinces where communes are grouped by, and one of age groups. Reads `results`, `verdicts`. */
export async function groupTables(db: Database, plan: GroupPlan): Promise<GroupTable[]> {
  const { fields, born, previous } = plan;
  const columns = [
    ...fields.map((field) => identifier(`w_${field.name}`)),
    ...(born === null ? [] : [identifier(AGE_BAND)]),
  ];
  if (columns.length === 0) return [];
  await countByColumns(db, plan, columns);
  const tables: GroupTable[] = [];
  for (const [i, field] of fields.entries()) {
    const byValue = gathered(await db.rows<Counted>(valueSql(field, columns[i]!)));
    const name = field.kind === 'former-province' ? `${field.name}.63` : field.name;
    const label = (value: string) => field.normalizer.format(value);
    const named = { field: name, labels: field.labels, by: GROUP_BY[field.kind] ?? 'value', label };
    tables.push(tableFrom(named, byValue, previous));
    if (field.kind === 'commune') tables.push(tableFrom(...rollUp(field, byValue, plan.provinces), previous));
  }
  return born === null ? tables : [...tables, await ageTable(db, born, previous)];
}

/**
 * group_counts: rows by the values of each column and outcome, all in one pass over the rows. `counted` names the column that a
 * line is of.
 */
async function countByColumns(db: Database, plan: GroupPlan, columns: readonly string[]): Promise<void> {
  const own = columns.filter((column) => column !== identifier(AGE_BAND));
  const { born } = plan;
  const band = born === null ? '' : `, b.band AS ${identifier(AGE_BAND)}`;
  const bands =
    born === null
      ? ''
      : `LEFT JOIN (${bandsSql(born, plan.day)}) b ON r.${identifier(`w_${born.name}`)} = b.value_id`;
  const which = columns.map((column) => `WHEN grouping(${column}) = 0 THEN ${literal(column)}`);
  await db.run(`CREATE OR REPLACE TEMP TABLE group_counts AS
    SELECT CASE ${which.join(' ')} END AS counted, ${columns.join(', ')}, outcome, count(*) AS rows
    FROM (SELECT ${['v.outcome', ...own.map((column) => `r.${column}`)].join(', ')} ${band}
      FROM results r JOIN verdicts v ON r.pattern = v.pattern ${bands})
    GROUP BY GROUPING SETS (${columns.map((column) => `(${column}, outcome)`).join(', ')})`);
}

const GROUP_BY: Readonly<Record<string, GroupBy>> = {
  province: 'province-34',
  'former-province': 'province-63',
};

interface Counted {
  readonly value: string | null;
  /** Place in the list of outcomes. */
  readonly outcome: number;
  readonly rows: number;
}

/** What a table of groups is called and how its values are shown. */
export interface NamedGroup extends Omit<GroupTable, 'rows'> {
  readonly label: (value: string) => string;
}

export type ByValue = ReadonlyMap<string | null, readonly CountedOutcome[]>;

function gathered(counted: readonly Counted[]): ByValue {
  const byValue = new Map<string | null, CountedOutcome[]>();
  for (const { value, outcome, rows } of counted) {
    const list = byValue.get(value) ?? [];
    list.push({ outcome: OUTCOMES[outcome]!, rows });
    byValue.set(value, list);
  }
  return byValue;
}

function tableFrom(
  { label, ...named }: NamedGroup,
  byValue: ByValue,
  previous: PreviousRun | null,
): GroupTable {
  const before = new Map(
    (previous?.groups ?? [])
      .filter((group) => group.field === named.field)
      .map((group) => [group.value, group.figures]),
  );
  const rows = [...byValue].map(
    ([value, counted]): GroupRow => ({
      value,
      label: value === null ? '' : label(value),
      figures: figuresOf(counted),
      previous: before.get(value) ?? null,
    }),
  );
  rows.sort((a, b) => b.figures.rows - a.figures.rows || ((a.value ?? '') < (b.value ?? '') ? -1 : 1));
  return { ...named, rows };
}

function valueSql(field: Field, column: string): string {
  return `SELECT v.value, g.outcome, g.rows FROM group_counts g
    LEFT JOIN (SELECT DISTINCT value_id, value FROM ${tableOf('entries_', field.name)}) v ON g.${column} = v.value_id
    WHERE g.counted = ${literal(column)}`;
}

/** Column of the age group; no field has this name. */
const AGE_BAND = 'age band';

const AGES: Text = { vi: 'Nhóm tuổi', en: 'Age group' };

/** First year of each group; the card is renewed at 14, 25, 40 and 60 (Law 26/2023/QH15 on identification, art. 21). */
const AGE_BANDS = [0, 6, 14, 25, 40, 60, 80] as const;

const BANDS = AGE_BANDS.map((from, i) => {
  const next = AGE_BANDS[i + 1];
  return { from, name: next === undefined ? `${from}-` : `${from}-${next - 1}` };
});

const AGE_LABELS: ReadonlyMap<string, string> = new Map(
  BANDS.map(({ from, name }) => [name, name.endsWith('-') ? `≥ ${from}` : name.replace('-', '–')]),
);

async function ageTable(db: Database, born: Field, previous: PreviousRun | null): Promise<GroupTable> {
  const band = identifier(AGE_BAND);
  const byBand = gathered(
    await db.rows<Counted>(
      `SELECT ${band} AS value, outcome, rows FROM group_counts WHERE counted = ${literal(band)}`,
    ),
  );
  const label = (name: string) => AGE_LABELS.get(name) ?? name;
  const named = { field: `${born.name}.age`, labels: AGES, by: 'age' as const, label };
  return inOrderOfAge(tableFrom(named, byBand, previous));
}

/** The age group of each date, by the number of its value. The dates are looked at once each; a date after the day has no age. */
function bandsSql(born: Field, day: string): string {
  const entries = tableOf('entries_', born.name);
  // A date of a month or a year alone is taken to have come round within the year.
  const later = `coalesce(substr(value, 6) > left(${literal(day.slice(5))}, length(substr(value, 6))), false)`;
  const age = `${Number(day.slice(0, 4))} - TRY_CAST(left(value, 4) AS INTEGER) - ${later}::INTEGER`;
  const bands = BANDS.toReversed().map(({ from, name }) => `WHEN age >= ${from} THEN '${name}'`);
  return `SELECT value_id, CASE ${bands.join(' ')} END AS band FROM (
    SELECT value_id, ${age} AS age FROM (
      SELECT value_id, value FROM ${entries} WHERE value_id IS NOT NULL
      UNION SELECT other_value_id, other_year::VARCHAR || substr(value, 5) FROM ${entries} WHERE other_value_id IS NOT NULL))`;
}

function inOrderOfAge(table: GroupTable): GroupTable {
  const names = BANDS.map(({ name }) => name);
  const rank = ({ value }: GroupRow) => (value === null ? names.length : names.indexOf(value));
  return { ...table, rows: table.rows.toSorted((a, b) => rank(a) - rank(b)) };
}
