import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Database, openDatabase } from '../engine/database.js';
import { engineMemory } from '../engine/memory.js';
import { identifier, literal } from '../engine/sql.js';
import { writeWhole } from '../engine/whole-file.js';
import { UserError } from '../messages/user-error.js';
import type { Sector } from '../sectors/schema.js';
import { programId } from './build-id.js';
import type { Context } from './context.js';
import { type ColumnFacts, readOnce } from './dictionaries.js';
import { RECORD_KEY } from './fields.js';
import { readFiles, type SourceFile } from './ingest.js';
import type { FileSet } from './job-type.js';
import { prepareLinkKeys } from './link-keys.js';
import {
  REFERENCE_DATABASE,
  REFERENCE_MANIFEST,
  REFERENCE_VERSION,
  type ReferenceManifest,
  readReference,
} from './reference.js';
import { OLD_IDS, type ReferenceField, STATUS } from './reference-fields.js';
import { mappedFields } from './reference-mapping.js';
import { makeIdChanges, makeOldNumbers, makePeople, normalizeReferenceField } from './reference-people.js';

export interface ReferenceSource {
  readonly files: FileSet;
  readonly idChanges: FileSet | null;
  /** Folder to make; must not exist, or be a reference already (it is replaced as a whole). */
  readonly out: string;
  readonly sector?: Sector;
}

export interface BuiltReference {
  readonly folder: string;
  readonly people: number;
  readonly hash: string;
  readonly seconds: number;
}

/**
 * Loads a population extract into a prepared reference: normalised, keyed, frequencies counted. The folder appears whole
 * or not at all. Throws UserError for files that cannot be read and columns that are not there.
 */
export async function buildReference(source: ReferenceSource, context: Context): Promise<BuiltReference> {
  const start = performance.now();
  const building = `${source.out}.building`;
  rmSync(building, { recursive: true, force: true });
  mkdirSync(building, { recursive: true });
  const db = await openDatabase({
    path: join(building, REFERENCE_DATABASE),
    memory: engineMemory(context.memory),
    threads: context.threads,
    tempDir: join(building, 'temp'),
  });
  try {
    const manifest = await fillReference(db, source, context);
    await db.run('CHECKPOINT');
    await db.close();
    writeWhole(join(building, REFERENCE_MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
    rmSync(join(building, 'temp'), { recursive: true, force: true });
    replaceFolder(building, source.out);
    const seconds = (performance.now() - start) / 1000;
    return { folder: source.out, people: manifest.people, hash: manifest.hash, seconds };
  } catch (error) {
    await db.close().catch(() => undefined);
    rmSync(building, { recursive: true, force: true });
    throw error;
  }
}

function replaceFolder(from: string, to: string): void {
  if (existsSync(to) && !existsSync(join(to, REFERENCE_MANIFEST))) {
    throw new UserError({
      what: {
        vi: 'Thư mục đích đã có và không phải là dữ liệu tham chiếu.',
        en: 'The target folder exists and is not a reference.',
      },
      where: to,
      mend: { vi: 'Hãy chọn một thư mục khác cho -o.', en: 'Choose another folder for -o.' },
    });
  }
  mkdirSync(dirname(to), { recursive: true });
  rmSync(to, { recursive: true, force: true });
  renameSync(from, to);
}

async function fillReference(
  db: Database,
  source: ReferenceSource,
  context: Context,
): Promise<ReferenceManifest> {
  const { set, fields } = await mappedFields(db, source);
  const where = (setting: string) => `reference.columns.${setting}`;
  const task = context.progress.start({ vi: 'Nạp dữ liệu tham chiếu', en: 'Loading the reference' });
  const extra = [STATUS, RECORD_KEY].filter((name) => set.columns[name] !== undefined);
  const names = [...fields.map((field) => field.name), ...extra];
  const { files } = await readFiles(db, { set, fields: names, table: 'raw_people', where });
  const found = await Promise.all(fields.map((field) => normalizeReferenceField(db, field)));
  const facts = Object.fromEntries(fields.map((field, i) => [field.name, found[i]!]));
  task.at(0.7);
  await makePeople(db, fields, names);
  await prepareLinkKeys(db, comparedFields(fields, source.sector));
  await makeOldNumbers(db, fields);
  const changes = await makeIdChanges(db, source.idChanges);
  const people = await db.value<number>('SELECT count(*) FROM people');
  task.done(people);
  return describe(db, { files: [...files, ...changes], fields, facts, hasKey: names.includes(RECORD_KEY) });
}

/** By most sectors; others make their keys in the run. */
const USUALLY_COMPARED = new Set(['name', 'born', 'sex', 'province', 'commune']);

/** The fields that probabilistic matching may compare; their keys are made once, here, instead of in every run. */
function comparedFields(fields: readonly ReferenceField[], sector: Sector | undefined): ReferenceField[] {
  const compared = (name: string) =>
    sector === undefined ? USUALLY_COMPARED.has(name) : sector.fields[name]?.compare === true;
  return fields.filter((field) => !field.key && field.name !== OLD_IDS && compared(field.name));
}

async function describe(
  db: Database,
  parts: {
    readonly files: readonly SourceFile[];
    readonly fields: readonly ReferenceField[];
    readonly facts: Readonly<Record<string, ColumnFacts>>;
    readonly hasKey: boolean;
  },
): Promise<ReferenceManifest> {
  const fields: ReferenceManifest['fields'] = [];
  for (const { name, kind, key } of parts.fields) {
    if (name === OLD_IDS) continue;
    const size = key ? 0 : await db.value<number>(`SELECT count(*) FROM ${identifier(`values_${name}`)}`);
    const hints = { ...parts.facts[name]?.hints };
    fields.push({ name, kind, key, values: size, written: !key && readOnce(kind, hints), hints });
  }
  const hash = createHash('sha256').update(REFERENCE_VERSION);
  for (const file of parts.files) hash.update(file.sha256);
  hash.update(JSON.stringify(parts.fields.map(({ name, kind, key }) => [name, kind, key])));
  const keyed = parts.fields.filter((field) => field.name !== OLD_IDS && field.key);
  let repeatedIds = 0;
  for (const { name } of keyed) {
    repeatedIds += await db.value<number>(`SELECT count(*) FROM ${identifier(`repeated_${name}`)}`);
  }
  return {
    version: REFERENCE_VERSION,
    hash: hash.digest('hex'),
    program: programId(),
    people: await db.value<number>('SELECT count(*) FROM people'),
    oldNumbers: await db.value<number>('SELECT count(*) FROM old_numbers'),
    idChanges: await db.value<number>('SELECT count(*) FROM id_changes'),
    repeatedIds,
    hasKey: parts.hasKey,
    unreadableRows: parts.files.reduce((sum, file) => sum + file.rejected, 0),
    fields,
    files: parts.files.map(({ name, sha256, bytes, rows, rejected }) => ({
      name,
      sha256,
      bytes,
      rows,
      rejected,
    })),
  };
}

/** Attaches a prepared reference as `ref`, to be read only, and returns what it says of itself. */
export async function attachReference(db: Database, folder: string): Promise<ReferenceManifest> {
  const manifest = readReference(folder);
  await db.run(`ATTACH ${literal(join(folder, REFERENCE_DATABASE))} AS ref (READ_ONLY)`);
  return manifest;
}
