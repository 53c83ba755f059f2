// The Vietnamese lunisolar calendar, for the suspicion that a date of birth was written down by it (never to correct one).
//
// How it is built: a month begins on the day of the new moon; month 11 holds the winter solstice; a year of thirteen months
// repeats the number of the first month in which the sun enters no new sign (every 30° of longitude). Days are counted at
// Vietnam's meridian, UTC+7, from 1968 in the North and 1976 everywhere; printed calendars before followed UTC+8.
//
// Sources: rules as set out by Hồ Ngọc Đức, "Thuật toán tính âm lịch" (2004); new moons after J. Meeus, "Astronomical
// Formulae for Calculators", ch. 32; longitude of the sun after J. Meeus, "Astronomical Algorithms", ch. 25. Good for
// 1900–2100. Example: Tết (1/1 lunar) of 1985 is 1985-01-21 at UTC+7 and 1985-02-20 at UTC+8.
import { type CalendarDay, dayNumber, fromDayNumber } from './calendar-days.js';

export interface LunarDay extends CalendarDay {
  /** The second month of the same number in a year of thirteen months. */
  readonly leap: boolean;
}

interface LunarMonth {
  readonly month: number;
  readonly leap: boolean;
  /** Julian day number of its first day, and how many days it has. */
  readonly start: number;
  readonly days: number;
}

const RADIANS = Math.PI / 180;
/** Mean length of a lunar month, and the day number of the new moon of January 1900, from which they are counted. */
const MEAN_MONTH = 29.530588853;
const FIRST_NEW_MOON = 2415021.076998695;

/** Lunar years by `year * 100 + zone`: a run asks for a hundred of them again and again. */
const years = new Map<number, readonly LunarMonth[]>();

/** A lunar day as a day of our calendar; null when there is no such day. `zone`: hours ahead of UTC, 7 or 8. */
export function lunarToSolar(lunar: LunarDay, zone = 7): CalendarDay | null {
  if (lunar.year < 1900 || lunar.year > 2100 || lunar.day < 1) return null;
  const month = lunarYear(lunar.year, zone).find((m) => m.month === lunar.month && m.leap === lunar.leap);
  return month === undefined || lunar.day > month.days ? null : fromDayNumber(month.start + lunar.day - 1);
}

/** A day of our calendar, 1900–2100, as a lunar day; null outside. */
export function solarToLunar(solar: CalendarDay, zone = 7): LunarDay | null {
  if (solar.year < 1900 || solar.year > 2100) return null;
  const day = dayNumber(solar);
  for (const year of [solar.year, solar.year - 1]) {
    const month = lunarYear(year, zone).find((m) => day >= m.start && day < m.start + m.days);
    if (month !== undefined)
      return { year, month: month.month, day: day - month.start + 1, leap: month.leap };
  }
  return null;
}

/** Whether `written`, read as a lunar date (of a common or a leap month), is the solar day `solar`. */
export function isLunarOf(written: CalendarDay, solar: CalendarDay): boolean {
  if (!withinShift(written, solar)) return false;
  const zones = solar.year < 1976 ? [7, 8] : [7];
  return zones.some((zone) =>
    [false, true].some((leap) => {
      const day = lunarToSolar({ ...written, leap }, zone);
      return day !== null && day.year === solar.year && day.month === solar.month && day.day === solar.day;
    }),
  );
}

/** A lunar date stands for a solar day two weeks to ten weeks later by its figures; most pairs of dates are told apart by that. */
function withinShift(written: CalendarDay, solar: CalendarDay): boolean {
  const days = (day: CalendarDay) => day.year * 372 + day.month * 31 + day.day;
  const shift = days(solar) - days(written);
  return shift >= 14 && shift <= 75;
}

function lunarYear(year: number, zone: number): readonly LunarMonth[] {
  const key = year * 100 + zone;
  const known = years.get(key);
  if (known !== undefined) return known;
  const before = monthEleven(year - 1, zone);
  const within = monthEleven(year, zone);
  const opening = numbered({ from: before, to: within, zone });
  const closing = numbered({ from: within, to: monthEleven(year + 1, zone), zone });
  const months = [
    ...opening.slice(opening.findIndex((m) => m.month === 1)),
    ...closing.slice(
      0,
      closing.findIndex((m) => m.month === 1),
    ),
  ];
  years.set(key, months);
  return months;
}

