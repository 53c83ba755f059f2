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

export const FORMATS = ['html', 'csv', 'json'] as const;

export const jobSchema = z.strictObject({
  $schema: z.string().optional(),
  name: z
    .union([z.string(), z.number().transform(String)])
    .pipe(
      z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u, 'letters, digits, “.”, “_” and “-”, no spaces'),
    ),
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
          /^\d{4}(-Q[1-4]|-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/,
          '2026-11, 2026-11-21, 2026-Q4 or 2026',
        ),
    )
    .optional()
    .describe('Kỳ báo cáo; bỏ trống: tháng này / the period; left out: this month'),
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
        .default([...FORMATS]),
      group_by: z.array(z.string()).optional(),
    })
    .default({ formats: [...FORMATS] }),
  output: z
    .strictObject({ results: z.enum(['csv', 'parquet', 'none']).default('csv') })
    .default({ results: 'csv' }),
  alert: z
    .strictObject({ mismatch_rate_above: rate, rejected_rate_above: rate })
    .default({ mismatch_rate_above: null, rejected_rate_above: null }),
});

export type JobFile = z.output<typeof jobSchema>;
export type FilesSetting = NonNullable<Exclude<JobFile['reference'], string>>;
