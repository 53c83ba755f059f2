import { cleanFile } from '../pipeline/clean.js';
import type { CleanedField, CleanResult } from '../pipeline/clean-plan.js';
import { count } from '../reports/numbers.js';
import { loadSector } from '../sectors/load.js';
import { readingOptions } from './file-options.js';
import { print, table } from './output.js';
import { columnOptions, type Run, requiredOption, type Session, textOption } from './session.js';

/**
 * `doisoat clean FILE -o OUT`. Where the rows themselves go to stdout the summary goes to stderr, so that a pipe holds
 * nothing but rows.
 */
export const run: Run = async ({ args, options, session }) => {
  const path = args[0] ?? '';
  const out = textOption(options, 'out') ?? (path === '-' ? '-' : requiredOption(options, 'out'));
  const { stdin, stdout, stderr } = session.streams;
  const { sector } = loadSector(requiredOption(options, 'sector'));
  const result = await cleanFile(
    { path, out, sector, columns: columnOptions(options), ...readingOptions(options), stdin, stdout },
    session.context,
  );
  const text = asText(result, session);
  if (out !== '-') return { data: result, text };
  if (options.quiet !== true) {
    await print(stderr, options.json === true ? `${JSON.stringify(result, null, 2)}\n` : `${text}\n`);
  }
  return { data: null, text: '', silent: true };
};

function asText(result: CleanResult, session: Session): string {
  const { say } = session;
  const rows = say(count(result.rows));
  const lines = [
    say({ vi: `${rows} dòng đã làm sạch.`, en: `${rows} rows cleaned.` }),
    ...(result.rejected === 0 ? [] : [say(rejectedNote(result.rejected))]),
    '',
    fieldTable(result.fields, session),
    '',
    problemTable(result.fields, session),
    ...result.files.map((file) => `→ ${file}`),
  ];
  return lines.join('\n');
}

function rejectedNote(rejected: number) {
  const n = count(rejected);
  return {
    vi: `${n.vi} dòng không đọc được, liệt kê riêng.`,
    en: `${n.en} rows could not be read and are listed apart.`,
  };
}

function fieldTable(fields: readonly CleanedField[], { say }: Session): string {
  const number = (n: number) => say(count(n));
  return table(
    [
      { title: say({ vi: 'Trường', en: 'Field' }) },
      { title: say({ vi: 'Cột', en: 'Column' }) },
      { title: say({ vi: 'Có giá trị', en: 'Filled' }), align: 'right' },
      { title: say({ vi: 'Đã chuẩn hóa', en: 'Changed' }), align: 'right' },
      { title: say({ vi: 'Không dùng được', en: 'Unusable' }), align: 'right' },
      { title: say({ vi: 'Ví dụ (đã che)', en: 'Examples (masked)' }) },
    ],
    fields.map((one) => [
      one.field,
      one.columns.join(' + '),
      number(one.filled),
      number(one.changed),
      number(one.unusable),
      one.examples.join(' · '),
    ]),
  );
}

function problemTable(fields: readonly CleanedField[], { say }: Session): string {
  const rows = fields.flatMap(({ field, problems }) =>
    problems.map(({ problem, labels, rows }) => [field, problem, say(labels), say(count(rows))]),
  );
  if (rows.length === 0) return say({ vi: 'Không thấy lỗi nào.', en: 'No problem was found.' });
  return table(
    [
      { title: say({ vi: 'Trường', en: 'Field' }) },
      { title: say({ vi: 'Lỗi', en: 'Problem' }) },
      { title: say({ vi: 'Nghĩa là', en: 'Meaning' }) },
      { title: say({ vi: 'Số dòng', en: 'Rows' }), align: 'right' },
    ],
    rows,
  );
}
