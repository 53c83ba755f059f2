// Levels that the engine works out itself, a pair of values at a time: numbers, dates and codes are so various that telling distinct pairs
// apart and handing them to TypeScript costs more than comparing them. The same levels as in matchers/field-levels.ts, in SQL; a test
// holds the two together. Example: '19800506' and '19800605' → day_month_swapped.
import { COMPARATORS } from '../matchers/field-levels.js';
import type { PlannedField } from './link-fields.js';

/** Whether the engine grades this field; all others go to TypeScript as distinct pairs. */
export function isGradedByEngine({ comparator, held }: PlannedField): boolean {
  return (
    comparator === 'date' || comparator === 'code' || (comparator === 'digits' && held.as === 'integers')
  );
}

/** SQL of what is compared of a value: a date without its dashes. */
export function comparedText({ comparator }: PlannedField, value: string): string {
  return comparator === 'date' ? `replace(${value}, '-', '')` : value;
}

/** Lengths that tell which half is compared. */
const TAIL_ALONE = 6;
const HEAD_ALONE = 7;

/** SQL of what is compared of a number of 12 digits; where one half agrees, as in most pairs, only the other half: the last six digits, or the first six behind a nought. */
export function comparedNumber(number: string, other: string): string {
  const half = 1_000_000;
  return `CASE WHEN ${number} // ${half} = ${other} // ${half} THEN lpad((${number} % ${half})::VARCHAR, ${TAIL_ALONE}, '0')
    WHEN ${number} % ${half} = ${other} % ${half} THEN lpad((${number} // ${half})::VARCHAR, ${HEAD_ALONE}, '0')
    ELSE lpad(${number}::VARCHAR, 12, '0') END`;
}

/** What is compared of one field: columns `x<i>` and `y<i>`, NULL where the values are equal or one is missing. */
export interface Compared {
  readonly field: PlannedField;
  readonly i: number;
}

/**
 * SELECT of everything in `from` and, per field, `l<i>`: the level of its two texts, NULL where they are NULL. One step after the other, so
 * that the dearer distances are asked for only where the cheaper ones do not tell.
 */
export function gradedSql(fields: readonly Compared[], from: string): string {
  const columns = (make: (one: Compared) => string) => fields.map((one) => `, ${make(one)}`).join('');
  const places = columns(
    ({ i }) => `CASE WHEN strlen(x${i}) = strlen(y${i}) THEN hamming(x${i}, y${i}) END AS h${i}`,
  );
  const edits = columns(({ field, i }) => `CASE WHEN h${i} > 2 THEN ${editsSql(field, i)} END AS v${i}`);
  const levels = columns(
    ({ field, i }) =>
      `CASE WHEN x${i} IS NOT NULL AND y${i} IS NOT NULL THEN ${levelSql(field, i)} END AS l${i}`,
  );
  return `SELECT *${levels} FROM (SELECT *${edits} FROM (SELECT *${places} FROM (${from})))`;
}

/** Equal years are left out: the shorter the texts, the cheaper. */
function editsSql({ comparator }: PlannedField, i: number): string {
  const whole = `levenshtein(x${i}, y${i})`;
  if (comparator !== 'date') return whole;
  return `CASE WHEN left(x${i}, 4) = left(y${i}, 4) THEN levenshtein(substr(x${i}, 5), substr(y${i}, 5)) ELSE ${whole} END`;
}

/** `h`: in how many places the texts differ (NULL: they are not of one length); `v`: their Levenshtein distance where h is above 2. */
function levelSql({ comparator }: PlannedField, i: number): string {
  const level = (name: string) => COMPARATORS[comparator].levels.indexOf(name);
  const make = comparator === 'digits' ? digitsSql : comparator === 'date' ? dateSql : codeSql;
  return make(level, { x: `x${i}`, y: `y${i}`, h: `h${i}`, v: `v${i}` });
}

type LevelOf = (name: string) => number;

interface Texts {
  readonly x: string;
  readonly y: string;
  readonly h: string;
  readonly v: string;
}

/** Neighbours swapped: two places differ, the signs are the same, and one edit with swaps sets them right. */
function oneEdit({ x, y, h }: Texts): string {
  return `${h} = 1 OR (${h} = 2 AND jaccard(${x}, ${y}) = 1 AND damerau_levenshtein(${x}, ${y}) = 1)`;
}

function twoEdits({ h, v }: Texts): string {
  return `${h} = 2 OR ${v} <= 2`;
}

function digitsSql(level: LevelOf, texts: Texts): string {
  return `CASE WHEN ${oneEdit(texts)} THEN ${level('one_digit')} WHEN ${twoEdits(texts)} THEN ${level('two_digits')}
    WHEN ${texts.v} <= 4 AND strlen(${texts.x}) <> ${TAIL_ALONE} THEN ${level('half')} ELSE ${level('different')} END`;
}

function dateSql(level: LevelOf, texts: Texts): string {
  const { x, y, h } = texts;
  const part = (text: string, [from, length]: readonly [number, number]) =>
    `substr(${text}, ${from}, ${length})`;
  const [year, month, day] = [
    [1, 4],
    [5, 2],
    [7, 2],
  ] as const;
  const same = (one: readonly [number, number]) => `${part(x, one)} = ${part(y, one)}`;
  const crosswise = `${part(x, month)} = ${part(y, day)} AND ${part(x, day)} = ${part(y, month)}`;
  const yearAlone = `CASE WHEN ${same(year)} THEN ${level('same_year')} ELSE ${level('different')} END`;
  return `CASE WHEN ${h} IS NULL OR length(${x}) < 8 THEN
      CASE WHEN starts_with(${x}, ${y}) OR starts_with(${y}, ${x}) THEN ${level('less_precise')} ELSE ${yearAlone} END
    WHEN ${same(year)} AND ${crosswise} THEN ${level('day_month_swapped')}
    WHEN ${oneEdit(texts)} THEN ${level('one_digit')}
    WHEN ${same(month)} AND ${same(day)} THEN ${level('year_differs')}
    WHEN ${same(year)} AND ${same(month)} THEN ${level('day_differs')}
    WHEN ${same(year)} AND ${same(day)} THEN ${level('month_differs')}
    WHEN ${twoEdits(texts)} THEN ${level('two_digits')}
    ELSE ${yearAlone} END`;
}

/** The engine counts bytes, so a slip is looked for in plain letters and digits only. */
function codeSql(level: LevelOf, { x, y }: Texts): string {
  const plain = (text: string) => `strlen(${text}) = length(${text})`;
  return `CASE WHEN greatest(length(${x}), length(${y})) > 2 AND abs(length(${x}) - length(${y})) <= 1
      AND ${plain(x)} AND ${plain(y)} AND levenshtein(${x}, ${y}) <= 2 AND damerau_levenshtein(${x}, ${y}) = 1
    THEN ${level('typo')} ELSE ${level('different')} END`;
}
