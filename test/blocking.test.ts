import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import { automaticRules, firstRules, KEYS, keyNumber, withFirstRules } from '../matchers/blocking.js';
import type { ComparatorName } from '../matchers/field-levels.js';
import { soundKey } from '../matchers/sound-key.js';
import { foldText } from '../matchers/string-distance.js';
import { planFields } from '../pipeline/link-fields.js';
import { errorKeysSql, keyRows, variantsSql } from '../pipeline/link-keys.js';
import fc from './property.js';

describe('keys', () => {
  const cases: [ComparatorName, string, string, string | null][] = [
    ['full-name', 'letters', 'Nguyễn Văn An', 'nguyenvanan'],
    ['full-name', 'sorted', 'Nguyễn Văn An', 'an nguyen van'],
    ['full-name', 'ends', 'Nguyễn Văn An', 'nguyen an'],
    ['full-name', 'ends', 'Y', null],
    ['full-name', 'front', 'Nguyễn Văn An', 'nguyen van'],
    ['full-name', 'front', 'Y', null],
    ['date', 'month_day', '1960-03-05', '03-05'],
    ['date', 'year_parts', '1960-05-03', '1960-03-05'],
    ['date', 'year_day', '1960', null],
    ['digits', 'head', '079060001234', '079060'],
    ['digits', 'tail', '079060001234', '001234'],
    ['digits', 'head', '12', null],
    ['text', 'longest_word', '12 Lê Lợi phố', 'loi'],
    ['text', 'commune', '31|10603|thon 12', '10603'],
    ['text', 'commune', '31|10603|', '10603'],
    ['text', 'commune', '31||thon 12', null],
    ['text', 'commune', '12 Lê Lợi', null],
    ['code', 'whole', 'M', 'M'],
  ];
  it.each(cases)('%s.%s of %s', (comparator, key, value, expected) => {
    expect(KEYS[comparator].find((one) => one.name === key)?.make(value)).toBe(expected);
  });

  it('of a full name are those of its folded words, whatever stands between them', () => {
    const keyOf = (key: string, value: string) =>
      KEYS['full-name'].find(({ name }) => name === key)!.make(value);
    const word = fc.constantFrom(
      'Nguyễn',
      'ĐẶNG',
      'H’Hen',
      "y'",
      'Jean-Paul',
      '?',
      '́',
      '',
      'ΑΣ',
      'İ',
      '\t',
      '\u00a0',
      'a1',
    );
    const value = fc.oneof(
      fc.array(word, { maxLength: 6 }).map((words) => words.join(' ')),
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
    );
    fc.assert(
      fc.property(value, (name) => {
        const words = foldText(name).split(' ');
        const orNull = (text: string) => (text === '' ? null : text);
        expect(keyOf('letters', name)).toBe(orNull(words.join('')));
        expect(keyOf('sorted', name)).toBe(orNull([...words].sort().join(' ')));
        expect(keyOf('sound', name)).toBe(orNull(words.map(soundKey).sort().join(' ')));
        expect(keyOf('ends', name)).toBe(words.length < 2 ? null : `${words[0]} ${words.at(-1)}`);
        expect(keyOf('given', name)).toBe(orNull(words.at(-1)!));
      }),
      { numRuns: 2000 },
    );
  });

  it('are numbers of 32 bits, spread evenly', () => {
    const numbers = Array.from({ length: 4096 }, (_, i) => keyNumber(`nguyen an ${i}`));
    expect(new Set(numbers).size).toBe(4096);
    expect(numbers.every((n) => Number.isInteger(n) && n >= 0 && n < 2 ** 32)).toBe(true);
    const high = numbers.filter((n) => n >= 2 ** 31).length;
    expect(Math.abs(high - 2048)).toBeLessThan(200);
  });
});

