// Cases from night to night: the engine's merge against a model in memory, over random nights.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../engine/database.js';
import { OUTCOMES } from '../matchers/outcomes.js';
import { AGE_BANDS, figuresByGroup, totalFigures } from '../pipeline/cases-figures.js';
import { caseKey } from '../pipeline/cases-key.js';
import { type CaseState, LIVE, mergeCases } from '../pipeline/cases-merge.js';
import { makeCaseRows } from '../pipeline/cases-rows.js';
import { fieldsOf } from '../pipeline/fields.js';
import { loadSector } from '../sectors/load.js';
import fc from './property.js';

const SERIES = 'thue-bao';
const OWNERS = ['VIETTEL', 'VINAPHONE'];
const { sector } = loadSector('telecom-subscribers', '.');
const columns = { id: ['so'], name: ['ten'], carrier: ['mang'] };
const fields = fieldsOf(sector, columns, { groupBy: ['carrier'], provinces: 34 });
const comparable = fields.filter((field) => field.name === 'name');
const identity = fields.find((field) => field.name === 'id') ?? null;
const matched = { fields, comparable, identity };

interface Row {
  /** Null: known by its content, which is `name`. */
  readonly key: string | null;
  readonly name: string;
  readonly owner: number;
  readonly bad: boolean;
}

interface Night {
  readonly day: string;
  readonly rows: readonly Row[];
  /** Case key → last day. */
  readonly waivers: ReadonlyMap<string, string>;
}

let folder: string;
let db: Database;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'doisoat-cases-'));
  db = await openDatabase({ tempDir: join(folder, 'temp'), threads: 2 });
});

