import type { Database } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import type { CaseFigures } from '../reports/model-cases.js';
import type { Counted } from '../reports/model-shares.js';
import { type CaseState, LIVE } from './cases-merge.js';
import { groupColumn } from './cases-rows.js';
import { tableOf } from './tables.js';

/** Ages in days since first seen; the last band has no end. */
export const AGE_BANDS = [
  { from: 0, to: 7 },
  { from: 8, to: 30 },
  { from: 31, to: 90 },
  { from: 91, to: 180 },
  { from: 181, to: null },
] as const;

/** Cases that went the same way. */
export interface CaseCount {
  readonly state: CaseState;
  readonly before: CaseState | null;
  /** Position in AGE_BANDS. */
  readonly band: number;
  readonly cases: number;
}

/** Figures of all cases of `cases`. */
export async function totalFigures(db: Database, day: string): Promise<Counted<CaseFigures>> {
  return caseFigures(await db.rows<CaseCount>(countSelect(day, '')));
}

/** Figures per value of a group field; null: the rows whose value is empty. */
export async function figuresByGroup(
  db: Database,
  day: string,
  field: string,
): Promise<ReadonlyMap<string | null, Counted<CaseFigures>>> {
  const rows = await db.rows<CaseCount & { value: string | null }>(
    countSelect(day, `${groupColumn(field)} AS value, `),
  );
  const byValue = new Map<string | null, CaseCount[]>();
  for (const row of rows) byValue.set(row.value, [...(byValue.get(row.value) ?? []), row]);
  return new Map([...byValue].map(([value, counts]) => [value, caseFigures(counts)]));
}

function countSelect(day: string, group: string): string {
  const age = `date_diff('day', first_seen, DATE ${literal(day)})`;
  const bands = AGE_BANDS.map(({ from }, i) => `WHEN ${age} >= ${from} THEN ${i}`).reverse();
  return `SELECT ${group}state, state_before AS before, CASE ${bands.join(' ')} ELSE 0 END AS band, count(*) AS cases
    FROM ${tableOf('cases')} GROUP BY ALL`;
}

/** Adds up movements. Throws when opening + new + reopened − resolved − waived is not closing: that would be a bug. */
export function caseFigures(counts: readonly CaseCount[]): Counted<CaseFigures> {
  const sum = (which: (one: CaseCount) => boolean) =>
    counts.reduce((total, one) => total + (which(one) ? one.cases : 0), 0);
  const isLive = (state: CaseState | null) => state !== null && LIVE.includes(state);
  const figures: Counted<CaseFigures> = {
    opening: sum(({ before }) => isLive(before)),
    new: sum(({ before }) => before === null),
    reopened: sum(({ state, before }) => isReopened(state, before)),
    resolved: sum(({ state, before }) => state === 'resolved' && isLive(before)),
    waived: sum(({ state, before }) => state === 'waived' && before !== 'waived'),
    closing: sum(({ state }) => isLive(state)),
    ageing: AGE_BANDS.map(({ from, to }, i) => ({
      from,
      to,
      cases: sum(({ state, band }) => band === i && isLive(state)),
    })),
  };
  const { opening, new: fresh, reopened, resolved, waived, closing, ageing } = figures;
  const aged = ageing.reduce((total, band) => total + band.cases, 0);
  if (opening + fresh + reopened - resolved - waived !== closing || aged !== closing) {
    throw new Error(`cases do not add up: ${JSON.stringify(figures)}`);
  }
  return figures;
}

/** One that comes back under a waiver given meanwhile is reopened and waived in the same run. */
function isReopened(state: CaseState, before: CaseState | null): boolean {
  return state === 'reopened' || (state === 'waived' && before === 'resolved');
}
