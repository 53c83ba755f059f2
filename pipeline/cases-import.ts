import { type CsvFile, inspectCsv, knownEncoding } from '../engine/csv-file.js';
import { type OpenRecord, scanLine } from '../engine/csv-line.js';
import { linesOf } from '../engine/csv-lines.js';
import { literal } from '../engine/sql.js';
import type { DecisionKind } from '../ledger/decisions.js';
import type { Text } from '../messages/text.js';
import { UserError } from '../messages/user-error.js';
import type { CaseAnswer } from './cases-answer.js';
import {
  ANSWER_COLUMNS,
  type AnswerColumn,
  type ColumnPlaces,
  columnPlaces,
  dayOf,
  decisionOf,
} from './cases-columns.js';
import {
  type BadLine,
  badLines,
  HALF_WAIVER,
  NO_PERSON,
  NO_ROLE,
  noDay,
  unknownDecision,
  unknownRole,
} from './cases-import-faults.js';
import { roleOf, rolesMeant } from './cases-meant.js';
import type { OpenCases } from './cases-open.js';
import { idsOfPeople, personGiven } from './cases-people.js';

interface Filled {
  readonly line: number;
  readonly caseKey: string;
  readonly cells: Readonly<Record<AnswerColumn, string>>;
}

export interface ImportedAnswers {
  readonly answers: readonly CaseAnswer[];
  /** Lines with a case and nothing new to say. */
  readonly unanswered: number;
}

const LONGEST_LINE = 100_000;

/**
 * Reads the answers of a file that `cases export` wrote and people filled in; what a spreadsheet does to it on the way (semicolons,
 * other encodings, columns moved or taken out, dates as d/m/y) does no harm. Throws one UserError that names every bad line;
 * nothing has been entered then.
 */
export async function readAnswers(cases: OpenCases, path: string): Promise<ImportedAnswers> {
  const file = await knownEncoding(await inspectCsv(path));
  const places = columnPlaces(file.header);
  checkColumns(places, file);
  const bad: BadLine[] = [];
  const filled = await filledLines(file, places, bad);
  const known = await knownCases(cases, filled);
  const roles = await rolesOfLines(cases, filled, known);
  const people = await peopleOf(cases, filled, roles);
  const assigned = new Map(
    [...cases.ledger.assignments(cases.series)].map((one) => [one.case_key, one.assignee]),
  );
  const answers: CaseAnswer[] = [];
  for (const one of filled) {
    if (!known.has(one.caseKey)) bad.push({ line: one.line, why: UNKNOWN_CASE });
    else {
      const given = one.cells.person === '' ? null : personGiven(cases, one.cells.person);
      const referenceId = given ?? people.get(one.line) ?? null;
      const answer = answerOf(one, { cases, role: roles.get(one.line) ?? null, referenceId }, bad);
      if (answer !== null) answers.push(withoutSame(answer, assigned.get(one.caseKey) ?? ''));
    }
  }
  if (bad.length > 0) throw badLines(path, bad);
  const said = answers.filter((one) => one.decision ?? one.waiver ?? one.assignee);
  return { answers: said, unanswered: filled.length - said.length };
}

const UNKNOWN_CASE: Text = { vi: 'không có trường hợp này', en: 'there is no such case' };

function checkColumns(places: ColumnPlaces, file: CsvFile): void {
  const answers = (Object.keys(ANSWER_COLUMNS) as AnswerColumn[]).filter((name) => places[name] >= 0);
  if (places.case >= 0 && answers.length > 0) return;
  const missing = places.case < 0 ? 'Mã trường hợp / Case' : 'Quyết định / Decision';
  throw new UserError({
    what: { vi: `Thiếu cột “${missing}”.`, en: `The column “${missing}” is missing.` },
    where: file.path,
    mend: {
      vi: 'Hãy giữ nguyên dòng tiêu đề mà doisoat cases export đã ghi.',
      en: 'Keep the header line that doisoat cases export wrote.',
    },
  });
}

/** Lines that name a case, one after another; a cell may hold line breaks. */
async function filledLines(file: CsvFile, places: ColumnPlaces, bad: BadLine[]): Promise<Filled[]> {
  const filled: Filled[] = [];
  let open: { readonly record: OpenRecord; readonly line: number } | null = null;
  for await (const lines of linesOf(file, LONGEST_LINE)) {
    for (const { number, text } of lines) {
      if (number <= file.headerEnd || (open === null && text.trim() === '')) continue;
      const line: number = open?.line ?? number;
      const scan = scanLine(text, file.delimiter, open?.record);
      open = null;
      if (scan.state === 'broken') bad.push({ line, why: BROKEN });
      else if (scan.state === 'open') {
        open = { record: { ...scan.record, openCell: `${scan.record.openCell}\n` }, line };
      } else take(scan.cells, line);
    }
  }
  if (open !== null) bad.push({ line: open.line, why: BROKEN });
  return filled;

  function take(cells: readonly string[], line: number): void {
    const at = (name: AnswerColumn | 'case') => unguarded(cells[places[name]] ?? '');
    const answers = Object.keys(ANSWER_COLUMNS).map((name) => [name, at(name as AnswerColumn)]);
    const row = { line, caseKey: at('case').toLowerCase(), cells: Object.fromEntries(answers) };
    if (row.caseKey !== '') filled.push(row);
    else if (answers.some(([, cell]) => cell !== '')) bad.push({ line, why: NO_CASE });
  }
}

