/**
 * A reference and an extract of subscribers of national size, written by the engine and streamed: a hundred million people need
 * no more memory than one. Same files and columns as `generate` makes; no truth file, but one promise:
 * exactly `wrongRows(rows)` rows do not match as submitted (15,962,382 of 88,100,000), because exactly so many are given
 * a kind of `national-dirt.ts`. Rows are the same on every machine; the engine leaves their order open.
 */
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, openDatabase } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import { jobText } from './job-text.js';
import { cellSql, HARMLESS, HARMLESS_SHARES, kindSql, WRONG, WRONG_SHARES } from './national-dirt.js';
import { makeLunarDates } from './national-lunar.js';
import {
  drawn,
  freeId,
  hasFormerId,
  makePlaces,
  type NationalSize,
  nationalSize,
  oldNumberSql,
  personSql,
  spelt,
} from './national-person.js';
import { makeWordTables, SPELLING_COLUMNS } from './national-words.js';
import { telecomSubscribers } from './telecom-subscribers.js';
import { writeText } from './write.js';

/** What the project is named for: so many of so many subscriber records did not match as submitted. */
const REPORTED = { rows: 88_100_000, wrong: 15_962_382 } as const;

export interface NationalOptions {
  readonly people: number;
  readonly rows: number;
  readonly out: string;
  readonly tempDir: string;
  readonly memory?: string;
}

export interface NationalFiles {
  readonly population: string;
  readonly idChanges: string;
  readonly extract: string;
  readonly job: string;
}

/** Rows that do not match as submitted: the reported share, and the reported number at the reported size. */
export function wrongRows(rows: number): number {
  return Math.round((rows * REPORTED.wrong) / REPORTED.rows);
}

export function nationalFiles(out: string): NationalFiles {
  const folder = join(out, telecomSubscribers.sector);
  return {
    population: join(out, 'reference', 'population.csv'),
    idChanges: join(out, 'reference', 'id-changes.csv'),
    extract: join(folder, 'extract.csv'),
    job: join(folder, 'job.yaml'),
  };
}

export async function generateNational(options: NationalOptions): Promise<NationalFiles> {
  const files = nationalFiles(options.out);
  for (const folder of ['reference', telecomSubscribers.sector])
    mkdirSync(join(options.out, folder), { recursive: true });
  const size = nationalSize(options.people);
  await withTables(options, async (db) => {
    await write(db, files.population, populationSql(size));
    await write(db, files.idChanges, changesSql(size));
    await writeExtract(db, files.extract, { ...options, size, night: 1 });
  });
  await writeText(files.job, jobText(telecomSubscribers));
  return files;
}

/** The same extract a night later: in one row of a hundred the day of activation is another, and the name has a word more. */
export async function generateNextNight(options: NationalOptions, path: string): Promise<void> {
  const size = nationalSize(options.people);
  await withTables(options, (db) => writeExtract(db, path, { ...options, size, night: 2 }));
}

/** How many different full names so many people have. */
export async function distinctNames(options: Omit<NationalOptions, 'rows' | 'out'>): Promise<number> {
  const named = personSql(`range(${options.people}) t(i)`, nationalSize(options.people), SPELLING_COLUMNS);
  let names = 0;
  await withTables({ ...options, rows: 0, out: '' }, async (db) => {
    names = await db.value<number>(`SELECT count(DISTINCT ${spelt('word')}) FROM (${named})`);
  });
  return names;
}

async function withTables(options: NationalOptions, work: (db: Database) => Promise<void>): Promise<void> {
  const { tempDir, memory } = options;
  const db = await openDatabase({ tempDir, ...(memory === undefined ? {} : { memory }) });
  try {
    await db.run('SET preserve_insertion_order = false');
    await makeWordTables(db);
    await makePlaces(db);
    await makeLunarDates(db);
    await work(db);
  } finally {
    await db.close();
  }
}

/** Lines that are put together in SQL, so that broken ones can be among them. */
async function write(db: Database, path: string, lines: string): Promise<void> {
  const beside = `${path}.tmp`;
  await db.run(
    `COPY (${lines}) TO ${literal(beside)} (FORMAT csv, HEADER true, QUOTE '', ESCAPE '', DELIMITER '\x1f')`,
  );
  renameSync(beside, path);
}

/** A header that stands as it is in the file: the lines are one column. */
function named(columns: readonly string[]): string {
  return `"${columns.join(',')}"`;
}

const POPULATION = 'id,old_ids,name,born,sex,province,commune,address,nationality,status,status_date';

function populationSql(size: NationalSize): string {
  const dead = `${drawn('i', 9, 1000)} < if(year < 1950, 60, 4)`;
  const left = `${drawn('i', 10, 1000)} < 6`;
  const cells = [
    'id',
    oldNumberSql(),
    spelt('word'),
    "strftime(born, '%d/%m/%Y')",
    "if(female = 1, 'Nữ', 'Nam')",
    'province_code',
    'commune_code',
    addressSql(),
    "'Việt Nam'",
    `CASE WHEN ${dead} THEN 'dead' WHEN ${left} THEN 'left' ELSE 'alive' END`,
    `if(${dead} OR ${left}, '2025-06-15', '')`,
  ];
  const people = personSql(`range(${size.people}) t(i)`, size, SPELLING_COLUMNS);
  return `SELECT concat(${cells.join(", ',', ")}) AS ${named(POPULATION.split(','))} FROM (${people})`;
}

function addressSql(): string {
  return `concat('"Số ', 1 + ${drawn('i', 11, 300)}, ', ', commune, ', ', province_full, '"')`;
}

