import { reasonOf } from '../matchers/reasons.js';
import { audit, reasonToReveal } from '../pipeline/audit.js';
import type { Context } from '../pipeline/context.js';
import { explainRun, type Why } from '../pipeline/why.js';
import type { WhyCandidate, WhyLinking } from '../pipeline/why-linking.js';
import { withLedger } from '../pipeline/workspace-ledger.js';
import { levelLabel } from '../reports/level-labels.js';
import { bits, count, finePercent } from '../reports/numbers.js';
import { facts, table } from './output.js';
import { findRun } from './run-folder.js';
import { type Run, type Session, textOption } from './session.js';

/** `doisoat why RUN RECORD`: how one record came to its outcome. Masked unless --reveal-ids. */
export const run: Run = async ({ args, options, session }) => {
  const folder = findRun(args[0] ?? '', session.context.workspace);
  const revealIds = options.revealIds === true;
  const reason = reasonToReveal(revealIds, textOption(options, 'why'), 'why');
  const role = textOption(options, 'role');
  const asked = { folder, record: args[1] ?? '', revealIds, ...(role === undefined ? {} : { role }) };
  const why = await explainRun(asked, session.context);
  if (revealIds) await auditWhy(why, reason, session.context);
  return { data: why, text: asText(why, session) };
};

/** The record and the candidates shown with it are so many persons' data. */
async function auditWhy({ run, record, linking }: Why, why: string, context: Context): Promise<void> {
  const revealed = 1 + (linking?.candidates.length ?? 0);
  await withLedger(context, (ledger) =>
    audit(ledger, context, { command: 'why', revealed, why, details: { run, record } }),
  );
}

function asText(why: Why, session: Session): string {
  const { say } = session;
  const parts = [headText(why, session), fieldTable(why, session)];
  if (why.linking !== null) parts.push(linkingText(why.linking, session));
  parts.push(...why.notes.map((note) => `! ${say(note)}`));
  return parts.join('\n\n');
}

function headText(why: Why, { say }: Session): string {
  const key = why.record_key === null ? '' : ` · ${why.record_key}`;
  const number = why.number === null ? '' : `; ${say(why.number)}`;
  const reasons = why.reasons.map(
    (code) => `${code} (${say(reasonOf(code)?.label ?? { vi: code, en: code })})`,
  );
  return facts([
    [say({ vi: 'Bản ghi', en: 'Record' }), `${why.record}${key} · ${why.file}`],
    [say({ vi: 'Kết quả', en: 'Outcome' }), `${why.outcome}: ${say(why.label)}`],
    [say({ vi: 'Lý do', en: 'Reasons' }), reasons.length === 0 ? '–' : reasons.join(', ')],
    [say({ vi: 'Tìm được người', en: 'Person found' }), `${say(why.pass)}${number}`],
    [say({ vi: 'Người', en: 'Person' }), why.reference_id ?? '–'],
    [say({ vi: 'Luật quyết định', en: 'Rule that decided' }), say(why.rule)],
  ]);
}

function fieldTable({ fields }: Why, { say }: Session): string {
  return table(
    [
      { title: '' },
      { title: say({ vi: 'Trường', en: 'Field' }) },
      { title: say({ vi: 'Như đã ghi', en: 'As written' }) },
      { title: say({ vi: 'Chuẩn', en: 'Canonical' }) },
      { title: say({ vi: 'Tham chiếu', en: 'Reference' }) },
      { title: say({ vi: 'Mức', en: 'Level' }) },
      { title: say({ vi: 'Lý do', en: 'Reasons' }) },
    ],
    fields.map((one) => [
      one.decides ? '►' : '',
      say(one.labels),
      one.raw ?? '–',
      one.canonical ?? '–',
      one.reference ?? '–',
      one.level ?? '–',
      one.reasons.join(', '),
    ]),
  );
}

function linkingText(linking: WhyLinking, session: Session): string {
  const { say } = session;
  const { accept, review, falseLinkRate } = linking.thresholds;
  const margin = linking.margin === null ? say(NO_SECOND) : say(bits(linking.margin));
  const head = facts([
    [say({ vi: 'Đối sánh xác suất', en: 'Probabilistic matching' }), linking.decision],
    [
      say({ vi: 'Ngưỡng nhận · xem', en: 'Thresholds: accept · review' }),
      `${say(finePercent(accept))} · ${say(finePercent(review))}`,
    ],
    [say({ vi: 'Ước tính liên kết sai', en: 'Estimated false links' }), say(finePercent(falseLinkRate))],
    [say({ vi: 'Hơn ứng viên thứ hai', en: 'Margin to the second' }), margin],
    [say({ vi: 'Ứng viên đã so', en: 'Candidates compared' }), say(count(linking.candidates_in_all))],
    [say({ vi: 'Xác suất không ai cả', en: 'Probability of nobody' }), say(finePercent(linking.nobody))],
  ]);
  return [head, ...linking.candidates.map((one, i) => candidateText(one, i, session))].join('\n\n');
}

const NO_SECOND = { vi: 'không có ứng viên thứ hai', en: 'there is no second one' };

function candidateText(candidate: WhyCandidate, i: number, { say }: Session): string {
  const { prior } = candidate;
  const row = (name: string, what: string, weight: number, total: number) => [
    name,
    what,
    '',
    say(bits(weight)),
    say(bits(total)),
  ];
  const fields = candidate.fields.map((one) => [
    one.field,
    say(levelLabel(one.level)),
    one.reference ?? '–',
    say(bits(one.bits)),
    say(bits(prior + one.total)),
  ]);
  const compared = prior + (candidate.fields.at(-1)?.total ?? 0);
  const weighed = prior + candidate.weight;
  const swap = candidate.swapped
    ? [row('', say(SWAPPED), candidate.swappedBits, compared + candidate.swappedBits)]
    : [];
  const rivals =
    candidate.rivals === 0 ? [] : [row('', say(RIVALS), candidate.rivals, weighed + candidate.rivals)];
  const heading = say({
    vi: `Ứng viên ${i + 1}: ${candidate.reference_id ?? '–'}, xác suất ${finePercent(candidate.probability).vi}, tìm ra bởi ${candidate.rule ?? '–'}`,
    en: `Candidate ${i + 1}: ${candidate.reference_id ?? '–'}, probability ${finePercent(candidate.probability).en}, found by ${candidate.rule ?? '–'}`,
  });
  const columns = [
    { title: say({ vi: 'Trường', en: 'Field' }) },
    { title: say({ vi: 'Mức', en: 'Level' }) },
    { title: say({ vi: 'Tham chiếu', en: 'Reference' }) },
    { title: say({ vi: 'Trọng số', en: 'Weight' }), align: 'right' as const },
    { title: say({ vi: 'Tổng đến đây', en: 'Total so far' }), align: 'right' as const },
  ];
  const rows = [
    row('', say(BEFORE), prior, prior),
    ...fields,
    ...swap,
    row('', say(RELATIVES), weighed - compared - (candidate.swapped ? candidate.swappedBits : 0), weighed),
    ...rivals,
  ];
  return `${heading}\n${table(columns, rows)}`;
}

const BEFORE = { vi: 'trước khi so', en: 'before comparing' };
const SWAPPED = { vi: 'họ và tên đổi chỗ', en: 'given and family name swapped' };
const RELATIVES = { vi: 'người thân cũng trông giống thế', en: 'a relative would look alike too' };
const RIVALS = { vi: 'bản ghi khác cũng nhận người này', en: 'other records claim this person' };
