import { type ColumnProfile, type Profile, profileFile, TAKES_ANYTHING } from '../pipeline/profile.js';
import { byteSize, count, percent } from '../reports/numbers.js';
import { loadSector } from '../sectors/load.js';
import { HIGH, MEDIUM, type Suggestion } from '../sectors/mapping.js';
import { fileChoice } from './file-options.js';
import { facts, table } from './output.js';
import { type Run, type Session, textOption } from './session.js';

/** `doisoat profile FILE`: what the file holds, and which column is which field. */
export const run: Run = async ({ args, options, session }) => {
  const name = textOption(options, 'sector');
  const sector = name === undefined ? null : loadSector(name).sector;
  const profile = await profileFile(fileChoice(args[0] ?? '', options), sector, session.context);
  return { data: asData(profile), text: asText(profile, session) };
};

function asData({ file, columns, mapping }: Profile) {
  const { name, bytes, sha256, encoding, encodingConfidence, delimiter, rows, rejected, repaired } = file;
  return {
    file: {
      name,
      bytes,
      sha256,
      encoding,
      encoding_confidence: encodingConfidence,
      delimiter,
      rows,
      rejected,
      repaired,
    },
    columns,
    mapping,
  };
}

function asText({ file, columns, mapping }: Profile, session: Session): string {
  const { say } = session;
  const number = (n: number) => say(count(n));
  const heading = facts([
    [say({ vi: 'Tệp', en: 'File' }), `${file.name} (${say(byteSize(file.bytes))})`],
    [say({ vi: 'Mã chữ', en: 'Encoding' }), `${file.encoding} (${say(percent(file.encodingConfidence))})`],
    [say({ vi: 'Dấu ngăn cột', en: 'Delimiter' }), delimiterName(file.delimiter)],
    [say({ vi: 'Số dòng', en: 'Rows' }), number(file.rows)],
    [
      say({ vi: 'Đã sửa / không đọc được', en: 'Mended / unreadable' }),
      `${number(file.repaired)} / ${number(file.rejected)}`,
    ],
  ]);
  const parts = [heading, columnTable(columns, session), exampleTable(columns, session)];
  if (mapping.length > 0) parts.push(mappingTable(mapping, session));
  return parts.join('\n\n');
}

function delimiterName(delimiter: string): string {
  return delimiter === '\t' ? 'tab' : delimiter === '' ? '–' : delimiter;
}

function columnTable(columns: readonly ColumnProfile[], { say }: Session): string {
  return table(
    [
      { title: say({ vi: 'Cột', en: 'Column' }) },
      { title: say({ vi: 'Có giá trị', en: 'Filled' }), align: 'right' },
      { title: say({ vi: 'Khác nhau', en: 'Distinct' }), align: 'right' },
      { title: say({ vi: 'Hình dạng hay gặp', en: 'Common shapes' }) },
      { title: say({ vi: 'Loại giá trị nhận được', en: 'Accepted by' }) },
    ],
    columns.map((column) => [
      column.column,
      say(percent(column.fill_rate)),
      say(count(column.distinct)),
      column.shapes.map(({ shape }) => shape).join(' · '),
      accepted(column, say),
    ]),
  );
}

/** The guessed kind first, then the best other one that tells something. */
function accepted({ kind, accepted: kinds }: ColumnProfile, say: Session['say']): string {
  const guessed = kinds.filter((one) => one.kind === kind);
  const others = kinds.filter(
    (one) => one.kind !== kind && one.share >= 0.5 && !TAKES_ANYTHING.has(one.kind),
  );
  const shown = [...guessed, ...others].slice(0, 2);
  return shown.map((one) => `${one.kind} ${say(percent(one.share))}`).join(' · ') || '–';
}

function exampleTable(columns: readonly ColumnProfile[], { say }: Session): string {
  return table(
    [
      { title: say({ vi: 'Cột', en: 'Column' }) },
      { title: say({ vi: 'Ví dụ (đã che)', en: 'Examples (masked)' }) },
      { title: say({ vi: 'Phông cũ', en: 'Old font' }) },
    ],
    columns.map((one) => [one.column, one.examples.join(' · '), fontOf(one, say)]),
  );
}

function fontOf(
  { text_encoding: name, text_encoding_confidence: share }: ColumnProfile,
  say: Session['say'],
) {
  return name === null ? '' : `${name} (${say(percent(share))})`;
}

function mappingTable(mapping: readonly Suggestion[], { say }: Session): string {
  return table(
    [
      { title: say({ vi: 'Cột', en: 'Column' }) },
      { title: say({ vi: 'Trường gợi ý', en: 'Suggested field' }) },
      { title: say({ vi: 'Độ chắc', en: 'Certainty' }), align: 'right' },
      { title: '' },
    ],
    mapping.map(({ column, field, confidence }) => [
      column,
      field ?? '–',
      field === null ? '' : say(percent(confidence)),
      field === null ? '' : say(certaintyName(confidence)),
    ]),
  );
}

function certaintyName(confidence: number) {
  if (confidence >= HIGH) return { vi: 'chắc', en: 'sure' };
  return confidence >= MEDIUM ? { vi: 'có lẽ', en: 'likely' } : { vi: 'cần xem lại', en: 'to be checked' };
}