/** The months from one month 11 up to the next, with their numbers. `from` and `to` count new moons since 1900. */
function numbered({ from, to, zone }: { from: number; to: number; zone: number }): LunarMonth[] {
  const starts = Array.from({ length: to - from + 2 }, (_, i) => newMoonDay(from + i, zone));
  const signs = starts.map((start) => sunSign(start, zone));
  const thirteen = to - from === 13;
  const leapAt = thirteen ? signs.findIndex((sign, i) => i > 0 && sign === signs[i + 1]) : -1;
  return Array.from({ length: to - from }, (_, i) => {
    const place = leapAt >= 0 && i >= leapAt ? i - 1 : i;
    return {
      month: ((10 + place) % 12) + 1,
      leap: i === leapAt,
      start: starts[i]!,
      days: starts[i + 1]! - starts[i]!,
    };
  });
}

/** Which new moon since 1900 begins month 11, the one that holds the winter solstice of a solar year. */
function monthEleven(year: number, zone: number): number {
  const k = Math.floor((dayNumber({ year, month: 12, day: 31 }) - FIRST_NEW_MOON) / MEAN_MONTH);
  return sunSign(newMoonDay(k, zone), zone) >= 9 ? k - 1 : k;
}

/** Julian day number, at the zone's meridian, of the day that holds the k-th new moon since January 1900. */
function newMoonDay(k: number, zone: number): number {
  const t = k / 1236.85;
  const t2 = t * t;
  const t3 = t2 * t;
  const sin = (degrees: number) => Math.sin(degrees * RADIANS);
  const mean =
    2415020.75933 +
    29.53058868 * k +
    0.0001178 * t2 -
    0.000000155 * t3 +
    0.00033 * sin(166.56 + 132.87 * t - 0.009173 * t2);
  const sun = 359.2242 + 29.10535608 * k - 0.0000333 * t2 - 0.00000347 * t3;
  const moon = 306.0253 + 385.81691806 * k + 0.0107306 * t2 + 0.00001236 * t3;
  const latitude = 21.2964 + 390.67050646 * k - 0.0016528 * t2 - 0.00000239 * t3;
  const correction =
    (0.1734 - 0.000393 * t) * sin(sun) +
    0.0021 * sin(2 * sun) -
    0.4068 * sin(moon) +
    0.0161 * sin(2 * moon) -
    0.0004 * sin(3 * moon) +
    0.0104 * sin(2 * latitude) -
    0.0051 * sin(sun + moon) -
    0.0074 * sin(sun - moon) +
    0.0004 * sin(2 * latitude + sun) -
    0.0004 * sin(2 * latitude - sun) -
    0.0006 * sin(2 * latitude + moon) +
    0.001 * sin(2 * latitude - moon) +
    0.0005 * sin(2 * moon + sun);
  // From dynamical time, in which the formulae count, to the clock.
  const clock = -0.000278 + 0.000265 * t + 0.000262 * t2;
  return Math.floor(mean + correction - clock + 0.5 + zone / 24);
}

/** Which twelfth of its yearly way (0 begins at the spring equinox) the sun is in at the start of a local day. */
function sunSign(day: number, zone: number): number {
  const t = (day - 0.5 - zone / 24 - 2451545) / 36525;
  const anomaly = (357.5291 + 35999.0503 * t - 0.0001559 * t * t - 0.00000048 * t * t * t) * RADIANS;
  const mean = 280.46645 + 36000.76983 * t + 0.0003032 * t * t;
  const centre =
    (1.9146 - 0.004817 * t - 0.000014 * t * t) * Math.sin(anomaly) +
    (0.019993 - 0.000101 * t) * Math.sin(2 * anomaly) +
    0.00029 * Math.sin(3 * anomaly);
  const longitude = (mean + centre) % 360;
  return Math.floor((longitude < 0 ? longitude + 360 : longitude) / 30);
}
