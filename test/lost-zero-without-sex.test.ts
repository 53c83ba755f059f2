// A lost zero in a row whose sex is missing, in an extract that has a column of it: the reference must have the very name.
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { csv, invented } from './fixtures/people.js';
import { type CsvRow, readRows, workspace } from './flow.js';

const people = invented(60, 1960);
const flow = workspace();
let rows: CsvRow[];

beforeAll(async () => {
  flow.put('population.csv', csv(people.map((one) => ({ ...one }))));
  const row = ({ id, name, born, sex }: (typeof people)[number]) => ({
    so: id,
    ten: name,
    ns: born.slice(-4),
    gt: sex,
  });
  const lost = (i: number) => ({ ...row(people[i]!), so: people[i]!.id.replace(/^0+/, ''), gt: '' });
  const others = people.slice(10).map(row);
  flow.put(
    'list.csv',
    csv([lost(0), { ...lost(1), ten: 'Đoàn Hữu Vượng' }, { ...lost(2), ns: '1931' }, ...others]),
  );
  flow.put(
    'job.yaml',
    `name: list\nsector: generic-people\nreference: population.csv\nperiod: 2026-11\noutput: { results: csv }
input:\n  path: list.csv\n  columns: { id: so, name: ten, born: ns, sex: gt }\n`,
  );
  rows = await readRows(join((await flow.run('job.yaml')).folder, 'results.csv'));
});
afterAll(() => flow.remove());

it('is put back where year and name are those of the person', () => {
  expect(rows[0]).toMatchObject({ method: 'restored', outcome: 'match_after_cleaning' });
  expect(rows[0]!['reasons']).toContain('sex.missing');
});

it('is not, where the name or the year is another', () => {
  for (const row of rows.slice(1, 3)) expect(row['method']).not.toBe('restored');
});
