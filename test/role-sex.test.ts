// Lost zeros where a record has no sex: the role may say it (a mother is a woman), else the reference must have the very name.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csv, invented } from './fixtures/people.js';
import { type CsvRow, readRows, workspace } from './flow.js';

const people = invented(120, 1960);
const women = people.filter(({ sex }) => sex === 'Nữ');
const men = people.filter(({ sex }) => sex === 'Nam');
const SECTOR = readFileSync(join(import.meta.dirname, 'fixtures/births.yaml'), 'utf8');
const SEX_OF_MOTHERS = SECTOR.replace(/(mother_born \}\n)/, '$1    person: { sex: F }\n');

describe.each([
  { what: 'a role with a sex', sector: SEX_OF_MOTHERS, sexKnown: true },
  { what: 'a role without one', sector: SECTOR, sexKnown: false },
])('$what', ({ sector, sexKnown }) => {
  const flow = workspace();
  let rows: CsvRow[];

  beforeAll(async () => {
    flow.put('births.yaml', sector);
    flow.put('population.csv', csv(people.map((one) => ({ ...one }))));
    const family = (i: number): Record<string, string> => {
      const [mother, child] = [women[i]!, men[i]!];
      return {
        so: child.id,
        ten: child.name,
        ns: child.born,
        so_me: mother.id,
        ten_me: mother.name,
        ns_me: mother.born,
      };
    };
    const lost = { ...family(1), so_me: family(1)['so_me']!.replace(/^0+/, '') };
    const other = { ...family(2), so_me: men[2]!.id };
    const born = { ...lost, ns_me: '01/02/1999' };
    const another = { ...lost, ten_me: 'Đoàn Thị Vượng' };
    const capitals = { ...lost, ten_me: `  ${family(1)['ten_me']!.toUpperCase()}` };
    flow.put(
      'births.csv',
      csv([lost, other, born, another, capitals, ...Array.from({ length: 30 }, (_, i) => family(i + 3))]),
    );
    flow.put(
      'job.yaml',
      `name: births\nsector: ./births.yaml\nreference: population.csv\nperiod: 2026-11\noutput: { results: csv }
input:\n  path: births.csv\n  columns: { id: so, name: ten, born: ns, mother_id: so_me, mother_name: ten_me, mother_born: ns_me }\n`,
    );
    rows = await readRows(join((await flow.run('job.yaml')).folder, 'results.csv'));
  });
  afterAll(() => flow.remove());

  it('finds a mother whose number lost its zeros, up to form of her name', () => {
    for (const row of [rows[0]!, rows[4]!]) {
      expect(row).toMatchObject({ mother_method: 'restored', mother_outcome: 'match_after_cleaning' });
      expect(row['mother_id_canonical']).toBe(row['mother_reference_id']);
    }
  });

  it('goes by the reference only where it has the very name', () => {
    expect(rows[3]!['mother_method'] === 'restored').toBe(sexKnown);
  });

  it('says where the number is one of the other sex', () => {
    expect(rows[1]!['reasons']!.includes('id.structure')).toBe(sexKnown);
  });

  it('puts no zero back where the year is another', () => {
    expect(rows[2]!['mother_method']).not.toBe('restored');
  });
});
