import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunResult } from '../pipeline/run.js';
import { csv, invented } from './fixtures/people.js';
import { readRows, workspace } from './flow.js';

/** A dataset made of others' results: the list that one run wrote is what the next one reads. */
const SECTOR = `
name: derived-of-tests
labels: { vi: Dữ liệu phái sinh, en: Derived }
fields:
  id: { kind: citizen-id, labels: { vi: Số định danh, en: ID } }
  name: { kind: person-name, labels: { vi: Họ tên, en: Name }, required: true, compare: true }
  born: { kind: birth-date, labels: { vi: Ngày sinh, en: Born }, compare: true }
  found: { kind: code, labels: { vi: Kết quả lần trước, en: Outcome before } }
identify_by: [id]
group_by: [found]
`;

describe.each(['csv', 'parquet'] as const)('the results of a run as the input of the next: %s', (format) => {
  const flow = workspace();
  const people = invented(60, 1975);
  let first: RunResult;
  let second: RunResult;

  beforeAll(async () => {
    flow.put('sector.yaml', SECTOR);
    flow.put('population.csv', csv(people.map((one) => ({ ...one }))));
    const rows = people.map(({ id, name, born }, i) => ({
      key: `A${i}`,
      id,
      name: i % 6 === 0 ? name.toUpperCase().replace(/ /g, '  ') : i % 6 === 1 ? `${name} Lan` : name,
      born: i % 6 === 2 ? born.slice(-4) : born,
    }));
    flow.put('extract.csv', csv(rows));
    const job = (name: string, input: string) =>
      `name: ${name}-2026-11\nsector: ./sector.yaml\nreference: population.csv\nperiod: 2026-11\n${input}\noutput: { results: ${format} }\n`;
    flow.put(
      'first.yaml',
      job(
        'first',
        'input: { path: extract.csv, columns: { record_key: key, id: id, name: name, born: born } }',
      ),
    );
    first = await flow.run('first.yaml', { revealIds: true, why: 'a test' });
    const path = relative(flow.folder, join(first.folder, `results.${format}`));
    flow.put(
      'second.yaml',
      job(
        'second',
        `input:\n  path: ${path}\n  columns: { record_key: record_key, id: id_canonical, name: name_canonical, born: born_canonical, found: outcome }`,
      ),
    );
    second = await flow.run('second.yaml');
  });

  afterAll(() => flow.remove());

  it('has every row again, cleaned as far as the first run could', () => {
    const [before, after] = [first.summary.figures, second.summary.figures];
    expect(after.rows).toBe(before.rows);
    expect(after.mismatch_after_cleaning).toBe(before.mismatch_after_cleaning);
    expect(before.outcomes).toMatchObject({ match: 40, match_after_cleaning: 10, mismatch: 10 });
    expect(after.outcomes).toMatchObject({ match: 40, match_after_cleaning: 10, mismatch: 10 });
  });

  it('can be split by what was said before', () => {
    const [group] = second.summary.groups;
    const rows = group!.rows.map(({ value, figures }) => [
      value,
      figures.rows,
      figures.mismatch_as_submitted,
    ]);
    expect(rows.sort()).toEqual([
      ['match', 40, 0],
      ['match_after_cleaning', 10, 10],
      ['mismatch', 10, 10],
    ]);
  });

  it('keeps the keys of the first extract', async () => {
    if (format === 'parquet')
      return expect(second.files.some((file) => file.endsWith('results.parquet'))).toBe(true);
    const results = await readRows(join(second.folder, 'results.csv'));
    expect(results.map((row) => row['record_key'])).toEqual(people.map((_, i) => `A${i}`));
  });
});
