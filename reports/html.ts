// report.html: one file that opens from disk without a network, in Vietnamese with a switch to English, and prints on A4.
// It shows the figures of the summary and computes none; no clock, so the same summary gives the same bytes.
import { groupsSection } from './html-groups.js';
import { headlineSection, masthead } from './html-headline.js';
import { methodSection, readingSection } from './html-method.js';
import { outcomesSection } from './html-outcomes.js';
import { bothInOne, paragraph, t } from './html-parts.js';
import { columnsSection, marksSection } from './html-quality.js';
import { reasonsSection } from './html-reasons.js';
import { STYLE } from './html-style.js';
import type { Summary } from './model.js';
import { periodName } from './numbers.js';

/** The whole page as text. */
export function renderHtml(summary: Summary): string {
  const period = periodName(summary.period);
  const { vi, en } = summary.sector.labels;
  const title = bothInOne({
    vi: `${vi}, ${period.vi}: báo cáo đối soát`,
    en: `${en}, ${period.en}: reconciliation report`,
  });
  return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<div class="page">
${masthead(summary)}
${contents(summary)}
<main>
${[
  headlineSection(summary),
  notes(summary),
  outcomesSection(summary),
  reasonsSection(summary),
  groupsSection(summary),
  marksSection(summary),
  columnsSection(summary),
  readingSection(),
  methodSection(summary),
]
  .filter((part) => part !== '')
  .join('\n\n')}
</main>
<footer><p>${t({
    vi: 'Báo cáo chỉ có số liệu tổng hợp, không có dữ liệu cá nhân.',
    en: 'This report holds totals only and no personal data.',
  })}</p></footer>
</div>
</body>
</html>
`;
}

function notes({ notes: texts }: Summary): string {
  if (texts.length === 0) return '';
  return `<aside class="notes" aria-label="Lưu ý · Notes">${texts.map((text) => paragraph(text)).join('\n')}</aside>`;
}

function contents(summary: Summary): string {
  const entries: readonly (readonly [id: string, vi: string, en: string, there: boolean])[] = [
    ['outcomes', 'Kết quả', 'Outcomes', true],
    ['reasons', 'Lý do', 'Reasons', true],
    ['groups', 'Đơn vị, địa bàn', 'Owners, places', summary.groups.length > 0],
    ['marks', 'Đúng, đủ, sạch, sống', 'Quality marks', true],
    ['columns', 'Dữ liệu nộp', 'Extract', summary.fields.length > 0],
    ['reading', 'Cách đọc', 'How to read', true],
    ['method', 'Phương pháp', 'Method', true],
  ];
  const links = entries
    .filter(([, , , there]) => there)
    .map(([id, vi, en]) => `<li><a href="#${id}">${t({ vi, en })}</a></li>`);
  return `<nav aria-label="Nội dung · Contents"><ul>${links.join('')}</ul></nav>`;
}
