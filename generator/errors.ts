/**
 * The error model: every way in which a row can be wrong, how often, and what a perfect tool reports of it.
 *
 * One line each: name · what it is · reason codes it must be reported under · outcome of a row with this error alone ·
 * rates in telecom-subscribers, civil-registry and workers (relative to one another within a sector; 0: does not occur).
 * Reasons that follow from the whole row are not listed but worked out for it: `id.structure`, `person.deceased`,
 * `person.absent`, `record.required_missing`. docs/generator.md shows this table.
 */
import type { Text } from '../messages/text.js';
import * as date from './date-errors.js';
import { type Draft, type Extract, type Said, type Scene, SECTORS, type TrueOutcome } from './draft.js';
import * as name from './name-errors.js';
import * as number from './number-errors.js';
import * as place from './place-errors.js';
import * as record from './record-errors.js';
import * as role from './role-errors.js';
import * as sex from './sex-errors.js';

export interface RowError extends Text {
  readonly name: string;
  readonly field: 'name' | 'born' | 'id' | 'sex' | 'address' | 'phone' | 'insurance_no' | 'record';
  readonly reasons: readonly string[];
  readonly outcome: TrueOutcome;
  /** telecom-subscribers, civil-registry, workers; other sectors take after one of them (`Dirt`). */
  readonly rates: readonly [telecom: number, births: number, workers: number];
  readonly damage: (draft: Draft, scene: Scene) => boolean;
}

type Line = readonly [
  name: string,
  vi: string,
  en: string,
  reasons: string,
  rates: readonly [number, number, number],
  damage: (draft: Draft, scene: Scene) => boolean,
];

function lines(field: RowError['field'], outcome: TrueOutcome, list: readonly Line[]): RowError[] {
  return list.map(([key, vi, en, reasons, rates, damage]) => ({
    name: key,
    vi,
    en,
    field,
    outcome,
    reasons: reasons.split(' ').filter((reason) => reason !== ''),
    rates,
    damage,
  }));
}

/** Other ways to write the same thing: no error, and no tool may make one of it. */
// biome-ignore format: one line each reads as the table that it is
export const VARIATIONS: readonly RowError[] = [
  ...lines('name', 'match', [
    ['other-case', 'chữ hoa, chữ thường', 'upper or lower case', '', [8, 4, 6], name.otherCase],
    ['stray-spaces', 'thừa khoảng trắng, khoảng trắng cứng', 'double or no-break spaces', '', [8, 5, 6], name.straySpaces],
    ['decomposed', 'Unicode tổ hợp (NFD)', 'decomposed Unicode (NFD)', '', [4, 5, 3], name.decomposed],
    ['zero-width', 'ký tự không độ rộng', 'zero-width character', '', [1, 1, 1], name.zeroWidth],
  ]),
  ...lines('born', 'match', [
    ['other-notation', 'cách ghi ngày thông dụng khác', 'another usual date notation', '', [6, 6, 8], date.otherNotation],
  ]),
  ...lines('sex', 'match', [['sex-notation', 'nam, NỮ, M, Female', 'nam, NỮ, M, Female', '', [2, 2, 3], sex.sexNotation]]),
  ...lines('address', 'match', [
    ['abbreviated-province', 'tên tỉnh viết tắt', 'abbreviated province', '', [3, 2, 4], place.abbreviatedProvince],
  ]),
];

