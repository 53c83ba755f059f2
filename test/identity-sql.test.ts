import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import { citizenId, idParts } from '../normalizers/citizen-id.js';
import { acceptRestoredId, centuryOfBirth, structureConflicts } from '../normalizers/record-context.js';
import { confirmsId, contradictsId, sexInId, yearInId } from '../pipeline/identity-sql.js';
import fc from './property.js';

let db: Database;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'doisoat-identity-'));
  db = await openDatabase({ memory: '256MB', threads: 1, tempDir: folder });
});

afterAll(async () => {
  await db.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Made {
  readonly id: string;
  readonly born: string | null;
  readonly sex: 'M' | 'F' | null;
}

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(''));
const place = fc.constantFrom('001', '008', '024', '048', '079', '096', '000', '003', '100', '840', '999');

/** A third of the records agree with their number, so that neither answer is rare. */
const made: fc.Arbitrary<Made> = fc
  .tuple(place, digits(9), fc.integer({ min: 1900, max: 2039 }), fc.constantFrom('M', 'F', null), fc.nat(5))
  .map(([three, nine, year, sex, how]) => {
    const id = three + nine;
    const parts = idParts(id)!;
    const own = parts.birthYear !== null && how < 3 ? parts.birthYear : year;
    const born = how === 5 ? null : how % 2 === 0 ? `${own}` : `${own}-07-15`;
    return { id, born, sex: how < 2 ? parts.sex : (sex as Made['sex']) };
  });

const records = fc.sample(made, { numRuns: 5000, seed: 59 });

interface Said {
  readonly id: string;
  readonly born: string | null;
  readonly sex: 'M' | 'F' | null;
  readonly year_in_id: number;
  readonly sex_in_id: string;
  readonly contradicts: boolean;
  readonly confirms: boolean;
}

async function askEngine(): Promise<Said[]> {
  const text = (value: string | null) => (value === null ? 'NULL' : literal(value));
  const values = records.map(({ id, born, sex }) => `(${literal(id)}, ${text(born)}, ${text(sex)})`);
  const year = 'TRY_CAST(left(born, 4) AS SMALLINT)';
  return db.rows<Said>(`SELECT id, born, sex, ${yearInId('n')} AS year_in_id, ${sexInId('n')} AS sex_in_id,
      (${contradictsId('n', year, 'sex')}) AS contradicts, ${confirmsId('n', year, 'sex')} AS confirms
    FROM (SELECT id, born, sex, id::BIGINT AS n FROM (VALUES ${values.join(', ')}) v(id, born, sex))`);
}

describe('the digits of a personal ID, in SQL and in TypeScript', () => {
  let said: Said[];

  beforeAll(async () => {
    said = await askEngine();
  });

  it('agree on year and sex', () => {
    expect(said.length).toBe(records.length);
    for (const { id, year_in_id, sex_in_id } of said) {
      const parts = idParts(id)!;
      expect([id, year_in_id, sex_in_id]).toEqual([
        id,
        parts.centuryStart + Number(id.slice(4, 6)),
        parts.sex,
      ]);
      if (parts.birthYear !== null) expect(year_in_id).toBe(parts.birthYear);
    }
  });

  it('agree on what contradicts the record', () => {
    const ours = said.map(({ id, born, sex }) => structureConflicts(id, { born, sex }).length > 0);
    expect(said.map((one) => one.contradicts)).toEqual(ours);
    expect(ours.filter(Boolean).length).toBeGreaterThan(1000);
    expect(ours.filter((one) => !one).length).toBeGreaterThan(1000);
  });

  it('agree on which restored number is believed, of known places (others are never restored)', () => {
    const known = said.filter(({ id }) => idParts(id)?.provinceName !== null);
    const ours = known.map(({ id, born, sex }) => acceptRestoredId(id, { born, sex }));
    expect(known.map((one) => one.confirms)).toEqual(ours);
    expect(ours.filter(Boolean).length).toBeGreaterThan(300);
    for (const { id } of said) {
      const { type, value } = citizenId.normalize(id.replace(/^0/, ''));
      if (type === 'restored') expect(idParts(value!)?.provinceName).not.toBeNull();
    }
  });

  it('agree on the century of a two-digit year', async () => {
    const [row] = await db.rows<Record<string, number>>(`SELECT ${yearInId('79085001234')} AS "085",
      ${yearInId('79285001234')} AS "285", ${yearInId('79200001234')} AS "200"`);
    expect(row).toEqual({ '085': 1985, '285': 2085, '200': 2000 });
    expect(centuryOfBirth('1985-07-15', '079285001234')).toBe('2085-07-15');
    expect(centuryOfBirth('1985-07-15', '079085001234')).toBe('1985-07-15');
    expect(centuryOfBirth('1985-07-15', '079286001234')).toBeNull();
  });

  it('answers are never NULL', async () => {
    const [row] = await db.rows(
      `SELECT ${confirmsId('NULL::BIGINT', '1985', `'M'`)} AS a, (${contradictsId('NULL::BIGINT', '1985', `'M'`)}) AS b`,
    );
    expect(row).toEqual({ a: false, b: false });
  });
});
