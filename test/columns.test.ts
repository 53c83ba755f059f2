import { describe, expect, it } from 'vitest';
import { UserError } from '../messages/user-error.js';
import { columnPositions } from '../pipeline/columns.js';

function mendOf(header: readonly string[]): string {
  try {
    columnPositions({
      field: 'id',
      header,
      path: 'a.csv',
      columns: { id: ['cccd'] },
      where: () => 'job.yaml:3',
    });
  } catch (error) {
    if (error instanceof UserError) return error.parts.mend.vi;
    throw error;
  }
  return 'found';
}

describe('a column that is not there', () => {
  it.each([
    [['so_cccd', 'ho_ten'], 'Các cột có trong tệp: so_cccd, ho_ten.'],
    [['CCCD '], 'found'],
    [['ky 2026-11', 'nam_2026'], 'Các cột có trong tệp: ky 2026-11, nam_2026.'],
  ])('of %j: %s', (header, words) => expect(mendOf(header)).toContain(words));

  it.each([
    [['079060000018', 'TRẦN VĂN BÌNH']],
    [['TRẦN VĂN BÌNH', '05/03/1960']],
    [['TRẦN VĂN BÌNH', '0790-6000-0018', 'Nam']],
    [["'079060000018", 'TRẦN VĂN BÌNH']],
    [['1960-03-05 00:00:00', 'TRẦN VĂN BÌNH']],
  ])('of a file without a header, whose first record must not be shown: %j', (header) => {
    expect(mendOf(header)).toContain('có vẻ là một bản ghi');
    for (const value of header) expect(mendOf(header)).not.toContain(value);
  });
});
