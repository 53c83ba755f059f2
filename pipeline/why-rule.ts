import { type FieldFindings, judge, type Pattern } from '../matchers/judge.js';
import { OUTCOME_FACTS, type Outcome } from '../matchers/outcomes.js';
import type { Text } from '../messages/text.js';

/** What decided about a record, in words, and which of its fields would have decided it alone. */
export interface DecidingRule {
  readonly text: Text;
  /** Positions in the pattern's fields. */
  readonly fields: readonly number[];
}

/** How the run judged its rows. */
export interface Judged {
  readonly strict: boolean;
  /** Rows that no number settled went to probabilistic matching. */
  readonly searched: boolean;
}

/**
 * Asks the judge itself: a field decides when the record would have the same outcome with nothing wrong in any other field. So
 * the explanation cannot say another thing than the judgement.
 */
export function decidingRule(pattern: Pattern, { strict, searched }: Judged): DecidingRule {
  const { outcome } = judge(pattern, strict);
  const weighed = outcome === 'mismatch' || outcome === 'match_after_cleaning';
  const text = outcome === 'not_found' && !searched ? notSearched(pattern) : ruleText(pattern, outcome);
  return { text, fields: weighed ? decidingFields(pattern, strict) : [] };
}

function decidingFields(pattern: Pattern, strict: boolean): number[] {
  const { outcome } = judge(pattern, strict);
  return pattern.fields.flatMap((_, i) => {
    const alone = pattern.fields.map((field, j) => (i === j ? field : faultless(field)));
    const found = { ...pattern, method: 'id' as const, fields: alone };
    return judge(found, strict).outcome === outcome ? [i] : [];
  });
}

function faultless(field: FieldFindings): FieldFindings {
  const level =
    field.use === 'compare' ? { name: 'exact', reason: null, weight: 'none' as const } : field.level;
  return { ...field, present: true, usable: true, problems: [], level };
}

function ruleText(pattern: Pattern, outcome: Outcome): Text {
  if (outcome === 'not_found') return pattern.belongsToOther ? OTHER_PERSON : RULES.not_found;
  if (outcome === 'unusable' && pattern.method !== 'none') return NOTHING_COMPARED;
  const own = outcome === 'match_after_cleaning' ? METHOD_IS_FORM[pattern.method] : undefined;
  return own ?? RULES[outcome];
}

const RULES: Readonly<Record<Outcome, Text>> = {
  match: {
    vi: 'Mọi trường so được đều giống nhau như đã ghi.',
    en: 'Every field that could be compared is equal as written.',
  },
  match_after_cleaning: {
    vi: 'Khác biệt nặng nhất chỉ là hình thức (hoặc mất thông tin mà công việc không coi là sai lệch).',
    en: 'The gravest difference is one of form (or a loss that the job does not count as a mismatch).',
  },
  mismatch: {
    vi: 'Có ít nhất một trường thực sự khác; khác biệt nặng nhất quyết định.',
    en: 'At least one field really differs; the gravest difference decides.',
  },
  linked: {
    vi: 'Xác suất của ứng viên tốt nhất đạt ngưỡng nhận.',
    en: 'The probability of the best candidate reaches the accept threshold.',
  },
  possible: {
    vi: 'Xác suất của ứng viên tốt nhất nằm giữa ngưỡng xem và ngưỡng nhận.',
    en: 'The probability of the best candidate lies between the review and the accept threshold.',
  },
  ambiguous: {
    vi: 'Các ứng viên cộng lại đạt ngưỡng xem, nhưng không ai trội hẳn (đạt ngưỡng một mình và gấp đôi người thứ hai): không tự chọn.',
    en: 'Together the candidates reach the review threshold, but none stands out (reaches it alone and is twice as likely as the second): none is picked.',
  },
  not_found: {
    vi: 'Không ai có số này, và không ứng viên nào đạt ngưỡng xem.',
    en: 'Nobody has this number, and no candidate reaches the review threshold.',
  },
  unusable: {
    vi: 'Không có số dùng được và chưa đủ hai trường khác để tìm.',
    en: 'There is no usable number, and fewer than two other fields to search by.',
  },
  rejected: { vi: 'Dòng không đọc được thành bản ghi.', en: 'The row could not be read as a record.' },
  apart: {
    vi: 'Lĩnh vực để riêng bản ghi như thế này: không đối sánh như công dân.',
    en: 'The sector sets such a record apart: it is not compared as a citizen’s.',
  },
};

