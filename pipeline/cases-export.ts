import { identifier, literal } from '../engine/sql.js';
import { type CsvColumn, spreadsheetSafe, writeCsv } from '../engine/write-csv.js';
import { OUTCOME_FACTS, OUTCOMES } from '../matchers/outcomes.js';
import type { Text } from '../messages/text.js';
import { reasonsInWords } from '../reports/mismatch-text.js';
import { ANSWER_COLUMNS, CASE_COLUMNS } from './cases-columns.js';
import { type CaseFilter, caseCondition } from './cases-list.js';
import { type OpenCases, shownGroup } from './cases-open.js';
import { DECISION_TEXTS, STATE_TEXTS } from './cases-text.js';
import { referenceIdText } from './result-rows.js';

/**
 * Writes the cases that fit to a CSV (UTF-8 with byte order mark, safe in a spreadsheet, whole or not at all), the oldest first, with
 * empty columns for the answers. Keys and ids are masked unless `revealIds`. Returns the number of cases.
 */
export async function exportCases(
  cases: OpenCases,
  filter: CaseFilter,
  { path, revealIds }: { readonly path: string; readonly revealIds: boolean },
): Promise<number> {
  const { db, plan } = cases;
  await makeReasonTexts(cases);
  const groups = cases.groups.map((name): CsvColumn => {
    const field = plan.patterns.fields.find((one) => one.name === name);
    const label = identifier(`t_${name}`);
    return { name: field?.labels.vi ?? name, sql: spreadsheetSafe(`${label}.label`) };
  });
  for (const name of cases.groups) await makeGroupTexts(cases, name);
  const labels = cases.groups.map(
    (name) =>
      `LEFT JOIN ${groupTexts(name)} ${identifier(`t_${name}`)} ON s.${shownGroup(name)} = ${identifier(`t_${name}`)}.value`,
  );
  const columns = [...caseColumns(cases, revealIds), ...groups, ...answerColumns(cases)];
  const condition = caseCondition(cases, filter);
  return writeCsv(db, path, {
    columns: unique(columns),
    from: `(SELECT * FROM shown_cases WHERE ${condition}) s LEFT JOIN reason_texts t ON s.reasons = t.reasons
      ${[...labels, ...roleJoins(cases)].join(' ')} ORDER BY s.days DESC, s.case_key`,
  });
}

function caseColumns({ plan, roles }: OpenCases, revealIds: boolean): CsvColumn[] {
  const shown = (text: string) => spreadsheetSafe(revealIds ? text : maskedSql(text));
  const sql: Record<keyof typeof CASE_COLUMNS, string> = {
    case: 's.case_key::VARCHAR',
    file: spreadsheetSafe(`(${listSql(plan.files.map(({ name }) => literal(name)))})[s.file + 1]`),
    line: lineSql(plan.files),
    record_key: shown('s.record_key'),
    state: inWords('s.state_now', STATE_TEXTS),
    first_seen: `s.first_seen::VARCHAR`,
    last_seen: `s.last_seen::VARCHAR`,
    days: 's.days',
    outcome: inWords('s.outcome', Object.fromEntries(OUTCOMES.map((one) => [one, OUTCOME_FACTS[one]]))),
    reasons: 't.words',
    reason_codes: 's.reasons',
    proposed: shown('s.reference_id'),
    probability: sharesText('s.probability'),
    standing: `${inWords('s.decision', DECISION_TEXTS)} || ${aboutRole(roles)}`,
  };
  return Object.entries(CASE_COLUMNS).flatMap(([name, { vi }]) => {
    if (roles.length === 0 || (name !== 'proposed' && name !== 'probability')) {
      return [{ name: vi, sql: sql[name as keyof typeof CASE_COLUMNS] }];
    }
    // Of several people in a record each has a column of his own.
    return roles.map(({ database, labels }) => {
      const found = name === 'proposed' ? 'reference_key' : 'probability';
      const text = `${database}_found.${found}`;
      const shownText = name === 'proposed' ? shown(referenceIdText(text)) : sharesText(text);
      return { name: `${vi} (${labels.vi})`, sql: shownText };
    });
  });
}

/** ` (Vợ)` behind a decision about one of several people. */
function aboutRole(roles: OpenCases['roles']): string {
  const names = roles.map(({ role, labels }) => `WHEN ${literal(role)} THEN ${literal(` (${labels.vi})`)}`);
  return names.length === 0 ? `''` : `coalesce(CASE s.decision_role ${names.join(' ')} END, '')`;
}

