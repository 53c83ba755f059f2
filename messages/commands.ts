import type { Text } from './text.js';

/** What `doisoat COMMAND --help` says: the whole command line in one table, in both languages. */
export interface CommandText {
  /** Arguments as commander writes them: `<file>`, `[name]`, `<files...>`. */
  readonly usage: string;
  readonly summary: Text;
  readonly details?: Text;
  readonly arguments: Readonly<Record<string, Text>>;
  /** Flags as commander writes them → what they do. */
  readonly options: Readonly<Record<string, Text>>;
  readonly examples: readonly string[];
}

const EXTRACT = 'sample-data/telecom-subscribers/extract.csv';
const JOB = 'sample-data/telecom-subscribers/job.yaml';

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
const RUN: Text = {
  vi: 'mã lần chạy trong không gian làm việc, hoặc thư mục kết quả',
  en: 'id of a run in the workspace, or its folder',
};

const MODEL: Text = {
  vi: 'tệp mô hình (.json), hoặc một lần chạy',
  en: 'model file (.json), or a run',
};
const MODEL_HTML: Text = {
  vi: 'ghi thêm một trang biểu đồ',
  en: 'also write a page of charts',
};

export const COMMANDS = {
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
      vi: 'Dùng “-” để đọc từ stdin; khi đó kết quả ra stdout nếu không có -o. Mọi cột cũ được giữ nguyên.',
      en: 'Use “-” to read stdin; the result then goes to stdout unless -o is given. All columns are kept as they are.',
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
  run: {
    usage: '<job>',
    summary: {
      vi: 'Đối soát theo một tệp công việc và lập báo cáo',
      en: 'Reconcile by a job file and write the reports',
    },
    arguments: { job: { vi: 'tệp công việc (YAML hoặc JSON)', en: 'job file (YAML or JSON)' } },
    options: {
      '-o, --out <folder>': {
        vi: 'thư mục kết quả (mặc định: runs/<mã> trong không gian làm việc)',
        en: 'output folder (default: runs/<id> in the workspace)',
      },
      '--reveal-ids': {
        vi: 'ghi số giấy tờ và giá trị tham chiếu không che',
        en: 'write ids and reference values unmasked',
      },
      '--period <period>': {
        vi: 'kỳ báo cáo thay cho kỳ trong tệp',
        en: 'period instead of the one in the file',
      },
    },
    examples: [`doisoat run ${JOB}`, `doisoat run ${JOB} -o ket-qua`],
  },
  report: {
    usage: '<run>',
    summary: {
      vi: 'Lập lại báo cáo từ một lần chạy đã xong',
      en: 'Write the reports of a finished run again',
    },
    arguments: { run: RUN },
    options: {
      '--format <names>': {
        vi: 'html, json; ngăn bằng dấu phẩy (mặc định: html)',
        en: 'html, json; separated by commas (default: html)',
      },
      '-o, --out <folder>': {
        vi: 'thư mục ghi báo cáo (mặc định: thư mục của lần chạy)',
        en: 'folder to write to (default: that of the run)',
      },
    },
    examples: ['doisoat report ket-qua --format html'],
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
  sectors: {
    usage: '[name]',
    summary: {
      vi: 'Các lĩnh vực có sẵn; thêm tên để xem chi tiết',
      en: 'The built-in sectors; give a name for its details',
    },
    arguments: {
      name: { vi: 'tên lĩnh vực, hoặc đường dẫn tệp lĩnh vực', en: 'sector name, or path of a sector file' },
    },
    options: {
      '--kinds': { vi: 'liệt kê các loại giá trị dùng cho “kind”', en: 'list the kinds of value for “kind”' },
    },
    examples: ['doisoat sectors', 'doisoat sectors telecom-subscribers'],
  },
  explain: {
    usage: '[code]',
    summary: { vi: 'Giải thích một mã lý do hoặc một kết quả', en: 'Explain a reason code or an outcome' },
    arguments: {
      code: {
        vi: 'mã như name.typo hoặc match_after_cleaning',
        en: 'a code such as name.typo or match_after_cleaning',
      },
    },
    options: {},
    examples: ['doisoat explain name.accents', 'doisoat explain match_after_cleaning'],
  },
  generate: {
    usage: '',
    summary: {
      vi: 'Sinh dữ liệu giả lập: dân cư, trích xuất có lỗi, và đáp án',
      en: 'Make synthetic data: people, extracts with errors, and the truth',
    },
    details: {
      vi: 'Cùng một --seed luôn cho cùng dữ liệu.',
      en: 'The same --seed always gives the same data.',
    },
    arguments: {},
    options: {
      '-o, --out <folder>': { vi: 'thư mục sẽ ghi', en: 'folder to write to' },
      '--people <n>': { vi: 'số người (mặc định: 3000)', en: 'number of people (default: 3000)' },
      '--rows <n>': {
        vi: 'số dòng trích xuất (mặc định: tùy lĩnh vực)',
        en: 'rows per extract (default: by sector)',
      },
      '--sector <name>': {
        vi: 'một lĩnh vực, hoặc all (mặc định: all)',
        en: 'one sector, or all (default: all)',
      },
      '--seed <n>': { vi: 'số khởi đầu (mặc định: 1)', en: 'seed (default: 1)' },
      '--dirt <share>': { vi: 'tỷ lệ dòng có lỗi, từ 0 đến 1', en: 'share of rows with an error, 0 to 1' },
    },
    examples: ['doisoat generate --people 1000 --sector telecom-subscribers -o data'],
  },
  evaluate: {
    usage: '<run> <truth>',
    summary: { vi: 'Chấm một lần chạy theo đáp án', en: 'Score a run against the truth' },
    details: {
      vi: 'Đáp án có cột record, record_key hoặc sector_id, và reference_id; thêm outcome, reasons nếu có.',
      en: 'The truth has a column record, record_key or sector_id, and reference_id; outcome and reasons if known.',
    },
    arguments: { run: RUN, truth: { vi: 'tệp đáp án (CSV)', en: 'truth file (CSV)' } },
    options: {},
    examples: ['doisoat evaluate ket-qua sample-data/telecom-subscribers/truth.csv'],
  },
  why: {
    usage: '<run> <record>',
    summary: {
      vi: 'Vì sao một bản ghi có kết quả như vậy: lượt tìm, từng trường, ứng viên, luật quyết định',
      en: 'Why a record has its outcome: the pass, each field, the candidates, the rule that decided',
    },
    details: {
      vi: 'Giá trị được che nếu không có --reveal-ids. Số và khóa trùng nhau thì ghi record:5 hoặc key:5.',
      en: 'Values are masked without --reveal-ids. Where number and key clash write record:5 or key:5.',
    },
    arguments: {
      run: RUN,
      record: {
        vi: 'số bản ghi (từ 1, cột record trong results.csv) hoặc khóa bản ghi (record_key)',
        en: 'number of the record (from 1, column record of results.csv) or its record_key',
      },
    },
    options: {
      '--reveal-ids': {
        vi: 'hiện số giấy tờ và giá trị không che',
        en: 'show ids and values unmasked',
      },
    },
    examples: ['doisoat why ket-qua 12'],
  },
  blocking: {
    usage: '<job>',
    summary: {
      vi: 'Kiểm tra khóa đề cử ứng viên: cặp mỗi luật, khối lớn nhất, ước tính bỏ sót',
      en: 'Audit the blocking: pairs per rule, biggest blocks, estimated share missed',
    },
    details: {
      vi: 'Xem những dòng mà số định danh không tìm được người; không ghi gì ra, không hiện giá trị nào.',
      en: 'Looks at the rows that no number settles; writes nothing and shows no value.',
    },
    arguments: { job: { vi: 'tệp công việc (YAML hoặc JSON)', en: 'job file (YAML or JSON)' } },
    options: {},
    examples: [`doisoat blocking ${JOB}`],
  },
  'model train': {
    usage: '<job>',
    summary: {
      vi: 'Huấn luyện mô hình đối sánh của một công việc và ghi ra tệp',
      en: 'Train the matching model of a job and write it to a file',
    },
    details: {
      vi: 'Ghi “model: tệp” trong công việc thì các lần chạy sau dùng đúng mô hình này, không học lại.',
      en: 'With “model: file” in the job later runs use this very model and learn nothing anew.',
    },
    arguments: { job: { vi: 'tệp công việc (YAML hoặc JSON)', en: 'job file (YAML or JSON)' } },
    options: {
      '-o, --out <file>': {
        vi: 'tệp mô hình sẽ ghi (mặc định: model.json)',
        en: 'model file to write (default: model.json)',
      },
      '--html <file>': MODEL_HTML,
      '--force': { vi: 'ghi đè tệp mô hình đã có', en: 'replace a model file that is there' },
    },
    examples: [`doisoat model train ${JOB} -o model.json --html model.html`],
  },
  'model show': {
    usage: '<model>',
    summary: {
      vi: 'Xem một mô hình: huấn luyện, ngưỡng, trọng số từng mức',
      en: 'Show a model: training, thresholds, weights per level',
    },
    arguments: { model: MODEL },
    options: { '--html <file>': MODEL_HTML },
    examples: ['doisoat model show ket-qua'],
  },
  'model compare': {
    usage: '<before> <after>',
    summary: {
      vi: 'So hai mô hình, từng mức, thay đổi lớn nhất trước',
      en: 'Compare two models level by level, largest change first',
    },
    arguments: { before: MODEL, after: MODEL },
    options: {},
    examples: ['doisoat model compare model.json ket-qua'],
  },
  schema: {
    usage: '<name>',
    summary: {
      vi: 'In JSON Schema của tệp công việc, tệp lĩnh vực hoặc summary.json',
      en: 'Print the JSON Schema of job files, sector files or summary.json',
    },
    arguments: { name: { vi: 'job, sector hoặc summary', en: 'job, sector or summary' } },
    options: {},
    examples: ['doisoat schema job > job.schema.json'],
  },
} as const satisfies Readonly<Record<string, CommandText>>;

export type CommandName = keyof typeof COMMANDS;

/** Words that only hold other commands. */
export const PARENT_SUMMARIES: Readonly<Record<string, Text>> = {
  reference: COMMANDS['reference build'].summary,
  model: {
    vi: 'Mô hình đối sánh xác suất: huấn luyện, xem, so sánh',
    en: 'The model of probabilistic matching: train, show, compare',
  },
};

/** Options that every command takes. */
export const COMMON_OPTIONS = {
  '--lang <language>': {
    vi: 'ngôn ngữ: vi hoặc en (mặc định: theo máy, không rõ thì vi)',
    en: 'language: vi or en (default: by locale, else vi)',
  },
  '--json': { vi: 'in kết quả dạng JSON cho máy đọc', en: 'print the result as JSON for machines' },
  '--quiet': { vi: 'không in tiến độ và ghi chú', en: 'no progress and no notes' },
  '--verbose': {
    vi: 'in thêm chi tiết (không bao giờ có dữ liệu cá nhân)',
    en: 'more details (never personal data)',
  },
  '--workspace <folder>': {
    vi: 'không gian làm việc: sổ theo dõi và các lần chạy (mặc định: thư mục hiện tại)',
    en: 'workspace: the ledger and the runs (default: the current folder)',
  },
  '--memory <size>': {
    vi: 'bộ nhớ tối đa, ví dụ 4GB (mặc định: nửa máy)',
    en: 'most memory, such as 4GB (default: half of the machine)',
  },
  '--threads <n>': { vi: 'số luồng (mặc định: mọi nhân)', en: 'threads (default: every core)' },
} as const satisfies Readonly<Record<string, Text>>;
