import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../engine/database.js';
import { type LinkField, link } from '../pipeline/link.js';
import { preparedKeys, prepareLinkKeys } from '../pipeline/link-keys.js';

const PEOPLE = 900;
const FAMILY = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Vũ'];
const GIVEN = ['An', 'Bình', 'Châu', 'Dũng', 'Giang', 'Hà', 'Khánh', 'Lan', 'Mai', 'Nam', 'Phúc'];
const list = (words: readonly string[]) => `[${words.map((word) => `'${word}'`).join(', ')}]`;
const pick = (words: readonly string[], number: string) =>
  `list_extract(${list(words)}, 1 + (${number} % ${words.length})::INTEGER)`;

/** Synthetic people; every fourth record of ours has a wrong digit in its number, every fifth a name without marks. */
const POPULATION = `SELECT i AS person, ${pick(FAMILY, '(i * 31)')} || ' ' || ${pick(FAMILY, '(i * 7 // 5)')} || ' ' ||
    ${pick(GIVEN, '(i * 17 // 3)')} AS name,
  strftime(DATE '1950-01-01' + ((i * 7919) % 21000)::INTEGER, '%Y-%m-%d') AS born,
  79050000000 + (i * 7919 * 31) % 1000000000 AS id FROM range(${PEOPLE}) t(i)`;
const SUBMITTED = `SELECT person AS record, if(person % 5 = 0, strip_accents(name), name) AS name, born,
  if(person % 4 = 0, id + 1, id) AS id FROM (${POPULATION}) WHERE person % 3 = 0`;
const LINKS = 'SELECT record, person, decision, round(probability, 6) AS p FROM links ORDER BY record';

const tempDir = mkdtempSync(join(tmpdir(), 'doisoat-prepared-'));
let db: Database;

beforeAll(async () => {
  db = await openDatabase({ tempDir, threads: 1 });
  await db.run(
    `CREATE TABLE their_text AS SELECT * REPLACE (lpad(id::VARCHAR, 12, '0') AS id) FROM (${POPULATION})`,
  );
  await db.run(
    `CREATE TABLE our_text AS SELECT * REPLACE (lpad(id::VARCHAR, 12, '0') AS id) FROM (${SUBMITTED})`,
  );
  for (const [name, both] of [
    ['name', 'SELECT name AS value FROM our_text UNION SELECT name FROM their_text'],
    ['born', 'SELECT born AS value FROM our_text UNION SELECT born FROM their_text'],
  ]) {
    // numbers in another order than the values', as a build with several threads leaves them
    await db.run(
      `CREATE TABLE all_${name} AS SELECT row_number() OVER (ORDER BY md5(value))::UINTEGER AS value_id, value FROM (${both})`,
    );
    await db.run(
      `CREATE TABLE values_${name} AS SELECT * FROM all_${name} WHERE value IN (SELECT ${name} FROM their_text)`,
    );
  }
  const numbered = (
    table: string,
    id: string,
  ) => `SELECT t.${id}, n.value_id AS v_name, b.value_id AS v_born, t.id::BIGINT AS k_id
    FROM ${table} t JOIN all_name n ON n.value = t.name JOIN all_born b ON b.value = t.born`;
  await db.run(`CREATE TABLE people AS ${numbered('their_text', 'person')}`);
  await db.run(
    `CREATE VIEW their_numbers AS SELECT person, v_name AS name, v_born AS born, k_id AS id FROM people`,
  );
  await db.run(`CREATE TABLE our_numbers AS SELECT record, v_name AS name, v_born AS born, k_id AS id
    FROM (${numbered('our_text', 'record')})`);
  await prepareLinkKeys(db, [
    { name: 'name', kind: 'person-name' },
    { name: 'born', kind: 'birth-date' },
  ]);
});

afterAll(async () => {
  await db.close();
  rmSync(tempDir, { recursive: true, force: true });
});

function fields(prepared: boolean): LinkField[] {
  const coded = (name: string, kind: string): LinkField => {
    const keys = prepared ? preparedKeys(name) : null;
    const values = `(SELECT value_id AS key, value FROM all_${name})`;
    return { name, kind, held: { as: 'numbers', values, keys } };
  };
  const id: LinkField = { name: 'id', kind: 'citizen-id', held: { as: 'integers' } };
  return [coded('name', 'person-name'), coded('born', 'birth-date'), id];
}

describe('a reference that is prepared', () => {
  it('holds the keys of its values and how many people have them', async () => {
    const [row] = await db.rows<{ people: number; values: number }>(
      `SELECT sum(people) AS people, count(*) AS "values" FROM ${preparedKeys('name')}`,
    );
    expect(row?.people).toBe(PEOPLE);
    expect(row?.values).toBe(await db.value('SELECT count(*) FROM values_name'));
  });

  it('gives the same links with keys made beforehand, made in the run, and with both sides as text', async () => {
    const spec = { ours: 'our_numbers', reference: 'their_numbers', blocking: [], oneToOne: false };
    await link(db, { ...spec, fields: fields(true) });
    const prepared = await db.rows<{ record: number; person: number; decision: string }>(LINKS);
    await link(db, { ...spec, fields: fields(false) });
    expect(await db.rows(LINKS)).toEqual(prepared);
    const right = prepared.filter((one) => one.decision === 'linked' && one.person === one.record);
    expect(right.length).toBeGreaterThan(290);
    expect(prepared.filter((one) => one.decision === 'linked')).toHaveLength(right.length);
    const text = fields(false).map(({ name, kind }) => ({ name, kind }));
    await link(db, { ...spec, ours: 'our_text', reference: 'their_text', fields: text });
    const decided = (rows: typeof prepared) => rows.map((one) => [one.record, one.person, one.decision]);
    expect(decided(await db.rows<(typeof prepared)[number]>(LINKS))).toEqual(decided(prepared));
  });
});
