import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../engine/database.js';
import { decide, decisionSql } from '../matchers/decide.js';
import { compareModels, modelSchema } from '../matchers/model.js';
import { risk, riskSql } from '../matchers/thresholds.js';

const thresholds = { accept: 0.997, review: 0.5, falseLinkRate: 0.0005 };

describe('decide', () => {
  const cases: [number, number, number, string][] = [
    [0.9995, 0.0001, 0.9996, 'linked'],
    [0.997, 0, 0.997, 'linked'],
    [0.8, 0.05, 0.85, 'possible'],
    [0.48, 0.47, 0.95, 'ambiguous'],
    [0.6, 0.35, 0.95, 'ambiguous'],
    [0.5, 0.2, 0.7, 'possible'],
    [0.2, 0.19, 0.39, 'none'],
    [0.3, 0.01, 0.31, 'none'],
    [0.32, 0.32, 0.96, 'ambiguous'],
    [0.24, 0.24, 0.48, 'none'],
    [0.4, 0.15, 0.55, 'ambiguous'],
    [0.45, 0.04, 0.49, 'none'],
    [0.5, 0.5, 0.4999999999, 'ambiguous'],
  ];
  it.each(cases)('%d before %d, %d in all → %s', (best, second, total, decision) => {
    expect(decide({ best, second, total }, thresholds)).toBe(decision);
  });

  it('links neither of two who are as good as equal, though a job accepts from a half on', () => {
    const loose = { ...thresholds, accept: 0.5 };
    expect(decide({ best: 0.51, second: 0.48, total: 0.99 }, loose)).toBe('ambiguous');
    expect(decide({ best: 0.6, second: 0.2, total: 0.8 }, loose)).toBe('linked');
  });

  it('says the same in SQL', async () => {
    const db = await openDatabase({ tempDir: join(tmpdir(), 'doisoat-decide'), threads: 1 });
    const rows = cases.map((one) => `(${one.slice(0, 3).map((p) => `${p}::DOUBLE`)})`).join(', ');
    const columns = { best: 'best', second: 'second', total: 'total' };
    const found = await db.rows<{ d: string }>(
      `SELECT ${decisionSql(columns, thresholds)} AS d FROM (VALUES ${rows}) t(best, second, total)`,
    );
    await db.close();
    expect(found.map((row) => row.d)).toEqual(cases.map((one) => one[3]));
  });
});

describe('risk', () => {
  it.each([
    [0.5, 0.5],
    [0.99, 0.0197],
    [0.9995, 0.00156],
    [0, 1],
    [1, 0],
  ])('of %d is %d', (probability, expected) => {
    expect(risk(probability)).toBeCloseTo(expected, 4);
  });

  it('is never less than what the probability itself leaves, from a half on', () => {
    for (let p = 0.5; p < 1; p += 0.01) expect(risk(p)).toBeGreaterThanOrEqual(1 - p);
  });

  it('says the same in SQL', async () => {
    const db = await openDatabase({ tempDir: join(tmpdir(), 'doisoat-decide'), threads: 1 });
    const values = [0, 0.3, 0.9, 0.99999, 1];
    const rows = values.map((value) => `(${value}::DOUBLE)`).join(', ');
    const found = await db.rows<{ r: number }>(`SELECT ${riskSql('p')} AS r FROM (VALUES ${rows}) t(p)`);
    await db.close();
    for (const [i, { r }] of found.entries()) expect(r).toBeCloseTo(risk(values[i]!), 12);
  });
});

describe('model', () => {
  const model = (m: number) =>
    modelSchema.parse({
      schema: 'doisoat.model/1',
      fields: [
        {
          name: 'born',
          kind: 'birth-date',
          comparator: 'date',
          parent: null,
          levels: [
            { name: 'exact', m: [m, m, m], u: 0.001, h: 0.01 },
            { name: 'different', m: [1 - m, 1 - m, 1 - m], u: 0.999, h: 0.99 },
          ],
        },
      ],
      swapped: { m: [0.99, 0.01], h: [0.99, 0.01] },
      rules: [['born.whole']],
      found: 0.9,
      relatives: 0,
      relatives_of_missing: 0,
      training: {
        records: 1,
        people: 1,
        pairs: 1,
        iterations: 1,
        converged: true,
        change: 0,
        log_likelihood: 0,
      },
    });
  it('is refused with an unknown key or another version', () => {
    expect(modelSchema.safeParse({ ...model(0.9), extra: 1 }).success).toBe(false);
    expect(modelSchema.safeParse({ ...model(0.9), schema: 'doisoat.model/2' }).success).toBe(false);
  });
  it('is compared level by level, largest change first', () => {
    const [first, second] = compareModels(model(0.9), model(0.99));
    expect(first?.level).toBe('different');
    expect(second!.after! - second!.before!).toBeCloseTo(Math.log2(0.99 / 0.9), 6);
  });
});
