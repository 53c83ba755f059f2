import { join } from 'node:path';
import type { Database } from '../engine/database.js';
import { identifier, literal } from '../engine/sql.js';
import { type CsvColumn, spreadsheetSafe, writeCsv } from '../engine/write-csv.js';
import { OUTCOME_FACTS, OUTCOMES } from '../matchers/outcomes.js';
import type { Text } from '../messages/text.js';
import { CAUSES, type Cause, type Moves } from '../reports/compare-model.js';
import { type FieldLabels, reasonsInWords } from '../reports/mismatch-text.js';
import type { GroupTable } from '../reports/model.js';
import type { Side, SideRows } from './compare-rows.js';
import { maskedNumber, maskedWords } from './list-texts.js';

export const CHANGES_LIST = 'changes.csv';

const MISMATCH = OUTCOMES.filter((outcome) => OUTCOME_FACTS[outcome].asSubmitted)
  .map(literal)
  .join(', ');

/** View `moved` over the tables `before` and `after`: a row a record, `b_` and `a_` columns, its change and the cause. */
export async function makeMoved(db: Database): Promise<void> {
  await db.run(`CREATE OR REPLACE TABLE moved AS
    SELECT *, CASE WHEN b_outcome IS NULL THEN 'appeared' WHEN a_outcome IS NULL THEN 'gone'
        WHEN b_outcome <> a_outcome THEN 'outcome' WHEN b_reasons <> a_reasons THEN 'reasons' END AS change,
      CASE WHEN a_decided AND NOT b_decided THEN 'decision' WHEN b_content <> a_content THEN 'record'
        WHEN b_reference IS DISTINCT FROM a_reference THEN 'person' ELSE 'other' END AS cause
    FROM (SELECT b.key IS NOT NULL AND a.key IS NOT NULL AS in_both, coalesce(a.record_key, b.record_key) AS record_key,
        b.record AS b_record, a.record AS a_record, b.file AS b_file, a.file AS a_file, b.line AS b_line, a.line AS a_line,
        b.outcome AS b_outcome, a.outcome AS a_outcome, b.reasons AS b_reasons, a.reasons AS a_reasons,
        coalesce(b.decided, false) AS b_decided, coalesce(a.decided, false) AS a_decided,
        b.content AS b_content, a.content AS a_content, b.reference_id AS b_reference, a.reference_id AS a_reference, a.key AS a_key
      FROM before b FULL JOIN after a ON b.key = a.key)`);
}

export async function countMoves(db: Database, list: string | null): Promise<Moves> {
  const changes = new Map(
    (
      await db.rows<{ change: string | null; records: number }>(
        'SELECT change, count(*) AS records FROM moved GROUP BY change',
      )
    ).map(({ change, records }) => [change, records]),
  );
  const of = (change: string | null) => changes.get(change) ?? 0;
  const matrix = await db.rows<Moves['matrix'][number]>(
    'SELECT b_outcome AS before, a_outcome AS after, count(*) AS records FROM moved GROUP BY ALL',
  );
  const causes = await db.rows<{ cause: Cause; records: number }>(
    `SELECT cause, count(*) AS records FROM moved WHERE change IN ('outcome', 'reasons') GROUP BY cause`,
  );
  const order = Object.keys(CAUSES);
  return {
    in_both: of('outcome') + of('reasons') + of(null),
    appeared: of('appeared'),
    gone: of('gone'),
    other_outcome: of('outcome'),
    other_reasons: of('reasons'),
    matrix: matrix.toSorted((a, b) => place(a.before) - place(b.before) || place(a.after) - place(b.after)),
    causes: causes.toSorted((a, b) => order.indexOf(a.cause) - order.indexOf(b.cause)),
    reasons: await reasonMoves(db),
    list,
  };
}

/** Those that were not there come last. */
function place(outcome: string | null): number {
  return outcome === null ? OUTCOMES.length : OUTCOMES.indexOf(outcome as (typeof OUTCOMES)[number]);
}

/** Patterns of reasons are few: they are taken apart once per pair of patterns, not per record. */
async function reasonMoves(db: Database): Promise<Moves['reasons']> {
  const pairs = await db.rows<{ before: string; after: string; records: number }>(`SELECT b_reasons AS before,
      a_reasons AS after, count(*) AS records FROM moved WHERE in_both AND b_reasons <> a_reasons GROUP BY ALL`);
  const moves = new Map<string, { gained: number; lost: number }>();
  for (const { before, after, records } of pairs) {
    const { gained, lost } = gainedAndLost(before, after);
    for (const code of gained) count(code).gained += records;
    for (const code of lost) count(code).lost += records;
  }
  return [...moves]
    .map(([code, one]) => ({ code, ...one }))
    .sort((a, b) => b.gained + b.lost - a.gained - a.lost || (a.code < b.code ? -1 : 1));

  function count(code: string): { gained: number; lost: number } {
    const known = moves.get(code) ?? { gained: 0, lost: 0 };
    moves.set(code, known);
    return known;
  }
}

function gainedAndLost(before: string, after: string): { gained: string[]; lost: string[] } {
  const [had, has] = [before, after].map((codes) => codes.split(';').filter((code) => code !== '')) as [
    string[],
    string[],
  ];
  return {
    gained: has.filter((code) => !had.includes(code)),
    lost: had.filter((code) => !has.includes(code)),
  };
}

export interface GroupMove {
  readonly value: string | null;
  readonly settled: number;
  readonly broken: number;
}

