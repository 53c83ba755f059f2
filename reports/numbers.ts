// How figures are written: Vietnamese as official statistics write them (15.962.382 and 18,1 %), English beside it
// (15,962,382 and 18.1%). Nothing depends on the locale data of the machine, so that the same run gives the same bytes.
import type { Text } from '../messages/text.js';

const NBSP = '\u00a0';
const MINUS = '\u2212';
const NOTHING: Text = { vi: '–', en: '–' };
const INFINITE: Text = { vi: '∞', en: '∞' };

/** A whole number with its thousands set apart: `15.962.382`. */
export function count(n: number): Text {
  return decimal(n, 0);
}

/** As people say it: `88,1 triệu` from a million on, the whole number below. */
export function spokenCount(n: number): Text {
  if (n < 1_000_000) return count(n);
  const [unit, vi, en] = n < 999_950_000 ? [1e6, 'triệu', 'million'] : [1e9, 'tỷ', 'billion'];
  const value = decimal(n / unit, 1);
  return { vi: `${value.vi}${NBSP}${vi}`, en: `${value.en}${NBSP}${en}` };
}

/** 0.181 → `18,1 %`; what is neither nothing nor all is never rounded to 0,0 or 100,0. Null → `–`. */
export function percent(rate: number | null): Text {
  if (rate === null) return NOTHING;
  if (rate > 0 && rate < 0.0005) return prefixed('<', ofHundred(0.001));
  if (rate < 1 && rate >= 0.9995) return prefixed('>', ofHundred(0.999));
  return ofHundred(rate);
}

/** A share whose last tenths of a percent matter, such as a threshold: 0.99975 → `99,975 %`. */
export function finePercent(rate: number | null): Text {
  if (rate === null) return NOTHING;
  if (rate > 0 && rate < 0.000005) return prefixed('<', ofHundred(0.00001, 3));
  if (rate < 1 && rate > 0.999995) return prefixed('>', ofHundred(0.99999, 3));
  return ofHundred(rate, 3);
}

/** Weight of evidence: `+7,2 bit`, `−0,4 bit`. */
export function bits(n: number): Text {
  if (!Number.isFinite(n)) return n > 0 ? prefixed('+', INFINITE, '') : prefixed(MINUS, INFINITE, '');
  const size = decimal(Math.abs(n), 1);
  const text = size.en === '0.0' ? size : prefixed(n > 0 ? '+' : MINUS, size, '');
  return { vi: `${text.vi}${NBSP}bit`, en: `${text.en}${NBSP}bits` };
}

/** The whole as a share of itself. */
export const WHOLE: Text = percent(1);

/** A difference of two counts: `+1.204`, `−37` or `0`. Null → `–`. */
export function countChange(difference: number | null): Text {
  return difference === null ? NOTHING : signed(difference, count(Math.abs(difference)));
}

/** A difference of two rates, 0.018, in percentage points: `+1,8 điểm`; two decimals below a tenth of a point. Null → `–`. */
export function pointChange(difference: number | null): Text {
  if (difference === null) return NOTHING;
  const points = difference * 100;
  const size = Math.abs(points);
  const number = decimal(size, size !== 0 && size < 0.1 ? 2 : 1);
  const text = signed(number.en === '0.00' ? 0 : points, number);
  return { vi: `${text.vi}${NBSP}điểm`, en: `${text.en}${NBSP}points` };
}

/** `88,4 MB`: powers of ten, as disks are sold. */
export function byteSize(bytes: number): Text {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), 4);
  const value = decimal(bytes / 1000 ** power, power === 0 ? 0 : 1);
  const unit = ['B', 'kB', 'MB', 'GB', 'TB'][power]!;
  return { vi: `${value.vi}${NBSP}${unit}`, en: `${value.en}${NBSP}${unit}` };
}

const ROMAN = ['I', 'II', 'III', 'IV'];
const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October'],
  ...['November', 'December'],
];

/** A period as people read it: `2026-11` → `tháng 11/2026`, `2026-Q4` → `quý IV/2026`; anything else as it is. */
export function periodName(period: string): Text {
  const [, year, month, day] = /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?$/.exec(period) ?? [];
  const [, quarterYear, quarter] = /^(\d{4})-Q([1-4])$/.exec(period) ?? [];
  if (quarter !== undefined) {
    return { vi: `quý ${ROMAN[Number(quarter) - 1]}/${quarterYear}`, en: `Q${quarter} ${quarterYear}` };
  }
  if (year === undefined) return { vi: period, en: period };
  if (month === undefined) return { vi: `năm ${year}`, en: year };
  const english = `${MONTHS[Number(month) - 1]} ${year}`;
  if (day === undefined) return { vi: `tháng ${Number(month)}/${year}`, en: english };
  return { vi: `ngày ${day}/${month}/${year}`, en: `${Number(day)} ${english}` };
}

/** A period as it fits below a chart: `2026-11` → `11/2026`, `2026-11-21` → `21/11/26`; anything else as it is. */
export function shortPeriod(period: string): Text {
  const [, year = '', month, day] = /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(period) ?? [];
  if (month === undefined) return { vi: period, en: period };
  const short = day === undefined ? `${month}/${year}` : `${day}/${month}/${year.slice(2)}`;
  return { vi: short, en: short };
}

/** A day as people read it: `2026-11-21` → `21/11/2026`, `21 November 2026`. */
export function dayName(day: string): Text {
  const { vi, en } = periodName(day);
  return { vi: vi.replace(/^ngày /, ''), en };
}

function ofHundred(rate: number, digits = 1): Text {
  const value = decimal(rate * 100, digits);
  return { vi: `${value.vi}${NBSP}%`, en: `${value.en}%` };
}

/** Rounded half away from zero on the decimal number that people see, not on its binary neighbour. */
function decimal(n: number, digits: number): Text {
  const scaled = Math.round(Number(`${Math.abs(n).toPrecision(15)}`) * 10 ** digits + 1e-9);
  const padded = String(scaled).padStart(digits + 1, '0');
  const whole = padded.slice(0, padded.length - digits);
  const part = padded.slice(padded.length - digits);
  const sign = n < 0 && scaled !== 0 ? MINUS : '';
  return {
    vi: `${sign}${thousands(whole, '.')}${digits === 0 ? '' : `,${part}`}`,
    en: `${sign}${thousands(whole, ',')}${digits === 0 ? '' : `.${part}`}`,
  };
}

function thousands(digits: string, separator: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, separator);
}

function signed(difference: number, size: Text): Text {
  return difference === 0 ? size : prefixed(difference > 0 ? '+' : MINUS, size, '');
}

function prefixed(sign: string, text: Text, gap = NBSP): Text {
  return { vi: `${sign}${gap}${text.vi}`, en: `${sign}${gap}${text.en}` };
}
