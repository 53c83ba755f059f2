import type { Text } from '../text.js';
import type { CommandText } from './command-text.js';
import { WHY } from './repeated-texts.js';

const SERIES: Text = {
  vi: 'công việc hoặc chuỗi (không cần khi không gian làm việc chỉ có một chuỗi)',
  en: 'job or series (not needed where the workspace has one series only)',
};
/** Which cases are meant. */
const CASE_FILTER = {
  '--job <name>': SERIES,
  '--state <name>': {
    vi: 'new, open, reopened, resolved, waived, live (còn mở, mặc định) hoặc all',
    en: 'new, open, reopened, resolved, waived, live (still open, the default) or all',
  },
  '--reason <code>': {
    vi: 'mã lý do, hoặc cả một trường: name.typo, name',
    en: 'a reason code, or a whole field: name.typo, name',
  },
  '--outcome <name>': { vi: 'chỉ một kết quả, ví dụ not_found', en: 'one outcome only, such as not_found' },
  '--group <field=value>': {
    vi: 'chỉ một nhóm, dùng được nhiều lần: --group carrier=Viettel',
    en: 'one group only, may be repeated: --group carrier=Viettel',
  },
  '--older-than <days>': { vi: 'đã mở ít nhất chừng này ngày', en: 'open for at least so many days' },
  '--assignee <name>': { vi: 'chỉ của một người phụ trách', en: 'of one assignee only' },
} as const satisfies Readonly<Record<string, Text>>;
const REVEAL_KEYS: Text = {
  vi: 'không che khóa bản ghi và số của người được đề xuất',
  en: 'show record keys and the ids of proposed persons unmasked',
};
const CASES: Text = {
  vi: 'mã trường hợp (vài ký tự đầu cũng được) hoặc khóa bản ghi',
  en: 'cases (their first characters will do) or record keys',
};

/** Cases from period to period. */
export const CASE_COMMANDS = {
  'cases list': {
    usage: '[cases...]',
    summary: {
      vi: 'Các sai lệch còn mở qua các kỳ, cũ nhất trước',
      en: 'Mismatches that are still open, the oldest first',
    },
    details: {
      vi: 'Khóa bản ghi được che nếu không có --reveal-ids. Còn một trường hợp thì xem đầy đủ.',
      en: 'Record keys are masked without --reveal-ids. A single case is shown in full.',
    },
    arguments: { cases: CASES },
    options: {
      ...CASE_FILTER,
      '--limit <n>': { vi: 'số dòng nhiều nhất (mặc định: 50)', en: 'most lines shown (default: 50)' },
      '--reveal-ids': REVEAL_KEYS,
      '--why <text>': WHY,
    },
    examples: [
      'doisoat cases list --job thue-bao',
      'doisoat cases list 018e71b2 --job thue-bao',
      'doisoat cases list --group carrier=Viettel --reason name --older-than 30 --job thue-bao',
    ],
  },
  'cases assign': {
    usage: '<assignee> [cases...]',
    summary: { vi: 'Giao các trường hợp cho một người', en: 'Give cases to somebody' },
    details: {
      vi: 'Chọn bằng mã, hoặc bằng các tùy chọn lọc; tên “-” là không giao cho ai nữa.',
      en: 'Choose by name or by the filters; the name “-” gives them to nobody.',
    },
    arguments: {
      assignee: { vi: 'người hoặc đơn vị phụ trách', en: 'person or office' },
      cases: CASES,
    },
    options: CASE_FILTER,
    examples: ['doisoat cases assign lan --group carrier=Viettel --job thue-bao'],
  },
  'cases decide': {
    usage: '<case> <decision>',
    summary: {
      vi: 'Ghi quyết định của người xem xét; các lần chạy sau làm theo',
      en: 'Enter what a reviewer decided; later runs go by it',
    },
    details: {
      vi: 'Quyết định sau thay quyết định trước, không quyết định nào bị xóa; unsure rút lại mọi quyết định trước.',
      en: 'A later decision supersedes an earlier one and none is deleted; unsure takes back all earlier ones.',
    },
    arguments: {
      case: CASES,
      decision: {
        vi: 'same_person, not_same, unsure, corrected_at_source hoặc corrected_in_reference',
        en: 'same_person, not_same, unsure, corrected_at_source or corrected_in_reference',
      },
    },
    options: {
      '--job <name>': SERIES,
      '--role <role>': {
        vi: 'bản ghi có nhiều người: vai nào, ví dụ wife (mặc định: vai duy nhất còn sai lệch)',
        en: 'of several people in a record: which, such as wife (default: the only one that differs)',
      },
      '--candidate <n>': {
        vi: 'ứng viên thứ mấy trong doisoat why (mặc định: người được đề xuất)',
        en: 'number of the candidate in doisoat why (default: the person proposed)',
      },
      '--person <id>': {
        vi: 'mã của người đó trong dữ liệu tham chiếu',
        en: 'id of the person in the reference',
      },
      '--note <text>': { vi: 'ghi chú, không ghi dữ liệu cá nhân', en: 'a note, without personal data' },
    },
    examples: ['doisoat cases decide 018e71b2 same_person --note "đã gọi điện" --job thue-bao'],
  },
  'cases waive': {
    usage: '[cases...]',
    summary: {
      vi: 'Miễn các trường hợp đến một ngày, có lý do',
      en: 'Waive cases until a day, with a reason',
    },
    details: {
      vi: 'Qua ngày đó, trường hợp còn sai lệch sẽ mở lại. Ngày đã qua là thôi miễn.',
      en: 'After that day a case that still differs reopens. A day in the past takes a waiver back.',
    },
    arguments: { cases: CASES },
    options: {
      ...CASE_FILTER,
      '--until <day>': { vi: 'ngày cuối được miễn: 2026-12-31', en: 'last day of the waiver: 2026-12-31' },
      '--because <text>': { vi: 'lý do miễn', en: 'why it is waived' },
    },
    examples: ['doisoat cases waive 018e71b2 --until 2026-12-31 --because "chờ cấp lại thẻ" --job thue-bao'],
  },
  'cases export': {
    usage: '',
    summary: {
      vi: 'Ghi các trường hợp ra CSV để đơn vị không có chương trình trả lời',
      en: 'Write cases to a CSV, for an office without the program to answer',
    },
    arguments: {},
    options: {
      '-o, --out <file>': { vi: 'tệp CSV sẽ ghi', en: 'CSV file to write' },
      ...CASE_FILTER,
      '--reveal-ids': REVEAL_KEYS,
      '--why <text>': WHY,
    },
    examples: ['doisoat cases export --group carrier=Viettel -o viettel.csv --job thue-bao'],
  },
  'cases import': {
    usage: '<file>',
    summary: {
      vi: 'Nhập lại tệp CSV đã điền: quyết định, giao việc, miễn',
      en: 'Take back a filled-in CSV: decisions, assignments, waivers',
    },
    details: {
      vi: 'Sai một dòng thì không nhập dòng nào; thông báo nêu từng dòng sai.',
      en: 'With one bad line nothing is entered; the message names every bad line.',
    },
    arguments: {
      file: {
        vi: 'tệp do doisoat cases export ghi, đã điền',
        en: 'file that doisoat cases export wrote, filled in',
      },
    },
    options: { '--job <name>': SERIES },
    examples: ['doisoat cases import viettel.csv --job thue-bao'],
  },
} as const satisfies Readonly<Record<string, CommandText>>;
