// The top of the report: what it is about, the headline, and the four figures that a reader takes away.
import type { Text } from '../messages/text.js';
import { changeHeadline, cleanedHeadline, headline } from './headline.js';
import { bar, change, escapeHtml, t } from './html-parts.js';
import type { Summary } from './model.js';
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

function tiles({ figures, previous }: Summary): string[] {
  const before = previous?.figures ?? null;
  return [
    rateTile(
      { vi: 'Không trùng khớp như đã nộp', en: 'Do not agree as submitted' },
      {
        rate: figures.rate_as_submitted,
        rows: figures.mismatch_as_submitted,
        before:
          before === null ? null : { rate: before.rate_as_submitted, rows: before.mismatch_as_submitted },
      },
    ),
    rateTile(
      { vi: 'Không trùng khớp sau làm sạch', en: 'Do not agree after cleaning' },
      {
        rate: figures.rate_after_cleaning,
        rows: figures.mismatch_after_cleaning,
        before:
          before === null ? null : { rate: before.rate_after_cleaning, rows: before.mismatch_after_cleaning },
      },
    ),
    countTile(
      { vi: 'Được làm sạch thành trùng khớp', en: 'Made to agree by cleaning' },
      figures.outcomes.match_after_cleaning ?? 0,
      before?.outcomes.match_after_cleaning ?? null,
    ),
    countTile({ vi: 'Dòng được đối sánh', en: 'Rows compared' }, figures.compared, before?.compared ?? null),
  ];
}

interface Rated {
  readonly rate: number | null;
  readonly rows: number;
}

function rateTile(label: Text, now: Rated & { readonly before: Rated | null }): string {
  const { rate, rows, before } = now;
  const unit = t({ vi: 'dòng', en: 'rows' });
  const points =
    before === null ? '' : change((rate ?? 0) - (before.rate ?? 0), pointChange(rate, before.rate), 'less');
  const counted = before === null ? '' : change(rows - before.rows, countChange(rows, before.rows), 'less');
  const changes = before === null ? '' : `<p>${points}</p><p>${counted} ${unit}</p>`;
  return `<li><p class="what">${t(label)}</p><p class="big">${t(percent(rate))}</p>${bar(rate, 'bad')}<p>${t(count(rows))} ${unit}</p>${changes}</li>`;
}

function countTile(label: Text, now: number, before: number | null): string {
  const changes =
    before === null ? '' : `<p>${change(now - before, countChange(now, before), 'neither')}</p>`;
  return `<li><p class="what">${t(label)}</p><p class="big">${t(count(now))}</p>${changes}</li>`;
}
