// Figures of the people in the records where a record is more than one citizen: each role on its own line, and whom the sector sets
// apart on lines of their own.

import { FOUND } from '../matchers/outcomes.js';
import { roleOf } from '../matchers/reasons.js';
import { APART_CODES } from '../matchers/reasons-apart.js';
import type { ApartRow, RoleRow } from '../reports/model.js';
import type { Counted } from '../reports/model-shares.js';
import type { JudgedPattern } from './classify.js';
import { figuresOf } from './figures.js';
import type { RoleRun } from './roles.js';
import { isNobody } from './roles-combine.js';

/** One line per reason for which records are set apart; their rows add up to the outcome `apart`. */
export function apartRows(judged: readonly JudgedPattern[]): Counted<ApartRow>[] {
  const rows = new Map<string, Counted<ApartRow>>();
  for (const { outcome, within = 'unusable', reasons, rows: n } of judged) {
    if (outcome !== 'apart') continue;
    const code =
      reasons.map((one) => roleOf(one).code).find((one) => APART_CODES.has(one)) ?? 'record.foreigner';
    const before = rows.get(code) ?? { code, rows: 0, found: 0, matched: 0, by_outcome: {} };
    rows.set(code, {
      code,
      rows: before.rows + n,
      found: before.found + (FOUND.has(within) ? n : 0),
      matched: before.matched + (within === 'match' || within === 'match_after_cleaning' ? n : 0),
      by_outcome: { ...before.by_outcome, [within]: (before.by_outcome[within] ?? 0) + n },
    });
  }
  return [...APART_CODES].flatMap((code) => rows.get(code) ?? []);
}

/** One line per role: how its people fared, and in how many records nobody stands in it. */
export function roleRows(roles: readonly RoleRun[]): RoleRow[] {
  return roles.map((role) => {
    const people = role.judged.filter((one) => !isNobody(role, one));
    const nobody = role.judged.reduce((sum, one) => sum + (isNobody(role, one) ? one.rows : 0), 0);
    return { role: role.role, labels: role.labels, figures: figuresOf(people), nobody };
  });
}
