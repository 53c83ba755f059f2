// The top of the report: what it is about, the headline, and the four figures that a reader takes away.
import type { Text } from '../messages/text.js';
import { changeHeadline, cleanedHeadline, headline } from './headline.js';
import { bar, change, escapeHtml, t } from './html-parts.js';
import type { Figures, Summary } from './model.js';
import { changesOf } from './model-changes.js';
import { count, countChange, percent, periodName, pointChange } from './numbers.js';

/** What the report is about, beside its title. */
export function headFacts(summary: Summary): readonly (readonly [Text, string])[] {
  const { previous } = summary;
  return [
    [{ vi: 'Kỳ', en: 'Period' }, t(periodName(summary.period))],
    [{ vi: 'So với', en: 'Against' }, previous === null ? '–' : t(periodName(previous.period))],
    [{ vi: 'Công việc', en: 'Job' }, `<bdi>${escapeHtml(summary.job)}</bdi>`],
    [{ vi: 'Lần chạy', en: 'Run' }, `<bdi>${escapeHtml(summary.run)}</bdi>`],
  ];
}

export function headlineSection(summary: Summary): string {
  const lines = [cleanedHeadline(summary), changeHeadline(summary)];
  const rest = summary.figures.compared === 0 ? '' : `<p class="lede">${lines.map(t).join(' ')}</p>`;
  return `<section id="headline" aria-label="Kết quả chính · Headline">
<p class="headline">${t(headline(summary))}</p>
${rest}
<ul class="tiles">
${tiles(summary).join('\n')}
</ul>
</section>`;
}

function tiles(summary: Summary): string[] {
  const { figures } = summary;
  const changes = changesOf(summary);
  const submitted = (of: Figures): Rated => ({ rate: of.rate_as_submitted, rows: of.mismatch_as_submitted });
  const cleaned = (of: Figures): Rated => ({
    rate: of.rate_after_cleaning,
    rows: of.mismatch_after_cleaning,
  });
  return [
    rateTile(
      { vi: 'Không trùng khớp như đã nộp', en: 'Do not agree as submitted' },
      submitted(figures),
      changes === null ? null : submitted(changes),
    ),
    rateTile(
      { vi: 'Không trùng khớp sau làm sạch', en: 'Do not agree after cleaning' },
      cleaned(figures),
      changes === null ? null : cleaned(changes),
    ),
    countTile(
      { vi: 'Được làm sạch thành trùng khớp', en: 'Made to agree by cleaning' },
      figures.outcomes.match_after_cleaning ?? 0,
      changes?.outcomes.match_after_cleaning ?? null,
    ),
    countTile({ vi: 'Dòng được đối sánh', en: 'Rows compared' }, figures.compared, changes?.compared ?? null),
  ];
}

interface Rated {
  readonly rate: number | null;
  readonly rows: number;
}

function rateTile(label: Text, { rate, rows }: Rated, changed: Rated | null): string {
  const unit = t({ vi: 'dòng', en: 'rows' });
  const changes =
    changed === null
      ? ''
      : `<p>${change(changed.rate, pointChange, 'less')}</p><p>${change(changed.rows, countChange, 'less')} ${unit}</p>`;
  return `<li><p class="what">${t(label)}</p><p class="big">${t(percent(rate))}</p>${bar(rate, 'bad')}<p>${t(count(rows))} ${unit}</p>${changes}</li>`;
}

function countTile(label: Text, now: number, changed: number | null): string {
  const changes = changed === null ? '' : `<p>${change(changed, countChange, 'neither')}</p>`;
  return `<li><p class="what">${t(label)}</p><p class="big">${t(count(now))}</p>${changes}</li>`;
}
