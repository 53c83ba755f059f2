import { resolve } from 'node:path';
import { DECISION_KINDS } from '../ledger/decisions.js';
import { UserError } from '../messages/user-error.js';
import { audit, reasonToReveal } from '../pipeline/audit.js';
import {
  type CaseAnswer,
  chosenCases,
  enterAnswers,
  oneCase,
  personMeant,
} from '../pipeline/cases-answer.js';
import { dayOf, decisionOf } from '../pipeline/cases-columns.js';
import { exportCases } from '../pipeline/cases-export.js';
import { readAnswers } from '../pipeline/cases-import.js';
import { type CaseFilter, countCases, listCases } from '../pipeline/cases-list.js';
import { oneRole } from '../pipeline/cases-meant.js';
import { type OpenCases, withCases } from '../pipeline/cases-open.js';
import { personGiven } from '../pipeline/cases-people.js';
import { fileHash } from '../pipeline/file-hash.js';
import { count } from '../reports/numbers.js';
import { insteadOf } from '../sectors/schema-check.js';
import { aboutRole, enteredText, type Labels, listText, NONE } from './cases-text.js';
import { numberOption, type Options, type Run, requiredOption, type Session, textOption } from './session.js';

const DEFAULT_LIMIT = 50;

/** `doisoat cases list`: mismatches that are still open, the oldest first. Masked unless --reveal-ids. */
export const list: Run = async ({ args, options, session }) => {
  const { context } = session;
  const revealIds = options.revealIds === true;
  const why = reasonToReveal(revealIds, textOption(options, 'why'), 'cases list');
  const limit = numberOption(options, 'limit', { min: 1, max: 100_000, whole: true }) ?? DEFAULT_LIMIT;
  // Who names a case means it whatever its state.
  const filter = { ...(args.length > 0 ? { state: 'all' } : {}), ...filterOf(options, args) };
  return withCases(textOption(options, 'job'), context, async (cases) => {
    const all = await countCases(cases, filter);
    const found = await listCases(cases, filter, { limit, revealIds });
    if (revealIds) {
      const revealed = found.filter((one) => one.record_key !== null).length;
      audit(cases.ledger, context, {
        command: 'cases list',
        revealed,
        why,
        details: { series: cases.series },
      });
    }
    return {
      data: { series: cases.series, period: cases.run.period, cases: all, shown: found },
      text: all === 0 ? session.say(NONE) : listText(found, { all, labels: labelsOf(cases) }, session),
    };
  });
};

/** `doisoat cases assign NAME [CASE…]`: says who has cases; “-” takes them from everybody. */
export const assign: Run = async ({ args, options, session }) => {
  const [name = '', ...names] = args;
  const filter = filterOf(options, names);
  mustNarrow(filter);
  const assignee = name.trim() === '-' ? '' : name.trim();
  return entered(session, options, 'cases assign', async (cases) =>
    (await chosenCases(cases, filter)).map((caseKey) => ({ caseKey, assignee })),
  );
};

/** `doisoat cases waive [CASE…] --until DAY --because TEXT`. */
export const waive: Run = async ({ args, options, session }) => {
  const filter = filterOf(options, args);
  mustNarrow(filter);
  const waiver = {
    until: dayOption(requiredOption(options, 'until')),
    reason: requiredOption(options, 'because'),
  };
  return entered(session, options, 'cases waive', async (cases) =>
    (await chosenCases(cases, filter)).map((caseKey) => ({ caseKey, waiver })),
  );
};

/**
 * `doisoat cases decide CASE DECISION`: about the person that was found, unless --candidate or --person says another; of several people in
 * a record, --role says which.
 */
export const decide: Run = async ({ args, options, session }) => {
  const [name = '', word = ''] = args;
  const decision = decisionOf(word);
  if (decision === null) throw noDecision(word);
  const candidate = numberOption(options, 'candidate', { min: 1, max: 9, whole: true }) ?? null;
  const given = textOption(options, 'person');
  const wanted = textOption(options, 'role');
  const note = textOption(options, 'note') ?? '';
  return entered(session, options, 'cases decide', async (cases) => {
    const caseKey = await oneCase(cases, name);
    if (decision !== 'same_person' && decision !== 'not_same') {
      const about = wanted === undefined ? '' : await oneRole(cases, caseKey, wanted);
      return [{ caseKey, decision, role: about, note }];
    }
    const role = await oneRole(cases, caseKey, wanted);
    const referenceId =
      given === undefined
        ? await personMeant(cases, { caseKey, role, candidate })
        : personGiven(cases, given);
    return [{ caseKey, decision, role, referenceId, note }];
  });
};

