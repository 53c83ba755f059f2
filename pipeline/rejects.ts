import { join } from 'node:path';
import type { Database } from '../engine/database.js';
import { spreadsheetSafe, writeCsv } from '../engine/write-csv.js';
import type { SourceFile } from './ingest.js';
import { maskedWords, numbersMasked } from './list-texts.js';
import type { ListPlan } from './result-lists.js';
import { isHidden } from './shown-values.js';

/** Stores the rows that were rejected or repaired in `rejects`. */
export async function storeRejects(
  db: Database,
  files: readonly Pick<SourceFile, 'name' | 'listed'>[],
): Promise<void> {
  await db.run(`CREATE OR REPLACE TABLE rejects (file USMALLINT, source_file VARCHAR, line UINTEGER, state VARCHAR,
    why_vi VARCHAR, why_en VARCHAR, text VARCHAR)`);
  const rows = files.flatMap((file, i) =>
    file.listed.map(({ line, state, why, text }) => [i, file.name, line, state, why.vi, why.en, text]),
  );
  await db.append('rejects', rows);
}

/** rejected.csv: rows that could not be read as records, with file, line, why, and their text. */
export async function writeRejected(db: Database, plan: ListPlan): Promise<string> {
  const path = join(plan.folder, 'rejected.csv');
  const columns = [
    { name: 'source_file', sql: spreadsheetSafe('source_file') },
    { name: 'source_line', sql: 'line', encoded: true },
    { name: 'why_vi', sql: 'why_vi' },
    { name: 'why_en', sql: 'why_en' },
    { name: 'text', sql: spreadsheetSafe(rejectedText(plan)) },
  ];
  await writeCsv(db, path, { columns, from: `rejects WHERE state = 'rejected' ORDER BY file, line` });
  return path;
}

function rejectedText(plan: ListPlan): string {
  if (isHidden(plan)) return maskedWords('text');
  return plan.revealIds ? 'text' : numbersMasked('text');
}
