// What `cases import` says of lines that cannot be entered.
import type { Text } from '../messages/text.js';
import { UserError } from '../messages/user-error.js';

/** A bad line of the file: where it begins, and why it is bad. */
export interface BadLine {
  readonly line: number;
  readonly why: Text;
}

const MOST_SHOWN = 20;

export const NO_PERSON: Text = {
  vi: 'chưa rõ về người nào: không có người được đề xuất, hoặc không có ứng viên số này',
  en: 'about whom? nobody is proposed, or there is no candidate of this number',
};
export const NO_ROLE: Text = {
  vi: 'bản ghi có nhiều người: cột “Vai” phải nói quyết định này về ai',
  en: 'the record holds several people: the column “Role” must say about whom this is',
};
export const HALF_WAIVER: Text = {
  vi: 'miễn thì cần cả ngày và lý do',
  en: 'waiving needs both a day and a reason',
};

export function unknownDecision(text: string): Text {
  return { vi: `không hiểu quyết định “${text}”`, en: `the decision “${text}” is not understood` };
}

export function unknownRole(text: string): Text {
  return { vi: `không có vai “${text}”`, en: `there is no role “${text}”` };
}

export function noDay(text: string): Text {
  return {
    vi: `“${text}” không phải là ngày (ghi như 31/12/2026)`,
    en: `“${text}” is no day (write it as 31/12/2026)`,
  };
}

export function badLines(path: string, bad: readonly BadLine[]): UserError {
  const sorted = [...bad].sort((a, b) => a.line - b.line);
  const list = (language: keyof Text) =>
    sorted
      .slice(0, MOST_SHOWN)
      .map(({ line, why }) => `${language === 'vi' ? 'dòng' : 'line'} ${line}: ${why[language]}`)
      .join('; ') + (bad.length > MOST_SHOWN ? '; …' : '');
  return new UserError({
    what: {
      vi: `${bad.length} chỗ sai trong tệp trả lời: ${list('vi')}.`,
      en: `${bad.length} mistakes in the file of answers: ${list('en')}.`,
    },
    where: path,
    mend: {
      vi: 'Hãy sửa các dòng này rồi nhập lại; chưa có gì được ghi.',
      en: 'Mend these lines and import again; nothing has been entered.',
    },
  });
}
