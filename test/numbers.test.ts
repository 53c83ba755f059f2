import { describe, expect, it } from 'vitest';
import type { Text } from '../messages/text.js';
import { headline, headlineLines } from '../reports/headline.js';
import { reasonsInWords, whoMends } from '../reports/mismatch-text.js';
import * as numbers from '../reports/numbers.js';
import { emptySummary, firstSummary, telecomSummary } from './fixtures/summary.js';

/** No-break spaces and the minus sign as they are typed. */
function plain({ vi, en }: Text): string {
  return `${vi} | ${en}`.replaceAll('\u00a0', ' ').replaceAll('\u2212', '-');
}

describe('numbers as official statistics write them', () => {
  it.each([
    [numbers.count(0), '0 | 0'],
    [numbers.count(999), '999 | 999'],
    [numbers.count(1000), '1.000 | 1,000'],
    [numbers.count(15_962_382), '15.962.382 | 15,962,382'],
    [numbers.spokenCount(999_999), '999.999 | 999,999'],
    [numbers.spokenCount(88_100_000), '88,1 triệu | 88.1 million'],
    [numbers.spokenCount(999_949_999), '999,9 triệu | 999.9 million'],
    [numbers.spokenCount(999_950_000), '1,0 tỷ | 1.0 billion'],
    [numbers.percent(15_962_382 / 88_100_000), '18,1 % | 18.1%'],
    [numbers.percent(0.1815), '18,2 % | 18.2%'],
    [numbers.percent(0.1005), '10,1 % | 10.1%'],
    [numbers.percent(0), '0,0 % | 0.0%'],
    [numbers.percent(1), '100,0 % | 100.0%'],
    [numbers.percent(0.000_000_1), '< 0,1 % | < 0.1%'],
    [numbers.percent(0.0005), '0,1 % | 0.1%'],
    [numbers.percent(0.999_99), '> 99,9 % | > 99.9%'],
    [numbers.percent(null), '– | –'],
    [numbers.WHOLE, '100,0 % | 100.0%'],
    [numbers.countChange(1204), '+1.204 | +1,204'],
    [numbers.countChange(0), '0 | 0'],
    [numbers.countChange(-25_706), '-25.706 | -25,706'],
    [numbers.countChange(null), '– | –'],
    [numbers.pointChange(0.181 - 0.199), '-1,8 điểm | -1.8 points'],
    [numbers.pointChange(0.2 - 0.1), '+10,0 điểm | +10.0 points'],
    [numbers.pointChange(0.1004 - 0.1), '+0,04 điểm | +0.04 points'],
    [numbers.pointChange(0.100_000_1 - 0.1), '0,00 điểm | 0.00 points'],
    [numbers.pointChange(0), '0,0 điểm | 0.0 points'],
    [numbers.pointChange(null), '– | –'],
    [numbers.byteSize(0), '0 B | 0 B'],
    [numbers.byteSize(999), '999 B | 999 B'],
    [numbers.byteSize(88_410_226), '88,4 MB | 88.4 MB'],
    [numbers.periodName('2026'), 'năm 2026 | 2026'],
    [numbers.periodName('2026-Q4'), 'quý IV/2026 | Q4 2026'],
    [numbers.periodName('2026-11'), 'tháng 11/2026 | November 2026'],
    [numbers.periodName('2026-01-05'), 'ngày 05/01/2026 | 5 January 2026'],
    [numbers.shortPeriod('2026-01-05'), '05/01/26 | 05/01/26'],
    [numbers.shortPeriod('2026-11'), '11/2026 | 11/2026'],
    [numbers.shortPeriod('2026-Q4'), '2026-Q4 | 2026-Q4'],
    [numbers.dayName('2026-01-05'), '05/01/2026 | 5 January 2026'],
    [numbers.periodName('2026-13'), '2026-13 | 2026-13'],
    [numbers.periodName('tuần 3'), 'tuần 3 | tuần 3'],
  ])('%j reads %s', (text, expected) => expect(plain(text)).toBe(expected));
});

describe('the headline', () => {
  it('is worded as the programme words it', () => {
    const figures = {
      ...telecomSummary.figures,
      compared: 88_100_000,
      mismatch_as_submitted: 15_962_382,
      rate_as_submitted: 15_962_382 / 88_100_000,
    };
    expect(plain(headline({ ...telecomSummary, figures }))).toBe(
      '88,1 triệu yêu cầu đối sánh, 15.962.382 thông tin không trùng khớp, chiếm 18,1 %. | 88.1 million records compared, 15,962,382 do not agree, 18.1%.',
    );
  });

  it.each([
    ['vi', telecomSummary, 'So với tháng 10/2026: như đã nộp −2,2 điểm, sau làm sạch −1,2 điểm.'],
    ['en', telecomSummary, 'Against October 2026: as submitted −2.2 points, after cleaning −1.2 points.'],
    ['vi', firstSummary, 'Đây là kỳ đầu tiên, chưa có kỳ trước để so sánh.'],
    ['vi', emptySummary, 'Không có dòng nào để đối sánh.'],
    ['en', emptySummary, '0 rows read = 0'],
  ] as const)('says in %s on a terminal (%#)', (language, summary, line) => {
    expect(headlineLines(summary, language).map((text) => text.replaceAll('\u00a0', ' '))).toContain(line);
  });
});

describe('what the list of mismatches says', () => {
  it.each([
    [[], ' | '],
    [
      ['name.typo', 'name.abbreviated', 'born.year_only'],
      'Họ tên: lỗi gõ, viết tắt; Ngày sinh: chỉ có năm sinh | Name: typing error, abbreviated; Date of birth: year only',
    ],
    [['surname.typo'], 'Họ: lỗi gõ | Surname: typing error'],
    [['x.unheard_of'], 'x: x.unheard_of | x: x.unheard_of'],
  ])('of %j', (codes, expected) => {
    const labels = new Map([['surname', { vi: 'Họ', en: 'Surname' }]]);
    expect(plain(reasonsInWords(codes, labels))).toBe(expected);
  });

  it.each([
    [['name.format'], 'Hệ thống tự sửa'],
    [['name.different', 'name.format', 'id.typo'], 'Hệ thống tự sửa; Đơn vị chủ quản dữ liệu; Công dân'],
    [['x.unheard_of'], ''],
  ])('who mends %j', (codes, expected) => expect(whoMends(codes).vi).toBe(expected));
});