/** Of the records in both runs, by their group in the later one. */
export function groupMoves(db: Database, field: string): Promise<GroupMove[]> {
  const group = identifier(`g_${field}`);
  return db.rows<GroupMove>(`SELECT a.${group} AS value,
      count(*) FILTER (m.b_outcome IN (${MISMATCH}) AND m.a_outcome NOT IN (${MISMATCH})) AS settled,
      count(*) FILTER (m.b_outcome NOT IN (${MISMATCH}) AND m.a_outcome IN (${MISMATCH})) AS broken
    FROM after a JOIN moved m ON a.key = m.a_key WHERE m.in_both GROUP BY 1`);
}

export interface ChangesPlan {
  readonly folder: string;
  readonly labels: FieldLabels;
  /** Values of groups as people read them. */
  readonly groups: readonly GroupTable[];
  readonly before: SideRows;
  readonly after: SideRows;
  readonly revealIds: boolean;
}

/** changes.csv: the records in both runs whose outcome or reasons are others now, with why. Returns their number. */
export async function writeChanges(db: Database, plan: ChangesPlan): Promise<number> {
  await makeChangeWords(db, plan.labels);
  await makeGroupLabels(db, plan);
  const masked = plan.after.restricted ? maskedWords('m.record_key') : maskedNumber('m.record_key');
  const key = plan.revealIds ? 'm.record_key' : masked;
  const groups = plan.after.groups.map((name): CsvColumn => {
    const label = `(SELECT g.label FROM group_labels g WHERE g.field = ${literal(name)} AND g.value = a.${identifier(`g_${name}`)})`;
    return { name, sql: spreadsheetSafe(`coalesce(${label}, a.${identifier(`g_${name}`)})`) };
  });
  const inWords = (language: keyof Text) =>
    `CASE m.cause ${Object.entries(CAUSES)
      .map(([cause, text]) => `WHEN ${literal(cause)} THEN ${literal(text[language])}`)
      .join(' ')} END`;
  return writeCsv(db, join(plan.folder, CHANGES_LIST), {
    columns: [
      { name: 'change', sql: 'm.change', encoded: true },
      { name: 'record_key', sql: spreadsheetSafe(key) },
      ...whereColumns('before', plan.before),
      ...whereColumns('after', plan.after),
      { name: 'outcome_before', sql: 'm.b_outcome', encoded: true },
      { name: 'outcome_after', sql: 'm.a_outcome', encoded: true },
      { name: 'reasons_before', sql: 'm.b_reasons', encoded: true },
      { name: 'reasons_after', sql: 'm.a_reasons', encoded: true },
      { name: 'cause', sql: 'm.cause', encoded: true },
      { name: 'why_vi', sql: `${inWords('vi')} || w.vi` },
      { name: 'why_en', sql: `${inWords('en')} || w.en` },
      ...groups,
    ],
    from: `moved m JOIN after a ON m.a_key = a.key
      JOIN change_words w ON m.b_reasons = w.before AND m.a_reasons = w.after
      WHERE m.change IN ('outcome', 'reasons') ORDER BY m.a_record`,
  });
}

/** The header is line 1; where a record is not one line the reader has kept its line. */
function whereColumns(side: Side, { files }: SideRows): CsvColumn[] {
  const row = side === 'before' ? 'm.b_' : 'm.a_';
  const names = files.map(({ name }) => literal(name)).join(', ');
  const firsts = files.map((_, i) => files.slice(0, i).reduce((sum, { rows }) => sum + rows, 0)).join(', ');
  return [
    { name: `file_${side}`, sql: spreadsheetSafe(`([${names}])[${row}file + 1]`) },
    { name: `line_${side}`, sql: `coalesce(${row}line, ${row}record - ([${firsts}])[${row}file + 1] + 2)` },
  ];
}

/** group_labels(field, value, label). */
async function makeGroupLabels(db: Database, { groups }: ChangesPlan): Promise<void> {
  await db.run('CREATE OR REPLACE TABLE group_labels (field VARCHAR, value VARCHAR, label VARCHAR)');
  const rows = groups.flatMap(({ field, rows: values }) =>
    values.flatMap(({ value, label }) =>
      value === null ? [] : [`(${[field, value, label].map(literal).join(', ')})`],
    ),
  );
  for (let i = 0; i < rows.length; i += 500) {
    await db.run(`INSERT INTO group_labels VALUES ${rows.slice(i, i + 500).join(', ')}`);
  }
}

/** change_words(before, after, vi, en): what reasons are gone and new, in words, per pair of patterns. */
async function makeChangeWords(db: Database, labels: FieldLabels): Promise<void> {
  await db.run(
    'CREATE OR REPLACE TABLE change_words (before VARCHAR, after VARCHAR, vi VARCHAR, en VARCHAR)',
  );
  const pairs = await db.rows<{
    before: string;
    after: string;
  }>(`SELECT DISTINCT b_reasons AS before, a_reasons AS after
    FROM moved WHERE change IN ('outcome', 'reasons') ORDER BY 1, 2`);
  for (let i = 0; i < pairs.length; i += 500) {
    const rows = pairs.slice(i, i + 500).map(({ before, after }) => {
      const { vi, en } = changeInWords(gainedAndLost(before, after), labels);
      return `(${[before, after, vi, en].map(literal).join(', ')})`;
    });
    await db.run(`INSERT INTO change_words VALUES ${rows.join(', ')}`);
  }
}

function changeInWords({ gained, lost }: { gained: string[]; lost: string[] }, labels: FieldLabels): Text {
  const [now, before] = [reasonsInWords(gained, labels), reasonsInWords(lost, labels)];
  const sentence = (language: keyof Text, names: readonly [string, string]) =>
    (lost.length > 0 ? `. ${names[0]}: ${before[language]}` : '') +
    (gained.length > 0 ? `. ${names[1]}: ${now[language]}` : '');
  return { vi: sentence('vi', ['Hết', 'Mới có']), en: sentence('en', ['Gone', 'New']) };
}
