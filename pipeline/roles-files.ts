// Where a finished run keeps what it found of each of several people in a record.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Text } from '../messages/text.js';
import { readSummary } from '../reports/summary-json.js';
import { RUN_DATABASE } from './result-rows.js';

/** `role-husband.duckdb`: a run database like any other, its rows numbered like those of the run. */
export function roleDatabase(role: string): string {
  return RUN_DATABASE.replace('run', `role-${role}`);
}

export interface FoundRole {
  readonly role: string;
  readonly labels: Text;
  /** Path of its database. */
  readonly path: string;
}

/** The roles of a finished run in the sector's order; empty where a record is one person's. */
export function rolesOfRun(folder: string): FoundRole[] {
  const path = join(folder, 'summary.json');
  if (!existsSync(path)) return [];
  const { roles = [] } = readSummary(readFileSync(path, 'utf8'), path);
  return roles.map(({ role, labels }) => ({ role, labels, path: join(folder, roleDatabase(role)) }));
}
