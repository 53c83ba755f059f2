/**
 * The people of a population of national size: everything about person number `i` follows from `i` alone, as SQL, so that the
 * extract can speak of anybody without a join and both files are streamed. Numbers below `adults` may subscribe, those up
 * to `people` are children, those beyond are people whom the reference does not know. No two have the same personal ID.
 */
import type { Database } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import { SLOTS, shares, USUAL } from './national-words.js';
import { loadPlaces, type Province, tableRows } from './tables.js';

/** Shares of the provinces, in slots; a province has at least one. */
const PLACES = 128;
const ADULTS = { from: 1931, years: 78 };
const CHILDREN = { from: 2009, years: 18 };
/** Prefixes of old 9-digit numbers in use: each has room for ten million. */
const OLD_PREFIXES = 32;

export interface NationalSize {
  readonly people: number;
  readonly adults: number;
}

export function nationalSize(people: number): NationalSize {
  return { people, adults: Math.ceil(people * 0.8) };
}

/** A number from 0 to `below` − 1 that follows from `i`; each `use` gives another. */
export function drawn(i: string, use: number, below: number): string {
  return `(hash(${i} * 64 + ${use}) % ${below})::INTEGER`;
}

/**
 * SELECT of `from` (a relation with the column `i`) and: id, next_id (somebody's of another year), year, female, born (DATE), the columns
 * of `places`, and the words f, m, n, g (family, middle, second middle or NULL, given) as `f_word` …; `spelt('vni')` puts a name together.
 */
export function personSql(from: string, size: NationalSize, spellings: readonly string[]): string {
  const words = ['f', 'm', 'n', 'g'].flatMap((part) =>
    spellings.map((spelling) => `${part}.${spelling} AS ${part}_${spelling}`),
  );
  const next = `year + if(k % ${ADULTS.years} = ${ADULTS.years - 1}, -1, 1)`;
  return `SELECT b.*, ${idOf('year', true)} AS id, ${idOf(`(${next})`, false)} AS next_id, ${words.join(', ')}
    FROM (SELECT a.*, pl.*, make_date(year, 1, 1) + ${drawn('i', 1, 365)} AS born,
        ${drawn('i', 2, SLOTS)} AS f_slot, ${usualMiddle()} AS usual,
        ${drawn('i', 3, SLOTS)} + ${SLOTS} * female AS m_slot,
        if(${drawn('i', 4, 100)} < if(female = 1, 1, 0.4) * ${fourWords()}, ${drawn('i', 5, SLOTS)} + ${SLOTS} * female, NULL) AS n_slot,
        ${drawn('i', 6, SLOTS)} + ${SLOTS} * female AS g_slot
      FROM (${cells(from, size)}) a JOIN places pl ON a.place_slot = pl.slot) b
    JOIN family_words f ON b.f_slot = f.slot JOIN middle_words m ON if(b.usual, if(b.female = 1, ${USUAL.F}, ${USUAL.M}), b.m_slot) = m.slot
    LEFT JOIN middle_words n ON b.n_slot = n.slot JOIN given_words g ON b.g_slot = g.slot`;
}

/** A name in one of the spellings; of single words in another where `given` or `family` says so. */
export function spelt(spelling: string, other: { family?: string; given?: string } = {}): string {
  return `concat_ws(' ', f_${other.family ?? spelling}, m_${spelling}, n_${spelling}, g_${other.given ?? spelling})`;
}

function cells(from: string, { people, adults }: NationalSize): string {
  const years = `if(child, ${CHILDREN.years}, ${ADULTS.years})`;
  return `SELECT * EXCLUDE (child), if(child, ${CHILDREN.from}, ${ADULTS.from}) + (k % ${years})::INTEGER AS year,
      ((k // ${years}) % 2)::INTEGER AS female, ((k // (${years} * 2)) % ${PLACES})::INTEGER AS place_slot,
      k // (${years} * ${2 * PLACES}) AS round
    FROM (SELECT *, i >= ${adults} AND i < ${people} AS child,
        CASE WHEN i < ${adults} THEN i WHEN i < ${people} THEN i - ${adults} ELSE i - ${people} + ${adults} END AS k FROM ${from})`;
}

