import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Database, openDatabase } from '../engine/database.js';
import { identifier, literal } from '../engine/sql.js';
import { closeWorkers } from '../engine/worker-pool.js';
import type { NamePart } from '../matchers/field-levels.js';
import { UserError } from '../messages/user-error.js';
import { dedupe } from '../pipeline/dedupe.js';
import { answersTable, normalizeColumn } from '../pipeline/dictionaries.js';
import { type LinkField, link } from '../pipeline/link.js';
import { loadSector } from '../sectors/load.js';
import type { Sector } from '../sectors/schema.js';
import { type Accuracy, scoreDuplicates, scoreLinks } from './accuracy-figures.js';
import { measureSectors, type SectorAccuracy } from './accuracy-sectors.js';

/**
 * `npm run bench -- accuracy --data FOLDER [--set NAME] [--json]`: links third-party sets with known truth. One generic sector
 * file per set (bench/sets) says which column is which kind; thresholds are the program's own; the truth is opened only when
 * all links are written.
 *
 * `npm run bench -- accuracy --sectors [--people N] [--sector NAME] [--json]`: the project's own generated truth, each of all sectors run as a job.
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      set: { type: 'string', multiple: true },
      sectors: { type: 'boolean', default: false },
      people: { type: 'string', default: '200000' },
      sector: { type: 'string', multiple: true },
      json: { type: 'boolean', default: false },
    },
  });
  if (values.sectors) {
    const results = await measureSectors(Number(values.people), values.sector);
    return showSectors(results, values.json);
  }
  const folder = values.data ?? '';
  if (!existsSync(folder)) throw noData(folder);
  const results: Accuracy[] = [];
  for (const set of setsIn(folder, values.set)) results.push(await measure(join(folder, set), set));
  await closeWorkers();
  if (values.json) process.stdout.write(`${JSON.stringify(results)}\n`);
  else console.table(results.map((result) => ({ ...result })));
}

function showSectors(results: readonly SectorAccuracy[], json: boolean): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(results)}\n`);
    return;
  }
  console.table(
    results.map(({ confusion: _, missed, ...figures }) => ({ ...figures, missed: missed.join(', ') })),
  );
  for (const { sector, confusion } of results) console.table({ [sector]: confusion });
}

function setsFolder(): string {
  const here = fileURLToPath(new URL('.', import.meta.url));
  return here.includes(join('dist', 'bench')) ? join(here, '..', '..', 'bench', 'sets') : join(here, 'sets');
}

/** Sets that have both a sector file here and data there, by name. */
function setsIn(folder: string, only: readonly string[] | undefined): string[] {
  return readdirSync(setsFolder())
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length))
    .filter((name) => existsSync(join(folder, name)) && (only === undefined || only.includes(name)))
    .sort();
}

async function measure(folder: string, set: string): Promise<Accuracy> {
  const { sector } = loadSector(join(setsFolder(), `${set}.yaml`));
  const tempDir = mkdtempSync(join(tmpdir(), 'doisoat-bench-'));
  const db = await openDatabase({ tempDir });
  try {
    const duplicates = existsSync(join(folder, 'records.csv'));
    const start = performance.now();
    const fields = linkFields(sector);
    await readTable(db, sector, {
      file: join(folder, duplicates ? 'records.csv' : 'sector.csv'),
      id: 'record',
      into: 'ours',
    });
    if (duplicates) {
      await dedupe(db, { ours: 'ours', fields, blocking: sector.blocking });
      return await scoreDuplicates(db, { set, folder, seconds: since(start) });
    }
    await readTable(db, sector, { file: join(folder, 'reference.csv'), id: 'person', into: 'reference' });
    const spec = {
      ours: 'ours',
      reference: 'reference',
      fields,
      blocking: sector.blocking,
      oneToOne: sector.one_to_one,
    };
    const { thresholds } = await link(db, spec);
    return await scoreLinks(db, { set, folder, seconds: since(start), thresholds });
  } finally {
    await db.close();
    rmSync(tempDir, { recursive: true, force: true });
  }
}

function since(start: number): number {
  return Math.round((performance.now() - start) / 10) / 100;
}

function linkFields(sector: Sector): LinkField[] {
  return Object.entries(sector.fields).map(([name, field]) => ({
    name,
    kind: field.kind,
    part: field.settings.part as NamePart | undefined,
  }));
}

/** Reads a file and normalises its columns as a run does: `into(id, one column per field)`; `key_<id>` keeps the file's own ids. */
async function readTable(
  db: Database,
  sector: Sector,
  source: { file: string; id: string; into: string },
): Promise<void> {
  await db.run(`CREATE OR REPLACE TEMP TABLE bench_cells AS SELECT row_number() OVER () AS row, *
    FROM read_csv(${literal(source.file)}, header = true, all_varchar = true)`);
  const columns = new Set(
    (await db.rows<{ name: string }>("PRAGMA table_info('bench_cells')")).map((c) => c.name),
  );
  const fields = Object.entries(sector.fields);
  const chosen = fields.map(([name, field]) => {
    const header = field.headers.find((one) => columns.has(one));
    return `${header === undefined ? 'NULL' : `nullif(${identifier(header)}, '')`} AS ${identifier(name)}`;
  });
  await db.run(
    `CREATE OR REPLACE TEMP TABLE bench_raw AS SELECT row, id, ${chosen.join(', ')} FROM bench_cells`,
  );
  const today = '2030-12-31';
  for (const [name, field] of fields) {
    const hints = { today, settings: field.settings };
    await normalizeColumn(db, 'bench_raw', { name, kind: field.kind, role: 'coded', hints });
  }
  const values = fields.map(([name]) => `, ${answersTable(name)}.value AS ${identifier(name)}`).join('');
  const joins = fields
    .map(
      ([name]) =>
        `LEFT JOIN ${answersTable(name)} ON ${answersTable(name)}.raw = bench_raw.${identifier(name)}`,
    )
    .join(' ');
  await db.run(
    `CREATE OR REPLACE TEMP TABLE ${source.into} AS SELECT bench_raw.row AS ${source.id} ${values} FROM bench_raw ${joins}`,
  );
  await db.run(`CREATE OR REPLACE TEMP TABLE key_${source.id} AS SELECT row, id FROM bench_raw`);
}

function noData(folder: string): UserError {
  return new UserError({
    what: {
      vi: 'Không có thư mục các bộ dữ liệu liên kết.',
      en: 'The folder of linkage sets is not there.',
    },
    where: folder,
    mend: {
      vi: 'Hãy ghi --data THƯ-MỤC; mỗi bộ là một thư mục con có sector.csv, reference.csv, truth.csv.',
      en: 'Give --data FOLDER; each set is a subfolder with sector.csv, reference.csv, truth.csv.',
    },
  });
}
