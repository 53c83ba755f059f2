// The verdict on a record of several people (spouses, a child and its parents, co-owners), from the verdicts on each of them. The
// gravest role decides; nobody where nobody need be, and a role that is set apart, weigh nothing. The order of gravity is that of
// the list of outcomes.
// Example: husband `match`, wife `mismatch` with name.typo → `mismatch`, `wife:name.typo`.
import type { Verdict } from './judge.js';
import { OUTCOMES, type Outcome } from './outcomes.js';

export interface RoleVerdict {
  readonly role: string;
  /** Null: nobody stands in this role, and nobody has to. */
  readonly verdict: Verdict | null;
}

/** A relation between roles that does not hold. */
export interface BrokenRelation {
  readonly code: string;
  /** It makes the record a mismatch; else it only informs. */
  readonly decides: boolean;
}

/**
 * `own`: what is said of the record as a whole (it could not be read, it is set apart, checks it fails); its outcome counts only
 * where it is `rejected` or `apart`.
 */
export function recordVerdict(
  own: Verdict,
  roles: readonly RoleVerdict[],
  relations: readonly BrokenRelation[],
): Verdict {
  if (own.outcome === 'rejected') return { outcome: 'rejected', reasons: [] };
  const ofRoles = roles.flatMap(({ role, verdict }) =>
    (verdict?.reasons ?? []).map((code) => `${role}:${code}`),
  );
  const ofRecord = own.reasons.filter((code) => code.startsWith('record.'));
  const broken = [...new Set(relations.map(({ code }) => code))];
  const [first, others] = own.outcome === 'apart' ? [ofRecord, []] : [[], ofRecord];
  const reasons = [...first, ...ofRoles, ...broken, ...others];
  const within = outcomeOfRoles(roles, relations);
  if (own.outcome === 'apart') return { outcome: 'apart', reasons, within: within ?? 'unusable' };
  if (within !== null) return { outcome: within, reasons };
  const apart = roles.find(({ verdict }) => verdict?.outcome === 'apart')?.verdict;
  return apart?.within === undefined
    ? { outcome: 'unusable', reasons }
    : { outcome: 'apart', reasons, within: apart.within };
}

/** Null: there is no citizen in the record. */
function outcomeOfRoles(roles: readonly RoleVerdict[], relations: readonly BrokenRelation[]): Outcome | null {
  const outcomes = roles.flatMap(({ verdict }) =>
    verdict === null || verdict.outcome === 'apart' ? [] : [OUTCOMES.indexOf(verdict.outcome)],
  );
  if (outcomes.length === 0) return null;
  const broken = relations.some(({ decides }) => decides) ? OUTCOMES.indexOf('mismatch') : 0;
  return OUTCOMES[Math.max(broken, ...outcomes)] ?? null;
}
