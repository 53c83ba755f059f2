import type { CommandText } from './command-text.js';
import { RUN, WHY } from './repeated-texts.js';

/** What is read afterwards: reports, past runs, checks across datasets, the national summary. */
export const REPORT_COMMANDS = {
  report: {
    usage: '<run>',
    summary: {
      vi: 'Lập lại báo cáo từ một lần chạy đã xong',
      en: 'Write the reports of a finished run again',
    },
    details: {
      vi: 'Cùng một lần chạy thì ra cùng từng byte. Danh sách (csv, parquet, xlsx) cần dữ liệu tham chiếu ở chỗ cũ; pdf cần một trình duyệt.',
      en: 'The same run gives the same bytes. Lists (csv, parquet, xlsx) need the reference where it was; pdf needs a browser.',
    },
    arguments: { run: RUN },
    options: {
      '--format <names>': {
        vi: 'html, csv, json, xlsx, docx, pdf, parquet; ngăn bằng dấu phẩy (mặc định: html)',
        en: 'html, csv, json, xlsx, docx, pdf, parquet; separated by commas (default: html)',
      },
      '-o, --out <folder>': {
        vi: 'thư mục ghi báo cáo (mặc định: thư mục của lần chạy)',
        en: 'folder to write to (default: that of the run)',
      },
      '--reveal-ids': {
        vi: 'ghi số giấy tờ và giá trị tham chiếu không che',
        en: 'write ids and reference values unmasked',
      },
      '--why <text>': WHY,
    },
    examples: [
      'doisoat report ket-qua --format html',
      'doisoat report ket-qua --format xlsx,docx -o bao-cao',
    ],
  },
  runs: {
    usage: '',
    summary: {
      vi: 'Các lần chạy đã ghi trong không gian làm việc',
      en: 'The runs recorded in the workspace',
    },
    arguments: {},
    options: { '--job <name>': { vi: 'chỉ của một công việc', en: 'of one job only' } },
    examples: ['doisoat runs'],
  },
  cross: {
    usage: '<job...>',
    summary: {
      vi: 'Đối chiếu chéo các dữ liệu đã chạy: đã khai tử mà còn hoạt động, tuổi lạ, hai vị trí, một số hai tên',
      en: 'Check datasets against each other: dead but active, odd ages, two posts, one number with two names',
    },
    details: {
      vi: 'Dùng kết quả của các lần chạy đã xong, cùng một dữ liệu tham chiếu. Số giấy tờ, khóa và họ tên trong danh sách được che.',
      en: 'Uses finished runs made with one and the same reference. Numbers, keys and names in the lists are masked.',
    },
    arguments: {
      job: {
        vi: 'tệp công việc đã chạy, tên lần chạy, hoặc thư mục của nó',
        en: 'job file that has been run, name of a run, or its folder',
      },
    },
    options: {
      '-o, --out <folder>': {
        vi: 'thư mục kết quả (mặc định: cross trong không gian làm việc)',
        en: 'folder for the outputs (default: cross in the workspace)',
      },
      '--period <period>': {
        vi: 'kỳ của các tệp công việc, ví dụ 2026-11',
        en: 'period of the job files, such as 2026-11',
      },
      '--reveal-ids': {
        vi: 'hiện số giấy tờ, khóa và họ tên trong danh sách',
        en: 'show numbers, keys and names in the lists',
      },
      '--why <text>': WHY,
    },
    examples: [
      'doisoat cross sample-data/deaths/job.yaml sample-data/pupils/job.yaml --period 2026-11',
      'doisoat cross sample-data/deaths/job.yaml sample-data/telecom-subscribers/job.yaml -o doi-chieu',
    ],
  },
  national: {
    usage: '',
    summary: {
      vi: 'Bảng tổng hợp các dữ liệu trong một kỳ: tổng số, trùng khớp, tỷ lệ, thay đổi, đã làm sạch',
      en: 'Summary of all datasets of a period: total, matched, share, change, cleaned so far',
    },
    details: {
      vi: 'Mỗi công việc một dòng, lấy từ sổ theo dõi. Ghi national.html, .xlsx, .docx và .json.',
      en: 'One line per job, from the ledger. Writes national.html, .xlsx, .docx and .json.',
    },
    arguments: {},
    options: {
      '--period <period>': {
        vi: 'kỳ, ví dụ 2026-11 (mặc định: kỳ mới nhất trong sổ)',
        en: 'period, such as 2026-11 (default: the latest in the ledger)',
      },
      '-o, --out <folder>': {
        vi: 'thư mục kết quả (mặc định: national/<kỳ> trong không gian làm việc)',
        en: 'folder for the outputs (default: national/<period> in the workspace)',
      },
      '--format <list>': {
        vi: 'html, xlsx, docx, json; nhiều dạng cách nhau bằng dấu phẩy (mặc định: tất cả)',
        en: 'html, xlsx, docx, json; several separated by commas (default: all)',
      },
      '--letter <file>': {
        vi: 'tệp YAML ghi cơ quan, số, nơi nhận, người ký của văn bản docx; hoặc một tệp công việc có report.letter',
        en: 'YAML file with agency, number, addressees and signer of the docx letter; or a job file with report.letter',
      },
    },
    examples: [
      'doisoat national',
      'doisoat national --period 2026-11 --format docx,xlsx --letter van-ban.yaml',
    ],
  },
} as const satisfies Readonly<Record<string, CommandText>>;
