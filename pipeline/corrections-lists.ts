import { join } from 'node:path';
import type { Database } from '../engine/database.js';
import { identifier, literal } from '../engine/sql.js';
import { spreadsheetSafe, writtenColumns, writtenCsv } from '../engine/write-csv.js';
import type { Text } from '../messages/text.js';
import { fieldLabels, reasonsInWords } from '../reports/mismatch-text.js';
import { EXTRACT, type OwnExtract } from './corrections-extract.js';
import { type Masking, makeWritten, type ProposedField, withProposals } from './corrections-proposals.js';
import { CERTAIN, CERTAINTY } from './corrections-words.js';
import { maskedWords } from './list-texts.js';
import type { ReportSource } from './report-formats.js';
import { type ListPlan, prepareLists, writeMismatches } from './result-lists.js';
import { writeRoleLists } from './roles-lists.js';

/** Temporary table with a row for each record that needs a correction, as its file shows it; ordered by owner, list, record. */
export const CORRECTIONS = 'corrections';

export interface CorrectionsPlan {
  readonly source: ReportSource;
  readonly extract: OwnExtract;
  readonly fields: readonly ProposedField[];
  readonly revealIds: boolean;
  /** For the lists of the run, which are made on the way. */
  readonly scratch: string;
}

/**
 * Table CORRECTIONS: record, list, owner, case_key, `x<i>` of the owner's own columns, `proposed_<field>`, certainty, certainty_en,
 * reasons_vi, reasons_en, mend_vi, source_file, source_line. Reads `correction_rows` and the own extract.
 */
export async function makeCorrections(db: Database, plan: CorrectionsPlan): Promise<void> {
  const { source, extract, fields, revealIds } = plan;
  // A restricted sector's values are masked in every list; of others the reference's only, which proposals do themselves.
  const isHidden = source.lists.matched.restricted === true && !revealIds;
  const path = await writeList(plan, !isHidden);
  const list = `(SELECT * FROM ${await listRelation(path)})`;
  await db.run(`CREATE OR REPLACE TEMP TABLE correction_list AS SELECT * FROM ${list}`);
  await makeWritten(db, 'correction_list', fields);
  await makeWords(db, source);
  const masking: Masking = isHidden ? 'nothing' : revealIds ? 'possible' : 'reference';
  const own = extract.header.map((_, i) => {
    const safe = spreadsheetSafe(`e.x${i}`);
    return `${isHidden ? maskedWords(safe) : safe} AS x${i}`;
  });
  const proposed = fields.map(({ name }) => `l.${identifier(`proposed_${name}`)}`);
  // Of several people in a record the list has the main one's probability, which says nothing of the others.
  const probability = (language: keyof Text) =>
    source.roles.length > 0 ? literal('') : probabilitySql(language);
  await db.run(`CREATE OR REPLACE TEMP TABLE ${CORRECTIONS} AS
    SELECT w.record, w.list, w.owner, w.case_key::VARCHAR AS case_key, ${[...own, ...proposed].join(', ')},
      ${certaintySql('vi', probability('vi'))} AS certainty, ${certaintySql('en', probability('en'))} AS certainty_en,
      t.vi AS reasons_vi, t.en AS reasons_en, l.mend_vi, l.source_file, l.source_line
    FROM correction_rows w JOIN ${withProposals('correction_list', fields, masking)} l ON w.record = l.record::BIGINT - 1
      JOIN ${EXTRACT} e ON w.record = e.record
      LEFT JOIN correction_words t ON coalesce(l.reasons, '') = t.codes
    ORDER BY w.owner NULLS LAST, w.list, w.record`);
  await db.run('DROP TABLE correction_list');
}

/** correction_words(codes, vi, en): the reasons of each verdict in words, fields by the names that the sector gives them. */
async function makeWords(db: Database, { lists, summary }: ReportSource): Promise<void> {
  const labels = fieldLabels(summary);
  await db.run('CREATE OR REPLACE TEMP TABLE correction_words (codes VARCHAR, vi VARCHAR, en VARCHAR)');
  const rows = [...new Set(lists.judged.map(({ reasons }) => reasons.join(';')))].sort().map((codes) => {
    const { vi, en } = reasonsInWords(
      codes.split(';').filter((code) => code !== ''),
      labels,
    );
    return `(${[codes, vi, en].map(literal).join(', ')})`;
  });
  for (let i = 0; i < rows.length; i += 500) {
    await db.run(`INSERT INTO correction_words VALUES ${rows.slice(i, i + 500).join(', ')}`);
  }
}

/** mismatches.csv of the run, in the scratch folder; with plain values, which no other folder gets to see. */
async function writeList({ source, scratch }: CorrectionsPlan, revealIds: boolean): Promise<string> {
  const { db, roles, referenceFolder, lists } = source;
  const plan: ListPlan = { ...lists, folder: scratch, revealIds };
  if (roles.length > 0) await writeRoleLists({ db, roles, referenceFolder, results: 'none' }, plan);
  else {
    await prepareLists(db, plan, ['csv']);
    await writeMismatches(db, plan);
  }
  return join(scratch, 'mismatches.csv');
}

/** The columns that are read of it: a list of a wide record has more. */
async function listRelation(path: string): Promise<string> {
  const columns = await writtenColumns(path);
  if (!columns.includes('reasons_vi')) throw new Error('the list of mismatches is not as expected');
  return writtenCsv(path);
}

/** In percent, rounded down, and never all of it. */
function probabilitySql(language: keyof Text): string {
  const percent = 'floor(least(l.probability::DOUBLE, 0.9999) * 1000) / 10';
  const text = `printf('%.1f', ${percent})`;
  return language === 'vi'
    ? `' (xác suất ' || replace(${text}, '.', ',') || ' %)'`
    : `' (probability ' || ${text} || '%)'`;
}

function certaintySql(language: keyof Text, probability: string): string {
  const cases = Object.entries(CERTAINTY).map(([outcome, text]) => {
    const [before = '', after] = text[language].split('{p}');
    const words =
      after === undefined
        ? literal(before)
        : `${literal(before)} || coalesce(${probability}, '') || ${literal(after)}`;
    return `WHEN ${literal(outcome)} THEN ${words}`;
  });
  return `if(w.list = 'automatic', ${literal(CERTAIN[language])}, CASE l.outcome ${cases.join(' ')} END)`;
}
