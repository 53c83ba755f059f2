import type { AuditInput } from '../ledger/audit.js';
import type { Assignment, Decision, DecisionKind, Waiver } from '../ledger/decisions.js';
import { UserError } from '../messages/user-error.js';
import { audit } from './audit.js';
import { type CaseFilter, caseCondition } from './cases-list.js';
import { rowsMeant } from './cases-meant.js';
import type { OpenCases } from './cases-open.js';
import { idsOfPeople, type WantedPerson } from './cases-people.js';
import type { Context } from './context.js';

/** Answers given to many cases at a time are one transaction; this many are as much as anybody means. */
const MOST_AT_ONCE = 200_000;

/** What one answer says; all of it about one case. */
export interface CaseAnswer {
  readonly caseKey: string;
  readonly decision?: DecisionKind;
  /** Which of several people in the record the decision is about; left out: its one person, or the case as a whole. */
  readonly role?: string;
  /** Id of a person in the reference; needed for `same_person` and `not_same`. */
  readonly referenceId?: string;
  readonly note?: string;
  readonly assignee?: string;
  readonly waiver?: { readonly until: string; readonly reason: string };
}

export interface Entered {
  readonly decisions: number;
  readonly waivers: number;
  readonly assignments: number;
}

/** Enters answers in one transaction and writes to the audit trail what was entered. */
export async function enterAnswers(
  cases: OpenCases,
  answers: readonly CaseAnswer[],
  { context, command, inputs = [] }: { context: Context; command: string; inputs?: readonly AuditInput[] },
): Promise<Entered> {
  const { series, ledger } = cases;
  const rows = await rowsMeant(
    cases,
    answers.flatMap(({ caseKey, decision }) => (isAboutPeople(decision) ? [caseKey] : [])),
  );
  const by = { series, who: context.user, at: context.clock().toISOString() };
  const decisions: Decision[] = [];
  const waivers: Waiver[] = [];
  const assignments: Assignment[] = [];
  for (const { caseKey, decision, role = '', referenceId, note = '', assignee, waiver } of answers) {
    const entered = { ...by, caseKey };
    if (decision !== undefined) {
      const row = isAboutPeople(decision) ? rows.get(caseKey) : undefined;
      decisions.push({
        ...entered,
        decision,
        note,
        role,
        ...(row === undefined ? {} : { row }),
        ...(referenceId === undefined ? {} : { referenceId }),
      });
    }
    if (waiver !== undefined) waivers.push({ ...entered, reason: waiver.reason, expires: waiver.until });
    if (assignee !== undefined) assignments.push({ ...entered, assignee });
  }
  ledger.recordAnswers({ decisions, waivers, assignments });
  const counts = { decisions: decisions.length, waivers: waivers.length, assignments: assignments.length };
  const [only, other] = answers;
  const which: Readonly<Record<string, string>> =
    only !== undefined && other === undefined ? { case: only.caseKey } : {};
  audit(ledger, context, { command, inputs, details: { series, ...counts, ...which } });
  return counts;
}

/** Decisions that later runs apply to a row, and the one that takes them back. */
export function isAboutPeople(decision: DecisionKind | undefined): boolean {
  return decision === 'same_person' || decision === 'not_same' || decision === 'unsure';
}

/** Keys of the cases that fit. Throws UserError when there is none, or more than anybody means. */
export async function chosenCases(cases: OpenCases, filter: CaseFilter): Promise<string[]> {
  const rows = await cases.db.rows<{ key: string }>(`SELECT case_key::VARCHAR AS key FROM shown_cases
    WHERE ${caseCondition(cases, filter)} ORDER BY key LIMIT ${MOST_AT_ONCE + 1}`);
  if (rows.length === 0) throw noneFits();
  if (rows.length > MOST_AT_ONCE) throw tooMany();
  return rows.map(({ key }) => key);
}

/** The one case that a name means. Throws UserError when it is none or several. */
export async function oneCase(cases: OpenCases, name: string): Promise<string> {
  const [key, other] = await chosenCases(cases, { cases: [name], state: 'all' });
  if (key !== undefined && other === undefined) return key;
  throw new UserError({
    what: { vi: `“${name}” chỉ đến nhiều trường hợp.`, en: `“${name}” means several cases.` },
    mend: { vi: 'Hãy ghi thêm vài ký tự của mã trường hợp.', en: 'Write a few more characters of the case.' },
  });
}

/** The id of whom a decision is about. Throws UserError when the case has no such candidate. */
export async function personMeant(cases: OpenCases, wanted: WantedPerson): Promise<string> {
  const { caseKey, candidate } = wanted;
  const [id] = await idsOfPeople(cases, [wanted]);
  if (id !== null && id !== undefined) return id;
  throw new UserError({
    what:
      candidate === null
        ? { vi: 'Trường hợp này chưa có người nào được đề xuất.', en: 'Nobody is proposed for this case.' }
        : {
            vi: `Trường hợp này không có ứng viên số ${candidate}.`,
            en: `This case has no candidate number ${candidate}.`,
          },
    where: caseKey,
    mend: {
      vi: 'Xem các ứng viên bằng doisoat why, hoặc ghi mã của người đó bằng --person.',
      en: 'See the candidates with doisoat why, or name the person with --person.',
    },
  });
}

function noneFits(): UserError {
  return new UserError({
    what: { vi: 'Không có trường hợp nào như vậy.', en: 'There is no such case.' },
    mend: {
      vi: 'Hãy xem bằng doisoat cases list --state all.',
      en: 'See doisoat cases list --state all.',
    },
  });
}

function tooMany(): UserError {
  return new UserError({
    what: {
      vi: `Hơn ${MOST_AT_ONCE} trường hợp được chọn cùng lúc.`,
      en: `More than ${MOST_AT_ONCE} cases are chosen at once.`,
    },
    mend: { vi: 'Hãy chọn hẹp hơn.', en: 'Choose fewer.' },
  });
}
