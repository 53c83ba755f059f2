// Plans of data owners: the setting, the months, the day none is left; and the words of an answer file.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DECISION_KINDS } from '../ledger/decisions.js';
import { UserError } from '../messages/user-error.js';
import { columnPlaces, dayOf, decisionOf } from '../pipeline/cases-columns.js';
import { caseFigures } from '../pipeline/cases-figures.js';
import { planProgress, projectedEnd } from '../pipeline/cases-plan.js';
import { DECISION_TEXTS } from '../pipeline/cases-text.js';
import { loadJob } from '../pipeline/job.js';

const points = (...balances: readonly (readonly [string, number])[]) =>
  balances.map(([day, closing]) => ({ day, closing }));

describe('the day none is left', () => {
  it.each([
    ['at ten a day', points(['2026-11-01', 200], ['2026-11-11', 100]), '2026-11-21'],
    [
      'in part days, rounded up',
      points(['2026-11-01', 10], ['2026-11-04', 7], ['2026-11-05', 5]),
      '2026-11-09',
    ],
    ['now', points(['2026-11-01', 10], ['2026-11-11', 0]), '2026-11-11'],
    ['never: it rises', points(['2026-11-01', 10], ['2026-11-11', 12]), null],
    ['never: it stands', points(['2026-11-01', 10], ['2026-11-11', 10]), null],
    ['unknown: one period', points(['2026-11-01', 10]), null],
    ['unknown: no period', points(), null],
    [
      'by the last 90 days only',
      points(['2026-01-01', 5], ['2026-09-01', 40], ['2026-10-01', 20]),
      '2026-10-31',
    ],
    ['by the last period, however old', points(['2026-01-01', 20], ['2026-12-27', 10]), '2027-12-22'],
    ['too far to say', points(['2026-11-01', 1_000_000], ['2026-11-11', 999_999]), null],
  ])('is %s', (_name, given, expected) => {
    expect(projectedEnd(given)).toBe(expected);
  });
});

describe('months', () => {
  const figures = (closing: number) => caseFigures([{ state: 'new', before: null, band: 0, cases: closing }]);
  const plan = {
    field: 'carrier',
    owners: [
      {
        owner: 'Viettel',
        value: 'VIETTEL',
        targets: months(['2026-10', 50], ['2026-11', 40], ['2026-12', 0]),
      },
      { owner: 'Ai đó', value: 'AI ĐÓ', targets: months(['2026-11', 1]) },
    ],
  };

  function months(...given: readonly (readonly [string, number])[]) {
    return given.map(([month, target]) => ({ month, target }));
  }

  it('show the last balance of each, none of the future, and nothing of an owner there is not', () => {
    const balance = (period: string, closing: number) => ({ period, value: 'Viettel', closing });
    const progress = planProgress(plan, {
      period: '2026-11-20',
      owners: ['Viettel'],
      balances: [balance('2026-10-05', 60), balance('2026-10-31', 50), balance('2026-11-10', 45)],
      now: new Map([['Viettel', figures(40)]]),
    });
    expect(progress[0]!.months.map(({ actual }) => actual)).toEqual([50, 40, null]);
    expect(progress[0]!.projected).toBe('2027-02-20');
    expect(progress[1]).toEqual({
      owner: 'Ai đó',
      months: [{ month: '2026-11', target: 1, actual: null }],
      projected: null,
    });
  });
});

it('figures that do not add up are a bug, not a report', () => {
  expect(() => caseFigures([{ state: 'open', before: 'resolved', band: 0, cases: 1 }])).toThrow(/add up/);
});

describe('the job file', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'doisoat-plan-'));
    for (const name of ['a.csv', 'p.csv']) writeFileSync(join(folder, name), 'x\n');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function load(more: string, period?: string) {
    writeFileSync(
      join(folder, 'job.yaml'),
      `name: viettel
sector: telecom-subscribers
input: { path: a.csv, columns: { id: x, name: y, carrier: z } }
reference: p.csv
report: { group_by: [carrier] }
${more}
`,
    );
    return loadJob(join(folder, 'job.yaml'), {
      today: '2026-11-21',
      ...(period === undefined ? {} : { period }),
    });
  }

  it.each([
    ['period: auto', undefined, '2026-11-21'],
    ['period: auto', '2026-10', '2026-10'],
    ['period: 2026-09', 'auto', '2026-11-21'],
    ['', undefined, '2026-11'],
  ])('with %j and --period %s speaks for %s', (setting, period, expected) => {
    expect(load(setting, period).period).toBe(expected);
  });

  it('has a plan by owner, months in their order', () => {
    const { plan } = load('plan: { field: carrier, targets: { Viettel: { 2026-12: 500, 2026-11: 1000 } } }');
    expect(plan).toMatchObject({
      field: 'carrier',
      owners: [
        {
          owner: 'Viettel',
          targets: [
            { month: '2026-11', target: 1000 },
            { month: '2026-12', target: 500 },
          ],
        },
      ],
    });
    expect(load('').plan).toBeNull();
  });

  it.each([
    ['plan: { field: province, targets: {} }', 'does not group by'],
    ['plan: { field: carier, targets: {} }', 'Did you mean'],
    ['plan: { field: carrier, targets: { Viettel: { 2026-13: 1 } } }', '2026-1'],
    ['plan: { field: carrier, targets: { Viettel: { 2026-11: -1 } } }', '0 or more'],
    ['plan: { field: carrier, targets: { " ": { 2026-11: 1 } } }', 'is not an owner'],
  ])('refuses %s', (setting, message) => {
    let error: unknown;
    try {
      load(setting);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(UserError);
    const { what, mend, where } = (error as UserError).parts;
    expect(`${what.en} ${mend.en}`).toContain(message);
    expect(where).toMatch(/job\.yaml:\d+$/);
  });
});

describe('an answer file', () => {
  it.each(
    DECISION_KINDS.flatMap((kind) =>
      [kind, DECISION_TEXTS[kind].vi, DECISION_TEXTS[kind].en].map((text) => [text, kind] as const),
    ),
  )('understands “%s”', (text, kind) => {
    for (const written of [text, text.toUpperCase(), ` ${text} `, text.normalize('NFD'), plain(text)]) {
      expect(decisionOf(written)).toBe(kind);
    }
  });

  it.each(['', 'cùng', 'người', 'same', 'có'])('does not guess at “%s”', (text) => {
    expect(decisionOf(text)).toBeNull();
  });

  it.each([
    ['2026-12-31', '2026-12-31'],
    ['31/12/2026', '2026-12-31'],
    ['1/2/2027', '2027-02-01'],
    ['01-02-2027', '2027-02-01'],
    ['1.2.2027', '2027-02-01'],
    ['2026-12-31T00:00:00', '2026-12-31'],
    ['29/2/2028', '2028-02-29'],
    ['29/2/2027', null],
    ['12/31/2026', null],
    ['31/12/26', null],
    ['46022', null],
    ['mai', null],
  ])('reads the day %s as %s', (text, expected) => {
    expect(dayOf(text)).toBe(expected);
  });

  it('finds its columns whatever was done to the headers', () => {
    const places = columnPlaces(['ghi chu', 'X', 'DECISION', 'Ma truong hop ', 'miễn  đến ngày']);
    expect(places).toMatchObject({ note: 0, decision: 2, case: 3, waive_until: 4, assignee: -1, person: -1 });
  });
});

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd');
}
