import type { DecisionKind } from '../ledger/decisions.js';
import { OUTCOME_FACTS, type Outcome } from '../matchers/outcomes.js';
import { reasonOf } from '../matchers/reasons.js';
import type { Text } from '../messages/text.js';
import type { Entered } from '../pipeline/cases-answer.js';
import type { ListedCase } from '../pipeline/cases-list.js';
import type { CaseState } from '../pipeline/cases-merge.js';
import { CLOSED_TEXTS, DECISION_TEXTS, STATE_TEXTS } from '../pipeline/cases-text.js';
import { count } from '../reports/numbers.js';
import { facts, table } from './output.js';
import type { Session } from './session.js';

/** What `doisoat cases` says on a terminal. */

export function enteredText({ decisions, waivers, assignments }: Entered, { say }: Session): string {
  return say({
    vi: `Đã ghi ${decisions} quyết định, ${waivers} lượt miễn, ${assignments} lượt giao việc. Số liệu thay đổi từ lần chạy sau.`,
    en: `Entered ${decisions} decisions, ${waivers} waivers, ${assignments} assignments. The figures change with the next run.`,
  });
}

/** Of several people in a record, the one that a decision is about. */
export function aboutRole(role: { readonly labels: Text } | undefined, { say }: Session): string[] {
  if (role === undefined) return [];
  const { vi, en } = role.labels;
  return [say({ vi: `Quyết định nói về: ${vi}.`, en: `The decision is about: ${en}.` })];
}

export const NONE: Text = { vi: 'Không có trường hợp nào như vậy.', en: 'There is no such case.' };

/** What a reader calls a group field. */
export type Labels = ReadonlyMap<string, Text>;

/** Several cases as a table, one in full. */
export function listText(
  found: readonly ListedCase[],
  { all, labels }: { readonly all: number; readonly labels: Labels },
  session: Session,
): string {
  const { say } = session;
  const [first] = found;
  if (found.length === 1 && first !== undefined) return caseFacts(first, labels, session);
  const groups = Object.keys(first?.groups ?? {});
  const rows = found.map((one) => [
    one.case.slice(0, 13),
    one.record_key ?? '–',
    say(STATE_TEXTS[one.state as CaseState]),
    String(one.days),
    say(OUTCOME_FACTS[one.outcome as Outcome]),
    one.reasons.join(', ') || '–',
    ...groups.map((name) => one.groups[name] ?? '–'),
    one.assignee ?? '–',
  ]);
  const columns = [
    { title: say({ vi: 'Trường hợp', en: 'Case' }) },
    { title: say({ vi: 'Khóa bản ghi', en: 'Record key' }) },
    { title: say({ vi: 'Trạng thái', en: 'State' }) },
    { title: say({ vi: 'Số ngày', en: 'Days' }), align: 'right' as const },
    { title: say({ vi: 'Kết quả', en: 'Outcome' }) },
    { title: say({ vi: 'Lý do', en: 'Reasons' }) },
    ...groups.map((name) => ({ title: say(labels.get(name) ?? { vi: name, en: name }) })),
    { title: say({ vi: 'Phụ trách', en: 'Assignee' }) },
  ];
  const shown = say({
    vi: `${count(found.length).vi} trong ${count(all).vi} trường hợp`,
    en: `${count(found.length).en} of ${count(all).en} cases`,
  });
  return `${table(columns, rows)}\n\n${shown}`;
}

function caseFacts(one: ListedCase, labels: Labels, { say }: Session): string {
  const reasons = (codes: readonly string[]) =>
    codes.map((code) => `${code} (${say(reasonOf(code)?.label ?? { vi: code, en: code })})`).join(', ') ||
    '–';
  const before =
    one.state === 'new'
      ? '–'
      : one.before === null
        ? say({ vi: 'không đổi', en: 'nothing' })
        : `${say(OUTCOME_FACTS[one.before.outcome as Outcome])}: ${reasons(one.before.reasons)} → ${say(OUTCOME_FACTS[one.outcome as Outcome])}`;
  const closed = one.closed_by === null ? '' : ` (${say(CLOSED_TEXTS[one.closed_by] ?? NONE)})`;
  const about = one.decision_role === null ? '' : ` (${say(one.decision_role)})`;
  const decision =
    one.decision === null ? '–' : `${say(DECISION_TEXTS[one.decision as DecisionKind])}${about}`;
  return facts([
    [say({ vi: 'Trường hợp', en: 'Case' }), one.case],
    [say({ vi: 'Bản ghi', en: 'Record' }), `${one.record ?? '–'} · ${one.record_key ?? '–'}`],
    [say({ vi: 'Trạng thái', en: 'State' }), `${say(STATE_TEXTS[one.state as CaseState])}${closed}`],
    [
      say({ vi: 'Thấy từ – đến', en: 'Seen from – to' }),
      `${one.first_seen} – ${one.last_seen} (${one.days})`,
    ],
    [say({ vi: 'Kết quả', en: 'Outcome' }), say(OUTCOME_FACTS[one.outcome as Outcome])],
    [say({ vi: 'Lý do', en: 'Reasons' }), reasons(one.reasons)],
    [say({ vi: 'Thay đổi so với kỳ trước', en: 'Changed since the last period' }), before],
    ...Object.entries(one.groups).map(([name, value]): [string, string] => [
      say(labels.get(name) ?? { vi: name, en: name }),
      value ?? '–',
    ]),
    [say({ vi: 'Phụ trách', en: 'Assignee' }), one.assignee ?? '–'],
    [say({ vi: 'Quyết định', en: 'Decision' }), decision],
    [say({ vi: 'Miễn đến', en: 'Waived until' }), one.waived_until ?? '–'],
  ]);
}
