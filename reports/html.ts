// report.html: one file that opens from disk without a network, in Vietnamese with a switch to English, and prints on A4.
// It shows the figures of the summary and computes none; no clock, so the same summary gives the same bytes.
import type { Text } from '../messages/text.js';
import { casesSection } from './html-cases.js';
import { columnsSection } from './html-extract.js';
import { groupsSection } from './html-groups.js';
import { headFacts, headlineSection } from './html-headline.js';
import { marksSection } from './html-marks.js';
import { mendingSection } from './html-mending.js';
import { methodSection, readingSection } from './html-method.js';
import { outcomesSection } from './html-outcomes.js';
import { renderPage } from './html-page.js';
import { paragraph } from './html-parts.js';
import { peopleSection } from './html-people.js';
import { reasonsSection } from './html-reasons.js';
import { trendSection } from './html-trend.js';
import type { Summary } from './model.js';
import { periodName } from './numbers.js';

/** The whole page as text. */
export function renderHtml(summary: Summary): string {
  const period = periodName(summary.period);
  const { labels } = summary.sector;
  const parts = partsOf(summary).filter(({ html }) => html !== '');
  return renderPage({
    kind: { vi: 'Báo cáo đối soát dữ liệu', en: 'Data reconciliation report' },
    title: labels,
    name: {
      vi: `${labels.vi}, ${period.vi}: báo cáo đối soát`,
      en: `${labels.en}, ${period.en}: reconciliation report`,
    },
    running: `${labels.vi} · ${period.vi}`,
    facts: headFacts(summary),
    contents: parts,
    sections: [headlineSection(summary), notes(summary), ...parts.map(({ html }) => html)],
    foot: {
      vi: 'Báo cáo chỉ có số liệu tổng hợp, không có dữ liệu cá nhân.',
      en: 'This report holds totals only and no personal data.',
    },
  });
}

function notes({ notes: texts }: Summary): string {
  if (texts.length === 0) return '';
  return `<aside class="notes" aria-label="Lưu ý · Notes">${texts.map((text) => paragraph(text)).join('\n')}</aside>`;
}

interface Part {
  /** Of the section, for the links to it. */
  readonly id: string;
  readonly name: Text;
  readonly html: string;
}

/** The sections in their order; an empty one is left out, from the contents too. */
function partsOf(summary: Summary): readonly Part[] {
  const part = (id: string, vi: string, en: string, html: string): Part => ({ id, name: { vi, en }, html });
  return [
    part('outcomes', 'Kết quả', 'Outcomes', outcomesSection(summary)),
    part('people', 'Người trong bản ghi', 'People', peopleSection(summary)),
    part('mending', 'Cách sửa', 'Mending', mendingSection(summary)),
    part('reasons', 'Lý do', 'Reasons', reasonsSection(summary)),
    part('trend', 'Qua các kỳ', 'Trend', trendSection(summary)),
    part('groups', 'Đơn vị, địa bàn', 'Owners, places', groupsSection(summary)),
    part('marks', 'Đúng, đủ, sạch, sống', 'Quality marks', marksSection(summary)),
    part('cases', 'Trường hợp còn mở', 'Open cases', casesSection(summary)),
    part('columns', 'Dữ liệu nộp', 'Extract', columnsSection(summary)),
    part('reading', 'Cách đọc', 'How to read', readingSection()),
    part('method', 'Phương pháp', 'Method', methodSection(summary)),
  ];
}
