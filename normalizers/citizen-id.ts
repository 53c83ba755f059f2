// Personal ID (số định danh cá nhân, on the CCCD and căn cước cards): 12 digits; the column may hold any other paper.
//
// How it is built: 3 digits for the province (or country) of birth registration, 1 for century and sex (0 male, 1 female
// 1900–1999; 2, 3 2000–2099; … 8, 9 2300–2399), 2 for the year of birth, 6 at random; there is no check digit.
// Sources: Decree 137/2015/NĐ-CP, article 13; Circular 07/2016/TT-BCA, article 7 and annex 1 (the 63 codes, in
// data/id_provinces.csv); Circular 59/2021/TT-BCA, article 4. Codes from 100 on are countries (annex 2): accepted as they
// are. Digits may contradict the true data (article 6 there): a warning, never a reason to refuse a number.
//
// The finer type of a value: none, a personal ID; `restored`, one whose lost zeros were put back, to be believed only where
// the record's year and sex agree (record-context.ts); `incomplete`, 11 or 13 digits, good only for looking up typing
// errors; `old-id`, `passport`, `foreign`. Phones, tax codes, insurance numbers and health cards give null and the type.
// Examples: `079085001234`; `79085001234` → `079085001234` restored; `7.9085E+10` → null; `271234567` old-id.
import { assumption } from './assumptions.js';
import { lazy, readTable } from './data-table.js';
import { allProblems, digitDamage, isTypedFiller, maskNumber, undoDigitDamage } from './identity-digits.js';
import type { Hints, Normalized, Normalizer } from './normalizer.js';
import { withNotes } from './notes.js';
import { oldIdProblems, readOldId } from './old-id.js';
import { readPassport } from './passport.js';
import { readWrongColumn } from './wrong-column.js';

export interface IdParts {
  readonly place: string;
  /** Null for a country or an unknown code. */
  readonly provinceName: string | null;
  /** Code of the province since 1/7/2025 (34-list); null like the name. */
  readonly province34: string | null;
  /** Registered abroad: a country's code. */
  readonly foreign: boolean;
  readonly sex: 'M' | 'F';
  readonly centuryStart: number;
  /** Null in centuries that have not come. */
  readonly birthYear: number | null;
  readonly serial: string;
}

const NONE: readonly string[] = [];
const BLANK: Normalized = { value: null, problems: NONE };
const NO_HINTS: Hints = {};
const COUNTRY_CODES_FROM = assumption('country_codes_from');
const PERSONAL_TAX_CODE = assumption('personal_tax_code_start');

interface Place {
  readonly name: string;
  readonly province34: string;
}
const knownPlaces = lazy(
  (): ReadonlyMap<string, Place> =>
    new Map(
      readTable('id_provinces.csv').map(([place = '', name = '', , province34 = '']) => [
        place,
        { name, province34 },
      ]),
    ),
);

/** What the digits of a 12-digit personal ID say; null for any other text. Source: file header. */
export function idParts(id: string): IdParts | null {
  if (!/^\d{12}$/.test(id)) return null;
  const place = id.slice(0, 3);
  const known = knownPlaces().get(place);
  const mark = Number(id[3]);
  const centuryStart = 1900 + 100 * Math.floor(mark / 2);
  return {
    place,
    provinceName: known?.name ?? null,
    province34: known?.province34 ?? null,
    foreign: place >= COUNTRY_CODES_FROM,
    sex: mark % 2 === 0 ? 'M' : 'F',
    centuryStart,
    birthYear: centuryStart > 2000 ? null : centuryStart + Number(id.slice(4, 6)),
    serial: id.slice(6),
  };
}

export const citizenId: Normalizer = withNotes({
  kind: 'citizen-id',
  labels: { vi: 'Số định danh cá nhân / giấy tờ', en: 'Personal ID or other identity number' },
  problems: {
    ...digitDamage,
    ...oldIdProblems,
    lost_zeros: {
      reason: 'format',
      weight: 'form',
      vi: 'Mất hai số 0 ở đầu (001… thành 1…)',
      en: 'Two leading zeros lost (001… became 1…)',
    },
    unknown_place: {
      reason: null,
      weight: 'none',
      vi: 'Ba số đầu không có trong danh mục nơi đăng ký khai sinh',
      en: 'Place code not in the list',
    },
    unlikely_century: {
      reason: null,
      weight: 'none',
      vi: 'Chữ số thế kỷ chỉ người sinh từ năm 2100',
      en: 'The century digit says born in 2100 or later',
    },
    several_numbers: {
      reason: 'format',
      weight: 'form',
      vi: 'Nhiều số trong một ô; lấy số định danh',
      en: 'Several numbers in a cell; the personal ID is taken',
    },
    contradictory_numbers: {
      reason: 'invalid',
      weight: 'blank',
      vi: 'Nhiều số cùng loại khác nhau trong một ô',
      en: 'Several different numbers of one kind in a cell',
    },
    wrong_column: {
      reason: 'invalid',
      weight: 'blank',
      vi: 'Là loại số khác (điện thoại, mã số thuế, BHXH, thẻ BHYT)',
      en: 'Another kind of number (phone, tax code, insurance)',
    },
    wrong_length: {
      reason: 'invalid',
      weight: 'blank',
      vi: 'Thừa hoặc thiếu chữ số',
      en: 'Too many or too few digits',
    },
    unreadable: {
      reason: 'invalid',
      weight: 'blank',
      vi: 'Không phải số giấy tờ',
      en: 'Not an identity number',
    },
  },
  // Known provinces, born 1900–2039: no typed filler (012345678901 would be born in 2045) and no warning.
  canonical:
    '0(?:0[12468]|1[0124579]|2[024567]|3[01345678]|4[024-689]|5[12468]|6[024678]|7[024579]|8[0234679]|9[1-6])' +
    '(?:[01][0-9]|[23][0-3])[0-9]{7}',
  normalize,
  format: (value) => (/^\d{9,12}$/.test(value) ? value.replace(/(\d{3})(?=\d)/g, '$1 ') : value),
  mask: maskNumber,
});

