import { describe, expect, it } from 'vitest';
import { table, width } from '../cli/output.js';
import { clockTime, openScreen } from '../cli/progress.js';
import { maskUnknown } from '../pipeline/mask-unknown.js';
import { Ear } from './command-line.js';

describe('progress', () => {
  function work(isTTY: boolean, level: 'normal' | 'quiet' = 'normal') {
    let moment = 0;
    const stream = new Ear(isTTY);
    const { progress, log } = openScreen({ stream, language: 'vi', level, now: () => moment });
    const task = progress.start({ vi: 'Đọc', en: 'Reading' }, 10_000);
    for (let i = 0; i < 10; i++) {
      moment += 500;
      task.advance(1_000);
    }
    log.warn({ vi: 'coi chừng', en: 'beware' });
    task.done();
    return stream.text;
  }

  it('is a live line with rate and time left on a terminal', () => {
    const text = work(true);
    expect(text).toContain('█');
    expect(text).toMatch(/2\.000 dòng\/giây/);
    expect(text).toMatch(/còn 0:0\d/);
    expect(text).toMatch(/✓ Đọc {2}10\.000 dòng {2}2\.000 dòng\/giây {2}0:05\n$/);
  });

  it('is plain lines elsewhere, and nothing but warnings when quiet', () => {
    expect(work(false)).toBe('! coi chừng\n✓ Đọc  10.000 dòng  2.000 dòng/giây  0:05\n');
    expect(work(true, 'quiet')).toBe('! coi chừng\n');
  });

  it.each([
    [0.4, '0:00'],
    [7, '0:07'],
    [750, '12:30'],
    [3723, '1:02:03'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(clockTime(seconds)).toBe(text);
  });
});

describe('what is printed', () => {
  it.each([
    ['Nguyễn', 6],
    ['Nguyễn'.normalize('NFD'), 6],
    ['漢字', 4],
    ['a\u200bb', 2],
    ['', 0],
  ])('%j takes %d columns', (text, columns) => {
    expect(width(text)).toBe(columns);
  });

  it('is a table without control characters of the file', () => {
    const text = table(
      [{ title: 'a' }, { title: 'n', align: 'right' }],
      [
        ['x\u001b[2J\ny', '1'],
        ['đ', '10'],
      ],
    );
    expect(text).toBe('a         n\n───────  ──\nx [2J y   1\nđ        10');
  });

  it.each([
    ['Nguyễn Văn An', 'N***** V** A*'],
    ['Nguyễn'.normalize('NFD'), 'N*****'],
    ['0912 345 678', '**** *** ***'],
    ['B1234567', 'B*******'],
    ['a@b.vn', 'a@b.v*'],
    ['', ''],
  ])('a value of unknown kind is hidden: %s', (raw, hidden) => {
    expect(maskUnknown(raw)).toBe(hidden);
  });
});