/** `doisoat cases export -o FILE`: a CSV that an office without the program fills in. */
export const exportFile: Run = async ({ options, session }) => {
  const { context, say } = session;
  const revealIds = options.revealIds === true;
  const why = reasonToReveal(revealIds, textOption(options, 'why'), 'cases export');
  const path = resolve(requiredOption(options, 'out'));
  const filter = filterOf(options);
  return withCases(textOption(options, 'job'), context, async (cases) => {
    const { ledger, series } = cases;
    const all = await countCases(cases, filter);
    const details = { series, cases: all };
    audit(ledger, context, { command: 'cases export', revealed: revealIds ? all : 0, why, details });
    const written = await exportCases(cases, filter, { path, revealIds });
    const text = say({
      vi: `Đã ghi ${count(written).vi} trường hợp → ${path}`,
      en: `Wrote ${count(written).en} cases → ${path}`,
    });
    return { data: { series, cases: written, file: path }, text };
  });
};

/** `doisoat cases import FILE`: takes the answers back, all of them or none. */
export const importFile: Run = async ({ args, options, session }) => {
  const { context, say } = session;
  const path = resolve(args[0] ?? '');
  return withCases(textOption(options, 'job'), context, async (cases) => {
    const { answers, unanswered } = await readAnswers(cases, path);
    const inputs = [await fileHash(path)];
    const counts = await enterAnswers(cases, answers, { context, command: 'cases import', inputs });
    const text = `${enteredText(counts, session)}\n${say({
      vi: `${count(unanswered).vi} dòng chưa có trả lời.`,
      en: `${count(unanswered).en} lines without an answer.`,
    })}`;
    return { data: { series: cases.series, ...counts, unanswered }, text };
  });
};

/** Makes the answers and enters them. */
async function entered(
  session: Session,
  options: Options,
  command: string,
  answers: (cases: OpenCases) => Promise<readonly CaseAnswer[]>,
): ReturnType<Run> {
  const { context } = session;
  return withCases(textOption(options, 'job'), context, async (cases) => {
    const given = await answers(cases);
    const counts = await enterAnswers(cases, given, { context, command });
    const about = cases.roles.find(({ role }) => given.length === 1 && role === given[0]?.role);
    return {
      data: { series: cases.series, ...counts, ...(about === undefined ? {} : { role: about.role }) },
      text: [enteredText(counts, session), ...aboutRole(about, session)].join('\n'),
    };
  });
}

function filterOf(options: Options, cases: readonly string[] = []): CaseFilter {
  const olderThan = numberOption(options, 'olderThan', { min: 0, max: 100_000, whole: true });
  const { group } = options;
  const texts = {
    state: textOption(options, 'state'),
    reason: textOption(options, 'reason'),
    outcome: textOption(options, 'outcome'),
    assignee: textOption(options, 'assignee'),
  };
  const given = Object.entries(texts).filter(([, text]) => text !== undefined);
  return {
    ...Object.fromEntries(given),
    ...(cases.length === 0 ? {} : { cases }),
    ...(Array.isArray(group) && group.length > 0 ? { groups: group.map(String) } : {}),
    ...(olderThan === undefined ? {} : { olderThan }),
  };
}

/** Nobody means all cases when he names none. */
function mustNarrow(filter: CaseFilter): void {
  if (Object.keys(filter).length > 0) return;
  throw new UserError({
    what: { vi: 'Chưa chọn trường hợp nào.', en: 'No case is chosen.' },
    mend: {
      vi: 'Hãy ghi mã trường hợp, hoặc chọn bằng --group, --reason, --state, --older-than.',
      en: 'Name cases, or choose them with --group, --reason, --state, --older-than.',
    },
  });
}

function dayOption(text: string): string {
  const day = dayOf(text);
  if (day !== null) return day;
  throw new UserError({
    what: { vi: `--until không nhận “${text}”.`, en: `--until does not take “${text}”.` },
    where: '--until',
    mend: { vi: 'Hãy ghi như 2026-12-31 hoặc 31/12/2026.', en: 'Write it as 2026-12-31 or 31/12/2026.' },
  });
}

function noDecision(word: string): UserError {
  return new UserError({
    what: { vi: `Không có quyết định “${word}”.`, en: `There is no decision “${word}”.` },
    mend: insteadOf(word, DECISION_KINDS),
  });
}

function labelsOf({ plan }: OpenCases): Labels {
  return new Map(plan.patterns.fields.map(({ name, labels }) => [name, labels]));
}
