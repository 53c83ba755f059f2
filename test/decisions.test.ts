// Decisions, waivers and assignments in the ledger: nothing is overwritten, the later one stands.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DecisionKind, personKey } from '../ledger/decisions.js';
import { type Ledger, openLedger, recordDecisions } from '../ledger/ledger.js';
import { caseKey } from '../pipeline/cases-key.js';
import { telecomSummary } from './fixtures/summary.js';

const SERIES = telecomSummary.job;
const CASE = caseKey(SERIES, 'k');
const BY = { series: SERIES, caseKey: CASE, who: 'lan', at: '2026-11-21T05:00:00Z' };

let folder: string;
let ledger: Ledger;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'doisoat-decisions-'));
  ledger = openLedger(join(folder, 'ledger.sqlite'));
  ledger.recordRun(telecomSummary, {
    state: 'finished',
    started: 's',
    finished: 'f',
    inputHash: 'h',
    folder: 'x',
  });
});

afterEach(() => {
  ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

type Said = readonly [DecisionKind, string?];

function standing(said: readonly Said[]): string[] {
  recordDecisions(
    ledger,
    said.map(([decision, referenceId]) => ({
      ...BY,
      decision,
      ...(referenceId === undefined ? {} : { referenceId }),
    })),
  );
  const names = new Map(['', 'A', 'B'].map((id) => [id === '' ? '' : personKey(id), id]));
  return [...ledger.decisions(SERIES)].map((one) => `${one.decision} ${names.get(one.person_key)}`.trim());
}

describe('what stands', () => {
  it.each<[string, readonly Said[], readonly string[]]>([
    ['a decision', [['same_person', 'A']], ['same_person A']],
    [
      'the later person',
      [
        ['same_person', 'A'],
        ['same_person', 'B'],
      ],
      ['same_person B'],
    ],
    [
      'a change of mind',
      [
        ['same_person', 'A'],
        ['not_same', 'A'],
      ],
      ['not_same A'],
    ],
    [
      'and back',
      [
        ['not_same', 'A'],
        ['same_person', 'A'],
      ],
      ['same_person A'],
    ],
    [
      'several who it is not',
      [
        ['not_same', 'A'],
        ['not_same', 'B'],
      ],
      ['not_same A', 'not_same B'],
    ],
    [
      'who it is and who not',
      [
        ['not_same', 'A'],
        ['same_person', 'B'],
      ],
      ['not_same A', 'same_person B'],
    ],
    ['nothing but doubt', [['same_person', 'A'], ['not_same', 'B'], ['unsure']], ['unsure']],
    ['what follows doubt', [['unsure'], ['same_person', 'A']], ['same_person A']],
    [
      'the later correction',
      [['corrected_at_source'], ['corrected_in_reference']],
      ['corrected_in_reference'],
    ],
    [
      'person and correction',
      [['same_person', 'A'], ['corrected_at_source']],
      ['same_person A', 'corrected_at_source'],
    ],
  ])('is %s', (_name, said, expected) => {
    expect(standing(said)).toEqual(expected);
  });

  it('is the last waiver and the last assignee; an empty name is nobody', () => {
    const waiver = (expires: string) => ({ ...BY, reason: 'chờ thẻ', expires });
    ledger.recordAnswers({
      waivers: [waiver('2026-12-31'), waiver('2027-01-31')],
      assignments: [
        { ...BY, assignee: 'Lan' },
        { ...BY, assignee: 'Minh' },
        { ...BY, caseKey: caseKey(SERIES, 'x'), assignee: 'Lan' },
        { ...BY, caseKey: caseKey(SERIES, 'x'), assignee: '' },
      ],
    });
    expect([...ledger.waivers(SERIES)].map(({ expires }) => expires)).toEqual(['2027-01-31']);
    expect([...ledger.assignments(SERIES)]).toEqual([{ case_key: CASE, assignee: 'Minh' }]);
  });
});

describe('what is refused', () => {
  it('is a decision about nobody, and then nothing of the same go is kept', () => {
    expect(() => standing([['unsure'], ['same_person']])).toThrow(/same_person/);
    expect([...ledger.decisions(SERIES)]).toEqual([]);
  });

  it('is an unknown series', () => {
    expect(() => recordDecisions(ledger, [{ ...BY, series: 'lạ', decision: 'unsure' }])).toThrow(/lạ/);
  });
});

it('the ledger holds no id of a person', () => {
  standing([['same_person', '079085001234']]);
  ledger.close();
  expect(readFileSync(join(folder, 'ledger.sqlite')).includes('079085001234')).toBe(false);
  ledger = openLedger(join(folder, 'ledger.sqlite'));
});
