import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../messages/user-error.js';
import { loadJob } from '../pipeline/job.js';

const SECTOR = `name: club
labels: { vi: Câu lạc bộ, en: Club }
fields:
  id: { kind: citizen-id, labels: { vi: Số, en: Number }, required: true }
  name: { kind: person-name, labels: { vi: Tên, en: Name } }
  born: { kind: birth-date, labels: { vi: Ngày sinh, en: Born }, compare: true }
  province: { kind: province, labels: { vi: Tỉnh, en: Province } }
identify_by: [id]
group_by: [province]
`;

const JOB = `name: club-2026
sector: ./club.yaml
input:
  path: extracts/*.csv
  columns:
    id: so
    name: [ho, ten]
reference: people
period: 2026-11
`;

const TODAY = '2026-11-21';
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'doisoat-job-'));
  for (const name of ['extracts', 'people']) mkdirSync(join(folder, name));
  for (const name of ['b.csv', 'a.csv', 'c.txt'])
    writeFileSync(join(folder, 'extracts', name), 'so,ho,ten\n');
  writeFileSync(join(folder, 'club.yaml'), SECTOR);
  writeFileSync(join(folder, 'people.csv'), 'id,name\n');
  writeFileSync(join(folder, 'people', 'reference.duckdb'), '');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function load(text: string, file = 'job.yaml', period?: string) {
  const path = join(folder, file);
  writeFileSync(path, text);
  return loadJob(path, { today: TODAY, period });
}