function changesSql(size: NationalSize): string {
  const people = personSql(`range(${size.people}) t(i)`, size, SPELLING_COLUMNS);
  return `SELECT concat(${freeId('id', 500_000)}, ',', id, ',2024-03-01') AS ${named(['old_id', 'new_id', 'date'])}
    FROM (${people}) WHERE ${hasFormerId()}`;
}

interface ExtractPlan {
  readonly rows: number;
  readonly size: NationalSize;
  readonly night: 1 | 2;
}

/** A prime above any size: rows and people are visited in an order that looks like none. */
const STEP = 982_451_653;
/** Of rows that match as they are, one in so many is there twice, and one in so many is broken. */
const REPEATED = 4_001;
const BROKEN = 10_007;
const CARRIERS = ['Viettel', 'VinaPhone', 'MobiFone', 'Vietnamobile'] as const;
const PREFIXES = [
  ['032', '033', '034', '035', '036', '037', '038', '039', '086', '096', '097', '098'],
  ['081', '082', '083', '085', '088', '091', '094'],
  ['070', '076', '077', '078', '079', '090', '093'],
  ['056', '058', '092'],
] as const;

async function writeExtract(db: Database, path: string, plan: ExtractPlan): Promise<void> {
  const prefixes = PREFIXES.flatMap((list, i) => list.map((prefix) => `'${prefix}', '${CARRIERS[i]}'`));
  await db.run(`CREATE OR REPLACE TEMP TABLE prefixes AS SELECT * FROM
    (VALUES ${prefixes.map((pair, i) => `(${i}, ${pair})`).join(', ')}) t(number, prefix, carrier)`);
  await write(db, path, extractSql(plan, prefixes.length));
}

function extractSql(plan: ExtractPlan, prefixes: number): string {
  const cleanRows = `SELECT *, prefix || (1000000 + s // ${prefixes})::VARCHAR AS phone, ${spelt('word')} AS clean_name,
      strftime(born, '%d/%m/%Y') AS clean_born, if(female = 1, 'Nữ', 'Nam') AS clean_sex, id AS clean_id
    FROM (${personSql(`(${subscribers(plan)})`, plan.size, SPELLING_COLUMNS)}) p JOIN prefixes x ON p.s % ${prefixes} = x.number
    LEFT JOIN lunar_dates l ON if(p.wrong, p.born, NULL) = l.solar`;
  const cells = `SELECT *, ${cellSql('id', 'clean_id')} AS c_id, ${cellSql('name', 'clean_name')} AS c_name,
      ${cellSql('born', 'clean_born')} AS c_born, ${cellSql('sex', 'clean_sex')} AS c_sex, ${cellSql('phone', 'phone')} AS c_phone
    FROM (${cleanRows})`;
  // What could not happen to somebody must not leave the row as it was.
  const unchanged = `wrong AND NOT stranger AND c_id = clean_id AND upper(c_name) = clean_name AND c_born = clean_born AND c_sex = clean_sex`;
  const own = `if(${unchanged}, f_word || ' BẢO' || substr(clean_name, length(f_word) + 1), c_name)`;
  const name = plan.night === 1 ? own : `if(${changed(plan)}, ${own} || ' BẢO', ${own})`;
  const activated = `strftime(DATE '2009-01-01' + if(${changed(plan)}, ${drawn('s', 21, 6200)}, ${drawn('s', 20, 6200)}), '%d/%m/%Y')`;
  const head = ['c_phone', "'CCCD'", 'c_id', name].join(", ',', ");
  const tail = ['c_born', 'c_sex', addressSql(), 'province', 'carrier', activated].join(", ',', ");
  const line = `CASE WHEN broken AND s % 2 = 0 THEN concat(c_phone, ',CCCD,', c_id)
    WHEN broken THEN concat(${head}, ',', ${tail}, ',', c_born, ',', c_name) ELSE concat(${head}, ',', ${tail}) END`;
  return `SELECT ${line} AS ${named(telecomSubscribers.header)} FROM (${cells})`;
}

/** The rows that say something else in the second night. */
function changed({ night }: ExtractPlan): string {
  return night === 1 ? 'false' : 's % 100 = 50';
}

/** Row `r` says what row `s` would: itself, or the one before it where the row is a repetition. `i` is its person. */
function subscribers({ rows, size }: ExtractPlan): string {
  const wrong = wrongRows(rows);
  const rank = (row: string) => `((${row} * ${STEP} + 7) % ${rows})`;
  const matching = (row: string) => `${rank(row)} >= ${wrong}`;
  const broken = (row: string) => `(hash(${row}) % ${BROKEN} = 1 AND ${matching(row)})`;
  const repeated = `(hash(r) % ${REPEATED} = 2 AND ${matching('r')} AND ${matching('(r - 1)')} AND NOT ${broken('r')} AND NOT ${broken('(r - 1)')})`;
  return `SELECT *, coalesce(wrong AND kind = ${WRONG.findIndex(({ stranger }) => stranger)}, false) AS stranger,
      if(stranger, ${size.people} + rank, ((s - (s + 1) // 4) * ${STEP}) % ${size.adults}) AS i
    FROM (SELECT s, rank, ${broken('s')} AS broken, rank < ${wrong} AS wrong,
        if(rank < ${wrong}, ${kindSql(WRONG, `rank % ${WRONG_SHARES}`)}, ${kindSql(HARMLESS, `rank % ${HARMLESS_SHARES}`)}) AS kind
      FROM (SELECT if(${repeated}, r - 1, r) AS s, ${rank('s')} AS rank FROM range(${rows}) t(r)))`;
}
