/**
 * Relationship to the head of the household.
 *
 * Canonical value: the word as the table has it, `Chủ hộ`, `Vợ`, `Con trai`. Words without marks are read only where they can mean one thing:
 * `ba` may be bà (grandmother) or ba (father).
 * Source: usage on residence and insurance forms (data/relationships.csv). There is no official code list, so codes are
 * read only with hints.codeList such as `01=chu_ho,02=vo`.
 */
import { codeLookUp } from './code-words.js';
import { lazy, readTable } from './data-table.js';
import type { Hints, Normalized, Normalizer } from './normalizer.js';
import { withNotes } from './notes.js';

const relations = lazy(() => {
  const rows = readTable('relationships.csv');
  return {
    names: new Set(rows.map(([name = '']) => name)),
    keys: new Map(rows.map(([name = '', key = '']) => [key, name])),
    find: codeLookUp(
      rows.map(([name = '', , en = '', others = '']) => ({
        code: name,
        words: [name, en, ...others.split('/')].filter((word) => word !== ''),
      })),
    ),
  };
});

function fromCode(text: string, codeList: string | undefined): string | null {
  const code = text.replace(/^'|\.0$/g, '').replace(/^0+(?=\d)/, '');
  for (const entry of (codeList ?? '').split(',')) {
    const [written = '', relation = ''] = entry.split('=').map((part) => part.trim());
    if (written.replace(/^0+(?=\d)/, '') === code) {
      return relations().keys.get(relation) ?? (relations().names.has(relation) ? relation : null);
    }
  }
  return null;
}

function normalize(raw: string, hints?: Hints): Normalized {
  const text = raw.normalize('NFC').trim();
  if (text === '') return { value: null, problems: [] };
  if (relations().names.has(text) && relations().find(text) === text) return { value: text, problems: [] };
  if (/^'?\d{1,2}(?:\.0)?$/.test(text)) {
    const relation = fromCode(text, hints?.codeList);
    return relation === null
      ? { value: null, problems: ['ambiguous_code'] }
      : { value: relation, problems: ['spelling'] };
  }
  const found = relations().find(text.replace(/\s+(?:của\s+)?(?:với\s+)?chủ hộ$/iu, ''));
  if (found === 'ambiguous') return { value: null, problems: ['ambiguous_word'] };
  return found === null
    ? { value: null, problems: ['unreadable'] }
    : { value: found, problems: ['spelling'] };
}

export const relationship: Normalizer = withNotes({
  kind: 'relationship',
  labels: { vi: 'Quan hệ với chủ hộ', en: 'Relationship to the head of household' },
  problems: {
    spelling: {
      reason: null,
      weight: 'none',
      vi: 'ghi bằng lời hoặc mã',
      en: 'written in words or as a code',
    },
    ambiguous_code: {
      reason: 'invalid',
      weight: 'blank',
      vi: 'mã chưa rõ nghĩa',
      en: 'a code of no known list',
    },
    ambiguous_word: {
      reason: 'invalid',
      weight: 'blank',
      vi: 'viết không dấu, có thể là nhiều quan hệ',
      en: 'without marks it may be several relationships',
    },
    unreadable: { reason: 'invalid', weight: 'blank', vi: 'không rõ quan hệ', en: 'no such relationship' },
  },
  canonical: null,
  normalize,
  format: (value) => value,
  mask: (value) => value,
});
