// Why an answer of a data owner cannot be taken, and the one message that names every bad line.
import type { Text } from '../messages/text.js';
import { UserError } from '../messages/user-error.js';
import type { BadAnswer } from './corrections-answers.js';
import { answersInWords, type CorrectionList, isOthersDecision } from './corrections-words.js';

export const NO_CASE: Text = {
  vi: 'có trả lời nhưng mã trường hợp trống hoặc hỏng',
  en: 'an answer whose case is empty or damaged',
};
export const UNKNOWN_CASE: Text = { vi: 'lần chạy không có trường hợp này', en: 'the run has no such case' };
export const NO_RUN: Text = {
  vi: 'cột “Lần chạy” trống hoặc hỏng',
  en: 'the column “Run” is empty or damaged',
};
export const NOTE_ONLY: Text = { vi: 'có ghi chú nhưng chưa trả lời', en: 'a note without an answer' };
export const CONTRADICTS: Text = {
  vi: 'trường hợp này đã có câu trả lời khác trong các tệp đang nhập',
  en: 'these files answer this case in two ways',
};
export const SEVERAL_PEOPLE: Text = {
  vi: 'bản ghi có nhiều người, nên không rõ nói về ai: hãy trả lời “đã sửa” hoặc “chưa chắc”',
  en: 'the record has several people, so it is not said about whom: answer “corrected” or “unsure”',
};
export const NOBODY_PROPOSED: Text = { vi: 'không có người nào được đề xuất', en: 'nobody was proposed' };

export function notUnderstood(text: string): Text {
  if (isOthersDecision(text)) {
    return {
      vi: `“${text}” không phải câu trả lời của đơn vị chủ quản; dùng doisoat cases decide`,
      en: `“${text}” is not for the data owner to say; use doisoat cases decide`,
    };
  }
  const { vi, en } = answersInWords('verify');
  return {
    vi: `không hiểu câu trả lời “${text}” (${vi})`,
    en: `the answer “${text}” is not understood (${en})`,
  };
}

export function notOfList(list: CorrectionList): Text {
  const { vi, en } = answersInWords(list);
  return { vi: `dòng này chỉ nhận: ${vi}`, en: `this line takes only: ${en}` };
}

export function unknownRun(run: string): Text {
  return { vi: `không gian làm việc không có lần chạy ${run}`, en: `the workspace has no run ${run}` };
}

export function purged(run: string): Text {
  return {
    vi: `dữ liệu của lần chạy ${run} đã được xóa, không kiểm tra được câu trả lời`,
    en: `the data of the run ${run} were removed, so answers cannot be checked`,
  };
}

export function madeAgain(run: string): Text {
  return {
    vi: `lần chạy ${run} đã được chạy lại với kết quả khác sau khi ghi tệp này; hãy ghi tệp sửa mới`,
    en: `the run ${run} was made again with another result since this file was written; write new files`,
  };
}

const MOST_SHOWN = 20;

export function badLines(paths: readonly string[], bad: readonly BadAnswer[]): UserError {
  const list = (language: keyof Text) =>
    bad
      .slice(0, MOST_SHOWN)
      .map(({ where, why }) => `${where[language]}: ${why[language]}`)
      .join('; ') + (bad.length > MOST_SHOWN ? '; …' : '');
  return new UserError({
    what: {
      vi: `${bad.length} chỗ sai trong tệp trả lời: ${list('vi')}.`,
      en: `${bad.length} mistakes in the answers: ${list('en')}.`,
    },
    where: paths.join(', '),
    mend: {
      vi: 'Hãy sửa các dòng này rồi nhập lại; chưa có gì được ghi.',
      en: 'Mend these lines and import again; nothing has been entered.',
    },
  });
}
