import { z } from 'zod';

/** What a job file may say (docs/job-file.md); `doisoat schema job` prints it as JSON Schema for editors. */

const header = z.union([z.string().min(1), z.number().transform(String)]);

const columns = z
  .record(z.string(), z.union([header, z.array(header).min(1)]))
  .describe('Trường: tiêu đề cột, hay danh sách cột được nối bằng dấu cách / field: column header, or list');

const encoding = z.enum(['auto', 'utf-8', 'utf-16', 'windows-1258', 'tcvn3', 'vni']).default('auto');

const delimiter = z
  .union([z.enum(['auto', 'tab']), z.string().length(1, 'one character, “tab” or “auto”')])
  .default('auto')
  .describe('auto, tab, hoặc một ký tự / auto, tab, or one character');

const paths = z
  .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
  .describe('Tệp, mẫu (*.csv) hay danh sách / a file, a pattern (*.csv) or a list');

const files = z.strictObject({ path: paths, encoding, delimiter, columns: columns.optional() });

const rate = z.number().min(0, 'between 0 and 1').max(1, 'between 0 and 1').nullable().default(null);

const matching = z
  .strictObject({
    enabled: z
      .boolean()
      .default(true)
      .describe(
        'Đối sánh xác suất các dòng mà số giấy tờ không giải quyết được / match the rows that no number settles',
      ),
    false_link_rate: z
      .number()
      .gt(0, 'above 0')
      .max(0.1, 'at most 0.1')
      .optional()
      .describe(
        'Tỷ lệ liên kết sai chấp nhận được, mặc định 0.001 / accepted share of false links, default 0.001',
      ),
    accept: z
      .number()
      .min(0.5, 'between 0.5 and 1')
      .max(1, 'between 0.5 and 1')
      .optional()
      .describe('Từ xác suất này thì nhận / linked at or above this probability'),
    review: z
      .number()
      .min(0, 'between 0 and 1')
      .max(1, 'between 0 and 1')
      .optional()
      .describe('Từ xác suất này thì để người xem / left to people at or above this probability'),
  })
  .refine(({ accept, review }) => accept === undefined || review === undefined || review <= accept, {
    path: ['review'],
    message: 'at most “accept”',
  })
  .default({ enabled: true });

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, '2026-11');

/** The programme's “roadmap”: open cases wanted at the end of a month, per data owner. */
const plan = z.strictObject({
  field: z
    .string()
    .min(1)
    .describe('Trường của đơn vị chủ quản, có trong report.group_by / the owners’ field'),
  targets: z
    .record(z.string(), z.record(month, z.number().int('a whole number').min(0, '0 or more')))
    .describe('Đơn vị → tháng → số trường hợp còn mở / owner → month → open cases'),
});

/** What a report can be asked for in, in the order in which they are written. */
export const FORMATS = ['csv', 'parquet', 'xlsx', 'json', 'html', 'docx', 'pdf'] as const;

export type Format = (typeof FORMATS)[number];

/** Those of a job that does not say. */
const USUAL_FORMATS = ['html', 'csv', 'json'] as const;

const line = z.string().trim().min(1);
const lines = z.union([line.transform((one) => [one]), z.array(line)]).default([]);

/** The official letter (reports/letter.ts); what is left out is a dotted line in it. */
export const letterSchema = z
  .strictObject({
    agency_above: line.optional().describe('Cơ quan chủ quản / the agency above'),
    agency: line.optional().describe('Cơ quan ban hành / the agency that writes'),
    number: line.optional().describe('Số, ký hiệu: 15/BC-CNTT / number and symbol'),
    place: line.optional().describe('Địa danh / the place'),
    date: z
      .string()
      .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, '2026-11-21')
      .optional()
      .describe('Ngày ký: 2026-11-21 / the date'),
    to: lines.describe('Kính gửi / whom it goes to'),
    subject: line.optional().describe('Trích yếu thay cho câu có sẵn / the subject instead of the usual one'),
    signer_title: lines.describe(
      'Quyền hạn, chức vụ, mỗi dòng một mục / authority and office, one line each',
    ),
    signer: line.optional().describe('Họ tên người ký / who signs'),
    recipients: lines.describe('Nơi nhận, ngoài “Như trên” / who else gets a copy'),
    filing: line.optional().describe('Đơn vị soạn thảo, sau “Lưu: VT,” / the drafting unit'),
  })
  .default({ to: [], signer_title: [], recipients: [] })
  .describe('Văn bản theo Nghị định 30/2020/NĐ-CP / the letter of format docx');

