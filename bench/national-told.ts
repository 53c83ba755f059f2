// What the national bench reads of a finished run's folder.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { wrongRows } from '../generator/national.js';
import { HARMLESS, OTHER_REASONS, WRONG } from '../generator/national-dirt.js';
import type { Manifest } from '../pipeline/manifest.js';
import type { Summary } from '../reports/model.js';

/** Names and values as the bench prints them. */
export type FiguresOf = Record<string, number | string>;

export function summaryOf(folder: string): Summary {
  return JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8')) as Summary;
}

/** From this many rows on, each kind of damage occurs so often that a reason which is not reported is a fault. */
const ALL_REASONS_FROM = 500_000;

/** The promise of the bench: the headline to the row, and every reason that was put in. */
export function checkReport(rows: number, { figures, reasons }: Summary): void {
  const wrong = wrongRows(rows);
  if (figures.mismatch_as_submitted !== wrong)
    throw new Error(`${figures.mismatch_as_submitted} rows do not match as submitted; ${wrong} were made so`);
  const told = new Set(reasons.map(({ code }) => code));
  const put = new Set([...[...WRONG, ...HARMLESS].flatMap((kind) => kind.reasons), ...OTHER_REASONS]);
  const untold = [...put].filter((code) => !told.has(code));
  if (untold.length > 0 && rows >= ALL_REASONS_FROM) throw new Error(`not reported: ${untold.join(', ')}`);
}

/** What became of the rows that no number settled. */
export function linkedOf({ linking }: Summary): FiguresOf {
  if (linking === null) return {};
  const { records, linked, possible, ambiguous } = linking;
  return {
    searched_for: records,
    linked,
    possible,
    ambiguous,
    accept: linking.accept,
    review: linking.review,
  };
}

/** What a run leaves whose bytes must not depend on the memory or the threads that it was given; a small one may have learnt no model. */
const OUTPUTS = ['summary.json', 'report.html', 'rejected.csv', 'model.json'] as const;

/** One hash of all of `OUTPUTS`, to be laid beside that of a run with another `--memory`. */
export function outputsHash(folder: string): string {
  const hash = createHash('sha256');
  const left = OUTPUTS.filter((name) => existsSync(join(folder, name)));
  for (const name of left) hash.update(readFileSync(join(folder, name)));
  return hash.digest('hex');
}

/** How many rows were taken, and how many open ones searched for; a night that takes nothing is not what the mark is about. */
export function searchOf(folder: string): FiguresOf {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
  const { search, rows_taken: rows } = manifest;
  const notTaken = [search, rows].flatMap((one) => (one?.taken ? [] : [String(one?.not_taken)]));
  if (search === undefined || rows === undefined || notTaken.length > 0)
    throw new Error(`nothing taken from the night before: ${notTaken.join(', ')}`);
  return {
    second_night_rows_taken: rows.taken,
    second_night_taken: search.taken,
    second_night_searched: search.searched,
  };
}

export function stagesOf(folder: string): string {
  const { stages } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    readonly stages: readonly { readonly stage: string; readonly seconds: number }[];
  };
  return stages.map(({ stage, seconds }) => `${stage} ${seconds}`).join(', ');
}

export function bytesOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