// biome-ignore format: one line each reads as the table that it is
export const ERRORS: readonly RowError[] = [
  ...lines('name', 'match_after_cleaning', [
    ['tone-place', 'hoà/hòa: vị trí dấu thanh', 'place of the tone mark', 'name.format', [10, 12, 6], name.tonePlace],
    ['tcvn3', 'bảng mã TCVN3', 'TCVN3 encoding', 'name.format', [4, 10, 3], name.tcvn3],
    ['vni', 'bảng mã VNI', 'VNI encoding', 'name.format', [4, 6, 3], name.vni],
    ['mojibake', 'UTF-8 đọc nhầm thành Windows-1252', 'UTF-8 read as Windows-1252', 'name.format', [5, 2, 5], name.mojibake],
    ['telex', 'gõ Telex sót', 'Telex residue', 'name.format', [4, 2, 3], name.telex],
    ['look-alike', 'Ð thay cho Đ', 'Icelandic eth for đ', 'name.format', [3, 2, 2], name.lookAlike],
    ['title-or-note', 'Ông/Bà, (chủ hộ)', 'honorific or note', 'name.format', [4, 1, 3], name.titleOrNote],
    ['academic-title', 'học hàm, học vị trước tên', 'academic title before the name', 'name.format', [0, 0, 0], name.academicTitle],
    ['alias', 'tên gọi khác trong ngoặc', 'an alias in brackets', 'name.format', [0, 0, 0], name.alias],
    ['punctuation', 'dấu câu thừa', 'stray punctuation', 'name.format', [2, 1, 2], name.punctuation],
    ['no-marks', 'tên không dấu', 'no marks at all', 'name.accents', [22, 3, 5], name.noMarks],
    ['letters-lost', 'mất chữ thành “?”', 'letters became “?”', 'name.accents', [4, 3, 2], name.lettersLost],
    ['initials', 'viết tắt chữ đệm', 'middle name as initial', 'name.abbreviated', [2, 1, 5], name.initials],
  ]),
  ...lines('name', 'mismatch', [
    ['wrong-mark', 'sai dấu một chữ', 'wrong mark on one word', 'name.accents', [9, 6, 5], name.wrongMark],
    ['spelling-variant', 'i/y', 'i for y or y for i', 'name.spelling_variant', [4, 6, 4], name.spellingVariant],
    ['regional-variant', 'Hoàng/Huỳnh, Vũ/Võ', 'regional form of the family name', 'name.regional_variant', [3, 3, 2], name.regionalVariant],
    ['middle-dropped', 'thiếu chữ đệm', 'middle name dropped', 'name.middle_name', [6, 3, 6], name.middleDropped],
    ['middle-added', 'thừa Thị/Văn', 'Thị or Văn added', 'name.middle_name', [3, 2, 2], name.middleAdded],
    ['word-order', 'đảo tên lên trước', 'given name put first', 'name.word_order', [2, 1, 4], name.wordOrder],
    ['name-typo', 'gõ sai chữ cái', 'slip of the keyboard', 'name.typo', [8, 5, 6], name.typo],
    ['other-name', 'tên khác hẳn', 'quite another name', 'name.different', [6, 3, 3], name.otherName],
    ['name-missing', 'bỏ trống tên', 'name empty', 'name.missing', [1, 1, 1], name.nameMissing],
  ]),
  ...lines('born', 'match_after_cleaning', [
    ['excel-serial', 'số ngày của Excel', 'day number of a spreadsheet', 'born.format', [4, 1, 14], date.excelSerial],
    ['two-digit-year', 'năm hai chữ số', 'two-digit year', 'born.format', [4, 2, 8], date.twoDigitYear],
    ['compact-date', 'ddmmyyyy viết liền', 'ddmmyyyy without separators', 'born.format', [3, 1, 3], date.compact],
    ['year-only', 'chỉ có năm', 'year only', 'born.year_only', [8, 4, 10], date.yearOnly],
    ['month-and-year', 'chỉ có tháng, năm', 'month and year only', 'born.year_only', [1, 2, 1], date.monthAndYear],
    ['impossible-date', 'ngày không có thật (30/02)', 'a day that does not exist', 'born.impossible', [1, 3, 1], date.impossible],
  ]),
  ...lines('born', 'mismatch', [
    ['default-day', '01/01 thay ngày thật', '01/01 for the real day', 'born.default_day', [10, 5, 8], date.defaultDay],
    ['day-month-swapped', 'đảo ngày và tháng', 'day and month swapped', 'born.day_month_swapped', [5, 3, 8], date.dayMonthSwapped],
    ['one-part', 'sai ngày, tháng hoặc năm', 'day, month or year differs', 'born.one_part', [7, 6, 6], date.onePart],
    ['lunar-date', 'ghi ngày âm lịch', 'written by the lunar calendar', 'born.lunar_suspected', [2, 5, 2], date.lunarDate],
    ['other-date', 'ngày khác hẳn', 'quite another date', 'born.different', [4, 2, 3], date.otherDate],
    ['born-missing', 'bỏ trống ngày sinh', 'birth date empty', 'born.missing', [2, 1, 2], date.bornMissing],
  ]),
  ...lines('id', 'match_after_cleaning', [
    ['separators', 'dấu cách, chấm, gạch', 'spaces, dots or dashes', 'id.format', [4, 2, 5], number.separators],
    ['letter-for-digit', 'O thay 0', 'letter O for zero', 'id.format', [2, 1, 2], number.letterForDigit],
    ['full-width', 'chữ số toàn độ rộng', 'full-width digits', 'id.format', [1, 1, 1], number.fullWidth],
    ['apostrophe', 'dấu nháy trước số', 'leading apostrophe', 'id.format', [1, 1, 5], number.apostrophe],
    ['decimal-tail', 'đuôi .0', '.0 at the end', 'id.format', [1, 1, 5], number.decimalTail],
    ['lost-zero', 'mất số 0 đầu', 'leading zero lost', 'id.format', [9, 3, 18], number.lostZero],
    ['old-number', 'số CMND cũ', 'old 9-digit number', 'id.old_number', [26, 0, 14], number.oldNumber],
    ['old-number-lost-zero', 'CMND mất số 0', 'old number without its zero', 'id.old_number id.format', [2, 0, 4], number.oldNumberLostZero],
    ['reissued-number', 'số đã hủy, cấp lại', 'cancelled and re-issued number', 'id.reissued', [2, 3, 2], number.reissued],
  ]),
  ...lines('id', 'linked', [
    ['id-missing', 'bỏ trống số', 'number empty', 'id.missing', [4, 14, 5], number.idMissing],
    ['wrong-digit', 'sai một chữ số', 'one digit wrong', 'id.typo', [5, 3, 5], number.wrongDigit],
    ['swapped-digits', 'đảo hai chữ số', 'two digits swapped', 'id.typo', [3, 2, 3], number.swappedDigits],
    ['unknown-number', 'số không có trong tham chiếu', 'number unknown to the reference', 'id.not_found', [3, 2, 2], number.unknownNumber],
    ['exponent', '7.9085E+10', '7.9085E+10', 'id.invalid', [1, 0, 5], number.exponent],
    ['made-up-number', '123456789012', '123456789012', 'id.invalid', [2, 1, 1], number.madeUp],
    ['phone-as-id', 'số điện thoại trong cột số giấy tờ', 'phone number in the ID column', 'id.invalid', [2, 0, 2], number.phoneAsId],
    ['unknown-old-number', 'CMND mà tham chiếu không có', 'old number the reference lacks', 'id.old_number id.not_found', [4, 0, 2], number.unknownOldNumber],
    ['passport', 'số hộ chiếu', 'passport number', 'id.not_found', [1, 0, 1], number.passport],
    ['others-number', 'số của người khác', 'somebody else’s number', 'id.belongs_to_other', [5, 2, 3], number.othersNumber],
    ['shared-number', 'một số, hai người', 'one number, two people', 'id.belongs_to_other record.id_shared', [4, 1, 2], number.sharedNumber],
  ]),
  ...lines('sex', 'match_after_cleaning', [
    ['sex-word', 'Trai/Gái', 'Trai/Gái', 'sex.format', [2, 1, 3], sex.sexWord],
  ]),
  ...lines('sex', 'mismatch', [
    ['other-sex', 'giới tính khác', 'the other sex', 'sex.different', [4, 3, 4], sex.otherSex],
  ]),
  ...lines('sex', 'match', [
    ['sex-missing', 'bỏ trống giới tính', 'sex empty', 'sex.missing', [3, 1, 2], sex.sexMissing],
  ]),
  ...lines('address', 'match_after_cleaning', [
    ['old-province', 'tên tỉnh cũ', 'former province', 'address.old_unit', [0, 0, 12], place.oldProvince],
    ['old-address', 'xã, huyện, tỉnh cũ', 'former commune and district', 'address.old_unit', [0, 0, 12], place.oldAddress],
    ['split-address', 'xã cũ đã chia', 'former commune that was split', 'address.split_unit', [0, 0, 6], place.splitAddress],
  ]),
  ...lines('address', 'mismatch', [
    ['other-province', 'tỉnh khác', 'another province', 'address.different', [0, 0, 8], place.otherProvince],
  ]),
  ...lines('address', 'match', [
    ['unreadable-place', 'tỉnh “không rõ”', 'province “unknown”', 'address.unreadable', [0, 0, 2], place.unreadablePlace],
    ['place-missing', 'bỏ trống nơi ở', 'place empty', 'address.missing', [0, 0, 3], place.placeMissing],
  ]),
  ...lines('phone', 'match', [
    ['old-prefix', 'đầu số 11 số cũ', 'old 11-digit prefix', 'phone.old_prefix', [3, 0, 0], number.oldMobilePrefix],
    ['country-code', '+84', '+84', 'phone.format', [3, 0, 0], number.internationalPrefix],
    ['phone-too-short', 'thiếu số', 'digits missing', 'phone.invalid', [1, 0, 0], number.phoneTooShort],
  ]),
  ...lines('insurance_no', 'match', [
    ['insurance-separators', 'dấu cách trong số BHXH', 'spaces in it', 'insurance_no.format', [0, 0, 3], number.insuranceSeparators],
    ['insurance-too-short', 'số BHXH thiếu số', 'digits missing', 'insurance_no.invalid', [0, 0, 2], number.insuranceTooShort],
  ]),
  ...lines('record', 'match', [
    ['deceased', 'người đã chết', 'the person is dead', '', [4, 1, 1], record.deceased],
    ['absent', 'đã ra nước ngoài', 'the person has left', '', [2, 0, 1], record.absent],
    ['wrong-structure', 'số sai cấu trúc', 'digits have always been wrong', '', [2, 1, 1], record.wrongStructure],
    ['too-young', 'dưới tuổi lao động', 'below working age', 'record.age_out_of_range', [0, 0, 1], record.tooYoung],
    ['out-of-age', 'ngoài khoảng tuổi của lĩnh vực', 'outside the ages of the sector', 'record.age_out_of_range', [0, 0, 0], record.outOfAge],
    ['before-birth', 'ngày sự kiện trước ngày sinh', 'event before the birth', 'record.dates_out_of_order', [0, 0, 0], record.beforeBirth],
    ['repeated', 'lặp lại dòng', 'the same row again', 'record.duplicate', [4, 3, 4], record.repeated],
  ]),
  ...lines('record', 'mismatch', [
    ['spouse-twice', 'ghi một người cho cả vợ lẫn chồng', 'one person as husband and wife', 'relation.same_person', [0, 0, 0], role.spouseTwice],
    ['young-mother', 'mẹ không đủ hơn con 12 tuổi', 'mother less than 12 years older', 'relation.age_gap', [0, 0, 0], role.youngMother],
    ['others-account', 'tài khoản của người khác', 'another person’s account', 'relation.different_people', [0, 0, 0], role.othersAccount],
  ]),
  ...lines('record', 'match', [
    ['foreign-wife', 'vợ là người nước ngoài', 'foreign wife', '', [0, 0, 0], role.foreignWife],
  ]),
  ...lines('record', 'not_found', [
    ['stranger', 'người không có trong tham chiếu', 'person not in the reference', 'id.not_found', [7, 4, 4], record.stranger],
    ['stranger-without-number', 'người lạ, không có số', 'such a person without a number', 'id.missing', [1, 2, 1], record.strangerWithoutNumber],
    ['stranger-with-others-number', 'người lạ, số của người khác', 'such a person with another’s number', 'id.belongs_to_other', [2, 1, 1], record.strangerWithOthersNumber],
    ['foreigner', 'người nước ngoài', 'foreigner with a passport', 'id.not_found', [3, 0, 2], record.foreigner],
  ]),
  ...lines('record', 'apart', [
    ['foreign-national', 'người nước ngoài, ghi rõ quốc tịch', 'foreigner whose nationality is given', 'record.foreigner', [0, 0, 0], record.foreignNational],
    ['organisation', 'tổ chức', 'organisation', 'record.organisation id.missing born.missing sex.missing', [0, 0, 0], record.organisation],
  ]),
  ...lines('record', 'ambiguous', [
    ['namesake-without-number', 'trùng tên, ngày sinh, không có số', 'namesake of the same day, no number', 'id.missing', [1, 1, 1], record.namesakeWithoutNumber],
  ]),
  ...lines('record', 'possible', [
    ['faint-trace', 'chỉ có năm và tên không dấu', 'only the year and a bare name', 'id.missing born.year_only name.accents', [1, 1, 1], record.faintTrace],
  ]),
  ...lines('record', 'unusable', [
    ['junk', 'dữ liệu rác', 'nothing but junk', 'id.missing name.invalid born.missing', [2, 1, 1], record.junk],
  ]),
  ...lines('record', 'rejected', [
    ['truncated-line', 'dòng bị cắt', 'line cut off', '', [1, 0, 0], record.truncated],
    ['overlong-line', 'dòng thừa ô', 'cells too many', '', [1, 0, 0], record.overlong],
  ]),
];

