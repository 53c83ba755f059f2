import type { Text } from '../text.js';
import type { CommandText } from './command-text.js';

const EXTRACT = 'sample-data/telecom-subscribers/extract.csv';
const ENCODING: Text = {
  vi: 'mã chữ của tệp: auto, utf-8, utf-16, windows-1258, tcvn3, vni (mặc định: auto)',
  en: 'encoding of the file: auto, utf-8, utf-16, windows-1258, tcvn3, vni (default: auto)',
};
const DELIMITER: Text = {
  vi: 'dấu ngăn cột: auto, tab hoặc một ký tự (mặc định: auto)',
  en: 'column delimiter: auto, tab or one character (default: auto)',
};
const SECTOR: Text = {
  vi: 'lĩnh vực: tên có sẵn, hoặc đường dẫn tới tệp lĩnh vực của bạn',
  en: 'sector: a built-in name, or the path of your own sector file',
};
const COLUMN: Text = {
  vi: 'cột của một trường, dùng được nhiều lần: --column name=ho_ten',
  en: 'the column of a field, may be repeated: --column name=ho_ten',
};

/** From an extract to what a run needs: a job file, a look at the columns, clean values, a prepared reference. */
export const EXTRACT_COMMANDS = {
  init: {
    usage: '<file>',
    summary: {
      vi: 'Xem một tệp dữ liệu rồi viết sẵn tệp công việc cho nó',
      en: 'Look at a data file and write a job file for it',
    },
    details: {
      vi: 'Cột nào chắc chắn thì được ghi vào; cột nào chưa chắc thì để trong chú thích để bạn quyết định.',
      en: 'Columns that are certain are written in; the others stand in comments for you to decide.',
    },
    arguments: {
      file: {
        vi: 'tệp dữ liệu (.csv, .csv.gz, .tsv, .parquet)',
        en: 'data file (.csv, .csv.gz, .tsv, .parquet)',
      },
    },
    options: {
      '--sector <name>': SECTOR,
      '-o, --out <file>': {
        vi: 'tệp công việc sẽ viết (mặc định: job.yaml)',
        en: 'job file to write (default: job.yaml)',
      },
      '--reference <path>': {
        vi: 'dữ liệu tham chiếu: thư mục đã dựng, hoặc tệp (mặc định: reference/)',
        en: 'the reference: a built folder, or a file (default: reference/)',
      },
      '--id-changes <file>': {
        vi: 'bảng số cũ → số mới, khi --reference là một tệp',
        en: 'table of old → new numbers, when --reference is a file',
      },
      '--encoding <name>': ENCODING,
      '--delimiter <char>': DELIMITER,
      '--force': { vi: 'ghi đè tệp công việc đã có', en: 'replace a job file that is there' },
    },
    examples: [
      `doisoat init ${EXTRACT} --sector telecom-subscribers --reference sample-data/reference/population.csv -o job.yaml`,
    ],
  },
  profile: {
    usage: '<file>',
    summary: {
      vi: 'Xem một tệp có gì: mã chữ, cột, hình dạng giá trị, gợi ý ghép cột',
      en: 'See what a file holds: encoding, columns, shapes of values, suggested mapping',
    },
    details: {
      vi: 'Ví dụ luôn được che; tệp không bị thay đổi.',
      en: 'Examples are always masked; the file is not changed.',
    },
    arguments: {
      file: {
        vi: 'tệp dữ liệu (.csv, .csv.gz, .tsv, .parquet)',
        en: 'data file (.csv, .csv.gz, .tsv, .parquet)',
      },
    },
    options: { '--sector <name>': SECTOR, '--encoding <name>': ENCODING, '--delimiter <char>': DELIMITER },
    examples: [`doisoat profile ${EXTRACT} --sector telecom-subscribers`],
  },
  clean: {
    usage: '<file>',
    summary: {
      vi: 'Chỉ làm sạch: thêm cho mỗi trường giá trị chuẩn và các lỗi tìm thấy',
      en: 'Only clean: add to each field its canonical value and the problems found',
    },
    details: {
      vi: 'Dùng “-” để đọc từ stdin; khi đó kết quả ra stdout nếu không có -o, và 10.000 dòng đầu được giữ lại để xét bảng mã và thứ tự ngày tháng của từng cột. Mọi cột cũ được giữ nguyên; ô mà bảng tính sẽ chạy như công thức có thêm dấu nháy đơn ở đầu.',
      en: 'Use “-” to read stdin; the result then goes to stdout unless -o is given, and the first 10,000 rows are held back to judge the encoding and date order of each column. All columns are kept as they are; a cell that a spreadsheet would run as a formula gets an apostrophe before it.',
    },
    arguments: { file: { vi: 'tệp dữ liệu, hoặc “-” cho stdin', en: 'data file, or “-” for stdin' } },
    options: {
      '--sector <name>': SECTOR,
      '-o, --out <file>': { vi: 'tệp kết quả, hoặc “-” cho stdout', en: 'output file, or “-” for stdout' },
      '--column <field=header>': COLUMN,
      '--encoding <name>': ENCODING,
      '--delimiter <char>': DELIMITER,
    },
    examples: [
      `doisoat clean ${EXTRACT} --sector telecom-subscribers -o cleaned.csv`,
      `head -100 ${EXTRACT} | doisoat clean - --sector telecom-subscribers`,
    ],
  },
  'reference build': {
    usage: '<files...>',
    summary: {
      vi: 'Nạp một lần dữ liệu dân cư thành dữ liệu tham chiếu dùng cho mọi lần chạy',
      en: 'Load a population extract once into a reference that every run uses',
    },
    arguments: {
      files: {
        vi: 'tệp dân cư, hoặc mẫu như dan-cu/*.csv',
        en: 'population files, or a pattern such as people/*.csv',
      },
    },
    options: {
      '-o, --out <folder>': {
        vi: 'thư mục sẽ dựng (mặc định: reference)',
        en: 'folder to build (default: reference)',
      },
      '--id-changes <file>': {
        vi: 'bảng số đã hủy, cấp lại (cũ, mới, ngày)',
        en: 'table of re-issued numbers (old, new, date)',
      },
      '--sector <name>': {
        vi: 'lĩnh vực có trường riêng cần so sánh (không bắt buộc)',
        en: 'sector with fields of its own to compare (optional)',
      },
      '--column <field=header>': COLUMN,
      '--encoding <name>': ENCODING,
      '--delimiter <char>': DELIMITER,
    },
    examples: [
      'doisoat reference build sample-data/reference/population.csv --id-changes sample-data/reference/id-changes.csv -o reference',
    ],
  },
} as const satisfies Readonly<Record<string, CommandText>>;