const jobName = z
  .union([z.string(), z.number().transform(String)])
  .pipe(z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u, 'letters, digits, “.”, “_” and “-”, no spaces'));

/** What only `doisoat nightly` reads. */
const night = {
  after: z
    .union([jobName.transform((name) => [name]), z.array(jobName)])
    .default([])
    .describe('Chạy sau các công việc này trong cùng đêm / runs after these jobs of the same night'),
  wait_for: z
    .strictObject({
      minutes: z.number().gt(0, 'above 0').max(1440, 'at most 1440'),
      every: z.number().gt(0, 'above 0').max(60, 'at most 60').default(5),
    })
    .optional()
    .describe(
      'Đợi tệp đầu vào chưa đến, tính bằng phút / waits for inputs that are not there yet, in minutes',
    ),
  notify: z
    .strictObject({
      webhook: z
        .url({ protocol: /^https?$/, error: 'https://…' })
        .describe(
          'Nơi nhận tin khi vượt ngưỡng hoặc hỏng / told when a threshold is crossed or the job fails',
        )
        .optional(),
      rise_above: rate.describe(
        'Báo khi tỷ lệ tăng hơn chừng này so với kỳ trước / tells when the rate rose by more since the last period',
      ),
    })
    .default({ rise_above: null }),
};

export const jobSchema = z.strictObject({
  $schema: z.string().optional(),
  name: jobName,
  sector: z.string().min(1).describe('Tên lĩnh vực có sẵn hoặc đường dẫn / a built-in name, or a path'),
  input: files.extend({ columns }),
  reference: z
    .union([z.string().min(1), files.extend({ id_changes: z.union([z.string().min(1), files]).optional() })])
    .describe('Thư mục đã dựng, hoặc tệp / a built folder, or files'),
  period: z
    .union([z.string(), z.number().transform(String)])
    .pipe(
      z
        .string()
        .regex(
          /^(auto|\d{4}(-Q[1-4]|-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?)$/,
          '2026-11, 2026-11-21, 2026-Q4, 2026 or auto',
        ),
    )
    .optional()
    .describe(
      'Kỳ báo cáo; auto: hôm nay; bỏ trống: tháng này / the period; auto: today; left out: this month',
    ),
  strict: z
    .boolean()
    .optional()
    .describe('Mất thông tin cũng tính là sai lệch / a loss counts as a mismatch'),
  model: z
    .string()
    .min(1)
    .optional()
    .describe('Mô hình đã huấn luyện, giữ nguyên khi chạy / a trained model, used as it is'),
  matching,
  report: z
    .strictObject({
      formats: z
        .array(z.enum(FORMATS))
        .min(1)
        .default([...USUAL_FORMATS]),
      group_by: z.array(z.string()).optional(),
      letter: letterSchema,
      provinces: z
        .union([z.literal(34), z.literal(63)])
        .default(34)
        .describe(
          'Số liệu theo 34 tỉnh hiện nay hay 63 tỉnh trước 1/7/2025 / figures by the 34 provinces or the former 63',
        ),
    })
    .default({
      formats: [...USUAL_FORMATS],
      provinces: 34,
      letter: { to: [], signer_title: [], recipients: [] },
    }),
  output: z
    .strictObject({ results: z.enum(['csv', 'parquet', 'none']).default('csv') })
    .default({ results: 'csv' }),
  plan: plan.optional(),
  deaths: z
    .union([z.string().min(1), z.array(z.string().min(1))])
    .optional()
    .describe(
      'Lần chạy khai tử: thư mục hoặc tên chuỗi / runs of registers of deaths: a folder, or a series of the workspace',
    ),
  alert: z
    .strictObject({ mismatch_rate_above: rate, rejected_rate_above: rate })
    .default({ mismatch_rate_above: null, rejected_rate_above: null }),
  ...night,
});

export type JobFile = z.output<typeof jobSchema>;
export type FilesSetting = NonNullable<Exclude<JobFile['reference'], string>>;
