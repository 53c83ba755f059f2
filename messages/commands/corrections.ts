import type { CommandText } from './command-text.js';
import { WHY } from './repeated-texts.js';

/** Correction files and their answers, two runs compared. */
export const CORRECTION_COMMANDS = {
  corrections: {
    usage: '<run>',
    summary: {
      vi: 'Ghi cho mỗi đơn vị chủ quản tệp các bản ghi cần sửa của chính đơn vị, kèm đề xuất',
      en: 'Write for each data owner the records of its own that need a correction, with proposals',
    },
    details: {
      vi: 'Mỗi đơn vị một thư mục, hai danh sách: sửa tự động được và cần xác minh. Giá trị của dữ liệu tham chiếu được che.',
      en: 'A folder per owner with two lists: what may be applied automatically and what must be verified. Values of the reference are masked.',
    },
    arguments: {
      run: {
        vi: 'tên lần chạy, thư mục của nó, hoặc tệp công việc đã chạy',
        en: 'name of a run, its folder, or the job file that was run',
      },
    },
    options: {
      '-o, --out <folder>': { vi: 'thư mục mới để ghi', en: 'new folder to write' },
      '--owner <name>': {
        vi: 'chỉ đơn vị này; "" là các bản ghi chưa rõ đơn vị',
        en: 'only this owner; "" is the records that name none',
      },
      '--by <field>': {
        vi: 'trường cho biết bản ghi của ai (mặc định: trường đầu của report.group_by)',
        en: 'field that says whose a record is (default: the first of report.group_by)',
      },
      '--format <list>': { vi: 'csv, xlsx (mặc định: cả hai)', en: 'csv, xlsx (default: both)' },
      '--job <file>': {
        vi: 'tệp công việc của lần chạy, khi nó không ở thư mục hiện tại hay cạnh không gian làm việc',
        en: 'job file of the run, where it is neither in the current folder nor by the workspace',
      },
      '--reveal-ids': {
        vi: 'ghi giá trị của dữ liệu tham chiếu không che, để đơn vị sửa được ngay',
        en: 'write values of the reference unmasked, for the owner to correct by them',
      },
      '--why <text>': WHY,
    },
    examples: [
      'doisoat corrections sample-data/telecom-subscribers/job.yaml -o tep-sua',
      'doisoat corrections sample-data/telecom-subscribers/job.yaml -o tep-sua-viettel --owner Viettel --reveal-ids --why "gửi đơn vị sửa"',
    ],
  },
  'corrections import': {
    usage: '<file...>',
    summary: {
      vi: 'Nhập câu trả lời của các đơn vị: trở thành quyết định về trường hợp',
      en: 'Take back the answers of data owners: they become decisions about cases',
    },
    details: {
      vi: 'Nhận CSV và XLSX. Sai một dòng thì không nhập dòng nào; thông báo nêu từng dòng sai.',
      en: 'Takes CSV and XLSX. With one bad line nothing is entered; the message names every bad line.',
    },
    arguments: {
      file: {
        vi: 'tệp do doisoat corrections ghi, đã điền cột “Trả lời”',
        en: 'file that doisoat corrections wrote, its column “Answer” filled in',
      },
    },
    options: {},
    examples: [
      'doisoat corrections import tep-sua/viettel/can-xac-minh.xlsx tep-sua/mobifone/sua-tu-dong.csv',
    ],
  },
  compare: {
    usage: '<before> <after>',
    summary: {
      vi: 'So sánh hai lần chạy: kết quả, lý do, nhóm nào đổi; bản ghi nào đổi kết quả và vì sao',
      en: 'Compare two runs: which outcomes, reasons and groups moved; which records changed, and why',
    },
    details: {
      vi: 'Ghi compare.html, compare.json và changes.csv. Bản ghi được nhận ra theo khóa của đơn vị, không có khóa thì theo nội dung; khóa được che.',
      en: 'Writes compare.html, compare.json and changes.csv. A record is known by its owner’s key, or by its content where it has none; keys are masked.',
    },
    arguments: {
      before: { vi: 'lần chạy trước: tên hoặc thư mục', en: 'the earlier run: its name or folder' },
      after: { vi: 'lần chạy sau: tên hoặc thư mục', en: 'the later run: its name or folder' },
    },
    options: {
      '-o, --out <folder>': {
        vi: 'thư mục kết quả (mặc định: compare trong không gian làm việc)',
        en: 'folder for the outputs (default: compare in the workspace)',
      },
      '--any-series': {
        vi: 'so sánh cả hai lần chạy của hai chuỗi khác nhau (cùng lĩnh vực)',
        en: 'compare runs of two different series, too (of one sector)',
      },
      '--reveal-ids': { vi: 'ghi khóa bản ghi không che', en: 'write record keys unmasked' },
      '--why <text>': WHY,
    },
    examples: [
      'doisoat run sample-data/telecom-subscribers/job.yaml --period 2026-12 -o ket-qua-12',
      'doisoat compare ket-qua ket-qua-12',
    ],
  },
} as const satisfies Readonly<Record<string, CommandText>>;
