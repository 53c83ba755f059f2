import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../messages/user-error.js';
import { builtInSectors, loadSector } from '../sectors/load.js';

const SECTOR = `name: club
labels: { vi: Câu lạc bộ, en: Club }
fields:
  id: { kind: citizen-id, labels: { vi: Số, en: Number } }
  born: { kind: birth-date, labels: { vi: Ngày sinh, en: Born }, compare: true }
  issued: { kind: date-of-issue, labels: { vi: Ngày cấp, en: Issued } }
identify_by: [id]
group_by: []
checks: [{ check: age_between, field: born, min: 14 }]
`;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'doisoat-sector-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function load(text: string) {
  writeFileSync(join(folder, 'club.yaml'), text);
  return loadSector('./club.yaml', folder);
}

function mistake(work: () => unknown): UserError {
  try {
    work();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('no mistake was found');
}

describe('a sector', () => {
  it("of the user's own is read by its path, with everything filled in", () => {
    const { sector, builtIn, path, sha256 } = load(SECTOR);
    expect({ builtIn, path }).toEqual({ builtIn: false, path: join(folder, 'club.yaml') });
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(sector.fields.born).toMatchObject({ required: false, compare: true, headers: [], settings: {} });
    expect(sector.checks).toEqual([{ check: 'age_between', field: 'born', min: 14, max: 120 }]);
  });

  it('that is built in is read by its name; there are the three of the first release at least', () => {
    const names = builtInSectors();
    expect(names).toEqual(expect.arrayContaining(['civil-registry', 'telecom-subscribers', 'workers']));
    for (const name of names) {
      const { sector, builtIn } = loadSector(name);
      expect([sector.name, builtIn]).toEqual([name, true]);
    }
  });

  it('that is unknown is answered with the nearest', () => {
    const { parts, exitCode } = mistake(() => loadSector('worker'));
    expect(exitCode).toBe(2);
    expect(parts.mend.en).toMatch(/“workers”.*path of its file/);
  });

  it.each([
    ['a kind that is none', 'kind: citizen-id', 'kind: citizenid', 4, /“citizenid”/, /“citizen-id”/],
    [
      'a kind that cannot be compared',
      'en: Issued }',
      'en: Issued }, compare: true',
      6,
      /date-of-issue/,
      /birth-date/,
    ],
    [
      'an unknown key of a field',
      'compare: true',
      'compar: true',
      5,
      /“compar”.*“fields\.born”/,
      /“compare”/,
    ],
    ['an unknown identifying field', '[id]', '[idd]', 7, /“idd”/, /“id”/],
    ['an unknown group', 'group_by: []', 'group_by: [id, bron]', 8, /“bron”/, /“born”/],
    ['an unknown field of a check', 'field: born', 'field: birth', 9, /“birth”/, /born/],
    ['an unknown check', 'check: age_between', 'check: age', 9, /checks\.0/, /age_between/],
    ['a name with blanks', 'name: club', 'name: our club', 1, /“our club”/, /hyphens/],
    ['a field name with marks', '  born:', '  sinh-ngày:', 5, /sinh-ngày/, /không dấu/],
    ['a label in one language', '{ vi: Số, en: Number }', '{ vi: Số }', 4, /fields\.id\.labels\.en/, /en:/],
  ])('with %s: file, line, what, nearest', (_name, from, to, line, what, mend) => {
    const text = SECTOR;
    expect(text).toContain(from);
    const { parts } = mistake(() => load(text.replace(from, to)));
    expect(parts.where).toMatch(new RegExp(`club\\.yaml:${line}$`));
    expect(parts.what.vi).toMatch(what);
    expect(parts.mend.vi).toMatch(mend);
  });

  it('that has nothing to reconcile says so', () => {
    const text = SECTOR.replace(', compare: true', '').replace('[id]', '[]');
    expect(mistake(() => load(text)).parts.what.en).toMatch(/nothing to reconcile/);
  });
});
