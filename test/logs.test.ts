// Logs never hold personal data: every command at its most talkative, and a search of all that it said beside its answer for every
// value of the input.
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../messages/commands.js';
import { say } from './command-line.js';
import { readRows, type Workspace, workspace } from './flow.js';

const SAMPLES = join(import.meta.dirname, '../sample-data');
const SECTOR = 'telecom-subscribers';

let shop: Workspace;
const said: string[] = [];
const called = new Set<string>();

const path = (name: string) => join(shop.folder, name);

/** Runs a command at debug level and keeps what goes to the log; its answer may show masked values. */
async function call(...argv: string[]): Promise<string> {
  const parent = Object.keys(COMMANDS).find((name) => name === argv.slice(0, 2).join(' '));
  called.add(parent ?? argv[0]!);
  const spoken = await say([...argv, '--verbose', '--workspace', path('home'), '--threads', '2']);
  said.push(spoken.err);
  return spoken.out;
}

beforeAll(async () => {
  shop = workspace();
  cpSync(join(SAMPLES, SECTOR), path(SECTOR), { recursive: true });
  cpSync(join(SAMPLES, 'reference'), path('reference'), { recursive: true });
  const job = path(`${SECTOR}/job.yaml`);
  const extract = path(`${SECTOR}/extract.csv`);
  await call('profile', extract);
  await call('init', extract, '--sector', SECTOR, '-o', path('made.yaml'));
  await call('clean', extract, '--sector', SECTOR, '-o', path('clean.csv'));
  await call('reference', 'build', path('reference/population.csv'), '-o', path('built'));
  await call('run', job, '--reveal-ids', '--why', 'kiểm thử');
  const run = join(path('home/runs'), readdirSync(path('home/runs'))[0]!);
  await call('report', run, '-o', path('report'));
  await call('evaluate', run, path(`${SECTOR}/truth.csv`));
  await call('why', run, '3');
  await call('cases', 'list', '--reveal-ids', '--why', 'kiểm thử');
  await call('cases', 'export', '-o', path('cases.csv'));
  await call('cases', 'import', path('cases.csv'));
  await call('model', 'train', job, '-o', path('model.json'));
  await call('model', 'show', path('model.json'));
  await call('blocking', job);
  await call('audit', 'verify');
  // What goes wrong says where, not what.
  writeFileSync(path('broken.yaml'), readFileSync(job, 'utf8').replace('ho_ten', 'khong_co'));
  await call('run', path('broken.yaml'));
  writeFileSync(path('cases.csv'), readFileSync(path('cases.csv'), 'utf8').replaceAll('\r\n', ',x\r\n'));
  await call('cases', 'import', path('cases.csv'));
}, 180_000);

afterAll(() => shop.remove());

async function valuesOf(name: string): Promise<string[]> {
  const rows = await readRows(path(name));
  const cells = rows.flatMap((row) => Object.values(row));
  return [...new Set(cells.map((cell) => cell.trim()))].filter(
    (cell) => cell.length >= 6 && !/^\D+:\S+$/.test(cell),
  );
}

describe('the log at debug level', () => {
  it('says something of every command', () => {
    expect(called.size).toBeGreaterThanOrEqual(14);
    // Statements are told of where they take 20 ms: on a quick machine few do.
    expect(said.join('').length).toBeGreaterThan(1000);
    expect(said.filter((text) => text !== '').length).toBeGreaterThan(5);
  });

  it.each([`${SECTOR}/extract.csv`, 'reference/population.csv'])('holds no value of %s', async (name) => {
    const log = said.join('\n');
    const values = await valuesOf(name);
    expect(values.length).toBeGreaterThan(1000);
    expect(values.filter((value) => log.includes(value)).filter((value) => !PUBLIC.has(value))).toEqual([]);
  });
});

/** Values of the input that are nobody's: what a column is of, and words of the program itself. */
const PUBLIC = new Set(['Viettel', 'VinaPhone', 'MobiFone', 'Vietnamobile', 'Việt Nam', 'Hà Nội']);
