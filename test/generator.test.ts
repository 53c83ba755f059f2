import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { TRUE_OUTCOMES } from '../generator/draft.js';
import { ERRORS, VARIATIONS } from '../generator/errors.js';
import { ALL_SECTORS, type GeneratedFiles, generate, SECTORS } from '../generator/generate.js';
import { asMojibake, asTcvn3, asTelex, asVni, withTone } from '../generator/legacy-text.js';
import { errorModelTable } from '../generator/model-table.js';
import { CHUNK, peopleOfChunk, population } from '../generator/people.js';
import type { Person } from '../generator/person.js';
import { draw, randomOf, weighted } from '../generator/random.js';
import { SAMPLE } from '../generator/sample.js';
import { loadPlaces } from '../generator/tables.js';
import { csvLine } from '../generator/write.js';
import { OUTCOMES } from '../matchers/outcomes.js';
import { REASON_CODES } from '../matchers/reasons.js';
import { normalizers } from '../normalizers/index.js';
import { sectorSchema } from '../sectors/schema.js';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'doisoat-generator-'));
let made: GeneratedFiles;

beforeAll(async () => {
  made = await generate({ ...SAMPLE, out: folder });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Cells of the lines of a CSV whose quoted cells hold no line break. */
function rows(path: string, delimiter = ','): string[][] {
  const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  const cell = new RegExp(`(?:^|${delimiter})(?:"((?:[^"]|"")*)"|([^${delimiter}]*))`, 'g');
  return text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => [...line.matchAll(cell)].map((m) => (m[1] ?? m[2] ?? '').replaceAll('""', '"')));
}

const filesIn = (path: string): string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(path, name)).isFile())
    .sort();

