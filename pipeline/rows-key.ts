import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../engine/database.js';
import { FILE_DATES_ALIKE_FROM, type Hints } from '../normalizers/normalizer.js';
import type { ColumnFacts } from './dictionaries.js';
import { programFacts, referenceFacts } from './link-search-key.js';
import { REFERENCE_DATABASE } from './reference.js';
import { firstDayOf } from './run-name.js';
import type { RunState } from './run-state.js';

/** Changes whenever what an older program kept of a row means something else. */
const KEPT_VERSION = 'doisoat.rows/1';

/**
 * All that a row's numbers in `results` follow from besides its own cells, as far as it is known before they are read: under equal keys,
 * and equal hints for every column, equal cells have the same dictionary entries, person and first part of the pattern.
 */
export interface RowsKey {
  readonly program: string;
  readonly reference: string;
  readonly job: string;
  readonly day: string;
}

type KeyFacts = Pick<
  RunState,
  'job' | 'reference' | 'referenceFolder' | 'fields' | 'matched' | 'patterns' | 'today'
>;

export async function rowsKey(db: Database, facts: KeyFacts): Promise<RowsKey> {
  const { size, mtimeMs } = statSync(join(facts.referenceFolder, REFERENCE_DATABASE));
  return {
    program: `${await programFacts(db)} ${KEPT_VERSION}`,
    // Numbers of people and values are taken as well, and two builds from the same files need not count alike.
    reference: hashOf([referenceFacts(facts), size, mtimeMs]),
    job: hashOf(jobFacts(facts)),
    day: dayFacts(facts),
  };
}

function jobFacts({ fields, matched, patterns }: KeyFacts): unknown {
  const { comparable, identity, hasRecordKey, impliedSex } = matched;
  return [
    fields.map(({ name, kind, role, settings }) => [name, kind, role, settings]),
    comparable.map(({ name }) => name),
    identity?.name ?? null,
    hasRecordKey,
    impliedSex ?? null,
    patterns.checks,
  ];
}

/**
 * What a reading takes from the day: the year, since two-digit years and the oldest age are counted from it, and whether the file is an
 * old one. Readings that may be others on another day of the year are not taken at all (`Normalizer.untilToday`).
 */
function dayFacts({ today, job }: KeyFacts): string {
  return `${today.slice(0, 4)} ${alikeFileDate(firstDayOf(job.period))}`;
}

function alikeFileDate(date: string): string {
  return date >= FILE_DATES_ALIKE_FROM ? 'new' : date;
}

/** Whether all columns are read by the same rules; what the key says of the day is left aside. */
export function sameHints(
  ours: Readonly<Record<string, ColumnFacts>>,
  last: Readonly<Record<string, ColumnFacts>>,
): boolean {
  const told = (columns: Readonly<Record<string, ColumnFacts>>) =>
    Object.entries(columns)
      .map(([name, { hints }]) => [name, lastingHints(hints)])
      .sort();
  return JSON.stringify(told(ours)) === JSON.stringify(told(last));
}

function lastingHints({ today: _, fileDate, ...hints }: Hints): unknown {
  const date = fileDate === undefined ? null : alikeFileDate(fileDate);
  return [date, Object.entries(hints).sort(([a], [b]) => (a < b ? -1 : 1))];
}

function hashOf(facts: unknown): string {
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
}
