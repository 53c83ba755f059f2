/** Parts of a sector's page that rest on its sample: the table of fields with an example, and the line that a report prints. */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { rowsOfStream } from '../engine/csv-stream.js';
import { OUTCOME_FACTS, OUTCOMES } from '../matchers/outcomes.js';
import type { Text } from '../messages/text.js';
import { normalizers } from '../normalizers/index.js';
import { loadJob } from '../pipeline/job.js';
import { shareOf } from '../reports/model-shares.js';
import { count, percent } from '../reports/numbers.js';
import { coverage } from '../sectors/coverage.js';
import type { Sector, SectorField } from '../sectors/schema.js';

/** Any day: it only fills in a period, which the pages do not show. */
const TODAY = '2026-11-21';

/** Field → `header: value` of the sample's first row. */
export type Example = Readonly<Record<string, string>>;

export async function exampleOf(folder: string): Promise<Example> {
  const job = loadJob(join(folder, 'job.yaml'), { today: TODAY });
  const [path = ''] = job.input.files;
  const [header = [], row = []] = await firstRows(path);
  const cell = (column: string) => `\`${column}\`: ${row[header.indexOf(column)] ?? ''}`;
  const pairs = Object.entries(job.input.columns).map(([field, columns]) => [
    field,
    columns.map(cell).join('<br>'),
  ]);
  return Object.fromEntries(pairs);
}

async function firstRows(path: string): Promise<string[][]> {
  const stream = createReadStream(path);
  const rows: string[][] = [];
  for await (const row of rowsOfStream(stream, { encoding: 'utf-8', delimiter: 'auto' })) {
    rows.push(row.map((cell) => cell.replace(/^\uFEFF/, '')));
    if (rows.length === 2) break;
  }
  stream.destroy();
  return rows;
}

const HEAD = [
  'Trường · Field',
  'Tên · Name',
  'Loại giá trị · Kind of value',
  'Dùng để · Used for',
  'Ví dụ · Example',
];

export function fieldTable(sector: Sector, example: Example): string {
  const rows = Object.entries(sector.fields).map(([name, field]) => [
    `\`${name}\``,
    both(field.labels),
    `\`${field.kind}\` ${both(normalizers[field.kind]?.labels ?? { vi: '', en: '' })}`,
    usesOf(sector, name, field).map(both).join('; '),
    example[name] ?? '–',
  ]);
  return [HEAD, HEAD.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function usesOf(sector: Sector, name: string, field: SectorField): Text[] {
  const numbers = [
    ...sector.identify_by,
    ...Object.values(sector.roles).flatMap(({ fields }) =>
      sector.identify_by.map((one) => fields[one] ?? ''),
    ),
  ];
  const uses = [
    ...(field.required ? [{ vi: 'bắt buộc', en: 'required' }] : []),
    ...(numbers.includes(name) ? [{ vi: 'tìm người', en: 'finding the person' }] : []),
    ...(field.compare ? [{ vi: 'so sánh', en: 'compared' }] : []),
    ...(sector.group_by.includes(name) ? [{ vi: 'tách số liệu', en: 'splitting figures' }] : []),
  ];
  if (uses.length > 0) return uses;
  return name === 'record_key'
    ? [{ vi: 'chỉ ra bản ghi', en: 'naming the record' }]
    : [{ vi: 'chỉ làm sạch', en: 'cleaned only' }];
}

/** What the run of the sample came to, as every report prints it: all rows, and where they went. */
export function reportLine(sector: string): string[] {
  const measured = coverage()[sector];
  if (measured === undefined) return ['–'];
  const met = OUTCOMES.filter((outcome) => (measured.outcomes[outcome] ?? 0) > 0);
  const line = (language: 'vi' | 'en'): string => {
    const n = (rows: number): string => count(rows)[language];
    const parts = met.map(
      (outcome) => `${n(measured.outcomes[outcome] ?? 0)} ${OUTCOME_FACTS[outcome][language].toLowerCase()}`,
    );
    const rows = { vi: 'dòng đọc vào', en: 'rows read' }[language];
    return `${n(measured.rows)} ${rows} = ${parts.join(' + ')}`;
  };
  const matched = (measured.outcomes.match ?? 0) + (measured.outcomes.match_after_cleaning ?? 0);
  const part = percent(shareOf(matched, measured.rows));
  return [
    `${line('vi')}; sau làm sạch trùng khớp ${part.vi}.`,
    `${line('en')}; matching after cleaning ${part.en}.`,
  ];
}

function both({ vi, en }: Text): string {
  return `${vi} · ${en}`;
}
