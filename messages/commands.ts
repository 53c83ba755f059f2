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

const WHY: Text = {
  vi: 'vì sao cần xem không che; bắt buộc với --reveal-ids, ghi vào nhật ký kiểm toán',
  en: 'why it must be unmasked; needed with --reveal-ids, written to the audit trail',
};

const MODEL: Text = {
  vi: 'tệp mô hình (.json), hoặc một lần chạy',
  en: 'model file (.json), or a run',
};
const MODEL_HTML: Text = {
  vi: 'ghi thêm một trang biểu đồ',
  en: 'also write a page of charts',
};

/** Options that one night has however it is begun. */
const NIGHT_OPTIONS = {
  '--at-once <n>': {
    vi: 'số công việc cùng lúc, chia nhau --memory và --threads (mặc định: 2)',
    en: 'jobs at a time, which share --memory and --threads (default: 2)',
  },
  '--give-up <minutes>': {
    vi: 'dừng công việc chạy quá chừng này phút (mặc định: 720)',
    en: 'stop a job that runs for more minutes than this (default: 720)',
  },
  '--webhook <url>': {
    vi: 'báo tới địa chỉ này khi có công việc hỏng hoặc vượt ngưỡng',
    en: 'tell this address when a job failed or crossed a threshold',
  },
  '--mail-to <address>': {
    vi: 'người nhận ghi trong nightly-mail.txt',
    en: 'addressee written into nightly-mail.txt',
  },
  '--metrics <file>': {
    vi: 'tệp chỉ số Prometheus (mặc định: nightly.prom trong không gian làm việc)',
    en: 'file of Prometheus metrics (default: nightly.prom in the workspace)',
  },
} as const satisfies Readonly<Record<string, Text>>;

