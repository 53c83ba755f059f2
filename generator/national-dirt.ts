/**
 * What is wrong with the rows of an extract of national size, as a list: share among the wrong rows, the reason codes that a
 * run must report somewhere, and what stands in the cells instead, as SQL over the columns of `personSql` and of the clean
 * row (`clean_id`, `clean_name`, `clean_born`, `clean_sex`, `phone`). Every kind changes a compared cell or the number in a way
 * that no tool may take as written, so that the number of rows that do not match as submitted is the number of rows given a
 * kind. Where a kind cannot happen to somebody (no old number, no y in the name) `fallback` happens: a word is added.
 */
import { freeId, hasFormerId, oldNumberSql, spelt } from './national-person.js';

export interface NationalKind {
  readonly name: string;
  readonly share: number;
  readonly reasons: readonly string[];
  readonly cells: Readonly<Partial<Record<Cell, string>>>;
  /** The person is nobody whom the reference knows. */
  readonly stranger?: true;
}

export type Cell = 'id' | 'name' | 'born' | 'sex' | 'phone';

const kind = (name: string, share: number, reasons: string, cells: NationalKind['cells']): NationalKind => ({
  name,
  share,
  reasons: reasons.split(' ').filter((code) => code !== ''),
  cells,
});

const date = (format: string) => `strftime(born, '${format}')`;
const otherDay = "strftime(if(day(born) < 28, born + 1, born - 3), '%d/%m/%Y')";
const PLAIN_NAME = spelt('plain');

/** Of the wrong rows. */
// biome-ignore format: one line each reads as the table that it is
export const WRONG: readonly NationalKind[] = [
  kind('tone-place', 35, 'name.format', { name: spelt('word', { given: 'moved' }) }),
  kind('tcvn3', 15, 'name.format', { name: spelt('tcvn3') }),
  kind('vni', 15, 'name.format', { name: spelt('vni') }),
  kind('mojibake', 15, 'name.format', { name: spelt('mojibake') }),
  kind('telex', 15, 'name.format', { name: spelt('telex') }),
  kind('title', 20, 'name.format', { name: `if(female = 1, 'BÀ ', 'ÔNG ') || clean_name` }),
  kind('no-marks', 110, 'name.accents', { name: PLAIN_NAME }),
  kind('letters-lost', 15, 'name.accents', { name: spelt('word', { given: 'lost' }) }),
  kind('initials', 10, 'name.abbreviated', { name: `if(length(m_word) = 1, clean_name, concat_ws(' ', f_word, left(m_word, 1) || '.', g_word))` }),
  kind('wrong-mark', 45, 'name.accents', { name: spelt('word', { given: 'marked' }) }),
  kind('spelling-variant', 15, 'name.spelling_variant', { name: `concat_ws(' ', f_i_for_y, m_i_for_y, n_i_for_y, g_i_for_y)` }),
  kind('regional-variant', 15, 'name.regional_variant', { name: spelt('word', { family: 'regional' }) }),
  kind('middle-dropped', 30, 'name.middle_name', { name: `concat_ws(' ', f_word, g_word)` }),
  kind('middle-added', 15, 'name.middle_name', { name: `concat_ws(' ', f_word, if(female = 1, 'THỊ', 'VĂN'), m_word, n_word, g_word)` }),
  kind('word-order', 10, 'name.word_order', { name: `concat_ws(' ', g_word, f_word, m_word, n_word)` }),
  kind('name-typo', 45, 'name.typo', { name: spelt('word', { given: 'slipped' }) }),
  kind('other-name', 30, 'name.different', { name: `if(f_word = 'ĐẶNG', 'BÙI QUỐC KHÁNH', 'ĐẶNG QUỐC KHÁNH')` }),
  kind('name-missing', 5, 'name.missing record.required_missing', { name: "''" }),
  kind('excel-serial', 20, 'born.format', { born: "date_diff('day', DATE '1899-12-30', born)::VARCHAR" }),
  kind('two-digit-year', 20, 'born.format', { born: date('%d/%m/%y') }),
  kind('compact-date', 15, 'born.format', { born: date('%d%m%Y') }),
  kind('year-only', 45, 'born.year_only', { born: date('%Y') }),
  kind('impossible-date', 5, 'born.impossible', { born: "'30/02/' || year" }),
  kind('default-day', 50, 'born.default_day', { born: "'01/01/' || year" }),
  kind('day-month-swapped', 25, 'born.day_month_swapped', { born: `if(day(born) <= 12, ${date('%m/%d/%Y')}, ${otherDay})` }),
  kind('one-part', 35, 'born.one_part', { born: otherDay }),
  kind('lunar-date', 10, 'born.lunar_suspected', { born: `coalesce(lunar, ${otherDay})` }),
  kind('other-date', 20, 'born.different', { born: "strftime(born + 1234, '%d/%m/%Y')" }),
  kind('born-missing', 10, 'born.missing', { born: "''" }),
  kind('separators', 20, 'id.format', { id: "left(clean_id, 3) || ' ' || substr(clean_id, 4, 3) || ' ' || right(clean_id, 6)" }),
  kind('letter-for-digit', 10, 'id.format', { id: "replace(clean_id, '0', 'O')" }),
  kind('apostrophe', 5, 'id.format', { id: "'''' || clean_id" }),
  kind('lost-zero', 45, 'id.format', { id: 'substr(clean_id, 2)' }),
  kind('old-number', 130, 'id.old_number', { id: `coalesce(nullif(${oldNumberSql()}, ''), substr(clean_id, 2))` }),
  kind('reissued-number', 10, 'id.reissued', { id: `if(${hasFormerId()}, ${freeId('clean_id', 500_000)}, substr(clean_id, 2))` }),
  kind('id-missing', 20, 'id.missing', { id: "''" }),
  kind('wrong-digit', 25, 'id.typo', { id: freeId('clean_id', 400_000) }),
  kind('unknown-number', 15, 'id.not_found', { id: freeId('next_id', 700_000) }),
  kind('made-up-number', 10, 'id.invalid', { id: "'123456789012'" }),
  kind('phone-as-id', 10, 'id.invalid', { id: 'phone' }),
  kind('passport', 5, 'id.not_found', { id: "'C' || right(clean_id, 7)" }),
  kind('others-number', 40, 'id.belongs_to_other record.id_shared', { id: 'next_id' }),
  kind('sex-word', 10, 'sex.format', { sex: "if(female = 1, 'Gái', 'Trai')" }),
  kind('other-sex', 20, 'sex.different', { sex: "if(female = 1, 'Nam', 'Nữ')" }),
  { ...kind('stranger', 35, 'id.not_found', {}), stranger: true },
  kind('faint-trace', 5, 'id.missing born.year_only name.accents', { id: "''", born: date('%Y'), name: PLAIN_NAME }),
  kind('junk', 10, 'id.missing name.invalid born.missing', { id: "''", name: "'KHONG RO 123'", born: "''" }),
];

