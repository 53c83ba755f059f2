/**
 * Synthetic reference, extracts and truth in a folder:
 *
 *   reference/population.csv, reference/id-changes.csv
 *   SECTOR/extract.csv, SECTOR/truth.csv, SECTOR/job.yaml
 *
 * The same options give the same bytes on every machine. Memory does not grow with the number of people.
 */
import { join } from 'node:path';
import { civilRegistry } from './civil-registry.js';
import { type Extract, SECTORS } from './draft.js';
import { extractMaker } from './extract.js';
import { jobText } from './job-text.js';
import { type Population, peopleOfChunk, population } from './people.js';
import { bornText, type Person } from './person.js';
import { randomOf, shuffle } from './random.js';
import { extractOf } from './sector-table.js';
import { TABLES } from './sectors/index.js';
import { telecomSubscribers } from './telecom-subscribers.js';
import { truthHeader } from './truth.js';
import { workers } from './workers.js';
import { csvLine, openText, writeText } from './write.js';

export { SECTORS, type SectorName } from './draft.js';

export interface GenerateOptions {
  readonly seed: number;
  /** People in the reference. */
  readonly people: number;
  /** One sector, several, or every one that there is a generator for. */
  readonly sector: string | readonly string[];
  /** Rows of each extract; unless given, what suits the sector. Fewer where too few people belong in it. */
  readonly rows?: number | ((sector: string) => number);
  /** Share of rows that get an error. */
  readonly dirt?: number;
  /** Folder to write to. */
  readonly out: string;
  /** `rows`: a small sample in which every kind of error occurs; `stream`: errors by their rates alone. */
  readonly scale?: 'rows' | 'stream';
}

export interface GeneratedExtract {
  readonly sector: string;
  readonly extract: string;
  readonly truth: string;
  readonly job: string;
  readonly rows: number;
  /** How often each error and variation of the model was made. */
  readonly errors: Readonly<Record<string, number>>;
}

export interface GeneratedFiles {
  readonly population: string;
  readonly idChanges: string;
  readonly people: number;
  readonly extracts: readonly GeneratedExtract[];
}

/** Rows of the three sectors for a person of the population; the others are smaller. */
const ROWS_PER_PERSON: Readonly<Record<string, number>> = {
  'telecom-subscribers': 0.88,
  'civil-registry': 0.15,
  workers: 0.3,
};
const FEW_ROWS = 0.1;
const MODULES: readonly Extract[] = [telecomSubscribers, civilRegistry, workers];

/** Every sector that there is a generator for; the three that the error model is rated for come first. */
export const ALL_SECTORS: readonly string[] = [...SECTORS, ...TABLES.map(({ sector }) => sector)];

/** What a sector's extract is like. A name that is not in `ALL_SECTORS` is a mistake of the program. */
export function extractFor(sector: string): Extract {
  const table = TABLES.find((one) => one.sector === sector);
  const extract = table === undefined ? MODULES.find((one) => one.sector === sector) : extractOf(table);
  if (extract === undefined) throw new Error(`no generator for the sector ${sector}`);
  return extract;
}

/** A fifth of the rows: about 18 of 100 then count as a mismatch as submitted, the programme's own figure. */
const USUAL_DIRT = 0.2;
const POOL = 4;
const SMALL = 50_000;

export async function generate(options: GenerateOptions): Promise<GeneratedFiles> {
  const plan = population(options.seed, options.people);
  const reference = await writeReference(plan, join(options.out, 'reference'));
  const extracts: GeneratedExtract[] = [];
  for (const sector of sectorsOf(options)) extracts.push(await writeExtract(plan, options, sector));
  return { ...reference, people: options.people, extracts };
}

function rowsOf({ rows, people }: GenerateOptions, sector: string): number {
  if (typeof rows === 'function') return rows(sector);
  return rows ?? Math.round(people * (ROWS_PER_PERSON[sector] ?? FEW_ROWS));
}

