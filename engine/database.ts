import { chmodSync, mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parse } from 'node:path';
import {
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
} from '@duckdb/node-api';
import { halfOfMemory } from './memory.js';
import { identifier, literal } from './sql.js';

export interface DatabaseOptions {
  /** A file, or in memory when left out. */
  readonly path?: string;
  /** Opens a file that is there already and leaves it as it is; tables for the moment (TEMP) are still possible. */
  readonly readOnly?: boolean;
  /** `4GB`, `512MB`; half of the machine's memory when left out. Beyond it work spills to `tempDir`. */
  readonly memory?: string;
  readonly threads?: number;
  readonly tempDir: string;
  /**
   * `no`: tables are written as they are, at some three times the size; a third of the processor time of a wide table goes
   * into finding how to compress it. `yes` when left out.
   */
  readonly compress?: boolean;
  /**
   * Memory that the engine, once it has it, keeps for its next table until the database is closed. To give it back to the system and
   * ask for it again, page by page, takes a twentieth of the processor time of a run; but the process may grow by as much.
   */
  readonly keptMemory?: string | null;
  /**
   * Of a file that is written: rows of a group in its tables, a multiple of 2,048; 122,880 when left out. A group is what one thread reads or writes at a
   * time: of a million rows smaller ones leave no thread waiting for the last.
   */
  readonly rowGroup?: number;
}

/** Plain values as JavaScript has them: integers and decimals as numbers, dates as ISO text. */
export type Value = string | number | boolean | null;
export type Row = Record<string, Value>;

export interface Database {
  readonly threads: number;
  readonly tempDir: string;
  /** Tables that are kept are compressed (`compress` of the options). */
  readonly compresses: boolean;
  /** Every statement that was run, with seconds and rows changed, when tracing is on (`explain`). */
  readonly trace: Statement[];
  run(sql: string): Promise<void>;
  rows<T extends object = Row>(sql: string): Promise<T[]>;
  /**
   * The answer in parts of some thousands of rows, each row the values of its columns in order. They are read as they are asked for,
   * so no other statement may run on this database until the last part.
   */
  stream(sql: string): AsyncIterable<Value[][]>;
  /** Carries out a CREATE TABLE … AS, an INSERT or an UPDATE and returns how many rows it made or changed. */
  change(sql: string): Promise<number>;
  /**
   * Adds rows to a table of this name (`temp.NAME` for one of the moment), each the values of its columns in order: without the reading of
   * SQL that VALUES costs.
   */
  append(table: string, rows: readonly (readonly (Value | bigint)[])[]): Promise<void>;
  /** The one value of a one-row, one-column answer. */
  value<T>(sql: string): Promise<T>;
  interrupt(): void;
  /**
   * A second connection, for statements at the same time: it sees what is kept in the database, not the tables of the moment (TEMP) of the
   * first, and has a trace of its own. To be closed before the first.
   */
  beside(): Promise<Database>;
  close(): Promise<void>;
}

export interface Statement {
  readonly sql: string;
  readonly seconds: number;
  /** Processor seconds of the whole process meanwhile: on a busy machine they tell more than the clock. */
  readonly processorSeconds: number;
}

/**
 * Joins are carried out as they are written (the left side streams, the right side is the hash table): our plans know the
 * sizes, and are the same every night (docs/decisions/0003).
 */
const DISABLED_OPTIMIZERS = 'build_side_probe_side,join_order';

