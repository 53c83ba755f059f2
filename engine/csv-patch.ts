import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CsvFile } from './csv-file.js';
import { type MendedRow, mendCsv } from './csv-mender.js';
import type { Database } from './database.js';
import type { FileSurvey } from './file-survey.js';
import { countRejects, mostComplaints, type ReadableCsv } from './read-csv.js';

/** The few rows that the engine's reader refused of a file that is otherwise sound, mended on their own. */
export interface CsvPatch {
  /** A file of just these rows, mended. */
  readonly readable: ReadableCsv;
  /** Their lines in the real file, in order; the n-th row of the patch stands on the n-th of these. */
  readonly lines: readonly number[];
  readonly listed: readonly MendedRow[];
}

/**
 * Mends the refused rows alone, so that a few ragged lines do not cost another pass over a large file. Null when the file needs
 * more than that: a refused row over several lines, bytes that are no text, a line too long (the engine keeps only its start),
 * too many of them, or lines that are no rows.
 */
export async function patchRejects(
  db: Database,
  file: CsvFile,
  known: { readonly survey: FileSurvey; readonly rows: number },
): Promise<CsvPatch | null> {
  const complaints = await countRejects(db);
  if (complaints === 0 || complaints >= mostComplaints(file)) return null;
  const refused = await db.rows<{ line: number; text: string | null; kind: string }>(`
    SELECT line, any_value(csv_line) AS text, max((error_type IN ('INVALID ENCODING', 'LINE SIZE OVER MAXIMUM'))::INTEGER)::VARCHAR AS kind
    FROM reject_errors GROUP BY line ORDER BY line`);
  if (known.rows + refused.length + 1 !== known.survey.lines) return null;
  const texts = refused.map(({ text }) => (text ?? '').replace(/^[\r\n]+|[\r\n]+$/g, ''));
  if (refused.some(({ kind }) => kind !== '0') || texts.some((text) => text === '' || /[\r\n]/.test(text)))
    return null;
  return mendAlone(db, file, { survey: known.survey, texts, lines: refused.map(({ line }) => line) });
}

async function mendAlone(
  db: Database,
  file: CsvFile,
  refused: {
    readonly survey: FileSurvey;
    readonly texts: readonly string[];
    readonly lines: readonly number[];
  },
): Promise<CsvPatch | null> {
  const { survey, texts, lines } = refused;
  const stem = join(db.tempDir, `refused-${survey.sha256.slice(0, 16)}`);
  const alone: CsvFile = { ...file, path: `${stem}.csv` };
  writeFileSync(
    alone.path,
    `${file.header.map((_, i) => `c${i}`).join(file.delimiter)}\n${texts.join('\n')}\n`,
    {
      mode: 0o600,
    },
  );
  const facts = await mendCsv(alone, `${stem}-mended.csv`);
  rmSync(alone.path, { force: true });
  if (facts.rows !== texts.length) return null;
  const listed = facts.listed.map((row) => ({ ...row, line: lines[row.line - 2]! }));
  return { readable: { file, survey, mended: { path: `${stem}-mended.csv`, facts } }, lines, listed };
}
