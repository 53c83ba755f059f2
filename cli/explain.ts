import { OUTCOME_FACTS, OUTCOMES, type Outcome } from '../matchers/outcomes.js';
import { MENDERS, REASON_CODES, type ReasonFacts, reasonOf } from '../matchers/reasons.js';
import { UserError } from '../messages/user-error.js';
import { insteadOf } from '../sectors/schema-check.js';
import { table } from './output.js';
import type { Answer, Run, Session } from './session.js';

/** `doisoat explain [CODE]`: a reason code or an outcome in both languages; without a code, the list of them. */
export const run: Run = async ({ args: [code], session }) => {
  if (code === undefined) return list(session);
  const outcome = OUTCOMES.find((one) => one === code);
  if (outcome) return explainOutcome(outcome);
  const reason = reasonOf(code);
  if (reason) return explainReason(reason);
  throw new UserError({
    what: { vi: `Không có mã “${code}”.`, en: `There is no code “${code}”.` },
    mend: nearestOnly(code),
  });
};

/** The list of a hundred codes would bury the suggestion. */
function nearestOnly(code: string) {
  const text = insteadOf(code, [...OUTCOMES, ...REASON_CODES]);
  const first = (sentence: string) => /^[^?]*\?/.exec(sentence)?.[0];
  return {
    vi: first(text.vi) ?? 'Xem mọi mã bằng doisoat explain.',
    en: first(text.en) ?? 'See all codes with doisoat explain.',
  };
}

function explainOutcome(outcome: Outcome): Answer {
  const facts = OUTCOME_FACTS[outcome];
  const yes = (value: boolean) => (value ? { vi: 'có', en: 'yes' } : { vi: 'không', en: 'no' });
  const [submitted, cleaned] = [yes(facts.asSubmitted), yes(facts.afterCleaning)];
  const text = [
    outcome,
    '',
    `${facts.vi}. ${facts.meaning.vi}`,
    `Tính là sai lệch: như đã nộp ${submitted.vi}, sau làm sạch ${cleaned.vi}.`,
    '',
    `${facts.en}. ${facts.meaning.en}`,
    `Counts as a mismatch: as submitted ${submitted.en}, after cleaning ${cleaned.en}.`,
  ].join('\n');
  return { data: { outcome, ...facts }, text };
}

function explainReason(facts: ReasonFacts): Answer {
  const who = (language: 'vi' | 'en') => facts.mend.map((one) => MENDERS[one][language]).join('; ');
  const text = [
    facts.code,
    '',
    `${facts.label.vi}. ${facts.meaning.vi}`,
    `Ví dụ: ${facts.example.vi}`,
    `Ai sửa được: ${who('vi')}`,
    '',
    `${facts.label.en}. ${facts.meaning.en}`,
    `Example: ${facts.example.en}`,
    `Who can mend it: ${who('en')}`,
  ].join('\n');
  return { data: facts, text };
}

function list({ say }: Session): Answer {
  const rows = [
    ...OUTCOMES.map((outcome) => ({ code: outcome as string, label: say(OUTCOME_FACTS[outcome]) })),
    ...REASON_CODES.flatMap((code) => {
      const facts = reasonOf(code);
      return facts ? [{ code: code as string, label: say(facts.label) }] : [];
    }),
  ];
  const columns = [{ title: say({ vi: 'Mã', en: 'Code' }) }, { title: say({ vi: 'Nghĩa', en: 'Meaning' }) }];
  return {
    data: rows,
    text: table(
      columns,
      rows.map(({ code, label }) => [code, label]),
    ),
  };
}