function roleJoins({ roles }: OpenCases): string[] {
  return roles.map(
    ({ database }) =>
      `LEFT JOIN ${database}.results ${database}_found ON s.record = ${database}_found.record`,
  );
}

function sharesText(share: string): string {
  return `if(${share} IS NULL, NULL, printf('%.4f', ${share}))`;
}

/** Who has the case already stands there; the other answers are for filling in. */
function answerColumns({ roles }: OpenCases): CsvColumn[] {
  return Object.entries(ANSWER_COLUMNS)
    .filter(([name]) => name !== 'role' || roles.length > 0)
    .map(([name, { vi }]) => ({
      name: vi,
      sql: name === 'assignee' ? spreadsheetSafe('s.assignee') : 'NULL::VARCHAR',
    }));
}

/** A group may be called like a column of ours. */
function unique(columns: readonly CsvColumn[]): CsvColumn[] {
  const names = columns.map(({ name }) => name);
  return columns.map((column, i) =>
    names.indexOf(column.name) === i ? column : { ...column, name: `${column.name} (${i + 1})` },
  );
}

function inWords(column: string, texts: Readonly<Record<string, Text>>): string {
  const cases = Object.entries(texts).map(([code, { vi }]) => `WHEN ${literal(code)} THEN ${literal(vi)}`);
  return `CASE ${column} ${cases.join(' ')} END`;
}

/** The header is line 1; where a record is not one line the reader has kept its line. */
function lineSql(files: readonly { readonly rows: number }[]): string {
  const firsts: number[] = [];
  let first = 0;
  for (const file of files) {
    firsts.push(first);
    first += file.rows;
  }
  return `coalesce(s.line, s.record - (${listSql(firsts.map(String))})[s.file + 1] + 2)`;
}

/** A run of no file has an empty list, which needs a type. */
function listSql(items: readonly string[]): string {
  return items.length === 0 ? 'NULL::VARCHAR[]' : `[${items.join(', ')}]`;
}

/** `maskNumber` of normalizers/identity-digits.ts in SQL. */
function maskedSql(text: string): string {
  return `if(length(${text}) = 12, left(${text}, 3) || '******' || right(${text}, 3),
    repeat('*', length(${text}) - length(${text}) // 3) || right(${text}, length(${text}) // 3))`;
}

/** The values of a group field as people read them. */
async function makeGroupTexts({ db, plan }: OpenCases, name: string): Promise<void> {
  const field = plan.patterns.fields.find((one) => one.name === name);
  await db.run(`CREATE OR REPLACE TEMP TABLE ${groupTexts(name)} (value VARCHAR, label VARCHAR)`);
  const found = await db.rows<{
    value: string;
  }>(`SELECT DISTINCT ${shownGroup(name)} AS value FROM shown_cases
    WHERE ${shownGroup(name)} IS NOT NULL`);
  for (let i = 0; i < found.length; i += 500) {
    const rows = found.slice(i, i + 500).map(({ value }) => {
      return `(${literal(value)}, ${literal(field?.normalizer.format(value) ?? value)})`;
    });
    await db.run(`INSERT INTO ${groupTexts(name)} VALUES ${rows.join(', ')}`);
  }
}

function groupTexts(name: string): string {
  return identifier(`group_texts_${name}`);
}

/** reason_texts: the words of each combination of reasons that occurs. */
async function makeReasonTexts({ db, roles }: OpenCases): Promise<void> {
  const labels = new Map(roles.map(({ role, labels: text }) => [role, text]));
  await db.run('CREATE OR REPLACE TEMP TABLE reason_texts (reasons VARCHAR, words VARCHAR)');
  const found = await db.rows<{ reasons: string }>(
    `SELECT DISTINCT reasons FROM ${identifier('shown_cases')} WHERE reasons <> ''`,
  );
  for (let i = 0; i < found.length; i += 500) {
    const rows = found.slice(i, i + 500).map(({ reasons }) => {
      return `(${literal(reasons)}, ${literal(reasonsInWords(reasons.split(';'), labels).vi)})`;
    });
    await db.run(`INSERT INTO reason_texts VALUES ${rows.join(', ')}`);
  }
}
