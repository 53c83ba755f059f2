/** What happens to dates of birth. Only the year is known of some elders; most errors need the whole date. */
import { daysInMonth } from '../normalizers/calendar-days.js';
import { solarToLunar } from '../normalizers/lunar-calendar.js';
import type { Draft, Scene } from './draft.js';
import { LAST_DAY, type Person, pad } from './person.js';

type Damage = (draft: Draft, scene: Scene) => boolean;
type Date3 = readonly [day: number, month: number, year: number];

const written = ([day, month, year]: Date3): string => `${pad(day)}/${pad(month)}/${year}`;

/** An error of a whole date: what is then written, or null when it cannot happen to this one. */
const ofFullDate =
  (write: (person: Person, scene: Scene) => string | null): Damage =>
  (draft, scene) => {
    if (draft.person.day === 0) return false;
    const text = write(draft.person, scene);
    if (text === null || text === draft.born) return false;
    draft.born = text;
    return true;
  };

// Notations that mean the same.

export const otherNotation = ofFullDate(({ day, month, year }, { random }) =>
  random.pick([
    `${year}-${pad(month)}-${pad(day)}`,
    `${pad(day)}-${pad(month)}-${year}`,
    `${pad(day)}.${pad(month)}.${year}`,
    `${day}/${month}/${year}`,
    `ngày ${day} tháng ${month} năm ${year}`,
    `${pad(day)}/${pad(month)}/${year} 00:00:00`,
  ]),
);

// Damage of form.

/** Days since 30/12/1899, as a spreadsheet shows a date whose cell lost its format: 5/3/1955 = 20153. */
export const excelSerial = ofFullDate(({ day, month, year }) =>
  String(Math.round(Date.UTC(year, month - 1, day) / 86_400_000) + 25_569),
);

/** The century is in the digits of the ID, which must agree with the person. */
export const twoDigitYear: Damage = (draft, scene) => {
  const { id, year } = draft.person;
  const century = 1900 + 100 * Math.floor(Number(id[3]) / 2);
  if (draft.readId !== id || century + Number(id.slice(4, 6)) !== year) return false;
  return ofFullDate(({ day, month }) => `${pad(day)}/${pad(month)}/${pad(year % 100)}`)(draft, scene);
};

export const compact = ofFullDate(({ day, month, year }) => `${pad(day)}${pad(month)}${year}`);

// Something lost.

export const yearOnly = ofFullDate(({ year }, { random }) => random.pick([String(year), `00/00/${year}`]));

export const monthAndYear = ofFullDate(({ month, year }) => `00/${pad(month)}/${year}`);

/** A day that its month does not have: civil status papers really bear such dates. */
export const impossible = ofFullDate(({ month, year }) => {
  const days = daysInMonth(year, month);
  return days === 31 ? null : written([days === 28 ? 29 : days + 1, month, year]);
});

// Real differences.

export const defaultDay = ofFullDate(({ day, month, year }) =>
  day <= 2 || month === 1 ? null : written([1, 1, year]),
);

export const dayMonthSwapped = ofFullDate(({ day, month, year }) =>
  day > 12 || day === month || (year === LAST_DAY.year && day > LAST_DAY.month)
    ? null
    : written([month, day, year]),
);

/** Real difference in one part: 1 is the day, 2 the month, 3 the year. */
export const onePart: Damage = (draft, scene) => {
  const { random } = scene;
  const { day, month, year } = draft.person;
  const which = random.between(1, 3);
  const other: Date3 =
    which === 1
      ? [random.between(2, 28), month, year]
      : which === 2
        ? [day, random.between(2, 12), year]
        : [day, month, year + random.pick([-1, 1, -2, 2, -10])];
  if (
    other[0] === other[1] ||
    other[0] > daysInMonth(other[2], other[1]) ||
    other[2] > 2025 ||
    day === other[1]
  )
    return false;
  if (other[2] < 1925 || isJanuaryFirst(draft.person)) return false;
  const done = ofFullDate(() => written(other))(draft, scene);
  if (done) draft.readYear = other[2];
  return done && (other[0] !== day || other[1] !== month || other[2] !== year);
};

const isJanuaryFirst = (person: Person): boolean => person.day === 1 && person.month === 1;

export const lunarDate: Damage = (draft, scene) => {
  const { day, month, year } = draft.person;
  if (day === 0 || isJanuaryFirst(draft.person)) return false;
  const lunar = solarToLunar({ day, month, year });
  if (lunar === null || lunar.leap || lunar.day > daysInMonth(lunar.year, lunar.month)) return false;
  if (lunar.day === day || lunar.month === month || (lunar.day === 1 && lunar.month === 1)) return false;
  if (lunar.day === month && lunar.month === day) return false;
  draft.readYear = lunar.year;
  return ofFullDate(() => written([lunar.day, lunar.month, lunar.year]))(draft, scene);
};

export const otherDate: Damage = (draft, scene) => {
  const { random } = scene;
  const person = draft.person;
  const year = person.year + random.pick([-7, -5, -4, -3, 3, 4, 5]);
  const month = random.between(2, 12);
  const day = random.between(2, 28);
  if (person.day === 0 || year > 2025 || year < 1925) return false;
  if ([person.day, person.month].some((part) => part === day || part === month)) return false;
  draft.born = written([day, month, year]);
  draft.readYear = year;
  return true;
};

export const bornMissing: Damage = (draft) => {
  draft.born = '';
  draft.readYear = null;
  return true;
};