afterAll(async () => {
  await db.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The tables that the classify stage leaves, for these rows. */
async function putRows(rows: readonly Row[]): Promise<void> {
  const names = [...new Set(rows.map((row) => row.name))];
  await db.run('CREATE OR REPLACE TABLE entries_name (entry INTEGER, raw VARCHAR)');
  await db.run('CREATE OR REPLACE TABLE entries_id (entry INTEGER, raw VARCHAR)');
  await db.run('CREATE OR REPLACE TABLE entries_carrier (value_id INTEGER, value VARCHAR)');
  await db.run(`INSERT INTO entries_carrier VALUES (0, '${OWNERS[0]}'), (1, '${OWNERS[1]}')`);
  if (names.length > 0)
    await db.run(`INSERT INTO entries_name VALUES ${names.map((name, i) => `(${i}, '${name}')`).join(', ')}`);
  const [match, mismatch] = [OUTCOMES.indexOf('match'), OUTCOMES.indexOf('mismatch')];
  await db.run(`CREATE OR REPLACE TABLE verdicts AS SELECT * FROM (VALUES (0::HUGEINT, ${match}::UTINYINT, ''),
    (1::HUGEINT, ${mismatch}::UTINYINT, 'name.typo')) v (pattern, outcome, reasons)`);
  await db.run(`CREATE OR REPLACE TABLE results (record UINTEGER, record_key VARCHAR, find_by BIGINT, e_id INTEGER,
    e_name INTEGER, w_carrier INTEGER, pattern HUGEINT)`);
  const values = rows.map(
    (row, i) =>
      `(${i}, ${row.key === null ? 'NULL' : `'${row.key}'`}, 79085001234, NULL, ${names.indexOf(row.name)}, ${row.owner}, ${row.bad ? 1 : 0})`,
  );
  if (values.length > 0) await db.run(`INSERT INTO results VALUES ${values.join(', ')}`);
}

async function live(night: Night, isFirst: boolean): Promise<void> {
  await putRows(night.rows);
  await makeCaseRows(db, { series: SERIES, matched });
  await db.run('CREATE OR REPLACE TEMP TABLE case_waivers (case_key UUID, expires DATE)');
  for (const [key, expires] of night.waivers)
    await db.run(`INSERT INTO case_waivers VALUES ('${key}', '${expires}')`);
  const before = isFirst ? null : { table: 'before', columns: ['g_carrier'] };
  await mergeCases(db, { before, agreeing: null, day: night.day, groups: ['carrier'] });
}

async function nextNight(): Promise<void> {
  await db.run('DROP TABLE IF EXISTS before');
  await db.run('ALTER TABLE cases RENAME TO before');
}

interface Case {
  state: CaseState;
  first: string;
  owner: string;
}

interface Movements {
  opening: number;
  new: number;
  reopened: number;
  resolved: number;
  waived: number;
  closing: number;
}

const NOTHING: Movements = { opening: 0, new: 0, reopened: 0, resolved: 0, waived: 0, closing: 0 };
const isLive = (state: CaseState | undefined) => state !== undefined && LIVE.includes(state);

/** The rules of docs/cases.md, case by case. Returns the movements per owner. */
function modelNight(known: Map<string, Case>, night: Night, keys: readonly string[]): Map<string, Movements> {
  const present = new Map<string, string>();
  for (const [i, row] of night.rows.filter(({ bad }) => bad).entries())
    present.set(keys[i]!, OWNERS[row.owner]!);
  const moves = new Map(OWNERS.map((owner) => [owner, { ...NOTHING }]));
  for (const key of new Set([...known.keys(), ...present.keys()])) {
    const before = known.get(key);
    const wasLive = isLive(before?.state);
    const owner = present.has(key) && !wasLive ? present.get(key)! : before!.owner;
    const move = moves.get(owner)!;
    const waived = (night.waivers.get(key) ?? '') >= night.day;
    const state = !present.has(key)
      ? 'resolved'
      : waived
        ? 'waived'
        : !before
          ? 'new'
          : wasLive
            ? 'open'
            : 'reopened';
    if (wasLive) move.opening++;
    if (!before) move.new++;
    if (present.has(key) && (before?.state === 'resolved' || (before?.state === 'waived' && !waived)))
      move.reopened++;
    if (wasLive && state === 'resolved') move.resolved++;
    if (state === 'waived' && before?.state !== 'waived') move.waived++;
    if (isLive(state)) move.closing++;
    known.set(key, { state, owner, first: before?.first ?? night.day });
  }
  return moves;
}

const addedUp = (all: Iterable<Movements>) =>
  [...all].reduce(
    (sum, one) =>
      Object.fromEntries(
        Object.keys(sum).map((name) => [name, sum[name as keyof Movements] + one[name as keyof Movements]]),
      ) as unknown as Movements,
    NOTHING,
  );

const withoutAges = ({ ageing: _, ...figures }: Awaited<ReturnType<typeof totalFigures>>) => figures;

const dayAfter = (day: string, days: number) =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

const KEYS = ['k0', 'k1', 'k2', 'k3', 'k4'];

const nights = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 1, max: 60 }),
      rows: fc.tuple(
        ...KEYS.map(() =>
          fc.record({ there: fc.boolean(), bad: fc.boolean(), owner: fc.integer({ min: 0, max: 1 }) }),
        ),
      ),
      waive: fc.array(fc.record({ key: fc.constantFrom(...KEYS), days: fc.integer({ min: -5, max: 90 }) }), {
        maxLength: 2,
      }),
    }),
    { minLength: 2, maxLength: 7 },
  )
  .map((given) => {
    let day = '2026-01-05';
    const waivers = new Map<string, string>();
    return given.map(({ gap, rows, waive }): Night => {
      day = dayAfter(day, gap);
      for (const { key, days } of waive) waivers.set(caseKey(SERIES, key), dayAfter(day, days));
      return {
        day,
        waivers: new Map(waivers),
        rows: rows.flatMap(({ there, bad, owner }, i) =>
          there ? [{ key: KEYS[i]!, name: 'An', owner, bad }] : [],
        ),
      };
    });
  });

