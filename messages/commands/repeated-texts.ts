import type { Text } from '../text.js';

/** Texts and examples that commands of several files share. */

export const JOB = 'sample-data/telecom-subscribers/job.yaml';
export const RUN: Text = {
  vi: 'mã lần chạy trong không gian làm việc, hoặc thư mục kết quả',
  en: 'id of a run in the workspace, or its folder',
};
export const WHY: Text = {
  vi: 'vì sao cần xem không che; bắt buộc với --reveal-ids, ghi vào nhật ký kiểm toán',
  en: 'why it must be unmasked; needed with --reveal-ids, written to the audit trail',
};
