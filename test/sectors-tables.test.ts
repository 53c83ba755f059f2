import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERRORS, rateOf, VARIATIONS } from '../generator/errors.js';
import { ALL_SECTORS, extractFor, type GeneratedExtract, generate } from '../generator/generate.js';
import { SAMPLE } from '../generator/sample.js';
import { TABLES } from '../generator/sectors/index.js';
import { FIGURES, GROUPS } from '../scripts/sector-groups.js';
import { builtInSectors, loadSector } from '../sectors/load.js';
import { type CsvRow, readRows } from './flow.js';

/** The tables that sectors' samples are made from, beside the sectors' own files; the samples are made once more. */
const folder = mkdtempSync(join(tmpdir(), 'doisoat-tables-'));
let made: ReadonlyMap<string, GeneratedExtract>;

beforeAll(async () => {
  const { extracts } = await generate({ ...SAMPLE, out: folder });
  made = new Map(extracts.map((extract) => [extract.sector, extract]));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const truthOf = (sector: string): Promise<CsvRow[]> => readRows(join(folder, sector, 'truth.csv'));

describe('the built-in sectors', () => {
  it('each have a table or a module, and stand in one group of the docs', () => {
    expect([...ALL_SECTORS].sort()).toEqual(builtInSectors());
    expect(GROUPS.flatMap(({ sectors }) => sectors).sort()).toEqual(builtInSectors());
    expect(Object.keys(FIGURES).filter((name) => !builtInSectors().includes(name))).toEqual([]);
  });
});

describe.each(TABLES.map(({ sector }) => sector))('%s', (name) => {
  const { sector } = loadSector(name);
  const extract = extractFor(name);

  it('maps columns of its own to all that the sector compares or requires', () => {
    const mapped = new Set(extract.job.columns.map(([field]) => field));
    const needed = Object.entries(sector.fields).filter(([, { compare, required }]) => compare || required);
    expect(needed.map(([field]) => field).filter((field) => !mapped.has(field))).toEqual([]);
    const columns = extract.job.columns.flatMap(([, column]) => column);
    expect(columns.filter((column) => !extract.header.includes(column))).toEqual([]);
    const errors = Object.keys(extract.dirt.rates ?? {});
    const known = [...ERRORS, ...VARIATIONS].map((error) => error.name);
    expect(errors.filter((error) => !known.includes(error))).toEqual([]);
  });

  it('is dirty in its own ways, and says so in its truth', async () => {
    const { rows, errors } = made.get(name)!;
    expect(rows).toBeGreaterThanOrEqual(300);
    const expected = ERRORS.filter((error) => rateOf(error, extract) > 0);
    const occurring = expected.filter((error) => (errors[error.name] ?? 0) > 0);
    expect(occurring.length / expected.length).toBeGreaterThan(0.8);
    const truth = await truthOf(name);
    expect(truth).toHaveLength(rows);
    const says = (part: 'id' | 'sex' | 'born'): boolean =>
      extract.says?.has(part) === true || (part === 'sex' && extract.says?.has('cross for women') === true);
    const silent = (['id', 'sex', 'born'] as const).filter((part) => !says(part));
    const said = truth.flatMap(({ reasons = '' }) => reasons.split(';'));
    expect(said.filter((code) => silent.some((part) => code.startsWith(`${part}.`)))).toEqual([]);
  });
});

describe('sectors that set people apart, or hold several in a record', () => {
  it.each([
    ['foreign-workers', 'record.foreigner'],
    ['bank-customers', 'record.foreigner'],
    ['bank-customers', 'record.organisation'],
    ['ecommerce-sellers', 'record.organisation'],
    ['land-parcels', 'record.organisation'],
  ])('%s: %s', async (name, code) => {
    const rows = (await truthOf(name)).filter(({ reasons = '' }) => reasons.split(';').includes(code));
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map(({ outcome }) => outcome))).toEqual(new Set(['apart']));
  });

  it.each([
    ['marriages', 'relation.same_person'],
    ['births', 'relation.age_gap'],
    ['beneficiary-accounts', 'relation.different_people'],
  ])('%s: %s makes a mismatch at least', async (name, code) => {
    const rows = (await truthOf(name)).filter(({ reasons = '' }) => reasons.split(';').includes(code));
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ outcome }) => outcome === 'match' || outcome === 'match_after_cleaning')).toEqual(
      [],
    );
  });

  it('name the person in every role, and leave no reason without its role', async () => {
    const births = await truthOf('births');
    const people = births.filter((row) => row.mother_reference_id !== '');
    expect(people.length).toBeGreaterThan(250);
    const codes = births.flatMap(({ reasons = '' }) => reasons.split(';')).filter((code) => code !== '');
    const known = /^(?:(?:child|mother|father):|relation\.|record\.duplicate$)/;
    expect(codes.filter((code) => !known.test(code))).toEqual([]);
  });

  it('paper licences bear name and year only', async () => {
    const rows = await readRows(join(folder, 'driving-licences', 'extract.csv'));
    const paper = rows.filter((row) => row.vat_lieu === 'GIẤY BÌA');
    expect(paper.length).toBeGreaterThan(50);
    expect(paper.filter((row) => row.so_cccd !== '' || !/^(?:\d{4})?$/.test(row.ngay_sinh ?? ''))).toEqual(
      [],
    );
  });
});
