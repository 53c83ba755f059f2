// Decisions, waivers and assignments in the ledger: nothing is overwritten, the later one stands.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DecisionKind, personKey } from '../ledger/decisions.js';
import { type Ledger, openLedger, recordDecisions } from '../ledger/ledger.js';
import { MIGRATIONS } from '../ledger/migrations.js';
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

  it.each<[string, readonly (readonly [DecisionKind, string, string?])[], readonly string[]]>([
    [
      'of each role',
      [
        ['same_person', 'husband', 'A'],
        ['same_person', 'wife', 'B'],
        ['same_person', 'wife', 'A'],
      ],
      ['husband same_person A', 'wife same_person A'],
    ],
    [
      'not taken back by doubt about another',
      [
        ['not_same', 'wife', 'A'],
        ['unsure', 'husband'],
      ],
      ['wife not_same A', 'husband unsure'],
    ],
    [
      'taken back by doubt about all',
      [
        ['not_same', 'wife', 'A'],
        ['same_person', 'husband', 'B'],
        ['unsure', ''],
      ],
      ['unsure'],
    ],
  ])('is what was decided %s', (_name, said, expected) => {
    recordDecisions(
      ledger,
      said.map(([decision, role, referenceId]) => ({
        ...BY,
        decision,
        role,
        row: { sharedKey: '', content: 'c' },
        ...(referenceId === undefined ? {} : { referenceId }),
      })),
    );
    const names = new Map(['A', 'B'].map((id) => [personKey(id), id]));
    const standing = [...ledger.decisions(SERIES)];
    expect(standing.every(({ content }) => content === 'c')).toBe(true);
    expect(
      standing.map((one) => `${one.role} ${one.decision} ${names.get(one.person_key) ?? ''}`.trim()),
    ).toEqual(expected);
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

it('decisions of a ledger from before roles stand as they did', () => {
  const path = join(folder, 'old.sqlite');
  const old = new Database(path);
  for (const step of MIGRATIONS.slice(0, 2)) old.exec(step);
  old.pragma('user_version = 2');
  old.exec(`insert into jobs (name) values ('${SERIES}');
    insert into decisions values (null, '${SERIES}', '${CASE}', 'same_person', 'p', 'n', 'lan', 't');`);
  old.close();
  const opened = openLedger(path);
  const kept = { case_key: CASE, decision: 'same_person', person_key: 'p', note: 'n', who: 'lan', at: 't' };
  expect([...opened.decisions(SERIES)]).toEqual([{ ...kept, role: '', shared_key: '', content: '' }]);
  opened.recordAnswers({ decisions: [{ ...BY, decision: 'unsure' }] });
  expect([...opened.decisions(SERIES)].map(({ decision }) => decision)).toEqual(['unsure']);
  opened.close();
});

it('the ledger holds no id of a person', () => {
  standing([['same_person', '079085001234']]);
  ledger.close();
  expect(readFileSync(join(folder, 'ledger.sqlite')).includes('079085001234')).toBe(false);
  ledger = openLedger(join(folder, 'ledger.sqlite'));
});
