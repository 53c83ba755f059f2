// Several people in one record: each role goes through the stages up to the verdict on its own, in a database of its own beside the
// run's; roles-combine.ts puts the verdicts together. So a husband is found exactly as a subscriber is.
import { chmodSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Database, openDatabase } from '../engine/database.js';
import { engineMemory, megabytesOf } from '../engine/memory.js';
import { parquetRelation } from '../engine/read-parquet.js';
import { writeParquet } from '../engine/write-csv.js';
import type { Text } from '../messages/text.js';
import type { JudgedPattern } from './classify.js';
import { type Context, quietContext } from './context.js';
import type { DecisionsPlan } from './decisions.js';
import { DECIDED_ROWS } from './decisions-rows.js';
import type { Field } from './fields.js';
import type { MatchedPlan } from './matched-sql.js';
import { finishDatabase } from './publish.js';
import { attachReference } from './reference-build.js';
import { roleDatabase } from './roles-files.js';
import { roleJob, rolesOf } from './roles-jobs.js';
import { type RunState, rowsOf, startState } from './run-state.js';
import { classifyStage, findDecidedRows, ingestStage, matchStage, normalizeStage } from './stages.js';

/** What was found of one role, and where its rows are. */
export interface RoleRun {
  readonly role: string;
  readonly labels: Text;
  /** Nobody has to stand in it. */
  readonly optional: boolean;
  /** Name of its database in the run's folder. */
  readonly database: string;
  /** Field of the person → field of the sector. */
  readonly names: Readonly<Record<string, string>>;
  readonly fields: readonly Field[];
  readonly matched: MatchedPlan;
  readonly judged: readonly JudgedPattern[];
}

/** Finds and judges the people of every role. Leaves a database per role in the run's folder and what it says in the state. */
export async function matchRoles(state: RunState, context: Context): Promise<number> {
  const memory = `${Math.floor(megabytesOf(context.memory) / 2)}MB`;
  const roles = rolesOf(state.asked);
  state.decisionNotes = await findDecidedRows(state, roles, context);
  const decided = join(state.db.tempDir, 'decided-rows.parquet');
  await writeParquet(state.db, decided, { columns: DECIDED_COLUMNS, from: DECIDED_ROWS });
  await state.db.run(`SET memory_limit = '${engineMemory(memory)}'`);
  for (const role of roles) {
    context.signal.throwIfAborted();
    const rows = parquetRelation(decided);
    state.roles = [...state.roles, await matchRole(state, { role, rows }, { ...context, memory })];
  }
  rmSync(decided);
  await state.db.run(`SET memory_limit = '${engineMemory(context.memory)}'`);
  return rowsOf(state);
}

/** The databases of the roles cannot see the tables of the record. */
const DECIDED_COLUMNS = ['record', 'role', 'decision', 'person_key', 'place'].map((name) => ({
  name,
  sql: name,
}));

async function matchRole(
  state: RunState,
  decided: Omit<DecisionsPlan, 'matched'>,
  context: Context,
): Promise<RoleRun> {
  const { role } = decided;
  const job = roleJob(state.asked, role);
  const { labels, optional, fields: names } = state.asked.sector.roles[role]!;
  const path = join(await folderOf(state.db), roleDatabase(role));
  const db = await openRoleDatabase(path, state, context);
  const stop = () => db.interrupt();
  context.signal.addEventListener('abort', stop);
  try {
    const started = new Date(`${state.today}T12:00:00+07:00`);
    const own = await startState({ job, context, run: state.run, started }, db, state.referenceFolder);
    await throughStages(own, decided, context);
    state.decisionNotes = [...state.decisionNotes, ...own.decisionNotes.map((note) => ofRole(labels, note))];
    if (rowsOf(own) !== rowsOf(state)) throw new Error(`${role}: ${rowsOf(own)} rows, not ${rowsOf(state)}`);
    await finishDatabase(db);
    chmodSync(path, 0o600);
    const { fields, matched, judged } = own;
    return { role, labels, optional, database: roleDatabase(role), names, fields, matched, judged };
  } finally {
    context.signal.removeEventListener('abort', stop);
    await db.close().catch(() => undefined);
  }
}

/** What an earlier process found of a role, whose database it left. */
export async function restoreRole(
  state: RunState,
  role: string,
  found: { readonly judged: readonly JudgedPattern[]; readonly hasShifts: boolean },
): Promise<RoleRun> {
  const job = roleJob(state.asked, role);
  const { labels, optional, fields: names } = state.asked.sector.roles[role]!;
  const path = join(await folderOf(state.db), roleDatabase(role));
  const db = await openRoleDatabase(path, state, { memory: '1GB', threads: state.db.threads });
  try {
    const { fields, matched } = await startState(
      { job, context: quietContext(), run: state.run },
      db,
      state.referenceFolder,
    );
    const { judged, hasShifts } = found;
    return {
      role,
      labels,
      optional,
      database: roleDatabase(role),
      names,
      fields,
      matched: { ...matched, hasShifts },
      judged,
    };
  } finally {
    await db.close();
  }
}

function ofRole(labels: Text, { vi, en }: Text): Text {
  return { vi: `${labels.vi}: ${vi}`, en: `${labels.en}: ${en}` };
}

async function throughStages(
  state: RunState,
  decided: Omit<DecisionsPlan, 'matched'>,
  context: Context,
): Promise<void> {
  await ingestStage(state, context);
  await normalizeStage(state, context);
  await matchStage(state, context, { decided });
  await classifyStage(state);
}

/** A database beside which those of the roles lie, and the reference that they were compared with. */
export type RoleFolder = Pick<RunState, 'db' | 'referenceFolder'>;

/** Opens the database of a role again, with the reference attached, and closes it behind the work. */
export async function withRoleDatabase<T>(
  state: RoleFolder,
  { database }: RoleRun,
  work: (db: Database) => Promise<T>,
): Promise<T> {
  const path = join(await folderOf(state.db), database);
  const db = await openRoleDatabase(path, state, { memory: '1GB', threads: state.db.threads });
  try {
    await attachReference(db, state.referenceFolder);
    return await work(db);
  } finally {
    await db.close();
  }
}

function openRoleDatabase(
  path: string,
  { db }: RoleFolder,
  { memory, threads }: Pick<Context, 'memory' | 'threads'>,
): Promise<Database> {
  // Two open databases must not share a folder to spill into: the engine names its files alike in each, and removes all when it closes.
  const tempDir = join(db.tempDir, `spill-${basename(path)}`);
  return openDatabase({ path, memory: engineMemory(memory), threads, tempDir });
}

async function folderOf(db: Database): Promise<string> {
  return dirname(
    await db.value<string>('SELECT path FROM duckdb_databases() WHERE database_name = current_database()'),
  );
}
