import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MENDERS, REASON_CODES, REASON_FAMILIES, reasonOf } from '../matchers/reasons.js';
import { outcomesPage, reasonsPage } from '../scripts/docs-reasons.js';

/** Design §5, by hand: the table may hold more, never less. */
const DESIGN: Readonly<Record<string, readonly string[]>> = {
  name: [
    ...[
      'format',
      'accents',
      'spelling_variant',
      'regional_variant',
      'middle_name',
      'abbreviated',
      'word_order',
    ],
    ...['typo', 'different', 'missing'],
  ],
  born: [
    ...[
      'format',
      'year_only',
      'default_day',
      'day_month_swapped',
      'impossible',
      'one_part',
      'lunar_suspected',
    ],
    ...['different', 'missing'],
  ],
  id: [
    ...['format', 'old_number', 'reissued', 'typo', 'belongs_to_other', 'not_found', 'structure', 'invalid'],
    'missing',
  ],
  sex: ['format', 'different', 'missing'],
  address: ['old_unit', 'split_unit', 'different', 'unreadable', 'missing'],
  phone: ['format', 'old_prefix', 'invalid', 'different', 'missing'],
  tax_code: ['format', 'invalid', 'different', 'missing'],
  insurance_no: ['format', 'invalid', 'different', 'missing'],
  record: ['duplicate', 'id_shared', 'required_missing'],
  person: ['deceased', 'absent'],
};

describe('the table of reasons', () => {
  it.each(Object.entries(DESIGN))('has every kind of %s that the design lists', (family, kinds) => {
    const codes: readonly string[] = REASON_CODES;
    for (const kind of kinds) expect(codes).toContain(`${family}.${kind}`);
  });

  it.each(REASON_CODES)('%s is explained in both languages, with an example and who can mend it', (code) => {
    const facts = reasonOf(code)!;
    expect(`${facts.family}.${facts.kind}`).toBe(code);
    expect(facts.familyLabel).toEqual(REASON_FAMILIES[facts.family as keyof typeof REASON_FAMILIES]);
    for (const text of [facts.label, facts.meaning, facts.example]) {
      for (const sentence of [text.vi, text.en]) expect(sentence.trim()).toMatch(/\S/u);
    }
    expect(facts.label.vi).not.toBe(facts.label.en);
    expect(facts.meaning.vi).not.toBe(facts.meaning.en);
    expect(facts.mend.length).toBeGreaterThan(0);
    for (const mender of facts.mend) expect(MENDERS).toHaveProperty(mender);
  });

  it('speaks of one reason once in a family', () => {
    const labels = REASON_CODES.map((code) => `${reasonOf(code)!.family} ${reasonOf(code)!.label.vi}`);
    expect(new Set(labels).size).toBe(labels.length);
  });
});

describe('reasonOf', () => {
  it.each([
    ['name.typo', 'name.typo', 'Họ tên'],
    ['surname.typo', 'field.typo', null],
    ['surname.word_order', 'name.word_order', null],
    ['dob.day_month_swapped', 'born.day_month_swapped', null],
    ['sex.invalid', 'field.invalid', 'Giới tính'],
  ])('%s is explained as %s', (code, as, family) => {
    const facts = reasonOf(code)!;
    expect(facts.code).toBe(code);
    expect(facts.label).toEqual(reasonOf(as)!.label);
    expect(facts.familyLabel?.vi ?? null).toBe(family);
  });

  it.each([
    '',
    'typo',
    '.typo',
    'name.',
    'name.nonsense',
    'surname.duplicate',
    'name.deceased',
    'constructor.name',
  ])('knows nothing of %j', (code) => expect(reasonOf(code)).toBeNull());
});

/** Reasons that some file of a folder can report: of its problem tables and of its comparison levels. */
async function reported(folder: 'normalizers' | 'matchers'): Promise<string[]> {
  const url = new URL(`../${folder}/`, import.meta.url);
  const files = readdirSync(url).filter((name) => name.endsWith('.ts'));
  const modules = await Promise.all(files.map((name) => import(new URL(name, url).href)));
  const tables = modules.flatMap((module) => Object.values(module)).flatMap(rowsOf);
  return tables.flatMap((row) => (typeof row?.reason === 'string' ? [row.reason] : []));
}

type Row = { readonly reason?: unknown } | null;

function rowsOf(exported: unknown): Row[] {
  if (typeof exported !== 'object' || exported === null || !('kind' in exported)) return [];
  const { problems, levels } = exported as { problems?: Record<string, Row>; levels?: Row[] };
  return [...Object.values(problems ?? {}), ...(levels ?? [])];
}

describe('what normalizers and matchers report', () => {
  it.each(['normalizers', 'matchers'] as const)(
    '%s use no kind of reason that is not explained',
    async (folder) => {
      const unknown = (await reported(folder)).filter((kind) => reasonOf(`field.${kind}`) === null);
      expect([...new Set(unknown)]).toEqual([]);
    },
  );
});

describe('the pages made from it', () => {
  it.each([
    ['reasons.md', reasonsPage],
    ['outcomes.md', outcomesPage],
  ])('docs/%s is up to date (node dist/scripts/docs-reasons.js)', (name, page) => {
    expect(readFileSync(new URL(`../docs/${name}`, import.meta.url), 'utf8')).toBe(page());
  });
});
