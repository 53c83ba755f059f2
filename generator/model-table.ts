/** The error model as a table of Markdown, for docs/generator.md. */
import { ERRORS, type RowError, VARIATIONS } from './errors.js';

const HEAD = `| lỗi · error | là gì · what it is | lý do phải báo · reasons | kết quả · outcome | thuê bao | khai sinh | lao động |
|---|---|---|---|---|---|---|`;

export function errorModelTable(): string {
  return `### Cách ghi khác, không phải lỗi · Variations\n\n${table(VARIATIONS)}\n\n### Lỗi · Errors\n\n${table(ERRORS)}\n`;
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
