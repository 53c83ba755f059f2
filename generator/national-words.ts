/**
 * Words of names for a population of national size, as tables of the engine: a slot for each share of a word's frequency, with
 * every spelling that the damage of `national-dirt.ts` needs, so that a hundred million names are put together without a row
 * passing through TypeScript. `middle_words` and `given_words` hold the slots of men, then those of women.
 */
import type { Database } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import { asMojibake, asTcvn3, asTelex, asVni, toneAt, withTone } from './legacy-text.js';
import { bare } from './names.js';
import { type Sex, tableRows } from './tables.js';

/** A slot is a 65,536th of all people: rare names keep theirs, and a hash gives one without a division. */
export const SLOTS = 65_536;

/** Slots of the two middle names that go by year of birth. */
export const USUAL: Readonly<Record<Sex, number>> = { M: -1, F: -2 };

type Spelling = (word: string) => string;

const TONES = ['\u0301', '\u0300', '\u0309', '\u0303', '\u0323'] as const;

/** The column of each spelling. A spelling that does nothing to a word gives the word. */
const SPELLINGS: Readonly<Record<string, Spelling>> = {
  word: (word) => word.toUpperCase(),
  small: (word) => word.toLowerCase(),
  parted: (word) => word.toUpperCase().normalize('NFD'),
  plain: (word) => bare(word).toUpperCase(),
  tcvn3: asTcvn3,
  vni: asVni,
  mojibake: asMojibake,
  telex: asTelex,
  moved: (word) => movedTone(word).toUpperCase(),
  marked: (word) => otherMark(word).toUpperCase(),
  i_for_y: (word) => otherVowel(word).toUpperCase(),
  slipped: (word) => slipped(word).toUpperCase(),
  regional: (word) => (REGIONAL[word] ?? word).toUpperCase(),
  lost: (word) => word.toUpperCase().replace(/[\u1ea0-\u1ef9]/gu, '?'),
};

const REGIONAL: Readonly<Record<string, string>> = { Hoàng: 'Huỳnh', Huỳnh: 'Hoàng', Vũ: 'Võ', Võ: 'Vũ' };

function movedTone(word: string): string {
  if (/^q/i.test(word)) return word;
  const parted = word.normalize('NFD');
  return parted.replace(/([ou])([\u0300\u0301\u0303\u0309\u0323])([aey])$/iu, '$1$3$2').normalize('NFC');
}

/** The next tone in the list; words on -c, -p, -t bear two tones only. */
function otherMark(word: string): string {
  if (toneAt(word) < 0 || /(?:[cpt]|ch)$/i.test(word)) return word;
  const now = TONES.findIndex((tone) => withTone(word, tone) === word.normalize('NFC'));
  return withTone(word, TONES[(now + 1) % TONES.length]!);
}

function otherVowel(word: string): string {
  const parts = /^(qu|[hklmst])([iy])(\p{M}?)$/iu.exec(word.normalize('NFD'));
  return parts === null ? word : `${parts[1]}${parts[2] === 'i' ? 'y' : 'i'}${parts[3]}`.normalize('NFC');
}

/** The second letter twice. */
function slipped(word: string): string {
  return word.length < 4 ? word : word.slice(0, 2) + word.slice(1);
}

/** Without its mark, Ông: before another family name (ONG CAO NAM) nobody can say which it is, so nobody is called so here. */
const LIKE_A_TITLE = 'Ong';

/** Columns of the word tables. */
export const SPELLING_COLUMNS: readonly string[] = Object.keys(SPELLINGS);

export async function makeWordTables(db: Database): Promise<void> {
  const surnames = tableRows('surnames')
    .map((row) => [row.surname ?? '', Number(row.weight)] as const)
    .filter(([surname]) => surname !== LIKE_A_TITLE);
  await slotTable(db, 'family_words', [surnames]);
  await slotTable(db, 'middle_words', [weights('middle_names', 'M'), weights('middle_names', 'F')]);
  await slotTable(db, 'given_words', [weights('given_names', 'M'), weights('given_names', 'F')]);
}

type Weights = readonly (readonly [word: string, weight: number])[];

/** Thị and Văn are drawn by year of birth, not here. */
function weights(table: 'middle_names' | 'given_names', sex: Sex): Weights {
  const word = table === 'middle_names' ? 'middle' : 'given';
  const column = sex === 'M' ? 'male' : 'female';
  return tableRows(table)
    .map((row) => [row[word] ?? '', Number(row[column])] as const)
    .filter(([name, weight]) => weight > 0 && !(table === 'middle_names' && /^(Thị|Văn)$/.test(name)));
}

/** Slots in order of the lists; a word has as many as its share, and one at least. */
async function slotTable(db: Database, table: string, lists: readonly Weights[]): Promise<void> {
  const columns = SPELLING_COLUMNS;
  const typed = columns.map((name) => `${name} VARCHAR`).join(', ');
  await db.run(`CREATE OR REPLACE TEMP TABLE spelt (first INTEGER, slots INTEGER, ${typed})`);
  for (const [list, words] of lists.entries()) {
    const counts = shares(
      words.map(([, weight]) => weight),
      SLOTS,
    );
    let first = list * SLOTS;
    const rows = words.map(([word], i) => {
      first += counts[i]!;
      return spellingRow(word, first - counts[i]!, counts[i]!);
    });
    await db.run(`INSERT INTO spelt VALUES ${rows.join(', ')}`);
  }
  await db.run(
    `INSERT INTO spelt VALUES ${spellingRow('Văn', USUAL.M, 1)}, ${spellingRow('Thị', USUAL.F, 1)}`,
  );
  await db.run(`CREATE OR REPLACE TEMP TABLE ${table} AS SELECT slot::INTEGER AS slot, ${columns.join(', ')}
    FROM (SELECT *, unnest(range(first, first + slots)) AS slot FROM spelt)`);
  await db.run('DROP TABLE spelt');
}

function spellingRow(word: string, first: number, slots: number): string {
  const spelt = Object.values(SPELLINGS).map((spelling) => literal(spelling(word)));
  return `(${[first, slots, ...spelt].join(', ')})`;
}

/** So many slots for each weight that they add up to `all`: each has one at least, the rest by share. */
export function shares(weights: readonly number[], all: number): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const free = all - weights.length;
  let before = 0;
  return weights.map((weight) => {
    const slots = 1 + Math.floor(((before + weight) / total) * free) - Math.floor((before / total) * free);
    before += weight;
    return slots;
  });
}
