// Records of several people, a line per role; and records that the sector sets apart, a line per reason.
import { reasonOf } from '../matchers/reasons.js';
import { paragraph, section, t, table } from './html-parts.js';
import type { ApartRow, RoleRow, Summary } from './model.js';
import { count, percent } from './numbers.js';

/** Empty where a record is one person's and nobody is set apart. */
export function peopleSection({ roles = [], apart = [] }: Summary): string {
  const parts = [roles.length === 0 ? '' : rolesPart(roles), apart.length === 0 ? '' : apartPart(apart)];
  const shown = parts.filter((part) => part !== '');
  const title = { vi: 'Người trong bản ghi', en: 'People in the records' };
  return shown.length === 0 ? '' : section('people', title, shown.join('\n'));
}

const numeric = (vi: string, en: string) => ({ head: { vi, en }, numeric: true });

function rolesPart(roles: readonly RoleRow[]): string {
  const intro = paragraph({
    vi: 'Mỗi người trong bản ghi được đối sánh riêng; kết quả của bản ghi là kết quả nặng nhất trong số đó.',
    en: 'Each person of a record is matched separately; the outcome of the record is the gravest of theirs.',
  });
  const body = table({
    id: 'roles-table',
    caption: { vi: 'Kết quả theo vai', en: 'Outcomes by role' },
    columns: [
      { head: { vi: 'Vai', en: 'Role' } },
      numeric('Đối sánh', 'Compared'),
      numeric('Không ghi ai', 'Nobody stated'),
      numeric('Như đã nộp', 'As submitted'),
      numeric('Tỷ lệ', 'Rate'),
      numeric('Sau làm sạch', 'After cleaning'),
      numeric('Tỷ lệ', 'Rate'),
    ],
    rows: roles.map(({ labels, figures, nobody }) => [
      t(labels),
      ...[count(figures.compared), count(nobody), count(figures.mismatch_as_submitted)].map(t),
      t(percent(figures.rate_as_submitted)),
      t(count(figures.mismatch_after_cleaning)),
      t(percent(figures.rate_after_cleaning)),
    ]),
  });
  return `${intro}\n${body}`;
}

function apartPart(apart: readonly ApartRow[]): string {
  const intro = paragraph({
    vi: 'Các dòng này được để riêng theo khai báo của lĩnh vực: không tính vào số dòng đối sánh và hai tỷ lệ.',
    en: 'These rows are set apart as the sector declares: they are neither among the rows compared nor in the two rates.',
  });
  const body = table({
    id: 'apart-table',
    caption: { vi: 'Các dòng để riêng', en: 'Rows set apart' },
    columns: [
      { head: { vi: 'Vì sao', en: 'Why' } },
      numeric('Số dòng', 'Rows'),
      numeric('Vẫn tìm thấy người', 'Person found after all'),
      numeric('Trong đó trùng khớp', 'Of these agree'),
      numeric('Tỷ lệ trùng khớp', 'Share that agree'),
    ],
    rows: apart.map(({ code, rows, found, matched, share }) => [
      t(reasonOf(code)?.label ?? { vi: code, en: code }),
      ...[count(rows), count(found), count(matched), percent(share)].map(t),
    ]),
  });
  return `${intro}\n${body}`;
}