describe('nights after nights', () => {
  it('move as the model says, per owner and in all, and each balance goes on from the one before', async () => {
    await fc.assert(
      fc.asyncProperty(nights, async (given) => {
        const known = new Map<string, Case>();
        let closing = new Map(OWNERS.map((owner) => [owner, 0]));
        for (const [i, night] of given.entries()) {
          await live(night, i === 0);
          const keys = night.rows.filter((row) => row.bad).map((row) => caseKey(SERIES, row.key!));
          const expected = modelNight(known, night, keys);
          const total = await totalFigures(db, night.day);
          expect(withoutAges(total)).toEqual(addedUp(expected.values()));
          const groups = await figuresByGroup(db, night.day, 'carrier');
          for (const owner of OWNERS) {
            const figures = groups.get(owner);
            expect(figures === undefined ? NOTHING : withoutAges(figures)).toEqual(expected.get(owner));
            expect(figures?.opening ?? 0).toBe(closing.get(owner));
          }
          closing = new Map(OWNERS.map((owner) => [owner, groups.get(owner)?.closing ?? 0]));
          const ages = [...known.values()]
            .filter(({ state }) => isLive(state))
            .map(({ first }) => (Date.parse(night.day) - Date.parse(first)) / 86_400_000);
          expect(total.ageing.map((band) => band.cases)).toEqual(
            AGE_BANDS.map(
              ({ from, to }) => ages.filter((age) => age >= from && (to === null || age <= to)).length,
            ),
          );
          await nextNight();
        }
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it('count a night once, however often it is run', async () => {
    const row = (key: string, bad: boolean): Row => ({ key, name: 'An', owner: 0, bad });
    await live({ day: '2026-11-01', rows: [row('a', true), row('b', true)], waivers: new Map() }, true);
    await nextNight();
    const night = {
      day: '2026-11-02',
      rows: [row('a', false), row('b', true), row('c', true)],
      waivers: new Map(),
    };
    await live(night, false);
    const once = await totalFigures(db, night.day);
    await live(night, false);
    expect(await totalFigures(db, night.day)).toEqual(once);
    expect(withoutAges(once)).toEqual({
      opening: 2,
      new: 1,
      reopened: 0,
      resolved: 1,
      waived: 0,
      closing: 2,
    });
  });
});

describe('what names a case', () => {
  const keysOf = async (rows: readonly Row[]) => {
    await putRows(rows);
    await makeCaseRows(db, { series: SERIES, matched });
    const found = await db.rows<{ case_key: string; record: number }>(
      'SELECT case_key::VARCHAR AS case_key, record FROM case_rows ORDER BY case_key',
    );
    return found.map(({ case_key }) => case_key);
  };
  const row = (key: string | null, name: string): Row => ({ key, name, owner: 0, bad: true });

  it('is the record key, the same here and in the engine', async () => {
    expect(await keysOf([row(' 0912 345 678 ', 'An')])).toEqual([caseKey(SERIES, '0912 345 678')]);
    expect(caseKey(SERIES, 'Đ')).not.toBe(caseKey('khac', 'Đ'));
  });

  it('is the content where there is no key, whatever the order of rows', async () => {
    const rows = [row(null, 'An'), row(null, 'Bình'), row('', 'An')];
    const keys = await keysOf(rows);
    expect(new Set(keys).size).toBe(3);
    expect(await keysOf(rows.toReversed())).toEqual(keys);
    expect(await keysOf([row(null, 'Bình')])).toHaveLength(1);
    expect(keys).toContain((await keysOf([row(null, 'Bình')]))[0]);
  });

  it('numbers rows that have one key', async () => {
    const rows = [row('k', 'An'), row('k', 'Bình'), row('k', 'An')];
    const keys = await keysOf(rows);
    expect(new Set(keys).size).toBe(3);
    expect(keys).toContain(caseKey(SERIES, 'k'));
    expect(await keysOf(rows.toReversed())).toEqual(keys);
  });
});
