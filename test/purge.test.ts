import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quietContext } from '../pipeline/context.js';
import { purge } from '../pipeline/purge.js';
import { withLedger } from '../pipeline/workspace-ledger.js';
import { say } from './command-line.js';
import { filesBelow, NOW, readRows, type Workspace, workspace } from './flow.js';

const SAMPLES = join(import.meta.dirname, '../sample-data');
const SECTOR = 'telecom-subscribers';
const DAY = 24 * 60 * 60 * 1000;

let shop: Workspace;
let home: string;
const at = (days: number) =>
  quietContext({ clock: () => new Date(NOW.getTime() + days * DAY), workspace: home, threads: 2 });

beforeAll(async () => {
  shop = workspace();
  home = join(shop.folder, '.doisoat');
  for (const file of ['population.csv', 'id-changes.csv'])
    shop.put(`reference/${file}`, readFileSync(join(SAMPLES, 'reference', file)));
  for (const file of ['extract.csv', 'job.yaml'])
    shop.put(`${SECTOR}/${file}`, readFileSync(join(SAMPLES, SECTOR, file)));
  await shop.run(`${SECTOR}/job.yaml`, { revealIds: true });
});

afterAll(() => shop.remove());

/** Every value of the extract and the reference that tells of one person: numbers, names of several words, addresses. */
async function personalValues(): Promise<string[]> {
  const extract = await readRows(join(shop.folder, SECTOR, 'extract.csv'));
  const people = await readRows(join(shop.folder, 'reference/population.csv'));
  const cells = [
    ...extract.flatMap((row) => [row.so_thue_bao, row.so_giay_to, row.ho_ten, row.dia_chi]),
    ...people.flatMap((row) => [row.id, row.name, row.address]),
  ];
  return [...new Set(cells.filter((cell) => cell !== undefined && cell.trim().length >= 9))] as string[];
}

/** All files of the workspace that hold one of the values, as bytes. */
function holders(values: readonly string[]): string[] {
  return filesBelow(home).filter((name) => {
    const bytes = readFileSync(join(home, name));
    return values.some((value) => bytes.includes(value));
  });
}

describe('purge', () => {
  it('leaves young runs alone and, dry, old ones too', async () => {
    expect(await purge({ days: 90, dryRun: false }, at(89))).toEqual([]);
    const [told] = await purge({ days: 90, dryRun: true }, at(91));
    expect(told?.files).toContain('results.csv');
    expect(holders(await personalValues()).length).toBeGreaterThan(3);
  });

  it('removes every personal value from the workspace, keeps figures, and says so in the audit trail', async () => {
    const values = await personalValues();
    expect(values.length).toBeGreaterThan(1000);
    const [purged] = await purge({ days: 90, dryRun: false }, at(91));
    expect(holders(values)).toEqual([]);
    const folder = join(home, 'runs', purged!.run);
    expect(existsSync(join(folder, 'summary.json'))).toBe(true);
    expect(existsSync(join(folder, 'report.html'))).toBe(true);
    const entries = await withLedger(at(91), (ledger) => [...ledger.auditEntries()]);
    expect(entries.at(-1)).toMatchObject({ command: 'purge', details: { run: purged!.run } });
    expect(await withLedger(at(91), (ledger) => ledger.verifyAudit().findings)).toEqual([]);
    expect(await withLedger(at(91), (ledger) => ledger.runs()[0]?.rows)).toBeGreaterThan(300);
    expect(await purge({ days: 90, dryRun: false }, at(91))).toEqual([]);
  });

  it('leaves the next period the cases that were open', async () => {
    const result = await shop.run(`${SECTOR}/job.yaml`, { period: '2026-12' });
    const { cases } = result.summary;
    expect(cases?.total.opening).toBeGreaterThan(10);
    expect(cases?.total.new).toBe(0);
  });

  it('removes what an interrupted run left long ago', async () => {
    const building = join(home, 'runs/dang-do/.building');
    mkdirSync(building, { recursive: true });
    writeFileSync(join(building, 'run.duckdb'), 'x');
    utimesSync(building, new Date('2026-01-01'), new Date('2026-01-01'));
    const purged = await purge({ days: 90, dryRun: false }, at(0));
    expect(purged.map(({ run, files }) => [run, ...files])).toEqual([['dang-do', '.building']]);
    expect(existsSync(building)).toBe(false);
  });

  it('names what it does not understand', async () => {
    const { code, err } = await say(['purge', '--older-than', 'soon', '--workspace', home]);
    expect(code).toBe(2);
    expect(err).toContain('90d');
  });
});
