import { describe, expect, it, test } from 'vitest';
import type { Verdict } from '../matchers/judge.js';
import { OUTCOMES, type Outcome } from '../matchers/outcomes.js';
import { recordVerdict } from '../matchers/record-verdict.js';
import fc from './property.js';

const own: Verdict = { outcome: 'unusable', reasons: [] };
const said = (role: string, outcome: Outcome, ...reasons: string[]) => ({
  role,
  verdict: { outcome, reasons },
});
const nobody = (role: string) => ({ role, verdict: null });
const foreigner = (role: string) => ({
  role,
  verdict: { outcome: 'apart', reasons: ['record.foreigner'], within: 'not_found' } as const,
});

describe('recordVerdict', () => {
  test.each([
    ['all agree', [said('husband', 'match'), said('wife', 'match')], [], 'match', []],
    [
      'the gravest role decides and is named',
      [said('husband', 'match'), said('wife', 'mismatch', 'name.typo')],
      [],
      'mismatch',
      ['wife:name.typo'],
    ],
    [
      'every role says its own',
      [said('husband', 'linked', 'id.missing'), said('wife', 'not_found', 'id.not_found')],
      [],
      'not_found',
      ['husband:id.missing', 'wife:id.not_found'],
    ],
    ['an unknown father weighs nothing', [said('child', 'match'), nobody('father')], [], 'match', []],
    [
      'a foreign wife weighs nothing',
      [said('husband', 'match'), foreigner('wife')],
      [],
      'match',
      ['wife:record.foreigner'],
    ],
    [
      'a broken relation makes a mismatch',
      [said('husband', 'match'), said('wife', 'match')],
      [{ code: 'relation.same_person', decides: true }],
      'mismatch',
      ['relation.same_person'],
    ],
    [
      'a relation that only informs does not',
      [said('husband', 'match')],
      [{ code: 'relation.age_gap', decides: false }],
      'match',
      ['relation.age_gap'],
    ],
    [
      'what is graver than a mismatch stays so',
      [said('husband', 'not_found')],
      [{ code: 'relation.age_gap', decides: true }],
      'not_found',
      ['relation.age_gap'],
    ],
    ['nobody at all', [nobody('mother'), nobody('father')], [], 'unusable', []],
  ] as const)('%s', (_, roles, relations, outcome, reasons) => {
    expect(recordVerdict(own, roles, relations)).toEqual({ outcome, reasons });
  });

  it('sets a record apart when nobody in it is a citizen', () => {
    const verdict = recordVerdict(own, [foreigner('husband'), foreigner('wife')], []);
    expect(verdict).toEqual({
      outcome: 'apart',
      within: 'not_found',
      reasons: ['husband:record.foreigner', 'wife:record.foreigner'],
    });
  });

  it('sets a record apart as a whole, and tells what it would have been', () => {
    const apart: Verdict = { outcome: 'apart', reasons: ['record.organisation'], within: 'unusable' };
    const verdict = recordVerdict(apart, [said('owner', 'mismatch', 'name.typo')], []);
    expect(verdict).toEqual({
      outcome: 'apart',
      within: 'mismatch',
      reasons: ['record.organisation', 'owner:name.typo'],
    });
  });

  it('keeps the checks of the record, and drops what was said of its fields without a person', () => {
    const record: Verdict = { outcome: 'unusable', reasons: ['husband_name.missing', 'record.duplicate'] };
    expect(recordVerdict(record, [said('husband', 'match')], []).reasons).toEqual(['record.duplicate']);
  });

  it('says nothing of a row that could not be read', () => {
    const rejected: Verdict = { outcome: 'rejected', reasons: [] };
    expect(recordVerdict(rejected, [said('husband', 'unusable', 'id.missing')], [])).toEqual(rejected);
  });

  const outcomes = OUTCOMES.filter((outcome) => outcome !== 'apart' && outcome !== 'rejected');

  it('never has a lighter outcome than one of its roles, whatever their order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...outcomes), { minLength: 1, maxLength: 4 }), (all) => {
        const roles = all.map((outcome, i) => said(`r${i}`, outcome));
        const { outcome } = recordVerdict(own, roles, []);
        expect(OUTCOMES.indexOf(outcome)).toBe(Math.max(...all.map((one) => OUTCOMES.indexOf(one))));
        expect(recordVerdict(own, [...roles].reverse(), []).outcome).toBe(outcome);
        expect(recordVerdict(own, [...roles, nobody('x'), foreigner('y')], []).outcome).toBe(outcome);
      }),
    );
  });
});
