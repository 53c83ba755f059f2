import type { Database } from '../engine/database.js';
import { identifier, literal } from '../engine/sql.js';
import { spreadsheetSafe, spreadsheetSafeText, writeCsv } from '../engine/write-csv.js';
import { problemsOfMask } from '../normalizers/normalizer.js';
import type { Sector } from '../sectors/schema.js';
import {
  type CleanedField,
  type CleanField,
  type CleanResult,
  cleanedHeader,
  PROBLEM_SEPARATOR,
  planFields,
} from './clean-plan.js';
import { type Context, dayInVietnam } from './context.js';
import { answersTable, normalizeColumn } from './dictionaries.js';
import { type FileChoice, givenHints, INPUT, type InputTable, loadInput } from './input-table.js';
import type { ColumnMap } from './job-type.js';
import { maskUnknown } from './mask-unknown.js';

export interface CleanTableOptions {
  readonly choice: FileChoice;
  readonly sector: Sector;
  readonly columns: ColumnMap | null;
  readonly out: string;
}

const FIELDS = 'fields';
const EXAMPLES = 3;

/**
 * Cleans a file through the dictionaries of its columns. Writes the rows in input order to `out`, and what could not be
 * read as a row to `<out>.rejected.csv`.
 */
export async function cleanTable(
  db: Database,
  options: CleanTableOptions,
  context: Context,
): Promise<CleanResult> {
  const task = context.progress.start({ vi: 'Làm sạch', en: 'Cleaning' });
  const file = await loadInput(db, options.choice);
  const fields = planFields(options.sector, file.header, options.columns);
  await db.run(`CREATE VIEW ${FIELDS} AS SELECT ${fields.map(fieldSql).join(', ')} FROM ${INPUT}`);
  const cleaned: CleanedField[] = [];
  for (const [i, field] of fields.entries()) {
    const hints = givenHints(field.field, {
      today: dayInVietnam(context.clock()),
      fontEncoding: file.fontEncoding,
    });
    await normalizeColumn(db, FIELDS, { name: field.name, kind: field.field.kind, role: 'checked', hints });
    await makeProblemTexts(db, field);
    cleaned.push(await summarise(db, field));
    task.at((i + 1) / (fields.length + 1));
  }
  const files = await writeFiles(db, { file, fields, out: options.out });
  task.done(file.rows);
  return { rows: file.rows, rejected: file.rejected, fields: cleaned, files };
}

/** The raw text of a field: its column, or several joined with a blank. */
function rawSql({ positions }: CleanField): string {
  const columns = positions.map((i) => `c${i}`);
  return columns.length === 1 ? (columns[0] ?? 'NULL') : `nullif(concat_ws(' ', ${columns.join(', ')}), '')`;
}

function fieldSql(field: CleanField): string {
  return `${rawSql(field)} AS ${identifier(field.name)}`;
}

const textsTable = (name: string) => identifier(`problem_texts_${name}`);

/** The few combinations of problems that occur, as text. */
async function makeProblemTexts(db: Database, { name, normalizer }: CleanField): Promise<void> {
  const masks = await db.rows<{ problems: number }>(
    `SELECT DISTINCT problems FROM ${answersTable(name)} WHERE problems > 0 ORDER BY problems`,
  );
  await db.run(`CREATE OR REPLACE TEMP TABLE ${textsTable(name)} (mask BIGINT, problem_text VARCHAR)`);
  for (const { problems } of masks) {
    const text = problemsOfMask(normalizer.problems, problems).join(PROBLEM_SEPARATOR);
    await db.run(`INSERT INTO ${textsTable(name)} VALUES (${problems}, ${literal(text)})`);
  }
}