/** Damage of form that may come on top of another error in the same row. */
export const SECOND_ERRORS: readonly string[] = [
  'tone-place',
  'no-marks',
  'telex',
  'look-alike',
  'separators',
  'apostrophe',
];

/** What an error happens to, where its field does not tell. */
const NEEDS: Readonly<Record<string, readonly Said[]>> = {
  'born-missing': ['born'],
  'old-province': ['province'],
  'unreadable-place': ['province'],
  'other-province': ['address', 'province'],
  'place-missing': ['address', 'province'],
  'abbreviated-province': ['province'],
  'two-digit-year': ['date', 'id'],
  'sex-missing': ['sex'],
  'faint-trace': ['letters', 'date', 'id'],
  'namesake-without-number': ['name', 'born', 'id'],
  'stranger-without-number': ['id'],
  'stranger-with-others-number': ['id', 'date'],
  'wrong-structure': ['id', 'born'],
  'foreign-national': ['nationality'],
  organisation: ['party'],
  'before-birth': ['event', 'date'],
  'spouse-twice': ['role wife'],
  'foreign-wife': ['role wife'],
  'young-mother': ['role mother'],
  'others-account': ['role holder'],
};

/** Without name and birth date a lost number leaves nothing to find the person by. */
export function needsOf(error: RowError): readonly Said[] {
  const own = NEEDS[error.name];
  if (own !== undefined) return own;
  if (error.field === 'record') return [];
  if (error.field === 'born') return ['date'];
  if (error.field === 'name') return ['letters'];
  return error.outcome === 'linked' ? [error.field, 'name', 'date'] : [error.field];
}

/** Something is lost: a mismatch where the sector is strict. */
export const LOSSES: ReadonlySet<string> = new Set([
  'no-marks',
  'letters-lost',
  'initials',
  'year-only',
  'month-and-year',
  'impossible-date',
]);

/** How often an error happens in an extract, relative to the others; 0: never. */
export function rateOf(error: RowError, { dirt, says }: Pick<Extract, 'dirt' | 'says'>): number {
  if (says !== undefined && !needsOf(error).every((need) => says.has(need))) return 0;
  // Where nationality is given a foreigner is known for one.
  if (error.name === 'foreigner' && says?.has('nationality')) return 0;
  return dirt.rates?.[error.name] ?? (error.rates[SECTORS.indexOf(dirt.like)] as number);
}

/** Errors after which a row without a number says too little to find its person. */
export const LOSES_PERSON: ReadonlySet<string> = new Set([
  'other-name',
  'name-missing',
  'other-date',
  'born-missing',
  'letters-lost',
  'initials',
  'word-order',
  'middle-dropped',
  'other-province',
  'faint-trace',
]);
