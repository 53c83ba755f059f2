// Every share in summary.json is its numerator over its denominator, as the counts beside it say.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Summary } from '../reports/model.js';
import type { CaseFigures } from '../reports/model-cases.js';
import { shareOf, withShares } from '../reports/model-shares.js';
import { readSummary, summaryJson } from '../reports/summary-json.js';
import { GOLDEN_RUNS, type Place, runTwice, sharesOf, withShare } from './fixtures/shares.js';
import { emptySummary } from './fixtures/summary.js';
import { type Workspace, workspace } from './flow.js';

type Fraction = readonly [place: Place, numerator: number, denominator: number];

/** What each share of a summary has to be, told from its counts. */
function fractionsOf(summary: Summary): Fraction[] {
  const { figures, apart = [], mending, reasons, marks, cases } = summary;
  return [
    ...rowFractions(summary),
    ...apart.map((row, i): Fraction => [`apart.${i}.share`, row.matched, row.rows]),
    ...mending.map((row, i): Fraction => [`mending.${i}.share`, row.rows, figures.mismatch_as_submitted]),
    ...reasons.map((row, i): Fraction => {
      const others = (row.by_outcome['apart'] ?? 0) + (row.by_outcome['rejected'] ?? 0);
      return [`reasons.${i}.share`, row.rows - others, others === row.rows ? 0 : figures.compared];
    }),
    ...reasons.map((row, i): Fraction => [`reasons.${i}.share_of_rows`, row.rows, figures.rows]),
    ...fieldFractions(summary),
    ...marks.map((mark, i): Fraction => [`marks.${i}.share`, mark.numerator, mark.denominator]),
    ...marks.flatMap(({ previous: was }, i): Fraction[] =>
      was === null ? [] : [[`marks.${i}.previous.share`, was.numerator, was.denominator]],
    ),
    ...ageFractions('cases.total', cases!.total),
    ...cases!.groups.flatMap(({ rows }, g) =>
      rows.flatMap((row, r) => ageFractions(`cases.groups.${g}.rows.${r}.figures`, row.figures)),
    ),
  ];
}

function rowFractions({ figures, previous }: Summary): Fraction[] {
  const names = Object.keys({ ...figures.outcomes, ...previous?.figures.outcomes });
  const of = (place: Place, all: Summary['figures']): Fraction[] => [
    [`${place}.rows`, all.rows, all.rows],
    [`${place}.match_as_submitted`, all.compared - all.mismatch_as_submitted, all.rows],
    [`${place}.mismatch_as_submitted`, all.mismatch_as_submitted, all.rows],
    ...names.map((name): Fraction => [`${place}.outcomes.${name}`, all.outcomes[name] ?? 0, all.rows]),
  ];
  return [...of('share', figures), ...(previous === null ? [] : of('previous.share', previous.figures))];
}

function fieldFractions({ figures, previous, fields }: Summary): Fraction[] {
  const read = (all: Summary['figures']) => all.rows - (all.outcomes['rejected'] ?? 0);
  return fields.flatMap((field, i) =>
    (['filled', 'usable'] as const).flatMap((of): Fraction[] => [
      [`fields.${i}.share.${of}`, field[of], read(figures)],
      ...(field.previous === null
        ? []
        : [[`fields.${i}.previous.share.${of}`, field.previous[of], read(previous!.figures)] as const]),
    ]),
  );
}

function ageFractions(place: Place, { ageing, closing }: CaseFigures): Fraction[] {
  return ageing.map((band, i) => [`${place}.ageing.${i}.share`, band.cases, closing]);
}

describe.each(GOLDEN_RUNS)('summary.json of the golden run %s', (name) => {
  let flow: Workspace;
  let json: string;

  beforeAll(async () => {
    flow = workspace();
    json = await runTwice(name, flow);
  });
  afterAll(() => flow.remove());

  it('has every share as its numerator over its denominator, and no other', () => {
    const summary = JSON.parse(json) as Summary;
    const expected = fractionsOf(summary).map(([place, n, whole]) => [place, whole === 0 ? null : n / whole]);
    expect(expected.length).toBeGreaterThan(80);
    expect(Object.fromEntries(sharesOf(summary))).toEqual(Object.fromEntries(expected));
  });

  it('is read the same from a program that wrote no shares, or wrong ones', () => {
    const older = JSON.parse(json, (key, value) =>
      ['share', 'share_of_rows', 'none'].includes(key) ? undefined : value,
    );
    expect(sharesOf(older)).toEqual([]);
    const wrong = withShare(JSON.parse(json), () => 0.5);
    for (const one of [older, wrong]) expect(summaryJson(readSummary(JSON.stringify(one), 'x'))).toBe(json);
  });
});

it('there is no share where there is no whole', () => {
  expect([shareOf(0, 0), shareOf(0, 4), shareOf(1, 4)]).toEqual([null, 0, 0.25]);
  expect(new Set(sharesOf(emptySummary).map(([, share]) => share))).toEqual(new Set([null]));
});

it('an outcome that only one of two periods had has a share in both', () => {
  const figures = { ...emptySummary.figures, rows: 4, outcomes: { match: 3, apart: 1 } };
  const before = { ...figures, outcomes: { match: 3, rejected: 1 } };
  const previous = { period: '2026-10', run: 'x', figures: before };
  const { share, previous: then } = withShares({ ...emptySummary, figures, previous });
  expect(share.outcomes).toMatchObject({ match: 0.75, apart: 0.25, rejected: 0, mismatch: 0 });
  expect(then!.share.outcomes).toMatchObject({ match: 0.75, apart: 0, rejected: 0.25, mismatch: 0 });
});

it('rows of probabilistic matching whom nobody fits are what the others leave', () => {
  const rest = { accept: 1, review: 0, false_link_rate: 0, model_hash: 'x' };
  const linking = { ...rest, records: 100, linked: 40, possible: 30, ambiguous: 20 };
  expect(withShares({ ...emptySummary, linking }).linking).toEqual({ ...linking, none: 10 });
});
