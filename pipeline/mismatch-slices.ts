// The list of mismatches of a finished run, slice by slice: however long it is, only the values of one slice are in memory.
import { join } from 'node:path';
import { type Database, openDatabase } from '../engine/database.js';
import { engineMemory } from '../engine/memory.js';
import { writtenColumns } from '../engine/write-csv.js';
import { writtenRows } from '../engine/written-rows.js';
import { OUTCOME_FACTS, OUTCOMES } from '../matchers/outcomes.js';
import type { MismatchList } from './mismatch-files.js';
import { attachReference } from './reference-build.js';
import { runDatabasePath } from './result-rows.js';
import { cutSlice, type Records, type RunSlice, WHOLE, type WholeRun, withWholeRun } from './run-slice.js';

/** Writes mismatches.csv of a slice, open with its reference attached, into the slice's folder; returns the path. */
export type WriteSlice = (db: Database, slice: RunSlice) => Promise<string>;

export interface SliceSizes {
  /** Rows of the list in a slice: so many take about as much memory as the engine needs for lists of any length (bench xlsx). */
  readonly rows: number;
  /** Each slice reads every dictionary once: a longer list has longer slices, not more of them. */
  readonly most: number;
  /** Records are counted in blocks of so many, and a slice is some blocks. */
  readonly block: number;
}

const SIZES: SliceSizes = { rows: 50_000, most: 24, block: 10_000 };

const WRONG = OUTCOMES.flatMap((outcome, i) => (OUTCOME_FACTS[outcome].asSubmitted ? [i] : []));
const MISMATCHED = `pattern IN (SELECT pattern FROM ${WHOLE}.verdicts WHERE outcome IN (${WRONG.join(', ')}))`;

/** The list, made as it is read; it has the rows and the columns of mismatches.csv. Slices are put into the folder `temp`. */
export async function mismatchesInSlices(
  run: WholeRun,
  temp: string,
  how: { readonly write: WriteSlice; readonly sizes?: SliceSizes },
): Promise<MismatchList> {
  const cut: Cut = { run, folder: join(temp, 'slice'), write: how.write };
  const sizes = how.sizes ?? SIZES;
  const blocks = await withWholeRun(run, `${cut.folder}-temp`, (db) => countBlocks(db, sizes.block));
  const count = blocks.reduce((sum, { rows }) => sum + rows, 0);
  // What an empty list says in its header.
  const names = await writtenColumns(await listOfSlice(cut, { from: 0, to: 0 }));
  const most = Math.max(sizes.rows, Math.ceil(count / sizes.most));
  return { names, count, rows: rowsOf(cut, slicesOf(blocks, most)) };
}

/** Records `from` up to but not including `to`, and how many of them are in the list. */
export interface Block {
  readonly from: number;
  readonly to: number;
  readonly rows: number;
}

/** The blocks that hold a row of the list. */
function countBlocks(db: Database, size: number): Promise<Block[]> {
  return db.rows<Block>(`SELECT block * ${size} AS "from", (block + 1) * ${size} AS "to", rows
    FROM (SELECT record // ${size} AS block, count(*) AS rows FROM ${WHOLE}.results
      WHERE ${MISMATCHED} GROUP BY block) ORDER BY block`);
}

type Range = Pick<Records, 'from' | 'to'>;

/** Blocks in their order put together to slices of at most `most` rows, or of one block. */
export function slicesOf(blocks: readonly Block[], most: number): Block[] {
  const slices: Block[] = [];
  for (const block of blocks) {
    const last = slices.at(-1);
    const rows = (last?.rows ?? 0) + block.rows;
    if (last === undefined || rows > most) slices.push(block);
    else slices[slices.length - 1] = { from: last.from, to: block.to, rows };
  }
  return slices;
}

interface Cut {
  readonly run: WholeRun;
  readonly folder: string;
  readonly write: WriteSlice;
}

async function* rowsOf(cut: Cut, slices: readonly Range[]): AsyncGenerator<string[][]> {
  for (const slice of slices) {
    for await (const rows of writtenRows(await listOfSlice(cut, slice))) {
      cut.run.context.signal.throwIfAborted();
      yield rows;
    }
  }
}

/** Cuts a slice in place of the last one and writes its list; the engine has given its memory back when the rows are read. */
async function listOfSlice({ run, folder, write }: Cut, range: Range): Promise<string> {
  const { memory, signal } = run.context;
  const slice = await cutSlice(run, { ...range, where: MISMATCHED }, folder);
  const db = await openDatabase({
    path: runDatabasePath(folder),
    readOnly: true,
    memory: engineMemory(memory),
    threads: 1,
    tempDir: `${folder}-temp`,
  });
  const stop = () => db.interrupt();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await attachReference(db, slice.referenceFolder);
    return await write(db, slice);
  } finally {
    signal.removeEventListener('abort', stop);
    await db.close();
  }
}