const BROKEN: Text = { vi: 'dấu ngoặc kép không đóng', en: 'quotes that do not close' };
const NO_CASE: Text = { vi: 'có trả lời nhưng không có mã trường hợp', en: 'an answer without a case' };

/** Without blanks around it and without the apostrophe that the export put before what looked like a formula. */
function unguarded(cell: string): string {
  return cell
    .replace(/[\u00a0\s]+/g, ' ')
    .trim()
    .replace(/^'(?=\s*[=+\-@])/, '');
}

async function knownCases({ db }: OpenCases, filled: readonly Filled[]): Promise<ReadonlySet<string>> {
  const keys = filled.map(({ caseKey }) => caseKey).filter((key) => UUID.test(key));
  const known = new Set<string>();
  for (let i = 0; i < keys.length; i += 1000) {
    const list = keys.slice(i, i + 1000).map((key) => `${literal(key)}::UUID`);
    const rows = await db.rows<{ key: string }>(
      `SELECT case_key::VARCHAR AS key FROM shown_cases WHERE case_key IN (${list.join(', ')})`,
    );
    for (const { key } of rows) known.add(key);
  }
  return known;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** By line: which of several people in the record a decision about a person means; null: it cannot be told. */
async function rolesOfLines(
  cases: OpenCases,
  filled: readonly Filled[],
  known: ReadonlySet<string>,
): Promise<ReadonlyMap<number, string | null>> {
  const about = filled.filter(
    ({ caseKey, cells }) => known.has(caseKey) && isAboutPerson(decisionOf(cells.decision)),
  );
  const roles = await rolesMeant(
    cases,
    about.map(({ caseKey, cells }) => ({ caseKey, role: roleOf(cases, cells.role) })),
  );
  return new Map(about.map(({ line }, i) => [line, roles[i] ?? null]));
}

/** By line: the id of whom a decision about a person means. */
async function peopleOf(
  cases: OpenCases,
  filled: readonly Filled[],
  roles: ReadonlyMap<number, string | null>,
): Promise<ReadonlyMap<number, string | null>> {
  const about = filled.filter(({ line, cells }) => roles.has(line) && cells.person === '');
  const ids = await idsOfPeople(
    cases,
    about.map(({ line, caseKey, cells }) => ({
      caseKey,
      role: roles.get(line) ?? '',
      candidate: candidateOf(cells.candidate),
    })),
  );
  return new Map(about.map(({ line }, i) => [line, ids[i] ?? null]));
}

function isAboutPerson(decision: DecisionKind | null): boolean {
  return decision === 'same_person' || decision === 'not_same';
}

/** Null: none was written; NaN never fits any. */
function candidateOf(cell: string): number | null {
  return cell === '' ? null : /^[1-9]$/.test(cell) ? Number(cell) : 0;
}

interface Meant {
  readonly cases: OpenCases;
  /** Null: it cannot be told, or the decision is about the case as a whole. */
  readonly role: string | null;
  readonly referenceId: string | null;
}

function answerOf({ line, caseKey, cells }: Filled, meant: Meant, bad: BadLine[]): CaseAnswer | null {
  const decision = cells.decision === '' ? null : decisionOf(cells.decision);
  const until = cells.waive_until === '' ? null : dayOf(cells.waive_until);
  const faults = [...faultsOfDecision(cells, decision, meant), ...faultsOfWaiver(cells, until)];
  bad.push(...faults.map((why) => ({ line, why })));
  if (faults.length > 0) return null;
  const role = meant.role ?? roleOf(meant.cases, cells.role) ?? '';
  return {
    caseKey,
    note: cells.note,
    ...(decision === null ? {} : { decision, role }),
    ...(isAboutPerson(decision) && meant.referenceId !== null ? { referenceId: meant.referenceId } : {}),
    ...(cells.assignee === '' ? {} : { assignee: cells.assignee }),
    ...(until === null ? {} : { waiver: { until, reason: cells.waive_reason } }),
  };
}

function faultsOfDecision(
  cells: Filled['cells'],
  decision: DecisionKind | null,
  { cases, role, referenceId }: Meant,
): Text[] {
  if (cells.decision !== '' && decision === null) return [unknownDecision(cells.decision)];
  if (cells.role !== '' && roleOf(cases, cells.role) === null) return [unknownRole(cells.role)];
  if (!isAboutPerson(decision)) return [];
  if (role === null) return [NO_ROLE];
  return referenceId === null ? [NO_PERSON] : [];
}

function faultsOfWaiver({ waive_until, waive_reason }: Filled['cells'], until: string | null): Text[] {
  return [
    ...(waive_until !== '' && until === null ? [noDay(waive_until)] : []),
    ...((waive_until === '') !== (waive_reason === '') ? [HALF_WAIVER] : []),
  ];
}

/** The export says who has a case; only another name is an answer. */
function withoutSame({ assignee, ...answer }: CaseAnswer, now: string): CaseAnswer {
  return assignee === undefined || assignee === now ? answer : { ...answer, assignee };
}
