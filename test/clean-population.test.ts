import { describe, expect, it } from 'vitest';
import { civilRegistry } from '../generator/civil-registry.js';
import { cleanDraft, type Extract } from '../generator/draft.js';
import { peopleOfChunk, population } from '../generator/people.js';
import { bornText, type Person } from '../generator/person.js';
import { type Random, randomOf } from '../generator/random.js';
import { extractOf } from '../generator/sector-table.js';
import { TABLES } from '../generator/sectors/index.js';
import { telecomSubscribers } from '../generator/telecom-subscribers.js';
import { workers } from '../generator/workers.js';
import { normalizers } from '../normalizers/index.js';
import type { Hints, Normalizer } from '../normalizers/normalizer.js';
import { loadSector } from '../sectors/load.js';

/** No valid value is called wrong: everything about 100,000 people in whom nothing is wrong passes its normalizer. */

const PEOPLE = 100_000;
const plan = population(7, PEOPLE);

/** What was said of the values of one column; the first ten values that were found fault with. */
interface Column {
  readonly normalizer: Normalizer;
  readonly hints: Hints;
  readonly seen: Set<string>;
  readonly faults: string[];
  values: number;
}

function column(kind: string, settings: Hints['settings'] = {}): Column {
  const normalizer = normalizers[kind];
  if (normalizer === undefined) throw new Error(`no kind ${kind}`);
  return { normalizer, hints: { today: '2026-11-21', settings }, seen: new Set(), faults: [], values: 0 };
}

/** Checks a value that has not come before. Columns of few different values are quick, all others are nearly all new. */
function check(to: Column, raw: string): void {
  to.values += 1;
  if (raw === '' || to.seen.has(raw)) return;
  to.seen.add(raw);
  const { value, problems } = to.normalizer.normalize(raw, to.hints);
  if (value !== null && problems.length === 0) return;
  if (to.faults.length < 10) to.faults.push(`${raw} → ${value} ${problems.join(' ')}`);
}

function people(then: (person: Person) => void): void {
  for (let chunk = 0; chunk < plan.chunks; chunk++) peopleOfChunk(plan, chunk).forEach(then);
}

describe('a clean population of 100,000', () => {
  it('passes as the reference writes it', () => {
    const columns: Record<string, [Column, (person: Person) => readonly string[]]> = {
      id: [column('citizen-id'), ({ id, formerId }) => [id, formerId ?? '']],
      old_ids: [column('old-id'), ({ oldIds }) => oldIds],
      any_number: [column('citizen-id'), ({ oldIds }) => oldIds],
      name: [column('person-name'), ({ name }) => [name.full.toUpperCase()]],
      born: [column('birth-date'), (person) => [bornText(person)]],
      sex: [column('sex'), ({ sex }) => [sex === 'M' ? 'Nam' : 'Nữ']],
      province: [column('province'), ({ home }) => [home.province.newCode]],
      commune: [column('commune'), ({ home }) => [home.code]],
      address: [column('address'), ({ address }) => [address]],
      nationality: [column('nationality'), () => ['Việt Nam']],
      status_date: [column('date-of-issue'), ({ statusDate }) => [statusDate]],
    };
    people((person) => {
      for (const [to, cells] of Object.values(columns)) for (const cell of cells(person)) check(to, cell);
    });
    expect(columns.id?.[0].seen.size).toBeGreaterThanOrEqual(PEOPLE);
    expect(columns.name?.[0].seen.size).toBeGreaterThan(PEOPLE / 2);
    for (const [name, [{ faults }]] of Object.entries(columns)) expect(faults, name).toEqual([]);
  });

  it.each([telecomSubscribers, civilRegistry, workers])('passes as $sector writes it', (extract) => {
    const columns = columnsOf(extract);
    const random = randomOf(7, 1);
    let rows = 0;
    people((person) => {
      if (!extract.eligible(person)) return;
      const cells = cleanCells(extract, person, random, rows++);
      for (const { at, to } of columns) check(to, cells[at] ?? '');
    });
    expect(rows).toBeGreaterThan(15_000);
    for (const { name, to } of columns) {
      expect(to.seen.size, `${name} is empty`).toBeGreaterThan(0);
      expect(to.faults, name).toEqual([]);
    }
  });
});

/** Registers typed with an old font are damaged as a whole; what is in them is shown by the tests of encodings. */
const IN_UNICODE = TABLES.filter(({ names }) => names !== 'TCVN3');

describe('the people of every described sector', () => {
  it.each(IN_UNICODE)('pass as $sector writes them', (table) => {
    const extract = extractOf(table);
    const columns = columnsOf(extract);
    const random = randomOf(7, 1);
    let rows = 0;
    for (const person of [0, 1, 2].flatMap((chunk) => [...peopleOfChunk(plan, chunk)])) {
      if (!extract.eligible(person)) continue;
      const cells = cleanCells(extract, person, random, rows++);
      for (const { at, to } of columns) check(to, cells[at] ?? '');
    }
    expect(rows).toBeGreaterThan(0);
    for (const { name, to } of columns) expect(to.faults, name).toEqual([]);
  });
});

interface SectorColumn {
  readonly name: string;
  readonly at: number;
  readonly to: Column;
}

/** The columns that the generated job maps, with the kinds and settings of the sector's own file. */
function columnsOf({ sector, header, job }: Extract): SectorColumn[] {
  const { fields } = loadSector(sector).sector;
  return job.columns.map(([field, columns]) => {
    const name = [columns].flat().join(' ');
    const described = fields[field];
    if (described === undefined) throw new Error(`${sector} has no field ${field}`);
    return { name, at: header.indexOf(name), to: column(described.kind, described.settings) };
  });
}

function cleanCells(extract: Extract, person: Person, random: Random, sequence: number): string[] {
  const draft = cleanDraft(extract, person, true);
  extract.fill(draft, random, sequence);
  return extract.cells(draft);
}
