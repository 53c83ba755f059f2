import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../engine/database.js';
import { writeCsv } from '../engine/write-csv.js';
import { writtenRows } from '../engine/written-rows.js';
import { quietContext } from '../pipeline/context.js';
import { manifestOfRun } from '../pipeline/manifest.js';
import type { MismatchList } from '../pipeline/mismatch-files.js';
import {
  mismatchesInSlices,
  type SliceSizes,
  slicesOf,
  type WriteSlice,
} from '../pipeline/mismatch-slices.js';
import { reportAgain, sameReference, sourceOf } from '../pipeline/report-again.js';
import type { ReportSource } from '../pipeline/report-formats.js';
import { prepareLists, writeMismatches } from '../pipeline/result-lists.js';
import { runDatabasePath } from '../pipeline/result-rows.js';
import { writeRoleLists } from '../pipeline/roles-lists.js';
import { type WholeRun, withWholeRun } from '../pipeline/run-slice.js';
import { NOW, readRows, workspace } from './flow.js';
import fc from './property.js';

/** The list of mismatches made slice by slice says what mismatches.csv of the whole run says. */

const flow = workspace();
afterAll(() => flow.remove());

const context = quietContext({ clock: () => NOW, workspace: join(flow.folder, '.doisoat'), threads: 1 });

async function goldenRun(name: string): Promise<string> {
  const input = join(import.meta.dirname, 'golden', name, 'input');
  cpSync(input, join(flow.folder, name), { recursive: true });
  const job = join(name, 'job.yaml');
  flow.put(job, `${readFileSync(join(input, 'job.yaml'), 'utf8')}\nreport: { formats: [csv, xlsx] }\n`);
  return (await flow.run(job)).folder;
}

async function cellsOf(list: MismatchList): Promise<Record<string, string>[]> {
  const found: Record<string, string>[] = [];
  for await (const rows of list.rows) {
    for (const row of rows) found.push(Object.fromEntries(list.names.map((name, i) => [name, row[i] ?? ''])));
  }
  return found;
}

function listOf({ lists, roles }: ReportSource, written: string[]): WriteSlice {
  return async (db, { folder, referenceFolder }) => {
    written.push(folder);
    const plan = { ...lists, folder, revealIds: false };
    if (roles.length > 0)
      return (await writeRoleLists({ db, roles, referenceFolder, results: 'none' }, plan)).at(-1)!;
    await prepareLists(db, plan, ['csv']);
    return writeMismatches(db, plan);
  };
}

async function inSlices(folder: string, sizes: SliceSizes): Promise<{ rows: object[]; slices: number }> {
  const manifest = manifestOfRun(folder);
  const referenceFolder = sameReference(folder, manifest);
  const temp = mkdtempSync(join(flow.folder, 'slices-'));
  const db = await openDatabase({
    path: runDatabasePath(folder),
    readOnly: true,
    tempDir: join(temp, 'temp'),
  });
  try {
    const source = await sourceOf(db, { folder, manifest, referenceFolder });
    const roles = source.roles.map(({ database }) => database);
    const run: WholeRun = { folder, referenceFolder, roles, context };
    const written: string[] = [];
    const list = await mismatchesInSlices(run, temp, { write: listOf(source, written), sizes });
    const rows = await cellsOf(list);
    expect(rows).toHaveLength(list.count);
    return { rows, slices: written.length - 1 };
  } finally {
    await db.close();
  }
}

describe.each([
  { name: 'telecom', what: 'one person a record' },
  { name: 'marriages', what: 'several people a record' },
])('$what', ({ name }) => {
  let folder: string;
  beforeAll(async () => {
    folder = await goldenRun(name);
  });

  it.each([
    { sizes: { rows: 3, most: 100, block: 2 }, several: true },
    { sizes: { rows: 1, most: 2, block: 1 }, several: true },
    { sizes: { rows: 1_000, most: 1, block: 1_000 }, several: false },
  ])('has the rows of the whole list, $sizes', async ({ sizes, several }) => {
    const { rows, slices } = await inSlices(folder, sizes);
    expect(rows).toEqual(await readRows(join(folder, 'mismatches.csv')));
    expect(slices > 1).toBe(several);
  });

  it.each([false, true])(
    'mismatches.xlsx alone is that of all formats, plain numbers: %s',
    async (revealIds) => {
      const made: Buffer[] = [];
      for (const asked of [['xlsx'], ['csv', 'xlsx']] as const) {
        const out = join(flow.folder, `${name}-${asked.length}-${revealIds}`);
        await reportAgain({ folder, formats: asked, out, revealIds, why: 'kiểm tra' }, context);
        made.push(readFileSync(join(out, 'mismatches.xlsx')));
      }
      expect(made[0]!.equals(made[1]!)).toBe(true);
      if (!revealIds) expect(made[0]!.equals(readFileSync(join(folder, 'mismatches.xlsx')))).toBe(true);
    },
  );
});

