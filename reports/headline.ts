// The headline of a run as the programme itself words it: “88,1 triệu yêu cầu đối sánh, 15.962.382 thông tin không trùng
// khớp, chiếm 18,1 %.” One sentence as submitted, one after cleaning, each with its change against the last period.
import { OUTCOME_FACTS, OUTCOMES } from '../matchers/outcomes.js';
import type { Language, Text } from '../messages/text.js';
import type { Figures, Summary } from './model.js';
import { changesOf } from './model-changes.js';
import { count, percent, periodName, pointChange, spokenCount } from './numbers.js';

/** The sentence of the programme; says so when nothing was compared. */
export function headline({ figures }: Summary): Text {
  if (figures.compared === 0) {
    return { vi: 'Không có dòng nào để đối sánh.', en: 'There was no row to compare.' };
  }
  const [all, mismatches] = [spokenCount(figures.compared), count(figures.mismatch_as_submitted)];
  const rate = percent(figures.rate_as_submitted);
  return {
    vi: `${all.vi} yêu cầu đối sánh, ${mismatches.vi} thông tin không trùng khớp, chiếm ${rate.vi}.`,
    en: `${all.en} records compared, ${mismatches.en} do not agree, ${rate.en}.`,
  };
}

/** What is left once damage of form is undone. */
export function cleanedHeadline({ figures }: Summary): Text {
  const left = count(figures.mismatch_after_cleaning);
  const rate = percent(figures.rate_after_cleaning);
  return {
    vi: `Sau làm sạch còn ${left.vi} thông tin không trùng khớp, chiếm ${rate.vi}.`,
    en: `After cleaning ${left.en} still do not agree, ${rate.en}.`,
  };
}

/** Both rates against the last period, or that there is none. */
export function changeHeadline(summary: Summary): Text {
  const { previous } = summary;
  const changes = changesOf(summary);
  if (previous === null || changes === null) {
    return {
      vi: 'Đây là kỳ đầu tiên, chưa có kỳ trước để so sánh.',
      en: 'This is the first period; there is none to compare with.',
    };
  }
  const period = periodName(previous.period);
  const submitted = pointChange(changes.rate_as_submitted);
  const cleaned = pointChange(changes.rate_after_cleaning);
  return {
    vi: `So với ${period.vi}: như đã nộp ${submitted.vi}, sau làm sạch ${cleaned.vi}.`,
    en: `Against ${period.en}: as submitted ${submitted.en}, after cleaning ${cleaned.en}.`,
  };
}

/** Rows read = the outcomes added up, written out; outcomes that did not occur are left out. */
export function accountingLine(figures: Figures): Text {
  const met = OUTCOMES.filter((outcome) => (figures.outcomes[outcome] ?? 0) > 0);
  const sum = (language: Language) =>
    met
      .map(
        (outcome) =>
          `${count(figures.outcomes[outcome]!)[language]} ${OUTCOME_FACTS[outcome][language].toLowerCase()}`,
      )
      .join(' + ') || '0';
  return {
    vi: `${count(figures.rows).vi} dòng đọc vào = ${sum('vi')}`,
    en: `${count(figures.rows).en} rows read = ${sum('en')}`,
  };
}

/** The headline for a terminal: some lines of plain text. */
export function headlineLines(summary: Summary, language: Language): string[] {
  const title = `${summary.sector.labels[language]} · ${periodName(summary.period)[language]}`;
  const sentences = summary.figures.compared === 0 ? [headline] : [headline, cleanedHeadline, changeHeadline];
  return [title, ...sentences.map((of) => of(summary)[language]), accountingLine(summary.figures)[language]];
}