function mistake(text: string, file?: string, period?: string): UserError {
  try {
    load(text, file, period);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('no mistake was found');
}

describe('a job file', () => {
  it('is resolved: nothing in it is relative or left open', () => {
    const job = load(JOB);
    expect(job).toMatchObject({
      name: 'club-2026',
      path: join(folder, 'job.yaml'),
      input: {
        files: [join(folder, 'extracts', 'a.csv'), join(folder, 'extracts', 'b.csv')],
        encoding: 'auto',
        delimiter: 'auto',
        columns: { id: ['so'], name: ['ho', 'ten'] },
      },
      reference: { type: 'built', folder: join(folder, 'people') },
      period: '2026-11',
      report: { formats: ['html', 'csv', 'json'], groupBy: [] },
      output: { results: 'csv' },
      alert: { mismatchRateAbove: null, rejectedRateAbove: null },
      strict: false,
    });
    expect(job.sector.name).toBe('club');
    expect(job.where('input.columns.name')).toMatch(/job\.yaml:7$/);
    expect(job.where('input.columns.not_there')).toMatch(/job\.yaml:5$/);
  });

  it('may be JSON, with tabs too', () => {
    const json = JSON.stringify(
      {
        name: 'j',
        sector: './club.yaml',
        input: { path: 'extracts/a.csv', columns: { id: 'so' } },
        reference: 'people',
      },
      null,
      '\t',
    );
    expect(load(json, 'job.json')).toMatchObject({ name: 'j', period: '2026-11' });
    expect(mistake(json.replace('"id"', '"idd"'), 'job.json').parts.where).toMatch(/job\.json:7$/);
  });

  it.each([
    ['2026', '2026'],
    ['2026-Q4', '2026-Q4'],
    ['2026-11-21', '2026-11-21'],
    ['"2026-11"', '2026-11'],
  ])('reads the period %s', (written, period) => {
    expect(load(JOB.replace('period: 2026-11', `period: ${written}`)).period).toBe(period);
  });

  it('takes the period of the command line before its own, and this month without any', () => {
    expect(load(JOB, 'job.yaml', '2026-12').period).toBe('2026-12');
    expect(load(JOB.replace('period: 2026-11\n', '')).period).toBe('2026-11');
    expect(mistake(JOB, 'job.yaml', '2026-13').parts.where).toBe('--period');
  });

  it.each([
    ['files', 'reference: { path: people.csv, id_changes: people.csv }', 'people.csv'],
    ['one file', 'reference: people.csv', null],
  ])('takes a reference of %s', (_name, line, changes) => {
    const { reference } = load(JOB.replace('reference: people', line));
    if (reference.type !== 'files') throw new Error('not files');
    expect(reference.people.files).toEqual([join(folder, 'people.csv')]);
    expect(reference.idChanges?.files ?? null).toEqual(changes && [join(folder, changes)]);
  });

  it('has another hash when its sector file changes', () => {
    const before = load(JOB).hash;
    writeFileSync(join(folder, 'club.yaml'), `${SECTOR}# more\n`);
    const after = load(JOB).hash;
    writeFileSync(join(folder, 'club.yaml'), SECTOR);
    expect(after).not.toBe(before);
    expect(load(JOB).hash).toBe(before);
  });
});

describe('a mistake in a job file is one message with its line and the nearest name', () => {
  it.each([
    ['an unknown key', 'sector: ./club.yaml', 'sectr: ./club.yaml', 2, /“sectr”/, /“sector”/],
    ['an unknown key inside', '  columns:', '  colums:', 5, /“colums”.*“input”/, /“columns”/],
    ['a missing key', 'name: club-2026\n', '', 1, /Thiếu mục “name”/, /name:/],
    ['an unknown field', '    id: so', '    idd: so', 6, /“idd”/, /“id”/],
    ['a wrong type', 'path: extracts/*.csv', 'path: 7', 4, /input\.path/, /docs\/job-file/],
    [
      'a wrong choice',
      'path: extracts/*.csv',
      'path: extracts/*.csv\n  encoding: utf8',
      5,
      /“utf8”/,
      /“utf-8”/,
    ],
    [
      'a group that is no field',
      'period: 2026-11',
      'report: { group_by: [provinc] }',
      9,
      /“provinc”/,
      /“province”/,
    ],
    ['a format that is none', 'period: 2026-11', 'report: { formats: [htm] }', 9, /“htm”/, /“html”/],
    [
      'a rate over 1',
      'period: 2026-11',
      'alert:\n  mismatch_rate_above: 18',
      10,
      /mismatch_rate_above/,
      /0 .* 1/,
    ],
    ['a period that is none', '2026-11', 'tháng 11', 9, /period/, /2026-Q4/],
    ['a file that is not there', 'extracts/*.csv', 'extracts/d.csv', 4, /extracts\/d\.csv/, /doisoat-job-/],
    ['a pattern without files', 'extracts/*.csv', 'extracts/*.tsv', 4, /\*\.tsv/, /doisoat-job-/],
    ['a folder for a file', 'extracts/*.csv', 'extracts', 4, /thư mục/, /\*\.csv/],
    ['a reference that is not there', 'reference: people', 'reference: peple', 8, /“peple”/, /doisoat-job-/],
    [
      'a built reference under path',
      'reference: people',
      'reference:\n  path: people',
      9,
      /thư mục/,
      /“reference: .*people”/,
    ],
    [
      'an unknown reference field',
      'reference: people',
      'reference:\n  path: people.csv\n  columns: { nam: x }',
      10,
      /“nam”/,
      /“name”/,
    ],
    [
      'a built-in sector that is none',
      './club.yaml',
      'telecom-subscriber',
      2,
      /telecom-subscriber/,
      /“telecom-subscribers”/,
    ],
    ['a sector file that is not there', './club.yaml', './clib.yaml', 2, /Không tìm thấy tệp/, /đường dẫn/],
    ['a key written twice', 'period: 2026-11', 'period: 2026-11\nname: again', 10, /YAML/, /một lần/],
    ['a broken syntax', 'columns:', 'columns: [', 0, /YAML/, /dòng này/],
    ['nothing to compare', '    id: so\n    name: [ho, ten]', '    province: tinh', 5, /so sánh/, /id, born/],
    ['nothing at all', JOB, '', 1, /Thiếu|phải là/, /./],
  ])('%s', (_name, from, to, line, what, mend) => {
    expect(JOB).toContain(from);
    const { parts, exitCode } = mistake(JOB.replace(from, to));
    expect(exitCode).toBe(2);
    expect(parts.what.vi).toMatch(what);
    expect(parts.mend.vi).toMatch(mend);
    expect(parts.what.en).not.toBe(parts.what.vi);
    expect(parts.where).toMatch(line === 0 ? /job\.yaml:\d+$/ : new RegExp(`job\\.yaml:${line}( →|$)`));
  });

  it('names the places of the others, the first in the file first', () => {
    const { parts } = mistake(
      JOB.replace('period: 2026-11', 'perio: 1\nalrt: 2').replace('columns:', 'colums:'),
    );
    expect(parts.where).toMatch(/job\.yaml:5$/);
    expect(parts.what.en).toMatch(/job\.yaml:9.*job\.yaml:10/);
  });

  it.each(['missing.yaml', '.'])('the file itself cannot be read: %s', (name) => {
    expect(() => loadJob(join(folder, name), { today: TODAY })).toThrow(UserError);
  });
});
