import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase } from '../engine/database.js';
import { type ListColumn, writeListXlsx } from '../reports/xlsx-list.js';
import { machine, peakMemoryOf, round, secondsOf } from './measure.js';

/**
 * `npm run bench -- xlsx --rows N [--json]`: a list of N rows of 25 columns, as wide as that of the subscribers, streamed from the
 * engine (256 MB, two threads) into an XLSX file. `peak_rss_bytes` is the highest resident memory of the whole process.
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { rows: { type: 'string', default: '1000000' }, json: { type: 'boolean', default: false } },
  });
  const figures = await measure(Number(values.rows));
  if (values.json) process.stdout.write(`${JSON.stringify(figures)}\n`);
  else console.table(figures);
}

const TEXTS = 24;

async function measure(rows: number): Promise<Record<string, number | string>> {
  const folder = mkdtempSync(join(tmpdir(), 'doisoat-xlsx-'));
  const db = await openDatabase({ memory: '256MB', threads: 2, tempDir: join(folder, 'temp') });
  const path = join(folder, 'list.xlsx');
  const columns = Array.from({ length: TEXTS + 1 }, (_, i): ListColumn => {
    const head = { vi: `Cột ${i}`, en: `Column ${i}` };
    return { head, kind: i === 0 ? 'count' : 'text', width: 20, meaning: head };
  });
  const texts = Array.from({ length: TEXTS }, (_, i) => `'Nguyễn Thị ' || hash(i + ${i})::VARCHAR AS c${i}`);
  const title = { vi: 'Sai lệch', en: 'Mismatches' };
  try {
    let seconds = 0;
    const { peak } = await peakMemoryOf(async () => {
      seconds = await secondsOf(() =>
        writeListXlsx(path, {
          title,
          name: 'Sai lệch',
          columns,
          count: rows,
          notes: [],
          rows: db.stream(`SELECT i + 1, ${texts.join(', ')} FROM range(${rows}) r(i)`),
        }),
      );
    });
    return {
      rows,
      columns: columns.length,
      seconds: round(seconds),
      peak_rss_bytes: peak,
      file_bytes: statSync(path).size,
      machine: machine(),
    };
  } finally {
    await db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
