import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { UserError } from '../messages/user-error.js';
import { loadJob } from '../pipeline/job.js';
import { personSector, recordJob, roleJob, rolesOf } from '../pipeline/roles-jobs.js';
import { loadSector } from '../sectors/load.js';

const folder = mkdtempSync(join(tmpdir(), 'doisoat-people-'));
const BIRTHS = readFileSync(join(import.meta.dirname, 'fixtures/births.yaml'), 'utf8');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function changed(from: string | RegExp, to: string): string {
  const path = join(folder, 'sector.yaml');
  const text = BIRTHS.replace(from, to);
  expect(text).not.toBe(BIRTHS);
  writeFileSync(path, text);
  return path;
}

describe('a mistake in a sector of several people is one sentence with its line', () => {
  it.each([
    [
      'a field that is not there',
      'id: mother_id, name',
      'id: moter_id, name',
      /“moter_id”.*“fields”/,
      'mother_id',
    ],
    [
      'a role that is not there',
      'roles: [mother, father]',
      'roles: [mother, fater]',
      /“fater”.*“roles”/,
      'father',
    ],
    [
      'an unknown relation',
      'relation: different_people',
      'relation: differnt_people',
      /differnt_people|relation/,
      'different_people',
    ],
    [
      'a check of a field that is not there',
      'later: registered',
      'later: registerd',
      /“registerd”/,
      'registered',
    ],
    [
      'a rule of apart without its field',
      'field: father_nationality, is_not',
      'field: nationality, is_not',
      /“nationality”/,
      'father_nationality',
    ],
    ['a type of number in a field that holds none', 'is_not: [VN]', 'type: [passport]', /“type”/, 'id'],
    ['somebody else set apart', 'as: foreigner', 'as: tourist', /tourist/, 'organisation'],
    ['a number of no role', 'identify_by: [id]', 'identify_by: [card]', /“card”/, 'id'],
    [
      'what is compared but belongs to nobody',
      'Office } }',
      'Office }, compare: true }',
      /“office”.*vai/,
      'compare',
    ],
  ])('%s', (_, from, to, what, mend) => {
    let error: unknown;
    try {
      loadSector(changed(from, to));
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(UserError);
    const { parts } = error as UserError;
    expect(`${parts.what.vi} ${parts.what.en}`).toMatch(what);
    expect(parts.where).toMatch(/sector\.yaml:\d+$/);
    expect(`${parts.mend.vi} ${parts.mend.en}`).toContain(mend);
  });

  it('refuses to hold fields of two kinds against each other', () => {
    const path = changed('- check: duplicate_rows', '- { check: same_value, fields: [name, mother_id] }');
    expect(() => loadSector(path)).toThrow(/person-name, citizen-id/);
  });
});

describe('the jobs that a job of several people consists of', () => {
  writeFileSync(join(folder, 'births.yaml'), BIRTHS);
  writeFileSync(join(folder, 'rows.csv'), 'a,b,c\n1,2,3\n');
  writeFileSync(
    join(folder, 'job.yaml'),
    `name: x\nsector: ./births.yaml\nreference: rows.csv\ninput:\n  path: rows.csv\n  columns: { id: a, name: b, mother_name: c }\n`,
  );
  const job = loadJob(join(folder, 'job.yaml'), { today: '2026-11-21' });

  it('are those of the roles whose columns it maps', () => {
    expect(rolesOf(job)).toEqual(['child', 'mother']);
  });

  it('have the fields of a person, and the checks and rules of the role', () => {
    const { sector, input } = roleJob({ ...job, input: { ...job.input } }, 'mother');
    expect(Object.keys(sector.fields)).toEqual(['id', 'name', 'born']);
    expect(input.columns).toEqual({ name: ['c'] });
    expect(sector.checks).toEqual([{ check: 'age_between', field: 'born', min: 12, max: 110 }]);
    expect(sector.apart).toEqual([]);
    expect(roleJob(job, 'father').sector.apart).toEqual([
      { as: 'foreigner', when: { field: 'nationality', is_not: ['VN'] } },
    ]);
  });

  it('say where a setting of the job file stands', () => {
    expect(roleJob(job, 'mother').where('input.columns.name')).toBe(job.where('input.columns.mother_name'));
  });

  it('leave the checks of the whole record to the record', () => {
    const { sector } = recordJob(job);
    expect(sector.checks.map(({ check }) => check)).toEqual(['duplicate_rows', 'date_order']);
    expect(sector.identify_by).toEqual([]);
    expect(Object.values(sector.fields).filter(({ required }) => required)).toEqual([]);
  });

  it('come to one person for the reference', () => {
    expect(Object.keys(personSector(job.sector).fields).sort()).toEqual([
      'born',
      'id',
      'name',
      'nationality',
      'sex',
    ]);
  });
});
