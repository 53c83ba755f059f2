import { describe, expect, it } from 'vitest';
import { clusterRecords } from '../matchers/clusters.js';
import {
  type FieldShape,
  type Hand,
  NONE,
  nobodyWeight,
  type Pattern,
  train,
  weightsOf,
} from '../matchers/fellegi-sunter.js';
import { COMPARATORS, type ComparatorName } from '../matchers/field-levels.js';
import { soundKey } from '../matchers/sound-key.js';
import { editDistance, foldText, jaroWinkler } from '../matchers/string-distance.js';
import { risk, setThresholds } from '../matchers/thresholds.js';
import fc from './property.js';

const field = (personal = false, parent: number | null = null): FieldShape => ({
  levels: 2,
  personal,
  parent,
  expected: [0.85, 0.15],
});
const fields = [field(true), field(true), field(true)];
const U = 0.0001;

function pattern(levels: readonly number[], personal = 3): Pattern {
  const bits = (level: number) => (level === NONE ? 0 : Math.log2(level === 0 ? U : 1 - U));
  return {
    levels,
    random: levels.reduce((sum, level) => sum + bits(level), 0),
    randomPersonal: levels.slice(0, personal).reduce((sum, level) => sum + bits(level), 0),
  };
}

/** 900 records with their person (m = 0.9 in each field, errors independent), 100 without, each with one stranger beside. */
function sample(): { patterns: Pattern[]; hands: Hand[] } {
  const levels = [0, 1, 2, 3, 4, 5, 6, 7].map((bits) => [bits & 1, (bits >> 1) & 1, (bits >> 2) & 1]);
  const patterns = levels.map((one) => pattern(one));
  const stranger = levels.findIndex((one) => one.join() === '0,1,1');
  const hands = levels.map((one, i): Hand => {
    const share = one.reduce((product, level) => product * (level === 0 ? 0.9 : 0.1), 1);
    return { patterns: [i, stranger], count: 900 * share };
  });
  return { patterns, hands: [...hands, { patterns: [stranger], count: 100 }] };
}

describe('EM', () => {
  const input = { ...sample(), fields, records: 1000, people: 10_000, exclusive: true };
  const learnt = train(input);

  it('finds the shares that made the data', () => {
    expect(learnt.converged).toBe(true);
    expect(learnt.found).toBeGreaterThan(0.85);
    expect(learnt.found).toBeLessThan(0.93);
    for (const shares of learnt.m) expect(shares[0]).toBeCloseTo(0.9, 1);
  });

  it('does not depend on the order of hands', () => {
    const turned = train({ ...input, hands: [...input.hands].reverse() });
    expect(turned.found).toBeCloseTo(learnt.found, 9);
    expect(turned.m[1]![0]).toBeCloseTo(learnt.m[1]![0]!, 9);
  });

  it('weighs agreement for, difference against, and what is missing not at all', () => {
    const weight = (levels: number[]) => weightsOf(pattern(levels), fields, learnt, 10_000).match;
    expect(weight([0, 0, 0])).toBeGreaterThan(weight([0, 0, NONE]));
    expect(weight([0, 0, NONE])).toBeGreaterThan(weight([0, 0, 1]));
    expect(weight([NONE, NONE, NONE])).toBeCloseTo(0, 3);
  });

  it('makes nobody the answer until the evidence outweighs the number of people', () => {
    expect(nobodyWeight(learnt, 1_000_000, true)).toBeGreaterThan(nobodyWeight(learnt, 10_000, true));
  });

  it('learns that who is not there has relatives who are', () => {
    // A hundred records without a person, whose only candidate shares all but both personal fields.
    const patterns = [pattern([0, 0, 0, 0], 2), pattern([1, 1, 0, 0], 2)];
    const hands = [
      { patterns: [0], count: 900 },
      { patterns: [1], count: 100 },
    ];
    const four = [field(true), field(true), field(), field()];
    const model = train({ patterns, hands, fields: four, records: 1000, people: 10_000, exclusive: true });
    expect(model.relativesOfMissing).toBeGreaterThan(0.3);
    expect(model.found).toBeLessThan(0.95);
    const relative = weightsOf(patterns[1]!, four, model, 10_000);
    expect(relative.match).toBeLessThan(nobodyWeight(model, 10_000, true) + relative.nobody);
  });
});