/** In: any string. Out: the number, with its finer type. Source of the rules: file header. */
function normalize(raw: string, hints: Hints = NO_HINTS): Normalized {
  const { text, problems } = undoDigitDamage(raw);
  if (text === '') return problems.length === 0 ? BLANK : { value: null, problems };
  if (text.length >= 17) {
    const several = readSeveral(raw, hints);
    if (several !== null) return several;
  }
  const read = readOne(text, hints);
  return problems.length === 0 ? read : { ...read, problems: allProblems(problems, read) };
}

function readOne(text: string, hints: Hints): Normalized {
  if (/^\d+$/.test(text)) return readDigits(text, hints);
  const wrong = readWrongColumn(text);
  if (wrong !== null) return { value: null, problems: ['wrong_column'], type: wrong };
  const old = readOldId(text);
  if (old?.value !== null && old !== null && !old.problems.includes('unknown_prefix')) {
    return { ...old, type: 'old-id' };
  }
  return readPassport(text) ?? { value: null, problems: ['unreadable'] };
}

function readDigits(digits: string, hints: Hints): Normalized {
  if (digits.length === 12) return readTwelve(digits, hints);
  if (isTypedFiller(digits) || /^0+$/.test(digits)) return { value: null, problems: ['junk'] };
  const wrong = readWrongColumn(digits);
  const restored = restoreZeros(digits, wrong);
  if (restored !== null) return restored;
  if (wrong !== null) return { value: null, problems: ['wrong_column'], type: wrong };
  const old = readOldId(digits);
  if (old !== null) return old.value === null ? old : { ...old, type: 'old-id' };
  if (digits.length === 11 || digits.length === 13) {
    return { value: digits, problems: ['wrong_length'], type: 'incomplete' };
  }
  // Ten digits that begin with an old province code: a social-insurance number has just this and no check digit.
  if (digits.length === 10 && knownPlaces().has(`0${digits.slice(0, 2)}`)) {
    return { value: null, problems: ['wrong_column'], type: 'insurance-no' };
  }
  return { value: null, problems: ['wrong_length'] };
}

function readTwelve(digits: string, hints: Hints): Normalized {
  if (isTypedFiller(digits) || digits.startsWith('000000')) return { value: null, problems: ['junk'] };
  // `840912345678`, a phone with both country code and zero; a person of country 840 has a century digit below.
  if (/^840[5-9]/.test(digits)) {
    const wrong = readWrongColumn(digits);
    if (wrong !== null) return { value: null, problems: ['wrong_column'], type: wrong };
  }
  const knownPlace = digits >= COUNTRY_CODES_FROM || isKnownPlace(digits.slice(0, 3), hints);
  const likelyCentury = digits.charCodeAt(3) < 52;
  if (knownPlace && likelyCentury) return { value: digits, problems: NONE };
  const problems = knownPlace ? [] : ['unknown_place'];
  return { value: digits, problems: likelyCentury ? problems : [...problems, 'unlikely_century'] };
}

/** The 63 codes, and what the sector's setting `place_codes` adds (`097,098`): which codes newborns get since 2025 is open. */
function isKnownPlace(place: string, hints: Hints): boolean {
  if (knownPlaces().has(place)) return true;
  const more = hints.settings?.place_codes;
  return typeof more === 'string' && more.split(/[ ,;]+/).includes(place);
}

/**
 * Eleven digits that lost one zero, or ten that lost both of 001–008, made whole where place and century are possible. Ten
 * digits that begin with 8 and pass the tax code's check digit stay a tax code: those of persons begin so.
 */
function restoreZeros(digits: string, wrong: string | null): Normalized | null {
  if (digits.startsWith('0') || (digits.length !== 11 && digits.length !== 10)) return null;
  if (digits.length === 10 && wrong === 'tax-code' && digits.startsWith(PERSONAL_TAX_CODE)) return null;
  if (digits.length === 11 && wrong === 'phone') return null;
  const value = digits.padStart(12, '0');
  if (!knownPlaces().has(value.slice(0, 3)) || value.charCodeAt(3) > 51) return null;
  return { value, problems: [digits.length === 11 ? 'lost_zero' : 'lost_zeros'], type: 'restored' };
}

/** `079085001234 / 271234567`: the personal ID counts; two different ones are nobody's. */
function readSeveral(raw: string, hints: Hints): Normalized | null {
  const numbers = raw.normalize('NFKC').match(/(?:(?<![A-Za-z])[A-Za-z])?\d{7,13}(?!\d)/g) ?? [];
  if (numbers.length < 2 || numbers.length > 6) return null;
  const read = numbers
    .map((number) => readOne(undoDigitDamage(number).text, hints))
    .filter((n) => n.value !== null);
  for (const type of [undefined, 'restored', 'old-id', 'passport']) {
    const values = new Set(read.filter((n) => n.type === type).map((n) => n.value));
    if (values.size > 1) return { value: null, problems: ['contradictory_numbers'] };
    const first = read.find((n) => n.type === type);
    if (first !== undefined) return { ...first, problems: ['several_numbers', ...first.problems] };
  }
  return null;
}
