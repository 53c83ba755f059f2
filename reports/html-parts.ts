// The few building blocks of the HTML report. Every value that comes from data passes through `escapeHtml`.
import type { Text } from '../messages/text.js';

const MAX_LENGTH = 160;

/** Text that is safe inside an element or a quoted attribute, whatever it holds. */
export function escapeHtml(value: string): string {
  return visible(value)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

// Control characters are not allowed in HTML, and marks that turn the writing direction would disguise what stands here.
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

function visible(value: string): string {
  return value
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(UNSEEN, (c) => `[U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`);
}

/** A value of the data: escaped, cut when it is very long, apart from the writing direction around it. */
export function dataValue(value: string): string {
  const letters = value.length > MAX_LENGTH ? [...value] : [];
  const short = letters.length > MAX_LENGTH ? `${letters.slice(0, MAX_LENGTH).join('')}…` : value;
  return `<bdi>${escapeHtml(short)}</bdi>`;
}

/** A sentence in both languages; the page shows one. Strings that read the same are written once. */
export function t({ vi, en }: Text): string {
  if (vi === en) return escapeHtml(vi);
  return `<span lang="vi">${escapeHtml(vi)}</span><span lang="en">${escapeHtml(en)}</span>`;
}

/** The same inside an SVG text. */
export function svgText({ vi, en }: Text): string {
  if (vi === en) return escapeHtml(vi);
  return `<tspan lang="vi">${escapeHtml(vi)}</tspan><tspan lang="en">${escapeHtml(en)}</tspan>`;
}

/** For attributes and titles, which can hold one text only. */
export function bothInOne({ vi, en }: Text): string {
  return escapeHtml(vi === en ? vi : `${vi} · ${en}`);
}

/** Is more of it good or bad? Decides the colour; arrow and sign say the same without it. */
export type Better = 'less' | 'more' | 'neither';

/** A change against the last period, as `written` writes it, with an arrow; null, not known, has none. */
export function change(
  difference: number | null,
  written: (difference: number | null) => Text,
  better: Better,
): string {
  const text = written(difference);
  if (difference === null || difference === 0) return `<span class="change">${t(text)}</span>`;
  const up = difference > 0;
  const good = better === 'neither' ? '' : (better === 'more') === up ? ' good' : ' bad';
  return `<span class="change${good}"><span aria-hidden="true">${up ? '▲' : '▼'}</span> ${t(text)}</span>`;
}

export interface Column {
  readonly head: Text;
  readonly numeric?: boolean;
}

export interface Table {
  readonly id: string;
  readonly caption: Text;
  readonly columns: readonly Column[];
  /** Ready HTML; the first cell of a row is its header. */
  readonly rows: readonly Row[];
  readonly foot?: Row;
}

/** The cells of a row, or a heading over the rows that follow. */
export type Row = readonly string[] | { readonly heading: string };

export function table({ id, caption, columns, rows, foot }: Table): string {
  const head = columns
    .map(({ head, numeric }) => `<th scope="col"${classOf(numeric)}>${t(head)}</th>`)
    .join('');
  const footer = foot === undefined ? '' : `<tfoot>${rowHtml(foot, columns)}</tfoot>`;
  return `<div class="scroll" role="region" tabindex="0" aria-labelledby="${id}-caption"><table id="${id}">
<caption id="${id}-caption">${t(caption)}</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${rows.map((row) => rowHtml(row, columns)).join('\n')}
</tbody>${footer}
</table></div>`;
}

function rowHtml(row: Row, columns: readonly Column[]): string {
  if ('heading' in row) {
    return `<tr class="heading"><th scope="rowgroup" colspan="${columns.length}">${row.heading}</th></tr>`;
  }
  const cells = row.map((cell, i) =>
    i === 0 ? `<th scope="row">${cell}</th>` : `<td${classOf(columns[i]?.numeric)}>${cell}</td>`,
  );
  return `<tr>${cells.join('')}</tr>`;
}

function classOf(numeric: boolean | undefined): string {
  return numeric === true ? ' class="n"' : '';
}

/**
 * A thin bar behind a figure that is written beside it, so it says nothing of its own to a screen reader. `longest`: the value that the
 * whole length stands for.
 */
export function bar(value: number | null, tone: 'bad' | 'good' | 'bad relative', longest = 1): string {
  const part = value === null || longest === 0 ? 0 : value / longest;
  const width = Math.min(100, Math.max(0, part * 100)).toFixed(2);
  return `<span class="bar ${tone}" aria-hidden="true"><span style="width:${width}%"></span></span>`;
}

export function section(id: string, title: Text, body: string): string {
  return `<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${t(title)}</h2>
${body}
</section>`;
}

export function paragraph(text: Text, className = ''): string {
  return `<p${className === '' ? '' : ` class="${className}"`}>${t(text)}</p>`;
}