describe('levels', () => {
  const cases: [ComparatorName, string, string, string][] = [
    ['name-part', 'Trần', 'Tran', 'accents'],
    ['name-part', 'jon', 'john', 'typo'],
    ['name-part', 'm', 'maria', 'initial'],
    ['name-part', 'almanzar restrepo', 'almanzar', 'part'],
    ['name-part', 'mary', 'peter', 'different'],
    ['full-name', 'Nguyễn Văn An', 'Nguyen Van An', 'accents'],
    ['full-name', 'An Nguyễn Văn', 'Nguyễn Văn An', 'word_order'],
    ['full-name', 'Nguyễn An', 'Nguyễn Văn An', 'middle_name'],
    ['full-name', 'Nguyễn Văn An', 'Trần Thị Bình', 'different'],
    ['date', '1990-03-05', '1990-05-03', 'day_month_swapped'],
    ['date', '1990-03-05', '1990-03-15', 'one_digit'],
    ['date', '1990', '1990-03-05', 'less_precise'],
    ['date', '1990-03-05', '1981-03-05', 'year_differs'],
    ['date', '1990-03-05', '1971-11-28', 'different'],
    ['digits', '012345678', '012345687', 'one_digit'],
    ['digits', '012345678', '987654321', 'different'],
    ['digits', '068174147235', '068174149508', 'different'],
    ['digits', '068174147235', '068174147256', 'two_digits'],
    ['digits', '068174147235', '001192147235', 'half'],
    ['text', 'hayden close', 'haydenclose', 'spacing'],
    ['text', 'park street', 'park strete', 'typo'],
    ['code', '2036', '2063', 'typo'],
    ['code', 'M', 'F', 'different'],
  ];
  it.each(cases)('%s: %s / %s is %s, in both directions', (comparator, a, b, name) => {
    const { levels, compare } = COMPARATORS[comparator];
    expect(levels[compare(a, b)]).toBe(name);
    expect(levels[compare(b, a)]).toBe(name);
    expect(compare(a, a)).toBe(0);
  });

  it('measures by letters', () => {
    expect(foldText('  Đặng-Thị  H’Hen ')).toBe('dang thi hhen');
    expect(editDistance('nguyen', 'nguyne', 3)).toBe(1);
    expect(editDistance('abcdef', 'uvwxyz', 2)).toBe(3);
    expect(jaroWinkler('martha', 'marhta')).toBeCloseTo(0.961, 3);
    expect(soundKey('philip')).toBe(soundKey('filipp'));
  });
});

describe('thresholds', () => {
  const bands = [
    { probability: 0.99999, records: 9000 },
    { probability: 0.998, records: 100 },
    { probability: 0.9, records: 500 },
    { probability: 0.2, records: 400 },
  ];
  it('keeps the expected rate of false links below the mark', () => {
    const found = setThresholds(bands, 9600);
    expect(found.falseLinkRate).toBeLessThanOrEqual(0.001);
    expect(found.accept).toBeGreaterThan(0.9);
    expect(found.accept).toBeLessThanOrEqual(0.998);
    expect(found.review).toBe(0.9);
  });
  it('never shows a rate above the one that was asked for, of however few links', () => {
    expect(setThresholds([{ probability: 0.9975, records: 5 }], 6).accept).toBeGreaterThan(0.9975);
    const band = fc.record({ probability: fc.double({ min: 0, max: 1, noNaN: true }), records: fc.nat(50) });
    fc.assert(
      fc.property(fc.array(band, { maxLength: 12 }), fc.constantFrom(0.0001, 0.001, 0.01), (some, rate) => {
        const bands = some.filter(({ records }) => records > 0);
        const { accept, review, falseLinkRate } = setThresholds(bands, 100, rate);
        expect(falseLinkRate).toBeLessThanOrEqual(rate);
        expect(review).toBeLessThanOrEqual(accept);
        const links = bands.filter(({ probability }) => probability >= accept);
        const feared = links.reduce((sum, one) => sum + one.records * risk(one.probability), 0);
        const n = links.reduce((sum, one) => sum + one.records, 0);
        expect(falseLinkRate).toBeCloseTo(n === 0 ? 0 : feared / n, 12);
      }),
    );
  });
  it('accepts less where less may be wrong', () => {
    expect(setThresholds(bands, 9600, 0.0002).accept).toBeGreaterThan(0.998);
  });
});

describe('clusters', () => {
  it('does not chain strangers', () => {
    const groups = clusterRecords([
      { a: 1, b: 2, odds: 8 },
      { a: 2, b: 3, odds: 1 },
      { a: 1, b: 3, odds: -6 },
    ]);
    expect([...groups].sort()).toEqual([
      [1, 1],
      [2, 1],
    ]);
  });
  it('joins only what is surer than it is told', () => {
    const pairs = [
      { a: 1, b: 2, odds: 9 },
      { a: 3, b: 4, odds: 7 },
    ];
    expect([...clusterRecords(pairs, 8).keys()].sort()).toEqual([1, 2]);
    expect(clusterRecords(pairs).size).toBe(4);
  });
  it('joins what a third record shows to be one', () => {
    const groups = clusterRecords([
      { a: 5, b: 7, odds: 9 },
      { a: 7, b: 9, odds: 9 },
      { a: 5, b: 9, odds: -2 },
    ]);
    expect(groups.get(9)).toBe(5);
  });
});