/** Of the rows that match as they are: other ways to write the same, and what is no difference. */
// biome-ignore format: one line each reads as the table that it is
export const HARMLESS: readonly NationalKind[] = [
  kind('as-it-is', 870, '', {}),
  kind('small-letters', 25, '', { name: spelt('small') }),
  kind('stray-spaces', 25, '', { name: "replace(clean_name, ' ', '  ')" }),
  kind('decomposed', 12, '', { name: spelt('parted') }),
  kind('other-notation', 20, '', { born: date('%-d-%-m-%Y') }),
  kind('iso-date', 10, '', { born: date('%Y-%m-%d') }),
  kind('sex-notation', 10, '', { sex: "if(female = 1, 'nữ', 'NAM')" }),
  kind('sex-missing', 10, 'sex.missing', { sex: "''" }),
  kind('country-code', 8, 'phone.format', { phone: "'+84' || substr(phone, 2)" }),
  kind('old-prefix', 6, 'phone.old_prefix', { phone: "if(phone LIKE '03%', '016' || substr(phone, 3), phone)" }),
  kind('phone-too-short', 4, 'phone.invalid', { phone: 'left(phone, 8)' }),
];

/** Reasons that come of other things than a cell: rows twice, the dead, those who left, numbers issued with a wrong digit. */
export const OTHER_REASONS: readonly string[] = [
  'record.duplicate',
  'person.deceased',
  'person.absent',
  'id.structure',
];

export const WRONG_SHARES = sharesOf(WRONG);
export const HARMLESS_SHARES = sharesOf(HARMLESS);

function sharesOf(kinds: readonly NationalKind[]): number {
  return kinds.reduce((sum, { share }) => sum + share, 0);
}

/** SQL of a kind's position in its list, from a number below the sum of the shares. */
export function kindSql(kinds: readonly NationalKind[], number: string): string {
  let upTo = 0;
  const cases = kinds.map(({ share }, i) => {
    upTo += share;
    return `WHEN ${number} < ${upTo} THEN ${i}`;
  });
  return `CASE ${cases.join(' ')} END`;
}

/** SQL of a cell: what the row's kind writes, else the clean cell. */
export function cellSql(cell: Cell, clean: string): string {
  const cases = (kinds: readonly NationalKind[], condition: string) =>
    kinds.flatMap(({ cells }, i) =>
      cells[cell] === undefined ? [] : [`WHEN ${condition} AND kind = ${i} THEN ${cells[cell]}`],
    );
  return `CASE ${[...cases(WRONG, 'wrong'), ...cases(HARMLESS, 'NOT wrong')].join(' ')} ELSE ${clean} END`;
}