/**
 * Place, century and sex, year, and six digits that nobody else has there: below 100000, so that larger ones are free. Of one in
 * 160 the digit for the sex is wrong, as such numbers were issued; their running digits begin with a 3.
 */
function idOf(year: string, asIssued: boolean): string {
  const wrong = asIssued ? `(${drawn('i', 8, 160)} = 0)` : 'false';
  return `id_place || ((${year} // 100 - 19) * 2 + if(${wrong}, 1 - female, female))::VARCHAR
    || lpad((${year} % 100)::VARCHAR, 2, '0') || lpad((if(${wrong}, 300000, 0) + round * times + nth)::VARCHAR, 6, '0')`;
}

/** Thị or Văn, by year of birth and sex in the shares of generator/names.ts. */
function usualMiddle(): string {
  const share = (women: number, men: number) => `if(female = 1, ${women}, ${men})`;
  return `${drawn('i', 7, 100)} < CASE WHEN year < 1960 THEN ${share(82, 50)} WHEN year < 1980 THEN ${share(74, 38)}
    WHEN year < 1995 THEN ${share(55, 24)} WHEN year < 2007 THEN ${share(30, 12)} ELSE ${share(12, 6)} END`;
}

function fourWords(): string {
  return 'CASE WHEN year < 1960 THEN 8 WHEN year < 1980 THEN 16 WHEN year < 1995 THEN 30 WHEN year < 2007 THEN 42 ELSE 52 END';
}

/** Two in three adults have an old number; no two the same one. */
export function oldNumberSql(): string {
  const prefixes = `[${oldPrefixes().map(literal).join(', ')}]`;
  return `if(i % 3 = 0 OR year > 2002, '', list_extract(${prefixes}, (i % ${OLD_PREFIXES})::INTEGER + 1)
    || lpad((i // ${OLD_PREFIXES})::VARCHAR, 7, '0'))`;
}

function oldPrefixes(): string[] {
  const all = loadPlaces().provinces.flatMap((one) => one.oldIdPrefixes.filter((text) => text.length === 2));
  return [...new Set(all)].sort().slice(0, OLD_PREFIXES);
}

/** A number that was cancelled when the present one was given, of one person in a hundred. */
export function hasFormerId(): string {
  return 'i % 100 = 7';
}

/** The same digits with `more` added to the running ones: nobody has them, because those of all people are below 100000. */
export function freeId(id: string, more: number): string {
  return `(left(${id}, 6) || lpad((right(${id}, 6)::INTEGER + ${more})::VARCHAR, 6, '0'))`;
}

/** `places(slot, …)`: provinces by their share of people. */
export async function makePlaces(db: Database): Promise<void> {
  const rows = placeSlots().map(({ province, nth, times }, slot) => {
    const commune = province.communes[nth % province.communes.length];
    const { idPlace, newCode, newName, newFullName } = province;
    const texts = [idPlace, newCode, newName, newFullName, commune?.code ?? '', commune?.name ?? ''];
    return `(${[slot, nth, times, ...texts.map(literal)].join(', ')})`;
  });
  await db.run(`CREATE OR REPLACE TEMP TABLE places (slot INTEGER, nth INTEGER, times INTEGER, id_place VARCHAR,
    province_code VARCHAR, province VARCHAR, province_full VARCHAR, commune_code VARCHAR, commune VARCHAR)`);
  await db.run(`INSERT INTO places VALUES ${rows.join(', ')}`);
}

interface PlaceSlot {
  readonly province: Province;
  /** Which of the province's slots, and how many it has. */
  readonly nth: number;
  readonly times: number;
}

function placeSlots(): PlaceSlot[] {
  const { provinces } = loadPlaces();
  const weights = tableRows('provinces').map((row) => Number(row.weight));
  return shares(weights, PLACES).flatMap((times, i) =>
    Array.from({ length: times }, (_, nth) => ({ province: provinces[i]!, nth, times })),
  );
}
