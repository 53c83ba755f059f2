import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quietContext } from '../pipeline/context.js';
import { evaluate } from '../pipeline/evaluate.js';
import type { RunResult } from '../pipeline/run.js';
import { explainRun } from '../pipeline/why.js';
import { csv, type Invented, invented } from './fixtures/people.js';
import { type CsvRow, NOW, readRows, tally, workspace } from './flow.js';

/** Births: 80 of each kind of family below; the rows of a kind are `kind + 10 × n`. */
const KINDS = [
  { what: 'all agree', outcome: 'match', reasons: '' },
  { what: 'the mother’s middle name is dropped', outcome: 'mismatch', reasons: 'mother:name.middle_name' },
  { what: 'the father is unknown', outcome: 'match', reasons: '' },
  { what: 'both parents are one person', outcome: 'mismatch', reasons: 'relation.same_person' },
  { what: 'the mother is a sister of ten', outcome: 'mismatch', reasons: 'relation.age_gap' },
  { what: 'the father is a foreigner', outcome: 'match', reasons: 'father:record.foreigner' },
  { what: 'the child’s number is missing', outcome: '', reasons: 'child:id.missing' },
  { what: 'registered before the birth', outcome: 'match', reasons: 'record.dates_out_of_order' },
  { what: 'nobody has the father’s number', outcome: '', reasons: 'father:id.not_found' },
  {
    what: 'the mother wrote only her year',
    outcome: 'match_after_cleaning',
    reasons: 'mother:born.year_only',
  },
] as const;
const ROWS = 200;

const parents = invented(400, 1960);
const children = invented(400, 2006, 20);
const mothers = parents.filter(({ sex }) => sex === 'Nữ');
const fathers = parents.filter(({ sex }) => sex === 'Nam');

function family(i: number): Record<string, string> {
  const [child, mother, father] = [children[i]!, mothers[i % mothers.length]!, fathers[i % fathers.length]!];
  const row: Record<string, string> = {
    key: `KS-${i}`,
    ...person('con', child),
    con_gt: child.sex,
    ...person('me', mother),
    ...person('cha', father),
    quoc_tich_cha: 'Việt Nam',
    ngay_dang_ky: '20/12/2025',
    noi: i % 3 === 0 ? 'HN' : 'HCM',
  };
  const kind = i % 10;
  if (kind === 1) row['me_ten'] = mother.name.replace(/^(\S+) \S+ /, '$1 ');
  if (kind === 2) Object.assign(row, { cha_so: '', cha_ten: '', cha_ns: '', quoc_tich_cha: '' });
  if (kind === 3) Object.assign(row, person('cha', mother));
  if (kind === 4) Object.assign(row, person('me', children.filter(({ sex }) => sex === 'Nữ')[i % 20]!));
  if (kind === 5)
    Object.assign(row, { cha_so: 'M12345678', cha_ten: 'John Smith', quoc_tich_cha: 'Hàn Quốc' });
  if (kind === 6) row['con_so'] = '';
  if (kind === 7) row['ngay_dang_ky'] = '01/01/2001';
  if (kind === 8) row['cha_so'] = `${father.id.slice(0, 6)}999999`;
  if (kind === 9) row['me_ns'] = mother.born.slice(-4);
  return row;
}

function person(role: string, { id, name, born }: Invented): Record<string, string> {
  return { [`${role}_so`]: id, [`${role}_ten`]: name, [`${role}_ns`]: born };
}

const JOB = `
name: khai-sinh-2026-11
sector: ./births.yaml
input:
  path: births.csv
  columns:
    record_key: key
    id: con_so
    name: con_ten
    born: con_ns
    sex: con_gt
    mother_id: me_so
    mother_name: me_ten
    mother_born: me_ns
    father_id: cha_so
    father_name: cha_ten
    father_born: cha_ns
    father_nationality: quoc_tich_cha
    registered: ngay_dang_ky
    office: noi
reference: population.csv
period: 2026-11
output: { results: csv }
`;

