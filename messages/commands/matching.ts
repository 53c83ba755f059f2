import type { Text } from '../text.js';
import type { CommandText } from './command-text.js';
import { JOB, RUN, WHY } from './repeated-texts.js';

const MODEL: Text = {
  vi: 'tệp mô hình (.json), hoặc một lần chạy',
  en: 'model file (.json), or a run',
};
const MODEL_HTML: Text = {
  vi: 'ghi thêm một trang biểu đồ',
  en: 'also write a page of charts',
};

/** Why a record was decided as it was, blocking rules, models. */
export const MATCHING_COMMANDS = {
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
} as const satisfies Readonly<Record<string, CommandText>>;
