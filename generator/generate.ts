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
import { type Extract, SECTORS, type SectorName } from './draft.js';
import { extractMaker } from './extract.js';
import { jobText } from './job-text.js';
import { type Population, peopleOfChunk, population } from './people.js';
import { bornText, type Person } from './person.js';
import { randomOf, shuffle } from './random.js';
import { telecomSubscribers } from './telecom-subscribers.js';
import { workers } from './workers.js';
import { csvLine, openText, writeText } from './write.js';

export { SECTORS, type SectorName } from './draft.js';

export interface GenerateOptions {
  readonly seed: number;
  /** People in the reference. */
  readonly people: number;
  readonly sector: SectorName | 'all';
  /** Rows of each extract; unless given, what suits the sector. Fewer where too few people belong in it. */
  readonly rows?: number;
  /** Share of rows that get an error. */
  readonly dirt?: number;
  /** Folder to write to. */
  readonly out: string;
  /** `rows`: a small sample in which every kind of error occurs; `stream`: errors by their rates alone. */
  readonly scale?: 'rows' | 'stream';
}

export interface GeneratedExtract {
  readonly sector: SectorName;
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

const EXTRACTS: Readonly<Record<SectorName, { extract: Extract; rowsPerPerson: number }>> = {
  'telecom-subscribers': { extract: telecomSubscribers, rowsPerPerson: 0.88 },
  'civil-registry': { extract: civilRegistry, rowsPerPerson: 0.15 },
  workers: { extract: workers, rowsPerPerson: 0.3 },
};

/** A fifth of the rows: about 18 of 100 then count as a mismatch as submitted, the programme's own figure. */
const USUAL_DIRT = 0.2;
const POOL = 4;
const SMALL = 50_000;

export async function generate(options: GenerateOptions): Promise<GeneratedFiles> {
  const plan = population(options.seed, options.people);
  const reference = await writeReference(plan, join(options.out, 'reference'));
  const sectors = options.sector === 'all' ? SECTORS : [options.sector];
  const extracts: GeneratedExtract[] = [];
  for (const sector of sectors) extracts.push(await writeExtract(plan, options, sector));
  return { ...reference, people: options.people, extracts };
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
  sector: SectorName,
): Promise<GeneratedExtract> {
  const { extract, rowsPerPerson } = EXTRACTS[sector];
  const wanted = options.rows ?? Math.round(options.people * rowsPerPerson);
  const folder = join(options.out, sector);
  const { delimiter, newline, bom } = extract.style;
  const random = randomOf(options.seed, 1_000_000_007 + SECTORS.indexOf(sector));
  const everyError = (options.scale ?? (wanted <= SMALL ? 'rows' : 'stream')) === 'rows';
  const maker = extractMaker({ extract, random, dirt: options.dirt ?? USUAL_DIRT, everyError });
  const file = await openText(join(folder, 'extract.csv'));
  const truth = await openText(join(folder, 'truth.csv'));
  file.add(`${bom ? '\uFEFF' : ''}${csvLine(extract.header, delimiter)}${newline}`);
  truth.add('record,record_key,reference_id,outcome,reasons\n');
  const chunks = shuffle([...Array(plan.chunks).keys()], random);
  let written = 0;
  for (let from = 0; from < chunks.length; from += POOL) {
    const pool = chunks.slice(from, from + POOL).flatMap((chunk) => peopleOfChunk(plan, chunk));
    const strangers = peopleOfChunk(plan, plan.chunks + ((from / POOL) % plan.strangers));
    const due = Math.round((wanted * Math.min(from + POOL, chunks.length)) / chunks.length);
    for (const row of maker.rows(pool, strangers, due - written)) {
      written += 1;
      file.add(row.line + newline);
      const { key, referenceId, outcome, reasons } = row.truth;
      truth.add(`${written},${key},${referenceId},${outcome},${reasons}\n`);
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