async function summarise(db: Database, { name, normalizer, columns }: CleanField): Promise<CleanedField> {
  const [answers, column] = [answersTable(name), identifier(name)];
  const [totals] = await db.rows<{ filled: number; changed: number | null; unusable: number | null }>(
    `SELECT count(f.${column}) AS filled, (count(*) FILTER (WHERE a.value <> a.raw)) AS changed,
       (count(*) FILTER (WHERE a.raw IS NOT NULL AND a.value IS NULL AND trim(a.raw) <> '')) AS unusable
     FROM ${FIELDS} f LEFT JOIN ${answers} a ON f.${column} = a.raw`,
  );
  const masks = await db.rows<{ problems: number; rows: number }>(
    `SELECT a.problems, count(*) AS rows FROM ${FIELDS} f JOIN ${answers} a ON f.${column} = a.raw
     WHERE a.problems > 0 GROUP BY a.problems`,
  );
  const examples = await db.rows<{ raw: string; value: string }>(
    `SELECT raw, value FROM ${answers} WHERE value <> raw ORDER BY hash(raw), raw LIMIT ${EXAMPLES}`,
  );
  const problems = Object.entries(normalizer.problems).map(([problem, { vi, en }]) => {
    const having = masks.filter((one) => problemsOfMask(normalizer.problems, one.problems).includes(problem));
    return { problem, labels: { vi, en }, rows: having.reduce((sum, { rows }) => sum + rows, 0) };
  });
  return {
    field: name,
    kind: normalizer.kind,
    columns,
    filled: totals?.filled ?? 0,
    changed: totals?.changed ?? 0,
    unusable: totals?.unusable ?? 0,
    problems: problems.filter(({ rows }) => rows > 0).toSorted((a, b) => b.rows - a.rows),
    examples: examples.map(({ raw, value }) => `${maskUnknown(raw)} → ${normalizer.mask(value)}`),
  };
}

interface Writing {
  readonly file: InputTable;
  readonly fields: readonly CleanField[];
  readonly out: string;
}

const REJECTED_COLUMNS = ['file', 'line', 'why', 'text'] as const;

async function writeFiles(db: Database, { file, fields, out }: Writing): Promise<string[]> {
  const names = cleanedHeader(file.header, fields);
  const cells = [...file.header.map((_, i) => `i.c${i}`), ...fields.flatMap(answerCells)];
  const columns = cells.map((_, i) => ({ name: spreadsheetSafeText(names[i] ?? ''), sql: `s${i}` }));
  const joins = fields.map(({ name, ...field }) => {
    const a = identifier(`a_${name}`);
    const p = identifier(`p_${name}`);
    return `LEFT JOIN ${answersTable(name)} ${a} ON ${rawSql({ name, ...field })} = ${a}.raw
      LEFT JOIN ${textsTable(name)} ${p} ON ${a}.problems = ${p}.mask`;
  });
  // Step by step: each looks at a cell several times, and written into one another they take the engine a second to plan.
  const read = cells.map((cell, i) => `${cell} AS x${i}`).join(', ');
  const safe = cells.map((_, i) => `${spreadsheetSafe(`x${i}`)} AS s${i}`).join(', ');
  const rows = `(SELECT ${safe}, place FROM (SELECT ${read}, i.rowid AS place FROM ${INPUT} i ${joins.join(' ')}))`;
  // A left join hands on the rows that found no answer after those that did, so the order must be asked for.
  await writeCsv(db, out, { columns, from: `${rows} ORDER BY place` });
  if (file.listed.length === 0) return [out];
  const rejected = file.listed.filter(({ state }) => state === 'rejected');
  if (rejected.length === 0) return [out];
  const refused = rejected.map(
    ({ line, why, text }) =>
      `(${[literal(file.name), line, literal(`${why.vi} / ${why.en}`), literal(text)].join(', ')})`,
  );
  const list = REJECTED_COLUMNS.map((name, i) => ({
    name,
    sql: name === 'line' ? `col${i}` : spreadsheetSafe(`col${i}`),
  }));
  await writeCsv(db, `${out}.rejected.csv`, { columns: list, from: `(VALUES ${refused.join(', ')})` });
  return [out, `${out}.rejected.csv`];
}

/** Without an answer the value was canonical as it stood. */
function answerCells({ name, ...field }: CleanField): string[] {
  const a = identifier(`a_${name}`);
  const raw = rawSql({ name, ...field });
  return [`if(${a}.raw IS NULL, ${raw}, ${a}.value)`, `${identifier(`p_${name}`)}.problem_text`];
}