describe('keys made in the engine', () => {
  const tempDir = mkdtempSync(join(tmpdir(), 'doisoat-blocking-'));
  let db: Database;
  beforeAll(async () => {
    db = await openDatabase({ tempDir, threads: 1 });
  });
  afterAll(async () => {
    await db.close();
    rmSync(tempDir, { recursive: true, force: true });
  });

  const meetings: [string, string, boolean][] = [
    ['079060001234', '079060001237', true],
    ['079060001234', '079060001243', true],
    ['079060001234', '07906000123', false],
    ['079060001234', '079061001237', false],
    ['12345', '12346', false],
  ];
  it.each(meetings)('%s meets %s by one error: %s', async (a, b, meet) => {
    const shared = await db.value<boolean>(`SELECT coalesce(list_has_any(x, y), false) FROM
      (SELECT ${errorKeysSql('a')} AS x, ${errorKeysSql('b')} AS y FROM (SELECT ${literal(a)} AS a, ${literal(b)} AS b))`);
    expect(shared).toBe(meet);
  });

  it('makes of an integer all that differ in one digit or a swap, once each', async () => {
    const made = await db.rows<{ n: number }>(
      `SELECT number AS n FROM (${variantsSql('SELECT 1 AS row, 79060001234::BIGINT AS number')})`,
    );
    const own = '079060001234';
    const texts = made.map(({ n }) => String(n).padStart(12, '0'));
    const differing = (text: string) => [...text].filter((digit, i) => digit !== own[i]).length;
    expect(texts.every((text) => text.length === 12)).toBe(true);
    expect(texts.filter((text) => differing(text) === 1)).toHaveLength(108);
    const swapped = texts.filter((text) => differing(text) === 2);
    expect(swapped).toContain('079060001243');
    expect(swapped).toContain('709060001234');
    expect(swapped).toHaveLength(9);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it.each(['text', 'integers'] as const)('has the halves of numbers held as %s', async (as) => {
    const numbers = [79060001234, 79060005678, 79061001234];
    const values = numbers.map((n, i) => `(${i}, ${as === 'text' ? `'0${n}'` : n})`).join(', ');
    for (const side of ['ours', 'reference']) {
      await db.run(
        `CREATE OR REPLACE TEMP TABLE link_${side} AS SELECT * FROM (VALUES ${values}) t(row, f0)`,
      );
    }
    const fields = planFields([{ name: 'id', kind: 'citizen-id', held: { as } }]);
    await keyRows(db, fields, [['id.head'], ['id.tail'], ['id.whole']]);
    const equal = async (key: string) =>
      db.rows<{ a: number; b: number }>(`SELECT a.row AS a, b.row AS b FROM link_ours_keys a
        JOIN link_reference_keys b ON a."id.${key}" = b."id.${key}" WHERE a.row < b.row ORDER BY 1, 2`);
    expect(await equal('head')).toEqual([{ a: 0, b: 1 }]);
    expect(await equal('tail')).toEqual([{ a: 0, b: 2 }]);
    expect(await equal('whole')).toEqual([]);
  });
});

describe('automatic rules', () => {
  const fields = [
    { name: 'name', comparator: 'full-name' as const },
    { name: 'born', comparator: 'date' as const },
    { name: 'sex', comparator: 'code' as const },
  ];
  const collision = {
    'name.letters': 1e-6,
    'name.sorted': 1e-6,
    'name.sound': 1e-5,
    'name.ends': 1e-4,
    'name.given': 1e-2,
    'born.whole': 4e-5,
    'born.year_parts': 4e-5,
    'born.month_day': 3e-3,
    'born.year_month': 1e-3,
    'born.year_day': 4e-4,
    'sex.whole': 0.5,
  };
  const facts = { collision, people: 1e6, mostPerRecord: 10, mostRules: 60 };
  const rules = automaticRules(fields, facts);
  const names = rules.map((rule) => rule.join('+'));

  it('keeps what is telling and leaves out what is not', () => {
    expect(names).toContain('name.letters');
    expect(names).toContain('name.ends+born.month_day');
    expect(names).not.toContain('born.whole');
    expect(names.join()).not.toContain('sex');
  });
  it('proposes no more people than asked', () => {
    for (const rule of rules) {
      const expected = rule.reduce((n, key) => n * collision[key as keyof typeof collision], 1e6);
      expect(expected).toBeLessThanOrEqual(10);
    }
  });
  it('begins with whole values that hardly any stranger shares', () => {
    expect(firstRules(fields, facts)).toEqual([['name.letters', 'born.whole']]);
    expect(firstRules(fields.slice(1), facts)).toEqual([]);
  });
  it('begins with a number by itself and with the other values beside it', () => {
    const numbered = [...fields, { name: 'id', comparator: 'digits' as const }];
    const known = { ...facts, collision: { ...collision, 'id.whole': 1e-8 } };
    expect(firstRules(numbered, known)).toEqual([['id.whole'], ['name.letters', 'born.whole']]);
  });

  it('has the whole name and birth date among all rules only where no other rule of the two is', () => {
    const first = [['id.whole'], ['born.whole', 'name.letters']];
    const narrow = [['id.whole'], ['born.year_day', 'id.head'], ['name.ends', 'born.year', 'id.tail']];
    expect(withFirstRules(narrow, first)).toEqual([...narrow, ['born.whole', 'name.letters']]);
    const wide = [['id.whole'], ['name.ends', 'born.year_day']];
    expect(withFirstRules(wide, first)).toEqual(wide);
    expect(withFirstRules(narrow, [])).toEqual(narrow);
  });
  it('finds a name written wrong by commune and year, where records have hardly more than the year', () => {
    const placed = [...fields, { name: 'address', comparator: 'text' as const }];
    const shares = { 'address.commune': 3e-4, 'born.year': 0.014, 'name.front': 0.01 };
    const byYear = (share: number) =>
      automaticRules(placed, { ...facts, collision: { ...collision, ...shares, 'born.year_month': share } })
        .map((rule) => [...rule].sort().join('+'))
        .filter((rule) => rule.includes('commune'));
    expect(byYear(0).sort()).toEqual([
      'address.commune+born.year+name.front',
      'address.commune+born.year+name.given',
    ]);
    expect(byYear(0.014 / 12)).toEqual([]);
  });
  it('names each rule once', () => {
    expect(new Set(rules.map((rule) => [...rule].sort().join())).size).toBe(rules.length);
  });
});
