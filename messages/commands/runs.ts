import type { Text } from '../text.js';
import type { CommandText } from './command-text.js';
import { JOB, WHY } from './repeated-texts.js';

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

/** Running jobs: once, a night, by a schedule. */
export const RUN_COMMANDS = {
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
} as const satisfies Readonly<Record<string, CommandText>>;
