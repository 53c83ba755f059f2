import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../engine/database.js';
import { type LinkResult, link, prepare } from '../pipeline/link.js';

const PEOPLE = 30_000;
const RECORDS = 21_000;
const FIELDS = [
  { name: 'name', kind: 'person-name' },
  { name: 'born', kind: 'birth-date' },
  { name: 'sex', kind: 'sex' },
];
const spec = { ours: 'ours', reference: 'reference', fields: FIELDS, blocking: [], oneToOne: false };

/** Synthetic people: everything about one follows from the hash of its number. One record in ten has the month wrong. */
const person = (i: string, month: string) => `
  SELECT ${i} AS id, ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Võ', 'Đặng', 'Bùi'][(hash(${i}, 1) % 8)::INTEGER + 1] || ' '
    || ['Văn', 'Thị', 'Minh', 'Ngọc', 'Đức', 'Thu', 'Quang'][(hash(${i}, 2) % 7)::INTEGER + 1] || ' '
    || ['An', 'Bình', 'Châu', 'Dũng', 'Giang', 'Hà', 'Khánh', 'Lan', 'Mai', 'Nam', 'Phúc', 'Quân', 'Sơn'][(hash(${i}, 3) % 13)::INTEGER + 1] AS name,
    (1940 + hash(${i}, 4) % 70) || '-' || lpad((${month})::VARCHAR, 2, '0') || '-' || lpad((1 + hash(${i}, 6) % 28)::VARCHAR, 2, '0') AS born,
    if(hash(${i}, 7) % 2 = 0, 'F', 'M') AS sex`;

const tempDir = mkdtempSync(join(tmpdir(), 'doisoat-idle-'));
const LINKS = 'SELECT record, person, decision FROM links ORDER BY record';
let db: Database;
let all: readonly (readonly string[])[];
let found: LinkResult;
let links: unknown[];

beforeAll(async () => {
  db = await openDatabase({ tempDir });
  const month = '1 + hash(i, 5) % 12';
  await db.run(`CREATE TABLE reference AS SELECT * RENAME (id AS person)
    FROM (SELECT unnest(range(${PEOPLE})) AS i) people, LATERAL (${person('i', month)})`);
  const wrong = `if(hash(i, 8) % 10 = 0, 1 + hash(i, 9) % 12, ${month})`;
  await db.run(`CREATE TABLE ours AS SELECT * RENAME (id AS record)
    FROM (SELECT unnest(range(${PEOPLE - RECORDS}, ${PEOPLE})) AS i) people, LATERAL (${person('i', wrong)})`);
  all = (await prepare(db, spec, {})).rules;
  found = await link(db, spec);
  links = await db.rows(LINKS);
});

afterAll(async () => {
  await db.close();
  rmSync(tempDir, { recursive: true, force: true });
});

describe('rules that propose strangers only', () => {
  it('are left out of the search of many records, and of the model', () => {
    const left = found.model.rules.map((rule) => rule.join());
    expect(left.length).toBeLessThan(all.length);
    expect(all.map((rule) => rule.join())).toEqual(expect.arrayContaining(left));
    expect(new Set(found.rules.map(({ rule }) => rule.join()))).toEqual(
      new Set([...left, ...(found.model.first_rules ?? []).map((rule) => rule.join())]),
    );
  });

  it('would have changed next to nothing', async () => {
    await link(db, { ...spec, model: { ...found.model, rules: all.map((rule) => [...rule]) } });
    const full = await db.rows(LINKS);
    const differ = full.filter((row, i) => JSON.stringify(row) !== JSON.stringify(links[i]));
    expect(full).toHaveLength(RECORDS);
    expect(differ.length).toBeLessThan(RECORDS / 500);
  });

  it('are left out again with the model frozen, so that it finds the same', async () => {
    const again = await link(db, { ...spec, model: found.model });
    expect(again.rules).toEqual(found.rules);
    expect(await db.rows(LINKS)).toEqual(links);
  });

  it('stay where the sector declares them', async () => {
    const declared = await link(db, { ...spec, blocking: all });
    expect(declared.model.rules).toEqual(all);
  });
});
