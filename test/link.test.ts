import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import { dedupe } from '../pipeline/dedupe.js';
import { type LinkResult, link, trainModel } from '../pipeline/link.js';
import { auditBlocking, explainRecord } from '../pipeline/link-explain.js';

const FAMILY = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Võ', 'Đặng', 'Bùi'];
const MIDDLE = ['Văn', 'Thị', 'Minh', 'Ngọc', 'Đức', 'Thu', 'Quang'];
const GIVEN = [
  'An',
  'Bình',
  'Châu',
  'Dũng',
  'Giang',
  'Hà',
  'Khánh',
  'Lan',
  'Mai',
  'Nam',
  'Phúc',
  'Quân',
  'Sơn',
];
const FIELDS = [
  { name: 'name', kind: 'person-name' },
  { name: 'born', kind: 'birth-date' },
  { name: 'phone', kind: 'phone' },
  { name: 'sex', kind: 'sex' },
];
const PEOPLE = 1200;
type Person = [string, string, string, string];

/** Synthetic people, spread by multiplication modulo a prime so that the list is the same everywhere. */
function person(i: number): Person {
  const mix = (factor: number, size: number) => Math.floor(((i * factor + 17) % 10007) / 7) % size;
  const name = `${FAMILY[mix(31, 8)]} ${MIDDLE[mix(57, 7)]} ${GIVEN[mix(91, 13)]}`;
  const two = (n: number) => String(n + 1).padStart(2, '0');
  const born = `${1950 + mix(73, 60)}-${two(mix(37, 12))}-${two(mix(113, 28))}`;
  return [
    name,
    born,
    `09${String((i * 7919 + 1234567) % 100_000_000).padStart(8, '0')}`,
    mix(13, 2) ? 'F' : 'M',
  ];
}

/** Every fifth record has an error of its own kind; the last hundred records are of people who are not in the reference. */
function submitted(i: number): (string | null)[] {
  const [name, born, phone, sex] = person(i);
  if (i % 25 === 0) return [name.normalize('NFD').replace(/\p{M}/gu, ''), born, phone, sex];
  if (i % 25 === 5) return [name, `${born.slice(0, 9)}${(Number(born[9]) + 1) % 9}`, phone, sex];
  if (i % 25 === 10) return [name, born, null, sex];
  if (i % 25 === 15) return [name, born, phone.slice(0, 5) + phone[6] + phone[5] + phone.slice(7), sex];
  return [name, born, phone, sex];
}

const row = (id: number, values: readonly (string | null)[]) =>
  `(${id}, ${values.map((value) => (value === null ? 'NULL' : literal(value))).join(', ')})`;

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

const tempDir = mkdtempSync(join(tmpdir(), 'doisoat-link-'));
let db: Database;
let result: LinkResult;

async function fill(turned: boolean): Promise<void> {
  const order = (list: number[]) => (turned ? list.reverse() : list);
  const ours = order(range(800, PEOPLE + 100)).map((i) => row(i, submitted(i)));
  const theirs = order(range(0, PEOPLE)).map((i) => row(i, person(i)));
  const columns = 'name VARCHAR, born VARCHAR, phone VARCHAR, sex VARCHAR';
  await db.run(`CREATE OR REPLACE TABLE ours (record BIGINT, ${columns})`);
  await db.run(`CREATE OR REPLACE TABLE reference (person BIGINT, ${columns})`);
  await db.run(`INSERT INTO ours VALUES ${ours.join(', ')}`);
  await db.run(`INSERT INTO reference VALUES ${theirs.join(', ')}`);
}

const spec = { ours: 'ours', reference: 'reference', fields: FIELDS, blocking: [], oneToOne: true };
const LINKS = 'SELECT record, person, decision, round(probability, 9) AS p FROM links ORDER BY record';

beforeAll(async () => {
  db = await openDatabase({ tempDir, threads: 1 });
  await fill(false);
  result = await link(db, spec);
});

afterAll(async () => {
  await db.close();
  rmSync(tempDir, { recursive: true, force: true });
});

