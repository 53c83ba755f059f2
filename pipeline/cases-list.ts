import { literal } from '../engine/sql.js';
import type { Text } from '../messages/text.js';
import { UserError } from '../messages/user-error.js';
import { insteadOf } from '../sectors/schema-check.js';
import { caseKey } from './cases-key.js';
import { CASE_STATES, isLive } from './cases-merge.js';
import { type OpenCases, shownGroup } from './cases-open.js';
import { maskedId } from './why-values.js';

/** Which cases are meant; what is left out does not narrow. */
export interface CaseFilter {
  /** Case keys, their beginnings (at least four characters), or record keys. */
  readonly cases?: readonly string[];
  /** A state, `live` (still open: the default) or `all`. */
  readonly state?: string;
  /** A reason code, or the field before its dot. */
  readonly reason?: string;
  readonly outcome?: string;
  /** `carrier=Viettel`; an empty value is the rows without one. */
  readonly groups?: readonly string[];
  /** At least so many days since first seen. */
  readonly olderThan?: number;
  /** Whose cases; empty: those that nobody has. */
  readonly assignee?: string;
}

export interface ListedCase {
  readonly case: string;
  /** From 1; null: the record is not in the last extract. */
  readonly record: number | null;
  readonly record_key: string | null;
  readonly state: string;
  readonly first_seen: string;
  readonly last_seen: string;
  readonly days: number;
  readonly outcome: string;
  readonly reasons: readonly string[];
  /** What changed since the period before; null: nothing, or there was none. */
  readonly before: { readonly outcome: string; readonly reasons: readonly string[] } | null;
  /** As people read them. */
  readonly groups: Readonly<Record<string, string | null>>;
  readonly assignee: string | null;
  readonly decision: string | null;
  /** Which of several people in the record that is about, as people read it. */
  readonly decision_role: Text | null;
  readonly waived_until: string | null;
  readonly closed_by: string | null;
}

/** The first cases that fit, the oldest first. Masked unless `revealIds`. */
export async function listCases(
  cases: OpenCases,
  filter: CaseFilter,
  { limit, revealIds }: { readonly limit: number; readonly revealIds: boolean },
): Promise<ListedCase[]> {
  const groups = cases.groups.map((name) => `, ${shownGroup(name)} AS ${shownGroup(name)}`);
  const rows =
    await cases.db.rows<ShownRow>(`SELECT case_key::VARCHAR AS case_key, record, record_key, state_now,
      first_seen::VARCHAR AS first_seen, last_seen::VARCHAR AS last_seen, days, outcome, reasons, outcome_before, reasons_before,
      assignee, decision, decision_role, waived_until::VARCHAR AS waived_until, closed_by ${groups.join('')}
    FROM shown_cases WHERE ${caseCondition(cases, filter)}
    ORDER BY days DESC, case_key LIMIT ${limit}`);
  return rows.map((row) => listed(row, cases, revealIds));
}

export async function countCases(cases: OpenCases, filter: CaseFilter): Promise<number> {
  return cases.db.value<number>(`SELECT count(*) FROM shown_cases WHERE ${caseCondition(cases, filter)}`);
}

interface ShownRow extends Readonly<Record<string, string | number | null>> {
  readonly case_key: string;
  readonly record: number | null;
  readonly record_key: string | null;
  readonly state_now: string;
  readonly first_seen: string;
  readonly last_seen: string;
  readonly days: number;
  readonly outcome: string;
  readonly reasons: string;
  readonly outcome_before: string | null;
  readonly reasons_before: string | null;
  readonly assignee: string | null;
  readonly decision: string | null;
  readonly decision_role: string | null;
  readonly waived_until: string | null;
  readonly closed_by: string | null;
}