/** A stream of random numbers for each sector, whatever other sectors there are. */
function streamOf(sector: string): number {
  const names: readonly string[] = SECTORS;
  const first = names.indexOf(sector);
  if (first >= 0) return 1_000_000_007 + first;
  return [...sector].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) >>> 0, 7);
}

function sectorsOf({ sector }: GenerateOptions): readonly string[] {
  if (sector === 'all') return ALL_SECTORS;
  return typeof sector === 'string' ? [sector] : sector;
}

const POPULATION_HEADER =
  'id,old_ids,name,born,sex,province,commune,address,nationality,status,status_date\n';

async function writeReference(
  plan: Population,
  folder: string,
): Promise<{ population: string; idChanges: string }> {
  const file = await openText(join(folder, 'population.csv'));
  const changes = await openText(join(folder, 'id-changes.csv'));
  file.add(POPULATION_HEADER);
  changes.add('old_id,new_id,date\n');
  for (let chunk = 0; chunk < plan.chunks; chunk++) {
    for (const person of peopleOfChunk(plan, chunk)) {
      file.add(populationLine(person));
      if (person.formerId !== null) changes.add(`${person.formerId},${person.id},${person.reissued}\n`);
      if (file.full) await file.flush();
      if (changes.full) await changes.flush();
    }
  }
  await file.close();
  await changes.close();
  return { population: file.path, idChanges: changes.path };
}

/** The address always holds commas; nothing else does. */
function populationLine(person: Person): string {
  const { province, code } = person.home;
  const start = `${person.id},${person.oldIds.join(';')},${person.name.full.toUpperCase()},${bornText(person)}`;
  const place = `${person.sex === 'M' ? 'Nam' : 'Nữ'},${province.newCode},${code},"${person.address}"`;
  return `${start},${place},Việt Nam,${person.status},${person.statusDate}\n`;
}

async function writeExtract(
  plan: Population,
  options: GenerateOptions,
  sector: string,
): Promise<GeneratedExtract> {
  const extract = extractFor(sector);
  const wanted = rowsOf(options, sector);
  const folder = join(options.out, sector);
  const { delimiter, newline, bom } = extract.style;
  const random = randomOf(options.seed, streamOf(sector));
  const everyError = (options.scale ?? (wanted <= SMALL ? 'rows' : 'stream')) === 'rows';
  const maker = extractMaker({ extract, random, dirt: options.dirt ?? USUAL_DIRT, everyError });
  const file = await openText(join(folder, 'extract.csv'));
  const truth = await openText(join(folder, 'truth.csv'));
  file.add(`${bom ? '\uFEFF' : ''}${csvLine(extract.header, delimiter)}${newline}`);
  truth.add(`${truthHeader(extract).join(',')}\n`);
  const chunks = shuffle([...Array(plan.chunks).keys()], random);
  let written = 0;
  for (let from = 0; from < chunks.length; from += POOL) {
    const pool = chunks.slice(from, from + POOL).flatMap((chunk) => peopleOfChunk(plan, chunk));
    const strangers = peopleOfChunk(plan, plan.chunks + ((from / POOL) % plan.strangers));
    const due = Math.round((wanted * Math.min(from + POOL, chunks.length)) / chunks.length);
    for (const row of maker.rows(pool, strangers, due - written)) {
      written += 1;
      file.add(row.line + newline);
      const { key, referenceIds, outcome, reasons } = row.truth;
      const [main, ...others] = referenceIds;
      truth.add(`${[written, key, main, outcome, reasons, ...others].join(',')}\n`);
      if (file.full) await file.flush();
      if (truth.full) await truth.flush();
    }
  }
  await file.close();
  await truth.close();
  const job = join(folder, 'job.yaml');
  await writeText(job, jobText(extract));
  return {
    sector,
    extract: file.path,
    truth: truth.path,
    job,
    rows: written,
    errors: Object.fromEntries([...maker.applied].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