describe('link', () => {
  it('has one row per record, with the right person and nobody for strangers', async () => {
    const links = await db.rows<{ record: number; person: number; decision: string }>(LINKS);
    expect(links).toHaveLength(PEOPLE + 100 - 800);
    const wrong = links.filter((one) => one.decision === 'linked' && one.person !== one.record);
    expect(wrong).toEqual([]);
    const found = links.filter((one) => one.decision === 'linked' && one.record < PEOPLE);
    expect(found.length).toBeGreaterThan(390);
  });

  it('estimates how many have their person', () => {
    expect(result.model.found).toBeGreaterThan(0.75);
    expect(result.model.found).toBeLessThan(0.85);
    expect(result.model.training.converged).toBe(true);
  });

  it('explains a candidate field by field up to its weight', async () => {
    const [best] = await explainRecord(db, result, 840);
    expect(best?.person).toBe(840);
    expect(best?.fields.map((field) => [field.field, field.level])).toEqual([
      ['name', 'exact'],
      ['born', 'exact'],
      ['phone', 'one_digit'],
      ['sex', 'exact'],
    ]);
    expect(best!.relatives).toBeLessThanOrEqual(0.001);
    expect(best!.relatives).toBeGreaterThan(-1.5);
    const sum = best!.fields.at(-1)!.total + best!.swappedBits + best!.relatives;
    expect(sum).toBeCloseTo(best!.weight, 9);
  });

  it('does not depend on the order of rows', async () => {
    const before = await db.rows(LINKS);
    await fill(true);
    await link(db, spec);
    expect(await db.rows(LINKS)).toEqual(before);
  });

  it('takes a claim on somebody who has a record by number for less sure, the more the seldomer people have several, and no other claim', async () => {
    // 200 people, one of them with two records.
    const CLAIMED =
      'SELECT 840 AS person UNION ALL SELECT 840 UNION ALL SELECT 100000 + range FROM range(199)';
    const odds = async () =>
      db.rows<{ record: number; person: number; odds: number }>(
        'SELECT record, person, round(odds, 6) AS odds FROM link_candidates ORDER BY record, person',
      );
    const doubt = () =>
      db.value<number>('SELECT 1 - probability FROM links WHERE record = 840 AND person = 840');
    await link(db, { ...spec, model: result.model });
    const [before, doubtBefore] = [await odds(), await doubt()];
    await link(db, { ...spec, model: result.model, claimed: CLAIMED });
    const expected = before.map((one) =>
      one.person === 840 ? { ...one, odds: one.odds - Math.log2(201 / 2) } : one,
    );
    const after = await odds();
    expect(after.map((one) => [one.record, one.person])).toEqual(
      expected.map((one) => [one.record, one.person]),
    );
    for (const [i, one] of after.entries()) expect(one.odds).toBeCloseTo(expected[i]!.odds, 5);
    expect((await doubt()) / doubtBefore).toBeGreaterThan(50);
  });

  it('scores alike with its model frozen', async () => {
    const before = await db.rows<{ record: number; person: number; decision: string }>(LINKS);
    await link(db, { ...spec, model: result.model });
    const after = await db.rows<{ record: number; person: number; decision: string }>(LINKS);
    const decided = (list: typeof before) => list.map((one) => [one.record, one.decision]);
    expect(decided(after)).toEqual(decided(before));
  });

  it('refuses a model of other fields', async () => {
    const other = { ...spec, fields: FIELDS.slice(1), model: result.model };
    await expect(link(db, other)).rejects.toThrow(/huấn luyện/);
  });

  it.each([2, 3, 7])('calls %d people who are alike in everything ambiguous', async (alike) => {
    await db.run(`INSERT INTO reference SELECT 5000 + n, name, born, phone, sex
      FROM reference, range(1, ${alike}) t(n) WHERE person = 901`);
    await link(db, { ...spec, model: result.model });
    const [twin] = await db.rows<{ decision: string; margin: number }>(
      'SELECT decision, margin FROM links WHERE record = 901',
    );
    expect(twin).toEqual({ decision: 'ambiguous', margin: 0 });
    await db.run('DELETE FROM reference WHERE person BETWEEN 5000 AND 5010');
  });

  it('lets the surer of two claimants have the person', async () => {
    const [name, born] = person(902);
    await db.run(`INSERT INTO ours VALUES ${row(6000, [name, born, null, null])}`);
    await link(db, { ...spec, model: result.model });
    const both = await db.rows<{ record: number; decision: string }>(
      'SELECT record, decision FROM links WHERE record IN (902, 6000) ORDER BY record',
    );
    expect(both[0]?.decision).toBe('linked');
    expect(both[1]?.decision).not.toBe('linked');
    await db.run('DELETE FROM ours WHERE record = 6000');
  });

  it('learns the same model again and audits its rules', async () => {
    const model = await trainModel(db, spec);
    expect(model.found).toBeCloseTo(result.model.found, 6);
    const audit = await auditBlocking(db, spec);
    expect(audit.pairs).toBe(audit.rules.reduce((sum, rule) => sum + rule.pairs, 0));
    expect(audit.missed).toBeLessThan(0.05);
  });
});

describe('dedupe', () => {
  it('finds the records of one person and leaves the others alone', async () => {
    await db.run('CREATE OR REPLACE TABLE twice AS SELECT * FROM ours WHERE record < 1200');
    await db.run(
      'INSERT INTO twice SELECT person + 10000, name, born, phone, sex FROM reference WHERE person BETWEEN 800 AND 899',
    );
    const { groups } = await dedupe(db, { ours: 'twice', fields: FIELDS, blocking: [] });
    const pairs = await db.rows<{ a: number; b: number }>(`SELECT a.record AS a, b.record AS b
      FROM duplicate_groups a JOIN duplicate_groups b ON a.cluster = b.cluster AND a.record < b.record`);
    expect(pairs.filter(({ a, b }) => b !== a + 10000)).toEqual([]);
    expect(groups).toBeGreaterThan(95);
  });
});
