import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, startStatement } from './database.js';
import { identifier, literal, spacedAt } from './sql.js';
import { FIELD, NONE } from './value-tasks.js';
import { runTasks, type TaskCounts, type ValueTask, type WorkerModule } from './worker-pool.js';
import { AS_IT_STANDS } from './write-csv.js';

/**
 * The seam between the engine that holds the rows and the functions that judge values: distinct values leave as plain
 * text files, one value a line behind its key, and the answers come back the same way. Files, because both sides read and
 * write them in bulk and in parallel (a value-by-value hand-over costs 1–2 µs each way, this 0.2), and because another
 * engine could do the same.
 */
/** Files are cut at about this size so that all threads have work until the end and no string nears the runtime's limit. */
const FILE_BYTES = 500_000;

export interface ValueMapping {
  /** A SELECT of `key` (an integer) and one or two text columns `a`, `b`, none of them NULL. */
  readonly select: string;
  readonly columns: 1 | 2;
  readonly module: WorkerModule;
  readonly task: string;
  readonly options: unknown;
  /** Table to create: `key` and these columns, in the order in which the task writes them. */
  readonly into?: { readonly table: string; readonly columns: Readonly<Record<string, string>> };
  /** Is told how many values there are. */
  readonly sent?: (values: number) => void;
}

let exchanges = 0;

/** Sends every value of `select` through the task, creates the table of answers, and returns the task's counts. */
export async function mapValues(db: Database, mapping: ValueMapping): Promise<TaskCounts> {
  const folder = join(db.tempDir, `values-${process.pid}-${++exchanges}`);
  mkdirSync(folder, { recursive: true });
  try {
    const values = await writeValues(db, mapping, folder);
    mapping.sent?.(values);
    const files: ValueTask[] = readdirSync(folder)
      .sort()
      .map((name) => ({
        input: join(folder, name),
        output: join(folder, `${name}.answers`),
        options: mapping.options,
      }));
    const done = startStatement(`-- ${mapping.task}${kindOf(mapping.options)} of ${values} values`);
    const counts = await runTasks(mapping.module, mapping.task, { files, values, threads: db.threads });
    db.trace.push(done());
    if (mapping.into !== undefined) await readAnswers(db, mapping.into, files);
    return counts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What values they are, for whoever reads the trace. */
function kindOf(options: unknown): string {
  const kind = (options as { readonly kind?: unknown } | undefined)?.kind;
  return typeof kind === 'string' ? ` (${kind})` : '';
}

function writeValues(db: Database, mapping: ValueMapping, folder: string): Promise<number> {
  const clean = (column: string) => spacedAt(column, ['\n', '\r', NONE, FIELD]);
  const parts = ['key', clean('a'), ...(mapping.columns === 2 ? [clean('b')] : [])].join(', chr(31), ');
  const sql = `COPY (SELECT concat(${parts}) FROM (${mapping.select})) TO ${literal(folder)} (FORMAT csv, HEADER false,
    ${AS_IT_STANDS}, DELIMITER '${NONE}', FILE_EXTENSION 'txt', FILE_SIZE_BYTES ${FILE_BYTES},
    PER_THREAD_OUTPUT true, OVERWRITE true)`;
  return db.change(sql);
}

async function readAnswers(
  db: Database,
  into: NonNullable<ValueMapping['into']>,
  files: readonly ValueTask[],
): Promise<void> {
  const columns = Object.entries({ key: 'UINTEGER', ...into.columns });
  if (files.length === 0) {
    const list = columns.map(([name, type]) => `${identifier(name)} ${type}`).join(', ');
    await db.run(`CREATE OR REPLACE TEMP TABLE ${identifier(into.table)} (${list})`);
    return;
  }
  const types = columns.map(([name, type]) => `${literal(name)}: ${literal(type)}`).join(', ');
  await db.run(`CREATE OR REPLACE TEMP TABLE ${identifier(into.table)} AS
    SELECT * FROM read_csv([${files.map((file) => literal(file.output)).join(', ')}], columns = {${types}},
      delim = '${FIELD}', quote = '', escape = '', header = false, auto_detect = false, nullstr = '${NONE}',
      max_line_size = 8000000, buffer_size = 32000000)`);
}
