// What correction files say: the names of our columns, the answers an owner may give, how certain a proposal is. The file is written
// in Vietnamese with the English beside it; `doisoat corrections import` reads the same words back (docs/corrections.md).
import { DECISION_KINDS, type DecisionKind } from '../ledger/decisions.js';
import type { Mending } from '../matchers/mending.js';
import type { Outcome } from '../matchers/outcomes.js';
import type { Text } from '../messages/text.js';
import { DECISION_TEXTS, folded } from './cases-text.js';

/** The two lists of a data owner. */
export const CORRECTION_LISTS = ['automatic', 'verify'] as const;
export type CorrectionList = (typeof CORRECTION_LISTS)[number];

export const LIST_TEXTS: Readonly<
  Record<CorrectionList, Text & { readonly file: string; readonly sheet: string }>
> = {
  automatic: {
    vi: 'sửa tự động được (chỉ sai hình thức)',
    en: 'may be applied automatically (form only)',
    file: 'sua-tu-dong',
    sheet: 'Sửa tự động',
  },
  verify: {
    vi: 'phải xác minh',
    en: 'must be verified',
    file: 'can-xac-minh',
    sheet: 'Cần xác minh',
  },
};

/** Form alone is applied; what a person or the citizen has to say is verified. */
export function listOf(mending: Mending): CorrectionList {
  return mending === 'automatic' ? 'automatic' : 'verify';
}

/** Our columns, beside those of the owner's own file and one `PROPOSED` a field; the last two are for the owner. */
export const OUR_COLUMNS = {
  certainty: { vi: 'Độ chắc chắn', en: 'Certainty in Vietnamese' },
  certainty_en: { vi: 'Độ chắc chắn (tiếng Anh)', en: 'Certainty' },
  reasons: { vi: 'Lý do', en: 'Reasons in Vietnamese' },
  reasons_en: { vi: 'Lý do (tiếng Anh)', en: 'Reasons' },
  mend: { vi: 'Ai sửa được', en: 'Who can mend it' },
  file: { vi: 'Tệp nguồn', en: 'Source file' },
  line: { vi: 'Dòng', en: 'Line' },
  case: { vi: 'Mã trường hợp', en: 'Case' },
  run: { vi: 'Lần chạy', en: 'Run' },
  answer: { vi: 'Trả lời', en: 'Answer' },
  note: { vi: 'Ghi chú trả lời', en: 'Note on the answer' },
} as const satisfies Readonly<Record<string, Text>>;

export const PROPOSED: Text = { vi: 'Đề xuất', en: 'Proposed' };

/** Behind one of our names where the owner's own file has a column of that name. */
export const OURS = ' (doisoat)';

/** What an owner may answer, in the words that its file suggests. */
const ANSWERS = {
  corrected_at_source: { vi: 'đã sửa', en: 'corrected' },
  same_person: { vi: 'đúng người này', en: 'same person' },
  not_same: { vi: 'không phải người này', en: 'not the same person' },
  unsure: { vi: 'chưa chắc', en: 'unsure' },
} as const satisfies Partial<Readonly<Record<DecisionKind, Text>>>;

export type Answer = keyof typeof ANSWERS;

/** Form raises no question about who somebody is. */
export const ANSWERS_OF: Readonly<Record<CorrectionList, readonly Answer[]>> = {
  automatic: ['corrected_at_source', 'unsure'],
  verify: ['corrected_at_source', 'same_person', 'not_same', 'unsure'],
};

/** `đã sửa / chưa chắc` */
export function answersInWords(list: CorrectionList): Text {
  const words = (language: keyof Text) =>
    ANSWERS_OF[list].map((answer) => ANSWERS[answer][language]).join(' / ');
  return { vi: words('vi'), en: words('en') };
}

/** An answer as people write it: our words, those of `doisoat cases`, or the code. Null: none of these. */
export function answerOf(text: string): Answer | null {
  const given = folded(text);
  const known = (Object.keys(ANSWERS) as Answer[]).find((answer) => {
    const says = [answer, ANSWERS[answer], DECISION_TEXTS[answer]];
    return says
      .flatMap((one) => (typeof one === 'string' ? [one] : [one.vi, one.en]))
      .some((one) => folded(one) === given);
  });
  return known ?? null;
}

/** Decisions of the ledger that an owner cannot take: the reference is not his. */
export function isOthersDecision(text: string): boolean {
  const given = folded(text);
  return DECISION_KINDS.some(
    (kind) =>
      !(kind in ANSWERS) &&
      [kind, DECISION_TEXTS[kind].vi, DECISION_TEXTS[kind].en].map(folded).includes(given),
  );
}

export const CERTAIN: Text = { vi: 'Chắc chắn: chỉ sai hình thức', en: 'Certain: form only' };

/** `{p}` is the probability in percent. */
export const CERTAINTY: Readonly<Partial<Record<Outcome, Text>>> = {
  match_after_cleaning: {
    vi: 'Tìm thấy người theo số giấy tờ; cách ghi cần xem lại',
    en: 'The person was found by number; how it is written must be looked at',
  },
  mismatch: {
    vi: 'Tìm thấy người theo số giấy tờ; chỗ khác nhau phải xác minh',
    en: 'The person was found by number; what differs must be verified',
  },
  linked: {
    vi: 'Rất có thể là người này{p}',
    en: 'Very probably this person{p}',
  },
  possible: {
    vi: 'Có thể là người này{p}: phải kiểm tra, nên giá trị đề xuất luôn được che',
    en: 'Possibly this person{p}: must be checked, so the proposed values are always masked',
  },
  ambiguous: {
    vi: 'Nhiều người gần giống nhau: không đề xuất ai',
    en: 'Several people are nearly alike: nobody is proposed',
  },
  not_found: {
    vi: 'Không tìm thấy người nào: hãy kiểm tra lại số giấy tờ và thông tin',
    en: 'Nobody was found: check the number and the other fields',
  },
  unusable: {
    vi: 'Không đủ thông tin để tìm người',
    en: 'Too little is said to look for the person',
  },
};