describe('several people in one record', () => {
  const flow = workspace();
  const rows = Array.from({ length: ROWS }, (_, i) => family(i));
  let result: RunResult;
  let results: CsvRow[];

  beforeAll(async () => {
    copyFileSync(join(import.meta.dirname, 'fixtures/births.yaml'), join(flow.folder, 'births.yaml'));
    flow.put('population.csv', csv([...parents, ...children].map((one) => ({ ...one }))));
    flow.put('births.csv', `${csv([...rows, rows[0]!])}thiếu,cột\n`);
    flow.put('job.yaml', JOB);
    flow.put(
      'truth.csv',
      csv(
        rows.map((row, i) => ({
          record_key: row['key']!,
          reference_id: children[i]!.id,
          mother_reference_id: i % 10 === 4 ? row['me_so']! : mothers[i % mothers.length]!.id,
          father_reference_id: [2, 5, 8].includes(i % 10) ? '' : row['cha_so']!,
        })),
      ),
    );
    result = await flow.run('job.yaml');
    results = await readRows(join(result.folder, 'results.csv'));
  });

  afterAll(() => flow.remove());

  it.each(KINDS.map((kind, i) => [kind.what, i, kind] as const))('%s', (_, kind, { outcome, reasons }) => {
    const found = results.filter((_row, i) => i < ROWS && i % 10 === kind);
    expect(found).toHaveLength(ROWS / 10);
    if (outcome === '') {
      // How sure the rest of the fields makes is for the matching to say; whose number it is must be said.
      expect(new Set(found.map((row) => row['reasons']))).toEqual(new Set([reasons]));
      for (const row of found) expect(['linked', 'possible', 'not_found']).toContain(row['outcome']);
      return;
    }
    const said = tally(found.map((row) => `${row['outcome']} ${row['reasons']}`.trim()));
    expect(said).toEqual({ [`${outcome} ${reasons}`.trim()]: ROWS / 10 });
  });

  it('names the outcome and the person of every role', () => {
    expect(results[1]).toMatchObject({
      outcome: 'mismatch',
      child_outcome: 'match',
      mother_outcome: 'mismatch',
      father_outcome: 'match',
      mother_name_raw: rows[1]!['me_ten'],
      father_method: 'id',
    });
    expect(results[1]!['reference_id']).toBe(results[1]!['child_reference_id']);
    expect(results[1]!['mother_reference_id']).toMatch(/^001\*{6}\d{3}$/);
  });

  it('adds up: every row has one outcome, and what is compared, apart and rejected is all of them', () => {
    const { figures, roles = [], apart } = result.summary;
    expect(figures.rows).toBe(ROWS + 2);
    expect(Object.values(figures.outcomes).reduce((sum, n) => sum + n, 0)).toBe(figures.rows);
    expect(figures.compared + (figures.outcomes['rejected'] ?? 0)).toBe(figures.rows);
    expect(tally(results.map((row) => row['outcome']!))).toEqual(
      Object.fromEntries(Object.entries(figures.outcomes).filter(([, n]) => n > 0)),
    );
    expect(apart).toEqual([]);
    expect(roles.map(({ role, nobody }) => [role, nobody])).toEqual([
      ['child', 0],
      ['mother', 0],
      ['father', ROWS / 10],
    ]);
    for (const role of roles) {
      const { outcomes, rows: people } = role.figures;
      expect(people + role.nobody).toBe(figures.rows);
      expect(Object.values(outcomes).reduce((sum, n) => sum + n, 0)).toBe(people);
    }
    expect(roles[2]!.figures.outcomes['apart']).toBe(ROWS / 10);
  });

  it('finds a repeated record by all of its columns', () => {
    expect(results[ROWS]).toMatchObject({ outcome: 'match', reasons: 'record.duplicate' });
  });

  it('splits the figures by fields of the record', () => {
    const [office] = result.summary.groups;
    expect(office?.field).toBe('office');
    expect(office?.rows.reduce((sum, row) => sum + row.figures.rows, 0)).toBe(ROWS + 2);
  });

  it('says in words whose fault it is', async () => {
    const mismatches = await readRows(join(result.folder, 'mismatches.csv'));
    expect(mismatches).toHaveLength(result.summary.figures.mismatch_as_submitted);
    expect(mismatches.find((row) => row['record'] === '2')).toMatchObject({
      reasons_vi: 'Mẹ, họ tên: thừa hoặc thiếu chữ đệm',
    });
  });

  it('scores every person of a record against the truth', async () => {
    const context = quietContext({ workspace: join(flow.folder, 'scratch'), threads: 2 });
    const { links } = await evaluate(result.folder, join(flow.folder, 'truth.csv'), context);
    expect(links.expected).toBe((ROWS + 1) * 3 - 3 * (ROWS / 10));
    expect(links.wrong).toBe(0);
    // Only the children without a number may be left to people.
    expect(links.missed).toBeLessThanOrEqual(ROWS / 10);
  });

  it('explains one role of a record, and what became of the record', async () => {
    const context = quietContext({ workspace: join(flow.folder, 'scratch'), threads: 2 });
    const ask = (role?: string) =>
      explainRun(
        { folder: result.folder, record: 'key:KS-1', revealIds: false, ...(role && { role }) },
        context,
      );
    const why = await ask();
    expect(why.outcome).toBe('mismatch');
    expect(why.fields.find((one) => one.field === 'name')).toMatchObject({ decides: true });
    expect(why.notes[0]!.vi).toContain('mother:name.middle_name');
    expect((await ask('father')).outcome).toBe('match');
    await expect(ask('wife')).rejects.toThrow(/wife/);
  });

  it('writes the same bytes again with other threads, and leaves nothing behind', async () => {
    const lists = ['results.csv', 'mismatches.csv', 'rejected.csv', 'summary.json'];
    const first = lists.map((name) => readFileSync(join(result.folder, name), 'utf8'));
    const again = await flow.run('job.yaml', { context: { threads: 2, clock: () => NOW } });
    expect(lists.map((name) => readFileSync(join(again.folder, name), 'utf8'))).toEqual(first);
    expect(
      readdirSync(again.folder)
        .filter((name) => name.endsWith('.duckdb'))
        .sort(),
    ).toEqual(['role-child.duckdb', 'role-father.duckdb', 'role-mother.duckdb', 'run.duckdb']);
    expect(existsSync(join(again.folder, '.building'))).toBe(false);
  });

  it('takes a job that maps one role only', async () => {
    mkdirSync(join(flow.folder, 'part'));
    const part = JOB.replace(/ {4}(mother|father)_\w+: .*\n/g, '').replace('khai-sinh', 'khai-sinh-con');
    flow.put('part.yaml', part);
    const { summary } = await flow.run('part.yaml');
    expect(summary.roles?.map(({ role }) => role)).toEqual(['child']);
    expect(summary.figures.outcomes['match']).toBe(ROWS + 1 - ROWS / 10);
  });
});