function listed(row: ShownRow, { groups, plan, roles }: OpenCases, revealIds: boolean): ListedCase {
  const { case_key, record, record_key, outcome_before, reasons_before } = row;
  const changed =
    outcome_before !== null && (outcome_before !== row.outcome || reasons_before !== row.reasons);
  return {
    case: case_key,
    record: record === null ? null : record + 1,
    record_key: record_key === null || revealIds ? record_key : maskedId(record_key),
    state: row.state_now,
    first_seen: row.first_seen,
    last_seen: row.last_seen,
    days: row.days,
    outcome: row.outcome,
    reasons: codes(row.reasons),
    before: changed ? { outcome: outcome_before, reasons: codes(reasons_before ?? '') } : null,
    groups: Object.fromEntries(groups.map((name) => [name, label(plan, name, row[`g_${name}`] ?? null)])),
    assignee: row.assignee,
    decision: row.decision,
    decision_role: roles.find(({ role }) => role === row.decision_role)?.labels ?? null,
    waived_until: row.waived_until,
    closed_by: row.closed_by,
  };
}

function label({ patterns }: OpenCases['plan'], name: string, value: string | number | null): string | null {
  if (value === null) return null;
  const field = patterns.fields.find((one) => one.name === name);
  return field?.normalizer.format(String(value)) ?? String(value);
}

function codes(reasons: string): string[] {
  return reasons === '' ? [] : reasons.split(';');
}

/** SQL over `shown_cases`. Throws UserError for a state, field or case that there is not. */
export function caseCondition(cases: OpenCases, filter: CaseFilter): string {
  const { reason, outcome, groups = [], olderThan, assignee } = filter;
  const parts = [stateCondition(filter.state), ...groups.map((one) => groupCondition(cases, one))];
  if (filter.cases !== undefined && filter.cases.length > 0) parts.push(namedCondition(cases, filter.cases));
  if (reason !== undefined) {
    const list = `string_split(reasons, ';')`;
    parts.push(
      reason.includes('.')
        ? `list_contains(${list}, ${literal(reason)})`
        : `len(list_filter(${list}, lambda code: starts_with(code, ${literal(`${reason}.`)}))) > 0`,
    );
  }
  if (outcome !== undefined) parts.push(`outcome = ${literal(outcome)}`);
  if (olderThan !== undefined) parts.push(`days >= ${olderThan}`);
  if (assignee !== undefined) parts.push(`coalesce(assignee, '') = ${literal(assignee)}`);
  return parts.join(' AND ');
}

function stateCondition(state = 'live'): string {
  if (state === 'all') return 'true';
  if (state === 'live') return isLive('state_now');
  if ((CASE_STATES as readonly string[]).includes(state)) return `state_now = ${literal(state)}`;
  throw new UserError({
    what: { vi: `Không có trạng thái “${state}”.`, en: `There is no state “${state}”.` },
    where: '--state',
    mend: insteadOf(state, ['live', 'all', ...CASE_STATES]),
  });
}

function groupCondition({ plan, groups }: OpenCases, given: string): string {
  const [name = '', ...rest] = given.split('=');
  const field = plan.patterns.fields.find((one) => one.name === name);
  if (field === undefined || !groups.includes(name) || rest.length === 0) {
    throw new UserError({
      what: { vi: `--group không hiểu “${given}”.`, en: `--group does not understand “${given}”.` },
      where: '--group',
      mend: {
        vi: `Hãy ghi trường=giá trị; các trường: ${groups.join(', ') || '(không có)'}.`,
        en: `Write field=value; the fields: ${groups.join(', ') || '(none)'}.`,
      },
    });
  }
  const raw = rest.join('=');
  const { value } = field.normalizer.normalize(raw, { settings: field.settings });
  if (raw === '') return `${shownGroup(name)} IS NULL`;
  return `lower(${shownGroup(name)}) = lower(${literal(value ?? raw)})`;
}

/** A UUID from its beginning on, or the owner's own key of a record. */
function namedCondition({ series }: OpenCases, names: readonly string[]): string {
  const one = (name: string) => {
    const own = `case_key = ${literal(caseKey(series, name))}::UUID`;
    const start = /^[0-9a-f-]{4,36}$/i.test(name);
    return start ? `(${own} OR starts_with(case_key::VARCHAR, ${literal(name.toLowerCase())}))` : own;
  };
  return `(${names.map(one).join(' OR ')})`;
}
