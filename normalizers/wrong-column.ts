// Numbers that stand in an ID column by mistake: phones, tax codes, insurance numbers, health cards. They are recognised to
// say so to whoever mends the file, never to identify anybody by them.
//
// Sources: mobile prefixes and area codes after the changes of 2017–2018 (Ministry of Information and Communications);
// check digit of the tax code: Circular 105/2020/TT-BTC, annex 1; health card of 15 characters: Decision
// 1351/QĐ-BHXH; order of the questions (ID, tax code, phone, old number): public classifiers such as `vn-ident`.
// Examples: `0912345678` phone, `0100233488` tax code, `DN4790123456789` health card.

export type WrongColumn = 'phone' | 'tax-code' | 'insurance-no' | 'health-card';

const MOBILE = '(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9\\d)\\d{7}';
const MOBILE_10 = new RegExp(`^0${MOBILE}$`);
const MOBILE_LOST_ZERO = /^(?:39|5[25689]|7[06-9]|8[1-9]|9\d)\d{7}$/;
const INTERNATIONAL = new RegExp(`^(?:00)?840?${MOBILE}$`);
/** Mobile numbers of eleven digits until 2018, landlines since 2017. */
const PHONE_11 = /^0(?:12[0-9]|16[2-9]|18[68]|199|2\d\d)\d{7}$/;

/** In: compact digits (or a health card). Out: what else than an identity number it plainly is, or null. */
export function readWrongColumn(text: string): WrongColumn | null {
  if (/^[A-Z]{2}\d{13}$/.test(text)) return 'health-card';
  if (!/^\d{9,14}$/.test(text)) return null;
  if (MOBILE_10.test(text) || PHONE_11.test(text) || MOBILE_LOST_ZERO.test(text)) return 'phone';
  if (INTERNATIONAL.test(text) && !(text.length === 11 && /^84[0-3]/.test(text))) return 'phone';
  if (text.length === 10 && hasTaxCheckDigit(text)) return 'tax-code';
  if (text.length === 13 && hasTaxCheckDigit(text.slice(0, 10)) && !text.endsWith('000')) return 'tax-code';
  return null;
}

/** Circular 105/2020/TT-BTC: the tenth digit is 10 less the weighted sum modulo 11; a remainder of 0 is never issued. */
function hasTaxCheckDigit(ten: string): boolean {
  const weights = [31, 29, 23, 19, 17, 13, 7, 5, 3];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(ten[i]), 0);
  return 10 - (sum % 11) === Number(ten[9]);
}