describe('slices', () => {
  it('hold every block once, in order, and no more rows than they may', () => {
    const counts = fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 60 });
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 120 }), (rows, most) => {
        const blocks = rows.map((count, i) => ({ from: i * 10, to: (i + 1) * 10, rows: count }));
        const slices = slicesOf(blocks, most);
        const covered = slices.flatMap(({ from, to }) =>
          blocks.filter((one) => one.from >= from && one.to <= to),
        );
        expect(covered).toEqual(blocks);
        for (const { from, to, rows: count } of slices) {
          const inside = blocks.filter((one) => one.from >= from && one.to <= to);
          expect(count).toBe(inside.reduce((sum, one) => sum + one.rows, 0));
          expect(count <= most || inside.length === 1).toBe(true);
        }
        for (const [i, slice] of slices.slice(1).entries()) {
          const first = blocks.find(({ from }) => from === slice.from)!;
          expect(slices[i]!.rows + first.rows).toBeGreaterThan(most);
        }
      }),
    );
  });
});

describe('reading a finished run', () => {
  let run: WholeRun;
  beforeAll(async () => {
    const folder = await goldenRun('telecom');
    const referenceFolder = sameReference(folder, manifestOfRun(folder));
    run = { folder, referenceFolder, roles: [], context: { ...context, memory: '2GB' } };
  });
  const temp = () => mkdtempSync(join(flow.folder, 'whole-'));
  const LIMIT = `SELECT current_setting('memory_limit')`;

  it('takes all the memory it may where little is not enough', async () => {
    const limits: string[] = [];
    const answer = await withWholeRun(run, temp(), async (db) => {
      limits.push(await db.value<string>(LIMIT));
      if (limits.length === 1) throw new Error('Out of Memory Error: failed to pin block');
      return db.value<number>('SELECT count(*) FROM whole_0.results');
    });
    expect(answer).toBe((await readRows(join(run.folder, 'results.csv'))).length);
    expect(limits).toEqual(['45.7 MiB', '953.6 MiB']);
  });

  it('never takes more than it may', async () => {
    const small = { ...run, context: { ...run.context, memory: '20MB' } };
    expect(await withWholeRun(small, temp(), (db) => db.value<string>(LIMIT))).toBe('19.0 MiB');
  });

  it('does not try again after any other error', async () => {
    let tries = 0;
    const failing = withWholeRun(run, temp(), async () => {
      tries++;
      throw new Error('another');
    });
    await expect(failing).rejects.toThrow('another');
    expect(tries).toBe(1);
  });

  it('does not begin once it was stopped', async () => {
    const stopped = { ...run, context: { ...run.context, signal: AbortSignal.abort() } };
    await expect(withWholeRun(stopped, temp(), async () => 1)).rejects.toThrow('aborted');
  });
});

describe('rows of a written list', () => {
  const folder = mkdtempSync(join(flow.folder, 'written-'));
  const path = join(folder, 'list.csv');

  async function readAll(): Promise<string[][]> {
    const found: string[][] = [];
    for await (const rows of writtenRows(path)) found.push(...rows);
    return found;
  }

  it('come back as they were, whatever a cell holds', async () => {
    const db = await openDatabase({ tempDir: join(folder, 'temp') });
    const piece = fc.oneof(
      fc.constantFrom('"', ',', '\r\n', '\n', '\r', ' ', 'ễ', '😀', "'"),
      fc.string({ maxLength: 4 }).map((text) => text.replaceAll('\0', '')),
    );
    const cell = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''));
    try {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { maxLength: 8 }), async (rows) => {
          const values = [['', '', ''], ...rows].map(
            (row, i) => `(${i}, ${row.map((text) => `'${text.replaceAll("'", "''")}'`).join(', ')})`,
          );
          await writeCsv(db, path, {
            columns: ['a', 'b', 'c'].map((name) => ({ name, sql: name })),
            from: `(VALUES ${values.join(', ')}) t (i, a, b, c) ORDER BY i`,
          });
          expect(await readAll()).toEqual([['', '', ''], ...rows]);
        }),
        { numRuns: 60 },
      );
    } finally {
      await db.close();
    }
  });

  it('come in parts, and letters are not cut where a part ends', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => [String(i), `Nguyễn ${'ễ'.repeat(i % 7)}`]);
    writeFileSync(path, `\ufeffa,b\r\n${rows.map((row) => `${row.join(',')}\r\n`).join('')}`);
    let parts = 0;
    const found: string[][] = [];
    for await (const part of writtenRows(path)) {
      parts++;
      found.push(...part);
    }
    expect(found).toEqual(rows);
    expect(parts).toBeGreaterThan(3);
  });

  it.each([
    ['a row without its end', 'a,b\r\n1,2'],
    ['quotes that do not close', 'a,b\r\n1,"2\r\n'],
    ['something behind closing quotes', 'a,b\r\n1,"2"3\r\n'],
  ])('are refused for %s', async (_what, text) => {
    writeFileSync(path, text);
    await expect(readAll()).rejects.toThrow('list.csv');
  });
});
