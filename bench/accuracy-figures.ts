import { join } from 'node:path';
import type { Database } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import type { Thresholds } from '../matchers/thresholds.js';

/** What is said of one set. `precision`, `recall`, `f1`: best candidates at or above the program's review threshold. */
export interface Accuracy {
  readonly set: string;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** The greatest recall of any threshold at which precision is at least 0.999. */
  readonly recall_at_p999: number;
  /** Share of records that a person would have to look at: possible and ambiguous. */
  readonly review_share: number;
  /** Of the links the program accepts without asking. */
  readonly accepted_precision: number | null;
  readonly accepted_recall: number | null;
  readonly expected_false_link_rate: number | null;
  readonly seconds: number;
}

interface Scored {
  readonly probability: number;
  readonly right: boolean;
  readonly decision: string;
}

const round = (x: number) => Math.round(x * 1e5) / 1e5;

export async function scoreLinks(
  db: Database,
  run: { set: string; folder: string; seconds: number; thresholds: Thresholds },
): Promise<Accuracy> {
  await db.run(`CREATE OR REPLACE TEMP TABLE truth AS SELECT r.row AS record, p.row AS person
    FROM read_csv(${literal(join(run.folder, 'truth.csv'))}, header = true, all_varchar = true) t
    JOIN key_record r ON r.id = t.sector_id JOIN key_person p ON p.id = t.reference_id`);
  const rows = await db.rows<Scored>(`SELECT l.probability, t.person IS NOT NULL AS "right", l.decision
    FROM links l LEFT JOIN truth t ON t.record = l.record AND t.person = l.person
    ORDER BY l.probability DESC, "right"`);
  const truths = await db.value<number>('SELECT count(*) FROM truth');
  const linked = rows.filter((row) => row.decision === 'linked' || row.decision === 'possible');
  const accepted = rows.filter((row) => row.decision === 'linked');
  const asked = rows.filter((row) => row.decision === 'possible' || row.decision === 'ambiguous');
  return {
    set: run.set,
    ...figures(linked.filter((row) => row.right).length, linked.length, truths),
    recall_at_p999: recallAt(rows, truths, 0.999),
    review_share: round(asked.length / rows.length),
    accepted_precision: round(accepted.filter((row) => row.right).length / Math.max(1, accepted.length)),
    accepted_recall: round(accepted.filter((row) => row.right).length / truths),
    expected_false_link_rate: round(run.thresholds.falseLinkRate),
    seconds: run.seconds,
  };
}

function figures(
  right: number,
  made: number,
  truths: number,
): { precision: number; recall: number; f1: number } {
  return {
    precision: round(right / Math.max(1, made)),
    recall: round(right / truths),
    f1: round((2 * right) / (made + truths)),
  };
}

function recallAt(rows: readonly { right: boolean }[], truths: number, precision: number): number {
  let right = 0;
  let best = 0;
  rows.forEach((row, i) => {
    if (row.right) right++;
    if (right / (i + 1) >= precision) best = right / truths;
  });
  return round(best);
}

/** Duplicates are judged pairwise: two records in one cluster are a pair. */
export async function scoreDuplicates(
  db: Database,
  run: { set: string; folder: string; seconds: number },
): Promise<Accuracy> {
  await db.run(`CREATE OR REPLACE TEMP TABLE truth AS SELECT r.row AS record, t.entity
    FROM read_csv(${literal(join(run.folder, 'truth.csv'))}, header = true, all_varchar = true) t
    JOIN key_record r ON r.id = t.id`);
  const truths = await db.value<number>(
    'SELECT coalesce(sum(n * (n - 1) / 2), 0)::BIGINT FROM (SELECT count(*) AS n FROM truth GROUP BY entity)',
  );
  const [pairs] = await db.rows<{ made: number; right: number }>(`SELECT count(*) AS made,
      count(*) FILTER (WHERE ta.entity = tb.entity) AS "right"
    FROM duplicate_groups a JOIN duplicate_groups b ON a.cluster = b.cluster AND a.record < b.record
    JOIN truth ta ON ta.record = a.record JOIN truth tb ON tb.record = b.record`);
  const rows = await db.rows<{
    right: boolean;
  }>(`SELECT ta.entity = tb.entity AS "right" FROM duplicate_pairs p
    JOIN truth ta ON ta.record = p.record JOIN truth tb ON tb.record = p.person ORDER BY p.probability DESC, "right"`);
  const unsure = await db.value<number>(`SELECT count(DISTINCT record) FROM duplicate_pairs
    WHERE probability BETWEEN 0.5 AND 0.997`);
  const records = await db.value<number>('SELECT count(*) FROM truth');
  return {
    set: run.set,
    ...figures(pairs?.right ?? 0, pairs?.made ?? 0, truths),
    recall_at_p999: recallAt(rows, truths, 0.999),
    review_share: round(unsure / records),
    accepted_precision: null,
    accepted_recall: null,
    expected_false_link_rate: null,
    seconds: run.seconds,
  };
}