/** Opens a database; its temp folder is made and belongs to the caller, who removes it. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { path, rowGroup, tempDir, readOnly = false } = options;
  mkdirSync(tempDir, { recursive: true });
  const threads = options.threads ?? availableParallelism();
  // The size of groups can be said of a file that is attached, not of the one that is opened.
  const attached = path !== undefined && rowGroup !== undefined ? attachment(path, rowGroup) : null;
  const instance = await DuckDBInstance.create(attached === null ? (path ?? ':memory:') : ':memory:', {
    threads: String(threads),
    memory_limit: options.memory ?? halfOfMemory(),
    temp_directory: tempDir,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    ...(readOnly ? { access_mode: 'READ_ONLY' } : {}),
  });
  const connection = await instance.connect();
  if (attached !== null) await connection.run(attached.attach);
  if (path !== undefined && !readOnly) chmodSync(path, 0o600);
  const begin = [
    `SET disabled_optimizers = ${literal(DISABLED_OPTIMIZERS)}`,
    ...(attached === null ? [] : [attached.use]),
  ];
  for (const sql of begin) await connection.run(sql);
  if (options.compress === false) await connection.run("SET force_compression = 'uncompressed'");
  const { keptMemory = null } = options;
  if (keptMemory !== null) await connection.run(`SET block_allocator_memory = ${literal(keptMemory)}`);
  return databaseOf(instance, connection, {
    threads,
    tempDir,
    compresses: options.compress !== false,
    begin,
    async close() {
      connection.closeSync();
      instance.closeSync();
    },
  });
}

/** The file under the name that it has when it is opened by itself. */
function attachment(path: string, rowGroup: number): { readonly attach: string; readonly use: string } {
  const name = identifier(parse(path).name);
  return {
    attach: `ATTACH ${literal(path)} AS ${name} (ROW_GROUP_SIZE ${rowGroup})`,
    use: `USE ${name}`,
  };
}

function databaseOf(
  instance: DuckDBInstance,
  connection: DuckDBConnection,
  shared: Pick<Database, 'threads' | 'tempDir' | 'compresses' | 'close'> & {
    /** What every connection is told first. */
    readonly begin: readonly string[];
  },
): Database {
  const trace: Statement[] = [];
  const database: Database = {
    ...shared,
    trace,
    async run(sql) {
      const done = startStatement(sql);
      await connection.run(sql);
      trace.push(done());
    },
    async rows<T extends object>(sql: string) {
      const done = startStatement(sql);
      const rows = await readRows<T>(connection, sql);
      trace.push(done());
      return rows;
    },
    stream: (sql) => streamRows(connection, sql),
    async append(table, rows) {
      const done = startStatement(`-- ${rows.length} rows to ${table}`);
      const [name = '', catalog] = table.split('.').reverse();
      const appender = await connection.createAppender(name, undefined, catalog);
      const types = Array.from({ length: appender.columnCount }, (_, i) => appender.columnType(i));
      for (const row of rows) appendRow(appender, types, row);
      appender.closeSync();
      trace.push(done());
    },
    async change(sql) {
      const [row] = await database.rows<{ Count: number }>(sql);
      return row?.Count ?? 0;
    },
    async value<T>(sql: string) {
      const [row] = await database.rows(sql);
      return (row === undefined ? null : Object.values(row)[0]) as T;
    },
    interrupt() {
      connection.interrupt();
    },
    async beside() {
      const other = await instance.connect();
      for (const sql of shared.begin) await other.run(sql);
      await other.run('SET preserve_insertion_order = false');
      return databaseOf(instance, other, { ...shared, close: async () => other.closeSync() });
    },
  };
  return database;
}

/** Begins to time something; the answer ends it. */
export function startStatement(sql: string): () => Statement {
  const start = performance.now();
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return { sql, seconds: (performance.now() - start) / 1000, processorSeconds: (user + system) / 1e6 };
  };
}

async function readRows<T extends object>(connection: DuckDBConnection, sql: string): Promise<T[]> {
  const reader = await connection.runAndReadAll(sql);
  const names = reader.deduplicatedColumnNames();
  return reader
    .getRows()
    .map((row) => Object.fromEntries(row.map((value, i) => [names[i], plain(value)])) as T);
}

const WIDE = [DuckDBTypeId.BIGINT, DuckDBTypeId.HUGEINT];

function appendRow(
  appender: DuckDBAppender,
  types: readonly DuckDBType[],
  row: readonly (Value | bigint)[],
): void {
  for (const [i, value] of row.entries()) {
    const type = types[i]!;
    const wide = typeof value === 'number' && WIDE.includes(type.typeId);
    appender.appendValue(wide ? BigInt(value) : value, type);
  }
  appender.endRow();
}

async function* streamRows(connection: DuckDBConnection, sql: string): AsyncGenerator<Value[][]> {
  const result = await connection.stream(sql);
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return;
    yield chunk.getRows().map((row) => row.map(plain) as Value[]);
  }
}

function plain(value: DuckDBValue): unknown {
  if (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    typeof value === 'number'
  ) {
    return value;
  }
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'object' && 'items' in value) return (value.items as DuckDBValue[]).map(plain);
  if (typeof value === 'object' && 'toDouble' in value) return (value as { toDouble(): number }).toDouble();
  return String(value);
}
