import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateNational, generateNextNight, type NationalFiles, wrongRows } from '../generator/national.js';
import { HARMLESS, kindSql, OTHER_REASONS, WRONG } from '../generator/national-dirt.js';
import { SLOTS, shares } from '../generator/national-words.js';
import { REASON_CODES } from '../matchers/reasons.js';
import type { RunResult } from '../pipeline/run.js';
import { type Workspace, workspace } from './flow.js';

const SIZE = { people: 9000, rows: 8000 };
/** Kinds that need rare words or people: too few rows here to be sure of them. */
const RARE = ['name.spelling_variant', 'name.regional_variant', 'id.reissued', 'born.lunar_suspected'];

let flow: Workspace;
let files: NationalFiles;
let result: RunResult;

const linesOf = (path: string) => readFileSync(path, 'utf8').trimEnd().split('\n');

beforeAll(async () => {
  flow = workspace();
  files = await generateNational({ ...SIZE, out: flow.folder, tempDir: join(flow.folder, 'temp') });
  result = await flow.run('telecom-subscribers/job.yaml');
});

afterAll(() => flow.remove());

describe('the number of rows that do not match as submitted', () => {
  it.each([
    [88_100_000, 15_962_382],
    [8_810_000, 1_596_238],
    [881_000, 159_624],
    [0, 0],
  ])('%i rows: %i', (rows, wrong) => {
    expect(wrongRows(rows)).toBe(wrong);
  });

  it('is the headline of the report, to the row', () => {
    const { figures } = result.summary;
    expect(figures.mismatch_as_submitted).toBe(wrongRows(SIZE.rows));
    expect(figures.rows).toBe(SIZE.rows);
  });
});

describe('the files', () => {
  it('hold as many people and rows as asked for', () => {
    expect(linesOf(files.population)).toHaveLength(SIZE.people + 1);
    expect(linesOf(files.extract)).toHaveLength(SIZE.rows + 1);
  });

  it('no two people have one number, and none of theirs is a cancelled one', () => {
    const ids = linesOf(files.population)
      .slice(1)
      .map((line) => line.slice(0, 12));
    expect(new Set(ids).size).toBe(SIZE.people);
    const cancelled = linesOf(files.idChanges)
      .slice(1)
      .map((line) => line.split(','));
    expect(cancelled.length).toBeGreaterThan(50);
    for (const [old = '', now = ''] of cancelled) {
      expect(ids).not.toContain(old);
      expect(ids).toContain(now);
    }
  });

  it('names are as varied as a country’s', () => {
    const names = new Set(linesOf(files.population).map((line) => line.split(',')[2]));
    expect(names.size).toBeGreaterThan(SIZE.people * 0.75);
  });

  it('the same rows come out again, and a night later 1 % of them are others', async () => {
    const again = { ...SIZE, out: join(flow.folder, 'again'), tempDir: join(flow.folder, 'temp') };
    const second = await generateNational(again);
    expect(linesOf(second.population).sort()).toEqual(linesOf(files.population).sort());
    const first = new Set(linesOf(second.extract));
    expect(first).toEqual(new Set(linesOf(files.extract)));
    await generateNextNight(again, second.extract);
    const changed = linesOf(second.extract).filter((line) => !first.has(line)).length;
    expect(changed).toBeGreaterThan(SIZE.rows * 0.008);
    expect(changed).toBeLessThanOrEqual(SIZE.rows * 0.011);
  });
});

describe('the kinds of damage', () => {
  it('are told under their reasons', () => {
    const told = result.summary.reasons.map(({ code }) => code);
    const put = [...WRONG, ...HARMLESS].flatMap(({ reasons }) => reasons).concat(OTHER_REASONS);
    expect(put.filter((code) => !RARE.includes(code) && !told.includes(code))).toEqual([]);
    expect(put.filter((code) => !REASON_CODES.some((known) => known === code))).toEqual([]);
  });

  it('a number below the sum of the shares is one kind', () => {
    const kinds = [WRONG[0]!, WRONG[1]!];
    expect(kindSql(kinds, 'n')).toBe('CASE WHEN n < 35 THEN 0 WHEN n < 50 THEN 1 END');
  });

  it.each([
    [[1, 1], 4, [2, 2]],
    [[3, 1], 10, [7, 3]],
    [[1000, 0], 5, [4, 1]],
  ])('slots for the weights %j of %i: %j', (weights, all, slots) => {
    expect(shares(weights, all)).toEqual(slots);
  });

  it('slots add up, however many weights', () => {
    const weights = Array.from({ length: 734 }, (_, i) => 1 / (i + 1));
    expect(shares(weights, SLOTS).reduce((sum, n) => sum + n, 0)).toBe(SLOTS);
  });
});
