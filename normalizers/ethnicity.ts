/**
 * An ethnic group.
 *
 * Canonical value: the name, `Mường`. Two numberings of the 54 groups are in use: QĐ 121-TCTK/PPCĐ of 1979 (04 Hoa,
 * 06 Mường) and QĐ 1019/QĐ-TCTK of 2008, also annex E of QCVN 109:2017 (04 Mường, 06 Hoa). A code that both give the same
 * group (01 Kinh) is always read; any other only when the list is known: hints.codeList or the setting `code_list` is
 * `qd121` or `qd1019`. 55 is a foreigner.
 * Sources: the two decisions (data/ethnic_groups.csv). Examples: `H'mông`, `Mèo` → Mông; `Kơ Ho` → Cơ Ho; `99` → nothing.
 */
import { codeLookUp } from './code-words.js';
import { lazy, readTable } from './data-table.js';
import type { Hints, Normalized, Normalizer } from './normalizer.js';
import { withNotes } from './notes.js';

const groups = lazy(() => {
  const rows = readTable('ethnic_groups.csv');
  return {
    names: new Set(rows.map(([name = '']) => name)),
    of1979: new Map(rows.map(([name = '', code = '']) => [code, name])),
    of2008: new Map(rows.map(([name = '', , code = '']) => [code, name])),
    find: codeLookUp(
      rows.map(([name = '', , , others = '']) => ({
        code: name,
        words: [name, ...others.split('/')].filter((word) => word !== ''),
      })),
    ),
  };
});

function fromCode(digits: string, hints: Hints | undefined): Normalized {
  const code = digits.padStart(2, '0');
  const list = hints?.codeList ?? hints?.settings?.code_list;
  const before = groups().of1979.get(code);
  const since = groups().of2008.get(code);
  if (before === undefined || since === undefined) return { value: null, problems: ['unreadable'] };
  if (list === 'qd121') return { value: before, problems: ['coded'] };
  if (list === 'qd1019' || before === since) return { value: since, problems: ['coded'] };
  return { value: null, problems: ['ambiguous_code'] };
}

function normalize(raw: string, hints?: Hints): Normalized {
  const text = raw.normalize('NFC').trim();
  if (text === '') return { value: null, problems: [] };
  if (groups().names.has(text)) return { value: text, problems: [] };
  const digits = /^'?(\d{1,2})(?:\.0)?$/.exec(text)?.[1];
  if (digits !== undefined) return fromCode(digits, hints);
  const name = groups().find(text.replace(/^(?:dân tộc|dan toc|dt)[\s.:]+/iu, ''));
  if (name === null || name === 'ambiguous') return { value: null, problems: ['unreadable'] };
  return { value: name, problems: ['spelling'] };
}

export const ethnicity: Normalizer = withNotes({
  kind: 'ethnicity',
  labels: { vi: 'Dân tộc', en: 'Ethnic group' },
  problems: {
    spelling: { reason: null, weight: 'none', vi: 'cách viết khác', en: 'another spelling' },
    coded: { reason: null, weight: 'none', vi: 'ghi bằng mã', en: 'written as a code' },
    ambiguous_code: {
      reason: 'invalid',
      weight: 'blank',
      vi: 'mã khác nghĩa trong hai bảng mã, chưa rõ bảng nào',
      en: 'the code differs between the two lists and the list is not known',
    },
    unreadable: { reason: 'invalid', weight: 'blank', vi: 'không rõ dân tộc nào', en: 'no such group' },
  },
  canonical: null,
  normalize,
  format: (value) => value,
  mask: () => '***',
});
