/** The job file that goes with a generated extract, ready to run. */
import { loadSector } from '../sectors/load.js';
import type { Extract } from './draft.js';

const TITLES: Readonly<Record<string, string>> = {
  'telecom-subscribers': 'Thuê bao di động, dữ liệu mô phỏng / mobile subscribers, synthetic data',
  'civil-registry':
    'Khai sinh trong sổ hộ tịch, dữ liệu mô phỏng / births in the civil register, synthetic data',
  workers: 'Người lao động, dữ liệu mô phỏng / workers, synthetic data',
};

const USUAL_ALERT = 0.3;

export function jobText(extract: Extract): string {
  const columns = extract.job.columns.map(
    ([field, column]) => `    ${field}: ${typeof column === 'string' ? column : `[${column.join(', ')}]`}`,
  );
  return `# ${TITLES[extract.sector] ?? titleOf(extract.sector)}
name: ${extract.job.name}
sector: ${extract.sector}
input:
  path: extract.csv
  encoding: auto
  delimiter: auto
  columns:
${columns.join('\n')}
reference:
  path: ../reference/population.csv
  id_changes: { path: ../reference/id-changes.csv }
period: 2026-11
report:
  formats: [html, csv, json]
  group_by: [${extract.groupBy.join(', ')}]
alert:
  mismatch_rate_above: ${extract.alertAbove ?? USUAL_ALERT}
  rejected_rate_above: 0.01
`;
}

function titleOf(name: string): string {
  const { labels } = loadSector(name).sector;
  return `${labels.vi}, dữ liệu mô phỏng / ${labels.en}, synthetic data`;
}
