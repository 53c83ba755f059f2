import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import { COMPARATORS, type ComparatorName } from '../matchers/field-levels.js';
import { comparedNumber, comparedText, gradedSql, isGradedByEngine } from '../pipeline/link-engine-levels.js';
import { type PlannedField, planFields } from '../pipeline/link-fields.js';
import fc from './property.js';

const digit = fc.integer({ min: 0, max: 9 }).map(String);
const digits = fc.array(digit, { minLength: 12, maxLength: 12 }).map((list) => list.join(''));
const date = fc
  .tuple(
    fc.integer({ min: 1930, max: 2011 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
  )
  .chain(([year, month, day]) => {
    const two = (n: number) => String(n).padStart(2, '0');
    return fc.constantFrom(
      `${year}-${two(month)}-${two(day)}`,
      `${year}-${two(day % 12 || 12)}-${two(month)}`,
      `${year}`,
    );
  });
const code = fc.constantFrom(
  '01',
  '10',
  'M',
  'F',
  '00123',
  '00132',
  '0123',
  '00124',
  'nông dân',
  'nông dần',
  'abc',
  'acb',
);

/** A number after some of its digits were changed, swapped, moved or drawn anew. */
const damaged = fc
  .tuple(digits, fc.array(fc.tuple(fc.nat(11), fc.nat(3), digit), { maxLength: 5 }))
  .map(([number, edits]) => {
    let other = number;
    for (const [at, kind, with_] of edits) {
      const next = Math.min(at + 1, 11);
      if (kind === 0) other = other.slice(0, at) + with_ + other.slice(at + 1);
      else if (kind === 1)
        other =
          other.slice(0, at) +
          other
            .slice(at, next + 1)
            .split('')
            .reverse()
            .join('') +
          other.slice(next + 1);
      else if (kind === 2) other = (other.slice(0, at) + with_ + other.slice(at)).slice(0, 12);
      else other = other.slice(0, at) + other.slice(at + 1) + with_;
    }
    return [number, other] as const;
  });

const PAIRS: Record<string, { kind: string; pairs: fc.Arbitrary<readonly [string, string]> }> = {
  digits: { kind: 'citizen-id', pairs: damaged },
  date: { kind: 'birth-date', pairs: fc.tuple(date, date) },
  nearDate: {
    kind: 'birth-date',
    pairs: fc.tuple(date, fc.nat(9), digit).map(([one, at, with_]) => {
      const other =
        one[at] === undefined || one[at] === '-' ? one : one.slice(0, at) + with_ + one.slice(at + 1);
      return [one, other] as const;
    }),
  },
  code: { kind: 'province', pairs: fc.tuple(code, code) },
};

describe('levels in the engine', () => {
  const tempDir = mkdtempSync(join(tmpdir(), 'doisoat-levels-'));
  let db: Database;
  beforeAll(async () => {
    db = await openDatabase({ tempDir });
  });
  afterAll(async () => {
    await db.close();
    rmSync(tempDir, { recursive: true, force: true });
  });

  for (const [name, { kind, pairs }] of Object.entries(PAIRS)) {
    it(`are those of TypeScript (${name})`, async () => {
      const held = kind === 'citizen-id' ? ({ as: 'integers' } as const) : ({ as: 'text' } as const);
      const field = planFields([{ name: 'f', kind, held }])[0] as PlannedField;
      expect(isGradedByEngine(field)).toBe(true);
      const drawn = fc.sample(pairs, { numRuns: 4000, seed: 7 }).filter(([a, b]) => a !== b);
      const rows = drawn.map(([a, b], i) => `(${i}, ${literal(a)}, ${literal(b)})`).join(', ');
      const number = field.held.as === 'integers';
      const text = (one: string, other: string) =>
        number ? comparedNumber(`${one}::BIGINT`, `${other}::BIGINT`) : comparedText(field, one);
      const compared = `SELECT i, ${text('a', 'b')} AS x0, ${text('b', 'a')} AS y0 FROM (VALUES ${rows}) t(i, a, b)`;
      const graded = await db.rows<{ i: number; l0: number }>(gradedSql([{ field, i: 0 }], compared));
      const { compare, levels } = COMPARATORS[field.comparator as ComparatorName];
      const wrong = graded.filter(({ i, l0 }) => l0 !== compare(...(drawn[i]! as [string, string])));
      expect(wrong.map(({ i, l0 }) => [...drawn[i]!, levels[l0]])).toEqual([]);
      expect(graded.length).toBe(drawn.length);
      expect(new Set(graded.map(({ l0 }) => l0)).size).toBeGreaterThan(1);
    });
  }
});