const OTHER_PERSON: Text = {
  vi: 'Số này là của một người khác hẳn ở mọi trường nhận dạng, và không ứng viên nào đạt ngưỡng xem.',
  en: 'The number is that of somebody plainly different in every telling field, and no candidate reaches the review threshold.',
};

/** Only numbers were looked up in this run. */
function notSearched({ belongsToOther }: Pattern): Text {
  return belongsToOther
    ? {
        vi: 'Số này là của một người khác hẳn ở mọi trường nhận dạng; lần chạy này không đối sánh xác suất.',
        en: 'The number is that of somebody plainly different in every telling field; this run did no probabilistic matching.',
      }
    : {
        vi: 'Không tìm được ai theo số; lần chạy này không đối sánh xác suất.',
        en: 'No number found anybody; this run did no probabilistic matching.',
      };
}

const NOTHING_COMPARED: Text = {
  vi: 'Tìm được người theo số nhưng không có trường nào so được.',
  en: 'The person is found by number, but there is no field to compare.',
};

/** Where the way the person was found is itself damage of form. */
const METHOD_IS_FORM: Readonly<Partial<Record<Pattern['method'], Text>>> = {
  restored: {
    vi: 'Số được khôi phục (thêm số 0 bị mất); các trường khác không khác hơn mức hình thức.',
    en: 'The number was restored (a lost zero added); the other fields differ in form at most.',
  },
  reissued: {
    vi: 'Số đã được cấp lại; các trường khác không khác hơn mức hình thức.',
    en: 'The number was re-issued; the other fields differ in form at most.',
  },
  old_number: {
    vi: 'Số cũ của cùng một người; các trường khác không khác hơn mức hình thức.',
    en: 'An old number of the same person; the other fields differ in form at most.',
  },
};

/** By which pass the person was found. */
export const PASS_TEXTS: Readonly<Record<Pattern['method'], Text>> = {
  none: { vi: 'không lượt nào tìm được người', en: 'no pass found a person' },
  id: { vi: 'theo số định danh', en: 'by personal number' },
  restored: { vi: 'theo số đã khôi phục', en: 'by a restored number' },
  reissued: { vi: 'theo bảng số cấp lại', en: 'by the table of re-issued numbers' },
  old_number: { vi: 'theo số cũ', en: 'by an old number' },
  link: { vi: 'theo xác suất trên các trường', en: 'by probability on the fields' },
  decision: { vi: 'theo quyết định của người xem xét', en: 'by the decision of a reviewer' },
};

/** What the record's own number led to before any other pass. */
export function numberText(pattern: Pattern): Text | null {
  if (pattern.state === 'rejected') return null;
  if (pattern.belongsToOther) {
    return {
      vi: 'số trong bản ghi thuộc về một người khác hẳn',
      en: 'the number on the record belongs to somebody plainly different',
    };
  }
  if (!['none', 'link', 'decision'].includes(pattern.method)) return null;
  const number = pattern.fields.find((field) => field.use === 'identify');
  if (number === undefined) return null;
  return number.usable
    ? { vi: 'không ai trong tham chiếu có số này', en: 'nobody in the reference has this number' }
    : { vi: 'bản ghi không có số dùng được', en: 'the record has no usable number' };
}

export function outcomeLabel(outcome: Outcome): Text {
  const { vi, en } = OUTCOME_FACTS[outcome];
  return { vi, en };
}
