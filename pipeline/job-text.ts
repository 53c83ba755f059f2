import type { Text } from '../messages/text.js';
import { HIGH, MEDIUM, recordKeyColumn, type Suggestion } from '../sectors/mapping.js';
import type { Sector } from '../sectors/schema.js';
import { yamlScalar } from '../sectors/yaml-file.js';
import { RECORD_KEY } from './fields.js';

export interface JobDraft {
  readonly name: string;
  readonly sector: string;
  readonly labels: Text;
  readonly input: {
    readonly path: string;
    readonly encoding: string | undefined;
    readonly delimiter: string;
  };
  readonly reference: {
    readonly path: string;
    readonly isFolder: boolean;
    readonly idChanges: string | null;
  };
  readonly period: string;
  readonly mapping: readonly Suggestion[];
  readonly sectorFile: Sector;
}

/** The text of a job file with its suggestions, commented in Vietnamese, that runs as it is. */
export function writeJobText(draft: JobDraft): string {
  const { name, sector, labels, period } = draft;
  return `# Tệp công việc đối soát của doisoat. Mọi mục: docs/job-file.md; kiểm tra bằng trình soạn thảo: doisoat schema job.
# Dòng bắt đầu bằng # là chú thích, không có tác dụng khi chạy.

name: ${yamlScalar(name)}    # giữ nguyên qua các kỳ, để so được với kỳ trước
sector: ${yamlScalar(sector)}    # ${labels.vi}

input:
  path: ${yamlScalar(draft.input.path)}    # có thể là mẫu như extracts/*.csv; nhiều tệp được coi là một tập dữ liệu
  encoding: ${draft.input.encoding ?? 'auto'}
  delimiter: ${delimiterText(draft.input.delimiter)}
  columns:    # trường: tiêu đề cột trong tệp
${columnLines(draft).join('\n')}

${referenceText(draft.reference)}
period: ${yamlScalar(period)}    # 2026-11, 2026-11-21, 2026-Q4 hoặc 2026; kỳ sau: sửa ở đây, hoặc thêm --period khi chạy

report:
  formats: [html, csv, json]    # còn có xlsx, docx (văn bản theo Nghị định 30), pdf, parquet
${groupLine(draft)}
# Báo động khi vượt ngưỡng (mã thoát 3 hoặc 4); 0.20 là 20 %. Bỏ dấu # để dùng.
# alert:
#   mismatch_rate_above: 0.20
#   rejected_rate_above: 0.01
`;
}

function delimiterText(delimiter: string): string {
  if (delimiter === '') return 'auto';
  return delimiter === '\t' ? 'tab' : yamlScalar(delimiter);
}

function columnLines({ mapping, sectorFile }: JobDraft): string[] {
  const used = mapping.filter(({ field, confidence }) => field !== null && confidence >= MEDIUM);
  const doubtful = mapping.filter(
    ({ field, confidence }) => field !== null && confidence < MEDIUM && field !== RECORD_KEY,
  );
  const unused = mapping.filter(({ field }) => field === null);
  const missing = Object.entries(sectorFile.fields).filter(
    ([name]) => name !== RECORD_KEY && !mapping.some(({ field }) => field === name),
  );
  const key = used.some(({ field }) => field === RECORD_KEY)
    ? null
    : recordKeyColumn(mapping.map(({ column }) => column));
  return [
    ...(key === null ? [] : [`    ${RECORD_KEY}: ${yamlScalar(key)}    # khóa bản ghi của đơn vị chủ quản`]),
    ...used.map(
      (one) => `    ${pair(one)}${one.confidence >= HIGH ? '' : `    # ${sureness(one)}, nên xem lại`}`,
    ),
    ...doubtful.map((one) => `    # ${pair(one)}    # ${sureness(one)}: chưa dùng, bỏ dấu # nếu đúng`),
    ...missing.map(
      ([name, { labels, required }]) =>
        `    # ${name}: …    # ${labels.vi}: chưa thấy cột nào${required ? ' (trường bắt buộc)' : ''}`,
    ),
    ...(unused.length === 0
      ? []
      : [`    # Cột không dùng đến: ${unused.map(({ column }) => oneLine(column)).join(', ')}`]),
  ];
}

function pair({ field, column }: Suggestion): string {
  return `${field}: ${yamlScalar(column)}`;
}

function sureness({ confidence }: Suggestion): string {
  return `chắc ${Math.round(confidence * 100)} %`;
}

function oneLine(text: string): string {
  return text.replace(/[\r\n#]/g, ' ');
}

function referenceText({ path, isFolder, idChanges }: JobDraft['reference']): string {
  if (isFolder && idChanges === null) {
    return `reference: ${yamlScalar(path)}    # thư mục do doisoat reference build dựng, hoặc một tệp CSV/Parquet\n`;
  }
  const changes =
    idChanges === null ? '' : `  id_changes: ${yamlScalar(idChanges)}    # số đã hủy, cấp lại\n`;
  return `reference:    # dữ liệu dân cư; dựng sẵn bằng doisoat reference build thì các lần sau nhanh hơn
  path: ${yamlScalar(path)}
${changes}`;
}

function groupLine({ mapping, sectorFile }: JobDraft): string {
  const mapped = (name: string) =>
    mapping.some(({ field, confidence }) => field === name && confidence >= MEDIUM);
  const groups = sectorFile.group_by.filter(mapped);
  return groups.length === 0
    ? '  # group_by: []    # tách số liệu theo trường nào'
    : `  group_by: [${groups.join(', ')}]    # tách số liệu theo các trường này`;
}