const NIGHT_FOLDER: Text = {
  vi: 'thư mục chứa các tệp công việc (YAML hoặc JSON)',
  en: 'folder of job files (YAML or JSON)',
};

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
      '--why <text>': WHY,
      '--period <period>': {
        vi: 'kỳ báo cáo thay cho kỳ trong tệp',
        en: 'period instead of the one in the file',
      },
      '--restart': {
        vi: 'chạy lại từ đầu dù lần chạy dang dở còn để lại kết quả của các bước đã xong',
        en: 'begin anew even where an interrupted run left what its finished stages made',
      },
      '--keep': {
        vi: 'giữ lại những gì lần chạy sau cần để lấy lại các dòng không đổi, ngay từ lần đầu của chuỗi (nightly luôn giữ)',
        en: 'keep what the next run needs to take unchanged rows, even in the first run of a series (nightly always does)',
      },
      '--explain-plan': {
        vi: 'chạy xong thì in từng câu lệnh SQL của mỗi bước và phần chạy bằng TypeScript, không có giá trị cá nhân',
        en: 'after the run, print the SQL of each stage and what ran in TypeScript, without personal values',
      },
    },
    examples: [`doisoat run ${JOB}`, `doisoat run ${JOB} -o ket-qua`],
  },
  nightly: {
    usage: '<folder>',
    summary: {
      vi: 'Chạy mọi công việc của một thư mục trong một đêm, theo thứ tự phụ thuộc',
      en: 'Run every job of a folder in one night, in order of dependencies',
    },
    details: {
      vi: 'Mỗi công việc chạy trong tiến trình riêng; một công việc hỏng không làm dừng các công việc khác. Mã thoát: nặng nhất trong đêm.',
      en: 'Each job runs in a process of its own; one that fails does not stop the others. Exit code: the gravest of the night.',
    },
    arguments: { folder: NIGHT_FOLDER },
    options: {
      ...NIGHT_OPTIONS,
      '--date <day>': {
        vi: 'ngày của đêm, là kỳ của công việc ghi “period: auto” (mặc định: hôm nay, giờ Việt Nam)',
        en: 'day of the night, the period of jobs with “period: auto” (default: today in Vietnam)',
      },
      '--dry-run': {
        vi: 'chỉ xem thứ tự và lỗi của tệp công việc, không chạy gì',
        en: 'only show the order and what is wrong with job files, run nothing',
      },
    },
    examples: [
      'doisoat nightly docs/examples/nightly/jobs --dry-run',
      'doisoat nightly docs/examples/nightly/jobs --at-once 1 --mail-to truc-dem@vi-du.vn',
    ],
  },
  'schedule print': {
    usage: '<form> <folder>',
    summary: {
      vi: 'In tệp cấu hình cho systemd hoặc cron để chạy nightly mỗi đêm',
      en: 'Print the units for systemd or the lines for cron that run nightly every night',
    },
    details: {
      vi: 'Không cài gì vào máy; giờ là giờ Việt Nam.',
      en: 'Installs nothing; times are those of Vietnam.',
    },
    arguments: { form: { vi: 'systemd hoặc cron', en: 'systemd or cron' }, folder: NIGHT_FOLDER },
    options: {
      '--at <time>': { vi: 'giờ bắt đầu (mặc định: 02:00)', en: 'time of day (default: 02:00)' },
      '-o, --out <folder>': {
        vi: 'ghi thành tệp vào thư mục này thay vì in ra',
        en: 'write files into this folder instead',
      },
      '--force': { vi: 'ghi đè tệp đã có', en: 'replace files that are there' },
      ...NIGHT_OPTIONS,
    },
    examples: [
      'doisoat schedule print systemd docs/examples/nightly/jobs --at 02:00',
      'doisoat schedule print cron docs/examples/nightly/jobs',
    ],
  },
  serve: {
    usage: '<folder>',
    summary: {
      vi: 'Tự chạy nightly theo lịch, cho máy không có systemd hay cron',
      en: 'Run nightly by a schedule of its own, where there is neither systemd nor cron',
    },
    details: {
      vi: 'Không mở cổng mạng nào; các đêm không chồng lên nhau; dừng bằng Ctrl+C hoặc SIGTERM.',
      en: 'Listens on nothing; nights never overlap; ends on Ctrl+C or SIGTERM.',
    },
    arguments: { folder: NIGHT_FOLDER },
    options: {
      '--schedule <cron>': {
        vi: 'lịch dạng cron, giờ Việt Nam (mặc định: "0 2 * * *")',
        en: 'cron pattern in Vietnam’s time (default: "0 2 * * *")',
      },
      ...NIGHT_OPTIONS,
    },
    examples: ['doisoat serve docs/examples/nightly/jobs --schedule "30 1 * * *"'],
  },
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
        vi: 'một lĩnh vực có sẵn, hoặc all (mặc định: all)',
        en: 'one built-in sector, or all (default: all)',
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
      '--role <role>': {
        vi: 'bản ghi có nhiều người: vai nào, ví dụ wife (mặc định: vai quyết định kết quả)',
        en: 'of several people in a record: which, such as wife (default: the one that decides)',
      },
      '--reveal-ids': {
        vi: 'hiện số giấy tờ và giá trị không che',
        en: 'show ids and values unmasked',
      },
      '--why <text>': WHY,
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
  'audit export': {
    usage: '',
    summary: {
      vi: 'Ghi nhật ký kiểm toán ra tệp, mỗi dòng một mục JSON',
      en: 'Write the audit trail to a file, one JSON entry a line',
    },
    arguments: {},
    options: { '-o, --out <file>': { vi: 'tệp sẽ ghi', en: 'file to write' } },
    examples: ['doisoat audit export -o audit-2026-11.jsonl'],
  },
  purge: {
    usage: '',
    summary: {
      vi: 'Xóa dữ liệu cá nhân của các lần chạy cũ, giữ số liệu và nhật ký kiểm toán',
      en: 'Remove personal data of old runs, keep figures and the audit trail',
    },
    details: {
      vi: 'Xóa danh sách, giá trị gốc và giá trị chuẩn hóa, dữ liệu tham chiếu dựng riêng cho lần chạy. Giữ báo cáo số liệu và trạng thái trường hợp (khóa đã băm). Việc xóa được ghi vào nhật ký kiểm toán.',
      en: 'Lists, raw and canonical values and references built for a run go; reports of figures and the state of cases (hashed keys) stay. What was removed is in the audit trail.',
    },
    arguments: {},
    options: {
      '--older-than <days>': {
        vi: 'xóa của các lần chạy xong đã quá số ngày này, ví dụ 90d',
        en: 'of runs that finished more than so many days ago, such as 90d',
      },
      '--dry-run': { vi: 'chỉ cho biết sẽ xóa gì', en: 'only tell what would be removed' },
    },
    examples: ['doisoat purge --older-than 90d --dry-run', 'doisoat purge --older-than 90d'],
  },
  'audit verify': {
    usage: '',
    summary: {
      vi: 'Kiểm tra nhật ký kiểm toán: mục nào bị sửa, xóa, đổi chỗ',
      en: 'Check the audit trail for entries edited, removed or moved',
    },
    arguments: {},
    options: {
      '--against <file>': {
        vi: 'so với một bản xuất trước đây, cất ở nơi khác',
        en: 'compare with an earlier export, kept elsewhere',
      },
    },
    examples: ['doisoat audit verify', 'doisoat audit verify --against audit-2026-11.jsonl'],
  },
  'ledger backup': {
    usage: '<file>',
    summary: {
      vi: 'Sao lưu sổ theo dõi ra một tệp, có kiểm tra',
      en: 'Back up the ledger to a file, and check it',
    },
    details: {
      vi: 'Làm được cả khi đang có lần chạy; không ghi đè tệp đã có.',
      en: 'Works while runs go on; replaces no file.',
    },
    arguments: { file: { vi: 'tệp sao lưu sẽ ghi', en: 'back-up file to write' } },
    options: {},
    examples: ['doisoat ledger backup sao-luu/so-2026-11-21.sqlite'],
  },
  'ledger restore': {
    usage: '<file>',
    summary: {
      vi: 'Khôi phục sổ theo dõi từ một bản sao lưu',
      en: 'Restore the ledger from a back-up',
    },
    details: {
      vi: 'Từ chối khi đang có lần chạy. Sổ cũ được giữ lại bên cạnh với đuôi .before-restore.',
      en: 'Refused while a run goes on. The ledger before is kept beside it as .before-restore.',
    },
    arguments: { file: { vi: 'bản sao lưu', en: 'back-up file' } },
    options: {},
    examples: ['doisoat ledger restore sao-luu/so-2026-11-21.sqlite'],
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
  schedule: COMMANDS['schedule print'].summary,
  cases: {
    vi: 'Trường hợp sai lệch qua các kỳ: xem, giao, quyết định, miễn, xuất, nhập',
    en: 'Mismatches from period to period: list, assign, decide, waive, export, import',
  },
  audit: {
    vi: 'Nhật ký kiểm toán: kiểm tra, xuất',
    en: 'The audit trail: verify, export',
  },
  ledger: {
    vi: 'Sổ theo dõi: sao lưu, khôi phục',
    en: 'The ledger: back up, restore',
  },
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