describe('sample-data', () => {
  it('is what the generator writes, byte for byte', () => {
    const committed = join(ROOT, 'sample-data');
    expect(filesIn(folder)).toEqual(filesIn(committed));
    for (const name of filesIn(folder)) {
      expect(readFileSync(join(folder, name)).equals(readFileSync(join(committed, name))), name).toBe(true);
    }
  });

  it('stays below eight megabytes', () => {
    const bytes = filesIn(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
    expect(bytes).toBeLessThan(8_000_000);
  });

  it.each([...SECTORS])('%s: every error and variation of the sector occurs', (sector) => {
    const index = SECTORS.indexOf(sector);
    const expected = [...ERRORS, ...VARIATIONS].filter((error) => (error.rates[index] as number) > 0);
    const occurring = made.extracts.find((extract) => extract.sector === sector)?.errors ?? {};
    expect(Object.keys(occurring).sort()).toEqual(expected.map((error) => error.name).sort());
  });
});

describe('truth', () => {
  const truth = (sector: string): string[][] => rows(join(folder, sector, 'truth.csv')).slice(1);

  it('has one row for each row of the extract, in its order', () => {
    const rated: readonly string[] = SECTORS;
    for (const { sector, extract, rows: count } of made.extracts.filter((one) =>
      rated.includes(one.sector),
    )) {
      const [header = [], ...records] = rows(extract, sector === 'workers' ? ';' : ',');
      const key = header.indexOf(
        { 'civil-registry': 'so_dang_ky', workers: 'ma_nv' }[sector as string] ?? 'so_thue_bao',
      );
      expect(truth(sector)).toHaveLength(count);
      truth(sector).forEach(([record, recordKey, , outcome], i) => {
        expect(Number(record)).toBe(i + 1);
        if (outcome !== 'rejected') expect(records[i]?.[key]).toBe(recordKey);
        expect(records[i]?.length === header.length).toBe(outcome !== 'rejected');
      });
    }
  });

  it('uses outcomes and reason codes of the program, and all of the reachable ones', () => {
    expect([...TRUE_OUTCOMES]).toEqual([...OUTCOMES]);
    const all = ALL_SECTORS.flatMap(truth);
    // Of several people the code stands after the role: `wife:name.typo`.
    const codes = all
      .flatMap((row) => (row[4] ?? '').split(';'))
      .map((code) => code.slice(code.indexOf(':') + 1));
    const reasons = new Set(codes.filter((code) => code !== ''));
    const known: readonly string[] = REASON_CODES;
    expect([...reasons].filter((code) => !known.includes(code))).toEqual([]);
    const families = ['name', 'born', 'id', 'sex', 'record', 'person'];
    // Checks that no sample breaks: no built-in sector has them, or people would need many rows.
    const unmet = ['record.values_differ', 'record.too_many', 'record.without_number'];
    const reachable = known.filter(
      (code) => families.includes(code.split('.')[0] as string) && !unmet.includes(code),
    );
    expect(reachable.filter((code) => !reasons.has(code))).toEqual([]);
    for (const code of [
      'address.old_unit',
      'address.split_unit',
      'address.different',
      'address.unreadable',
    ]) {
      expect(reasons).toContain(code);
    }
    expect(new Set(all.map((row) => row[3]))).toEqual(new Set(OUTCOMES));
  });

  it('names people of the reference, by their number where the row holds it unharmed', () => {
    const people = new Map(
      rows(made.population)
        .slice(1)
        .map((row) => [row[0], row]),
    );
    const telecom = rows(join(folder, 'telecom-subscribers', 'extract.csv')).slice(1);
    truth('telecom-subscribers').forEach(([, , id, outcome, reasons], i) => {
      const absent = ['not_found', 'unusable', 'rejected'].includes(outcome as string);
      expect(people.has(id)).toBe(!absent);
      const [, , number, name, born] = telecom[i] as string[];
      if (outcome !== 'match' || !reasons?.match(/^(?:person\.|$)/)) return;
      expect(number).toBe(id);
      expect(normalizers['person-name']?.normalize(name as string).value?.toUpperCase()).toBe(
        people.get(id)?.[2],
      );
      const dates = [born as string, people.get(id)?.[3] as string].map(
        (text) => normalizers['birth-date']?.normalize(text).value,
      );
      expect(dates[0]).toBe(dates[1]);
    });
  });

  it('calls a row linked only where name and birth date fit nobody else', () => {
    const count = new Map<string, number>();
    const key = (row: readonly string[]): string => `${row[2]} ${row[3]} ${row[4]}`;
    const people = rows(made.population).slice(1);
    for (const row of people) count.set(key(row), (count.get(key(row)) ?? 0) + 1);
    const byId = new Map(people.map((row) => [row[0], row]));
    const linked = SECTORS.flatMap(truth).filter((row) => row[3] === 'linked');
    expect(linked.length).toBeGreaterThan(30);
    for (const row of linked) expect(count.get(key(byId.get(row[2]) as string[]))).toBe(1);
    const ambiguous = SECTORS.flatMap(truth).filter((row) => row[3] === 'ambiguous');
    for (const row of ambiguous) expect(count.get(key(byId.get(row[2]) as string[]))).toBe(2);
  });

  it('counts about the programme’s own share as a mismatch as submitted', async () => {
    const out = join(folder, 'large');
    const { extracts } = await generate({
      seed: 4,
      people: 20_000,
      sector: 'telecom-subscribers',
      out,
      scale: 'stream',
    });
    const outcomes = rows((extracts[0] as { truth: string }).truth).slice(1);
    rmSync(out, { recursive: true });
    expect(outcomes).toHaveLength(17_600);
    const mismatches = outcomes.filter((row) => row[3] !== 'match' && row[3] !== 'rejected').length;
    expect(mismatches / outcomes.length).toBeGreaterThan(0.16);
    expect(mismatches / outcomes.length).toBeLessThan(0.2);
  });
});

describe('people', () => {
  const plan = population(7, 40_000);
  const people: Person[] = Array.from({ length: plan.chunks }, (_, chunk) =>
    peopleOfChunk(plan, chunk),
  ).flat();
  const share = (fits: (person: Person) => boolean): number => people.filter(fits).length / people.length;

  it('come in the number asked for, the same from any chunk at any time', () => {
    expect(people).toHaveLength(40_000);
    const again = peopleOfChunk(plan, 3);
    expect(again.map((person) => person.id)).toEqual(
      people.slice(3 * CHUNK, 4 * CHUNK).map((person) => person.id),
    );
  });

  it('have numbers nobody else has, inside and outside the reference', () => {
    const outside = peopleOfChunk(plan, plan.chunks);
    const ids = [...people, ...outside].flatMap(({ id, formerId }) =>
      formerId === null ? [id] : [id, formerId],
    );
    expect(new Set(ids).size).toBe(ids.length);
    const old = people.flatMap((person) => person.oldIds);
    const seen = new Set<string>();
    const shared = old.filter((number) => seen.size === seen.add(number).size);
    expect(shared.length).toBeGreaterThan(3);
    for (const number of shared) expect(number).toMatch(/^271(4[5-9]|50)/);
  });

  it('have the digits of their place, sex and year, but for a few', () => {
    const places = new Set(loadPlaces().provinces.map((province) => province.idPlace));
    const digits = ({ sex, year }: Person): string => {
      const century = Math.floor((year - 1900) / 100) * 2 + (sex === 'F' ? 1 : 0);
      return `${century}${String(year % 100).padStart(2, '0')}`;
    };
    const odd = people.filter(
      ({ id, birthPlace }) =>
        !/^\d{12}$/.test(id) || !places.has(id.slice(0, 3)) || id.slice(0, 3) !== birthPlace.idPlace,
    );
    expect(odd).toEqual([]);
    const wrong = share((person) => person.id.slice(3, 6) !== digits(person));
    expect(wrong).toBeGreaterThan(0.002);
    expect(wrong).toBeLessThan(0.012);
  });

  it.each([
    ['Nguyễn', 0.31, 0.03, (person: Person) => person.name.family === 'Nguyễn'],
    ['Trần', 0.1, 0.02, (person: Person) => person.name.family === 'Trần'],
    ['three words', 0.79, 0.06, (person: Person) => person.name.full.split(' ').length === 3],
    ['men', 0.49, 0.03, (person: Person) => person.sex === 'M'],
    ['dead', 0.03, 0.02, (person: Person) => person.status === 'dead'],
    ['born since 2004', 0.24, 0.08, (person: Person) => person.year >= 2004],
    [
      'Ho Chi Minh City before the merger',
      0.093,
      0.02,
      (person: Person) => person.home.province.code === '79',
    ],
  ])('%s: about %f', (_, expected, tolerance, fits) => {
    expect(Math.abs(share(fits) - expected)).toBeLessThan(tolerance);
  });

  it('have many different names', () => {
    expect(new Set(people.map((person) => person.name.full)).size).toBeGreaterThan(20_000);
  });

  it('live in households that share address and, with the father, family name', () => {
    const children = people.filter((person) => person.father !== '' && person.name.group === 'kinh');
    expect(children.length).toBeGreaterThan(5000);
    expect(children.filter((child) => !child.father.startsWith(`${child.name.family} `))).toEqual([]);
    const twins = people.filter(
      (person, i) =>
        person.father !== '' && people[i + 1]?.father === person.father && people[i + 1]?.day === person.day,
    );
    expect(twins.length).toBeGreaterThan(20);
    const strangers = people.filter((person) => person.alike !== null);
    expect(strangers.length).toBeGreaterThan(50);
    for (const { alike, name, year, household } of strangers) {
      expect(alike?.name.full).toBe(name.full);
      expect(alike?.year).toBe(year);
      expect(alike?.household).not.toBe(household);
    }
  });

  it('hold only values that the normalizers find nothing wrong with', () => {
    const wrong = new Set<string>();
    const check = (kind: string, raw: string): void => {
      const normalizer = normalizers[kind];
      const { value, problems } = normalizer?.normalize(raw) ?? { value: null, problems: [] };
      const grave = problems.filter((problem) => normalizer?.problems[problem]?.weight !== 'none');
      if (value === null || grave.length > 0) wrong.add(`${kind}: ${raw} → ${value} ${grave.join(' ')}`);
    };
    for (const person of people.slice(0, 12_000)) {
      check('person-name', person.name.full.toUpperCase());
      check('citizen-id', person.id);
      check('address', person.address);
      check('commune', person.home.code);
      check('province', person.home.province.newName);
      for (const number of person.oldIds) check('old-id', number);
    }
    expect([...wrong]).toEqual([]);
  });
});

describe('legacy text', () => {
  it.each([
    ['Nguyễn Văn Hùng', 'NguyÔn V¨n Hïng', 'Nguyeãn Vaên Huøng', 'Nguyeenx Vawn Hungf'],
    ['Đặng Thị Đào', '§Æng ThÞ §µo', 'Ñaëng Thò Ñaøo', 'DDawngj Thij DDaof'],
    ['Trương Mỹ Hưởng', 'Tr\u00ad¬ng Mü H\u00adëng', 'Tröông Myõ Höôûng', 'Truwowng Myx Huwowngr'],
  ])('%s', (text, tcvn3, vni, telex) => {
    expect(asTcvn3(text)).toBe(tcvn3);
    expect(asVni(text)).toBe(vni);
    expect(asTelex(text).toLowerCase()).toBe(telex.toLowerCase());
    expect(new TextDecoder().decode(cp1252(asMojibake(text)))).toBe(text);
  });

  it('moves a tone', () => {
    expect(withTone('Hùng', '\u0301')).toBe('Húng');
    expect(withTone('Nguyễn', '\u0323')).toBe('Nguyện');
  });
});

/** Bytes of a text that was read as Windows-1252. */
function cp1252(text: string): Uint8Array {
  const decoder = new TextDecoder('windows-1252');
  const bytes = new Map(Array.from({ length: 256 }, (_, i) => [decoder.decode(Uint8Array.of(i)), i]));
  return Uint8Array.from(text, (c) => bytes.get(c) as number);
}

describe('parts', () => {
  it('random numbers do not depend on the machine', () => {
    const random = randomOf(1, 7);
    expect(Array.from({ length: 5 }, () => random.below(1000))).toMatchInlineSnapshot(`
      [
        492,
        501,
        743,
        391,
        460,
      ]
    `);
  });

  it('weights decide how often a value is drawn', () => {
    const random = randomOf(3, 0);
    const table = weighted(['a', 'b', 'c'], [70, 25, 5]);
    const drawn = Array.from({ length: 20_000 }, () => draw(table, random));
    expect(drawn.filter((value) => value === 'a').length / 20_000).toBeCloseTo(0.7, 1);
    expect(drawn.filter((value) => value === 'c').length / 20_000).toBeCloseTo(0.05, 2);
  });

  it.each([
    [['a', 'b'], ',', 'a,b'],
    [['a,b', 'c"d', ''], ',', '"a,b","c""d",'],
    [['a,b', 'c;d'], ';', 'a,b;"c;d"'],
  ])('%j as a line', (cells, delimiter, line) => {
    expect(csvLine(cells, delimiter)).toBe(line);
  });

  it('docs/generator.md shows the error model as it is', () => {
    expect(readFileSync(join(ROOT, 'docs', 'generator.md'), 'utf8')).toContain(errorModelTable());
  });

  it.each([...SECTORS])('sectors/%s.yaml is a sector, with the fields and columns of its job', (sector) => {
    const definition = sectorSchema.parse(
      parse(readFileSync(join(ROOT, 'sectors', `${sector}.yaml`), 'utf8')),
    );
    expect(definition.name).toBe(sector);
    for (const [name, field] of Object.entries(definition.fields)) {
      expect(new Set(field.headers).size, name).toBeGreaterThanOrEqual(15);
      expect(Object.keys(normalizers), name).toContain(field.kind);
    }
    const job = parse(readFileSync(join(folder, sector, 'job.yaml'), 'utf8'));
    expect(Object.keys(job.input.columns).sort()).toEqual(Object.keys(definition.fields).sort());
  });
});
