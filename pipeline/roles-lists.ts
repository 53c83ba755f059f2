// results and mismatches of records of several people: the lists of the record and of each role are written as Parquet files as for
// any run, then joined. Columns: those of every list (of the main role the person, the probability and the method), then per role
// `<role>_outcome`, `_reference_id`, `_probability`, `_method`, then the fields under their names in the sector.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parquetColumns, parquetRelation } from '../engine/read-parquet.js';
import { identifier, literal } from '../engine/sql.js';
import { type CsvColumn, writeCsv, writeParquet } from '../engine/write-csv.js';
import { OUTCOME_FACTS } from '../matchers/outcomes.js';
import { reasonsInWords, whoMends } from '../reports/mismatch-text.js';
import { type ListPlan, prepareLists, writeResultsParquet } from './result-lists.js';
import { type RoleFolder, type RoleRun, withRoleDatabase } from './roles.js';

/** Columns that the list of a role shares with that of the record. */
const OF_RECORD = ['record', 'source_file', 'source_line', 'record_key', 'outcome', 'reasons'] as const;
const OF_PERSON = ['reference_id', 'probability', 'method'] as const;
const OF_ROLE = ['outcome', ...OF_PERSON] as const;

/** Where the lists of a record of several people come from, and the format of its results. */
export interface RoleSource extends RoleFolder {
  readonly roles: readonly RoleRun[];
  readonly results: 'csv' | 'parquet' | 'none';
}

/** Writes results.csv or .parquet (unless none are wanted) and mismatches.csv into the plan's folder; returns their paths. */
export async function writeRoleLists(state: RoleSource, plan: ListPlan): Promise<string[]> {
  const parts = join(state.db.tempDir, 'role-lists');
  try {
    const joined = await joinedLists(state, plan, parts);
    const written: string[] = [];
    const format = state.results;
    if (format !== 'none') written.push(await writeJoined(state, plan, { joined, format }));
    written.push(await writeMismatched(state, plan, joined));
    return written;
  } finally {
    rmSync(parts, { recursive: true, force: true });
  }
}

interface Joined {
  readonly columns: readonly CsvColumn[];
  /** With the alias `r` for the record. */
  readonly from: string;
}

async function joinedLists(state: RoleSource, plan: ListPlan, parts: string): Promise<Joined> {
  const { db, roles } = state;
  const folderOf = (name: string) => {
    const folder = join(parts, name);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return folder;
  };
  await prepareLists(db, plan, ['parquet']);
  const record = await writeResultsParquet(db, { ...plan, folder: folderOf('record') });
  const columns: CsvColumn[] = OF_RECORD.map((name) => ({ name, sql: `r.${name}` }));
  const joins: string[] = [];
  const ofFields: CsvColumn[] = [];
  for (const [i, role] of roles.entries()) {
    const list = await roleList(state, role, { ...plan, folder: folderOf(`role-${i}`) });
    const alias = `p${i}`;
    joins.push(`JOIN ${parquetRelation(list)} ${alias} ON r.record = ${alias}.record`);
    if (i === 0) columns.push(...OF_PERSON.map((name) => ({ name, sql: `${alias}.${name}` })));
    ofFields.push(
      ...OF_ROLE.map((name) => ({ name: `${role.role}_${name}`, sql: `${alias}.${name}` })),
      ...fieldColumns(role, await parquetColumns(db, list), alias),
    );
  }
  return {
    columns: [...columns, ...ofFields],
    from: `${parquetRelation(record)} r ${joins.join('\n    ')}`,
  };
}

function roleList(state: RoleSource, role: RoleRun, plan: ListPlan): Promise<string> {
  const own: ListPlan = { ...plan, matched: role.matched, judged: role.judged };
  return withRoleDatabase(state, role, async (db) => {
    await prepareLists(db, own, ['parquet']);
    return writeResultsParquet(db, own);
  });
}

/** `name_raw` of the husband is `husband_name_raw`, as the sector calls the field. */
function fieldColumns({ names }: RoleRun, list: readonly string[], alias: string): CsvColumn[] {
  const shared: readonly string[] = [...OF_RECORD, ...OF_PERSON];
  return list
    .filter((column) => !shared.includes(column))
    .map((column) => {
      const [, field = '', part = ''] = /^(.*)_(raw|canonical|reference)$/.exec(column) ?? [];
      return { name: `${names[field] ?? field}_${part}`, sql: `${alias}.${identifier(column)}` };
    });
}

async function writeJoined(
  { db }: RoleSource,
  plan: ListPlan,
  { joined, format }: { readonly joined: Joined; readonly format: 'csv' | 'parquet' },
): Promise<string> {
  const path = join(plan.folder, `results.${format}`);
  const query = { columns: joined.columns, from: `${joined.from} ORDER BY r.record` };
  if (format === 'csv') await writeCsv(db, path, query);
  else await writeParquet(db, path, query);
  return path;
}

async function writeMismatched({ db, roles }: RoleSource, plan: ListPlan, joined: Joined): Promise<string> {
  const labels = new Map(roles.map(({ role, labels: text }) => [role, text]));
  const path = join(plan.folder, 'mismatches.csv');
  await db.run(`CREATE OR REPLACE TEMP TABLE role_words (reasons VARCHAR, reasons_vi VARCHAR, reasons_en VARCHAR,
    mend_vi VARCHAR, mend_en VARCHAR)`);
  const texts = [...new Set(plan.judged.map((one) => one.reasons.join(';')))].sort().map((codes) => {
    const reasons = codes.split(';').filter((code) => code !== '');
    const [words, mend] = [reasonsInWords(reasons, labels), whoMends(reasons)];
    return `(${[codes, words.vi, words.en, mend.vi, mend.en].map(literal).join(', ')})`;
  });
  for (let i = 0; i < texts.length; i += 500) {
    await db.run(`INSERT INTO role_words VALUES ${texts.slice(i, i + 500).join(', ')}`);
  }
  const words = ['reasons_vi', 'reasons_en', 'mend_vi', 'mend_en'];
  const agree = Object.entries(OUTCOME_FACTS).flatMap(([name, facts]) =>
    facts.asSubmitted ? [] : [literal(name)],
  );
  await writeCsv(db, path, {
    columns: [...joined.columns, ...words.map((name) => ({ name, sql: `nullif(w.${name}, '')` }))],
    from: `${joined.from} LEFT JOIN role_words w ON coalesce(r.reasons, '') = w.reasons
      WHERE r.outcome NOT IN (${agree.join(', ')}) ORDER BY r.record`,
  });
  return path;
}
