/** The error model as tables of Markdown, for docs/generator.md. */

import { ERRORS, type RowError, VARIATIONS } from './errors.js';
import type { SectorTable } from './sector-table.js';
import { TABLES } from './sectors/index.js';

const HEAD = `| lỗi · error | là gì · what it is | lý do phải báo · reasons | kết quả · outcome | thuê bao | khai sinh | lao động |
|---|---|---|---|---|---|---|`;

export function errorModelTable(): string {
  return [
    `### Cách ghi khác, không phải lỗi · Variations\n\n${table(VARIATIONS)}`,
    `### Lỗi · Errors\n\n${table(ERRORS)}`,
    `### Các lĩnh vực khác · The other sectors\n\n${sectors()}\n`,
  ].join('\n\n');
}

function table(errors: readonly RowError[]): string {
  const totals = [0, 1, 2].map((i) => errors.reduce((sum, error) => sum + (error.rates[i] as number), 0));
  const rows = errors.map((error) => {
    const reasons = error.reasons.map((reason) => `\`${reason}\``).join(' ');
    const rates = error.rates.map((rate, i) => share(rate, totals[i] as number));
    return `| \`${error.name}\` | ${error.vi} · ${error.en} | ${reasons} | ${error.outcome} | ${rates.join(' | ')} |`;
  });
  return [HEAD, ...rows].join('\n');
}

function share(rate: number, total: number): string {
  return rate === 0 ? '–' : `${((100 * rate) / total).toFixed(1)} %`;
}

/** Each other sector is dirty like one of the three, but for the errors that it has more often, or only it has. */
function sectors(): string {
  const rows = TABLES.map((one) => {
    const own = Object.entries(one.dirt.rates ?? {}).filter(([, rate]) => rate > 0);
    const errors = own.map(([name]) => `\`${name}\``).join(' ') || '–';
    return `| \`${one.sector}\` | \`${one.dirt.like}\` | ${sourceOf(one)} | ${errors} |`;
  });
  return [
    '| lĩnh vực · sector | giống · like | nguồn ghi · the source writes | lỗi thêm · errors it has more of |',
    '|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function sourceOf({ style, names, dates, withoutNumber, paper }: SectorTable): string {
  const part = (rate: number | undefined): string => `${Math.round(100 * (rate ?? 0))} %`;
  return [
    style,
    ...(names === undefined ? [] : [`names: ${names}`]),
    ...(dates === undefined ? [] : [`dates: ${dates}`]),
    ...(withoutNumber === undefined ? [] : [`without number: ${part(withoutNumber)}`]),
    ...(paper === undefined ? [] : [`paper without number: ${part(paper)}`]),
  ].join('; ');
}
