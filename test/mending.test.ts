import { describe, expect, it } from 'vitest';
import { MENDING_NAMES, type Mending, mendingOf, mendingOfReason } from '../matchers/mending.js';
import { OUTCOME_FACTS, OUTCOMES, type Outcome } from '../matchers/outcomes.js';
import { REASON_CODES, reasonOf } from '../matchers/reasons.js';

const CASES: readonly (readonly [Outcome, readonly string[], Mending | null])[] = [
  ['match', [], null],
  ['match', ['record.duplicate'], null],
  ['rejected', [], null],
  ['match_after_cleaning', ['name.format'], 'automatic'],
  ['match_after_cleaning', ['name.format', 'id.old_number'], 'automatic'],
  ['match_after_cleaning', ['name.format', 'born.year_only'], 'person'],
  ['mismatch', ['name.typo'], 'person'],
  ['mismatch', ['name.typo', 'born.format'], 'person'],
  ['mismatch', ['name.different'], 'citizen'],
  ['mismatch', ['name.different', 'name.format', 'born.typo'], 'citizen'],
  ['linked', ['id.typo'], 'person'],
  ['linked', ['id.format'], 'person'],
  ['linked', ['id.belongs_to_other'], 'citizen'],
  ['possible', [], 'person'],
  ['possible', ['name.format'], 'person'],
  ['not_found', ['id.not_found'], 'person'],
  ['unusable', ['id.missing'], 'person'],
  ['mismatch', ['surname.typo'], 'person'],
  ['mismatch', ['a.code_of_tomorrow'], 'person'],
];

describe('what a record needs', () => {
  it.each(CASES)('%s %j: %s', (outcome, reasons, mending) => {
    expect(mendingOf(outcome, reasons)).toBe(mending);
  });

  it('is something for all that counts as a mismatch as submitted, and for nothing else', () => {
    for (const outcome of OUTCOMES) {
      for (const code of REASON_CODES) {
        expect(mendingOf(outcome, [code]) !== null).toBe(OUTCOME_FACTS[outcome].asSubmitted);
      }
    }
  });

  it('never gets cheaper by a further reason', () => {
    const rank = (reasons: readonly string[]) =>
      MENDING_NAMES.indexOf(mendingOf('mismatch', reasons) ?? 'automatic');
    for (const code of REASON_CODES) {
      for (const other of REASON_CODES) expect(rank([code, other])).toBeGreaterThanOrEqual(rank([code]));
    }
  });

  it('is automatic for a reason exactly where the program mends it first', () => {
    for (const code of REASON_CODES) {
      expect(mendingOfReason(code) === 'automatic').toBe(reasonOf(code)!.mend[0] === 'system');
    }
  });
});
