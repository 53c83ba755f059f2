import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { UserError } from '../messages/user-error.js';
import { loadJob } from '../pipeline/job.js';
import { BLANK_LETTER } from '../reports/letter.js';
import { TODAY, workspace } from './flow.js';

/** What a job file may say of the letter, and how it says what is wrong. */

const flow = workspace();
cpSync(join(import.meta.dirname, 'golden/telecom/input'), flow.folder, { recursive: true });
afterAll(() => flow.remove());

const JOB = `name: letter
sector: telecom-subscribers
input: { path: extract.csv, columns: { id: so_giay_to, name: ho_ten } }
reference: people.csv
`;

function load(report: string) {
  return loadJob(flow.put('letter.yaml', JOB + report), { today: TODAY });
}

describe('report.letter', () => {
  it('is blank when nothing is said', () => {
    expect(load('').report.letter).toEqual(BLANK_LETTER);
    expect(load('report: { formats: [docx] }\n').report.letter).toEqual(BLANK_LETTER);
  });

  it('takes one line or several', () => {
    const { letter } = load(`report:
  letter:
    agency: Cục Thử nghiệm
    to: Bộ Mẫu
    signer_title: [KT. Cục trưởng, Phó Cục trưởng]
    date: 2026-12-05
`).report;
    expect(letter).toEqual({
      ...BLANK_LETTER,
      agency: 'Cục Thử nghiệm',
      to: ['Bộ Mẫu'],
      signerTitle: ['KT. Cục trưởng', 'Phó Cục trưởng'],
      date: '2026-12-05',
    });
  });

  it.each([
    ['report: { letter: { date: 05/12/2026 } }\n', 'letter.yaml:5', '2026-11-21'],
    ['report:\n  letter:\n    agncy: Cục\n', 'letter.yaml:7', 'agency'],
    ['report:\n  formats: [dox]\n', 'letter.yaml:6', 'docx'],
  ])('%j is one message that says where and what is right', (report, where, right) => {
    try {
      load(report);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
      const { parts } = error as UserError;
      expect(parts.where).toContain(where);
      expect(`${parts.what.vi} ${parts.mend.vi} ${parts.what.en} ${parts.mend.en}`).toContain(right);
    }
  });
});
