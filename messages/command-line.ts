import type { Text } from './text.js';

/** Words of the command line itself: headings of its help and what it says of wrong arguments. */
export const PROGRAM: Text = {
  vi: 'Làm sạch và đối soát dữ liệu với dữ liệu dân cư.',
  en: 'Clean sector extracts and reconcile them against a reference population.',
};

/** commander's own headings → in Vietnamese. */
export const HEADINGS: Readonly<Record<string, string>> = {
  'Usage:': 'Cách dùng:',
  'Arguments:': 'Đối số:',
  'Options:': 'Tùy chọn:',
  'Global Options:': 'Tùy chọn chung:',
  'Commands:': 'Lệnh:',
};

export const HELP_OPTION: Text = { vi: 'in hướng dẫn này', en: 'print this help' };
export const HELP_COMMAND: Text = { vi: 'in hướng dẫn của một lệnh', en: 'print the help of a command' };
export const VERSION_OPTION: Text = { vi: 'in phiên bản', en: 'print the version' };
export const EXAMPLES: Text = { vi: 'Ví dụ:', en: 'Examples:' };
export const START: Text = {
  vi: `Bắt đầu:
  doisoat profile du-lieu.csv --sector telecom-subscribers    xem tệp có gì
  doisoat init du-lieu.csv --sector telecom-subscribers       viết tệp công việc
  doisoat run job.yaml                                        đối soát, lập báo cáo

Hướng dẫn từng lệnh: doisoat LỆNH --help`,
  en: `To begin:
  doisoat profile data.csv --sector telecom-subscribers       see what the file holds
  doisoat init data.csv --sector telecom-subscribers          write a job file
  doisoat run job.yaml                                        reconcile, write the reports

Help of a command: doisoat COMMAND --help`,
};

export const STOPPED: Text = { vi: 'Đã dừng theo yêu cầu.', en: 'Stopped as asked.' };
/** Of a run, behind STOPPED: nothing of what it finished is lost. */
export const GOES_ON: Text = {
  vi: 'Chạy lại đúng lệnh này thì đi tiếp từ bước đã xong cuối cùng; thêm --restart nếu muốn làm lại từ đầu.',
  en: 'The same command again goes on from the last finished stage; add --restart to begin anew.',
};
export const BUG: Text = {
  vi: 'Lỗi của chương trình, không phải của bạn. Hãy gửi những dòng dưới đây cho người phát triển.',
  en: 'A bug of the program, not your mistake. Please send the lines below to its developers.',
};
