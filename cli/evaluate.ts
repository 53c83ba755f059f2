import { resolve } from 'node:path';
import { type Evaluation, evaluate, type OutcomeScore, type ReasonScore } from '../pipeline/evaluate.js';
import { count } from '../reports/numbers.js';
import { facts, table } from './output.js';
import { findRun } from './run-folder.js';
import type { Run, Session } from './session.js';

/** `doisoat evaluate RUN TRUTH.csv`. */
export const run: Run = async ({ args, session }) => {
  const folder = findRun(args[0] ?? '', session.context.workspace);
  const evaluation = await evaluate(folder, resolve(args[1] ?? ''), session.context);
  return { data: evaluation, text: asText(evaluation, session) };
};

/** Four decimals: what matters here are the last tenths of a percent. */
function score(value: number | null): string {
  return value === null ? '–' : value.toFixed(4);
}

function asText({ rows, links, outcomes, reasons }: Evaluation, session: Session): string {
  const { say } = session;
  const number = (n: number) => say(count(n));
  const parts = [
    facts([
      [say({ vi: 'Số dòng', en: 'Rows' }), number(rows)],
      [
        say({ vi: 'Có người thật trong tham chiếu', en: 'True person is in the reference' }),
        number(links.expected),
      ],
      [say({ vi: 'Đã nhận', en: 'Accepted' }), number(links.accepted)],
      [say({ vi: 'Nhận đúng', en: 'Right' }), number(links.right)],
      [say({ vi: 'Nhận sai người', en: 'Wrong person' }), number(links.wrong)],
      [say({ vi: 'Bỏ sót', en: 'Missed' }), number(links.missed)],
      [say({ vi: '… trong đó để người xem', en: '… of which left to people' }), number(links.review)],
      [say({ vi: 'Độ chính xác', en: 'Precision' }), score(links.precision)],
      [say({ vi: 'Độ phủ', en: 'Recall' }), score(links.recall)],
      ['F1', score(links.f1)],
    ]),
  ];
  if (outcomes) parts.push(outcomeText(outcomes, session));
  if (reasons) parts.push(reasonText(reasons, session));
  return parts.join('\n\n');
}

function outcomeText(
  { accuracy, false_mismatches, agreeing, confusion }: OutcomeScore,
  { say }: Session,
): string {
  const heading = facts([
    [say({ vi: 'Kết quả đúng', en: 'Outcomes right' }), score(accuracy)],
    [
      say({ vi: 'Báo sai lệch oan', en: 'False mismatches' }),
      `${say(count(false_mismatches))} / ${say(count(agreeing))}`,
    ],
  ]);
  const pairs = table(
    [
      { title: say({ vi: 'Đáp án', en: 'Truth' }) },
      { title: say({ vi: 'Kết quả', en: 'Ours' }) },
      { title: say({ vi: 'Số dòng', en: 'Rows' }), align: 'right' },
      { title: '' },
    ],
    confusion.map(({ truth, ours, rows }) => [truth, ours, say(count(rows)), truth === ours ? '' : '≠']),
  );
  return `${heading}\n\n${pairs}`;
}

function reasonText({ accuracy, by_code }: ReasonScore, { say }: Session): string {
  const heading = facts([
    [say({ vi: 'Lý do đúng hoàn toàn', en: 'Reasons exactly right' }), score(accuracy)],
  ]);
  const codes = table(
    [
      { title: say({ vi: 'Lý do', en: 'Reason' }) },
      { title: say({ vi: 'Đáp án', en: 'Truth' }), align: 'right' },
      { title: say({ vi: 'Kết quả', en: 'Ours' }), align: 'right' },
      { title: say({ vi: 'Đúng', en: 'Right' }), align: 'right' },
    ],
    by_code.map(({ code, expected, said, right }) => [
      code,
      ...[expected, said, right].map((n) => say(count(n))),
    ]),
  );
  return `${heading}\n\n${codes}`;
}
