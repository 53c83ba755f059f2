import { describe, expect, it } from 'vitest';
import { birthDateMatcher } from '../matchers/birth-date.js';
import { citizenIdMatcher } from '../matchers/citizen-id.js';
import {
  DECISIONS,
  type Decision,
  type FieldFindings,
  judge,
  METHODS,
  type Method,
  type Pattern,
  PERSON_STATES,
} from '../matchers/judge.js';
import type { Level, Matcher } from '../matchers/matcher.js';
import { OUTCOMES } from '../matchers/outcomes.js';
import { personNameMatcher } from '../matchers/person-name.js';
import { provinceMatcher } from '../matchers/province.js';
import { reasonOf } from '../matchers/reasons.js';
import { sexMatcher } from '../matchers/sex.js';
import { birthDate } from '../normalizers/birth-date.js';
import { citizenId } from '../normalizers/citizen-id.js';
import type { Normalizer, Weight } from '../normalizers/normalizer.js';
import { personName } from '../normalizers/person-name.js';
import { province } from '../normalizers/province.js';
import { sex } from '../normalizers/sex.js';
import { caseTable } from './case-table.js';
import fc from './property.js';

/** What design §4 says weighs how; every phrase has a case in cases/judge.csv, under the weight it stands in. */
const DESIGN: Readonly<Record<string, readonly string[]>> = {
  none: ['case', 'spaces', 'Unicode form', 'the usual date notations'],
  form: [
    ...['tone-mark place', 'legacy encoding', 'mojibake', 'typing residue', 'look-alike letters'],
    ...['a whole column without marks', 'separators', 'lost zero', 'O for 0', 'spreadsheet damage'],
    ...['day numbers', 'two-digit years', 'old unit names', 'an old number', 'a re-issued number'],
  ],
  loss: ['one name without any marks', 'year only', 'letters lost to `?`', 'a name abbreviated to initials'],
  blank: ['blank'],
  real: [
    ...['wrong marks', 'i/y', 'regional form', 'middle name', 'word order', 'typo', 'other name'],
    ...['another date or part of it', '01/01 against a full date', 'other sex', 'other province'],
  ],
  status: ['the person is dead', 'has left'],
};

interface FieldKind {
  readonly reasons: string;
  readonly use: FieldFindings['use'];
  readonly required: boolean;
  readonly normalizer: Normalizer;
  readonly matcher: Matcher;
}

/** The fields of telecom-subscribers, and the place that workers are compared by. */
const FIELDS: Readonly<Record<string, FieldKind>> = {
  id: { reasons: 'id', use: 'identify', required: true, normalizer: citizenId, matcher: citizenIdMatcher },
  name: {
    reasons: 'name',
    use: 'compare',
    required: true,
    normalizer: personName,
    matcher: personNameMatcher,
  },
  born: { reasons: 'born', use: 'compare', required: true, normalizer: birthDate, matcher: birthDateMatcher },
  sex: { reasons: 'sex', use: 'compare', required: false, normalizer: sex, matcher: sexMatcher },
  place: {
    reasons: 'address',
    use: 'compare',
    required: false,
    normalizer: province,
    matcher: provinceMatcher,
  },
};

/**
 * `problem problem > level`: no level is `exact`; `unusable` nothing is left of ours, `nothing` the reference has no value;
 * `missing` is an empty cell; `level as form` what the engine makes of a whole column without marks.
 */
function findings(field: FieldKind, cell: string): FieldFindings {
  const [before = '', after = ''] = cell.split('>').map((part) => part.trim());
  const present = before !== 'missing';
  const keys = present ? before.split(' ').filter((key) => key !== '') : [];
  const problems = keys.map((key) => {
    const problem = field.normalizer.problems[key];
    if (problem === undefined) throw new Error(`${field.normalizer.kind} has no problem ${key}`);
    return problem;
  });
  const { reasons, use, required } = field;
  const common = { reasons, use, required, present, problems, usable: present && after !== 'unusable' };
  return { ...common, level: common.usable && after !== 'nothing' ? levelOf(field, after) : null };
}

function levelOf(field: FieldKind, text: string): Level | null {
  if (text === '') return field.use === 'identify' ? null : field.matcher.levels[0]!;
  const [name, weight] = text.split(' as ');
  const level = field.matcher.levels.find((one) => one.name === name);
  if (level === undefined) throw new Error(`${field.matcher.kind} has no level ${name}`);
  return weight === undefined ? level : { ...level, weight: weight as Weight };
}

function patternOf(row: Readonly<Record<string, string>>): Pattern {
  const [method, decision = 'none'] = row.how!.split(' ');
  const said = new Set(row.record!.split(' '));
  return {
    state: said.has('rejected') ? 'rejected' : said.has('repaired') ? 'repaired' : 'read',
    method: method as Method,
    decision: decision as Decision,
    belongsToOther: said.has('other'),
    person: said.has('dead') ? 'dead' : said.has('left') ? 'left' : 'alive',
    structureConflict: said.has('structure'),
    oldNumber: said.has('old_number'),
    duplicate: said.has('duplicate'),
    idShared: said.has('shared'),
    failedChecks: [...said].filter((one) => one.startsWith('check:')).map((one) => one.slice(6)),
    fields: Object.entries(FIELDS).map(([name, field]) => findings(field, row[name]!)),
  };
}

const CASES = caseTable('judge');

describe('what weighs how', () => {
  it.each(CASES.map((row) => [`${row.design}: ${row.case}`, row] as const))('%s', (_name, row) => {
    const { outcome, reasons } = judge(patternOf(row), row.strict === 'strict');
    expect({ outcome, reasons: reasons.join(' ') }).toEqual({ outcome: row.outcome, reasons: row.reasons });
    expect(OUTCOMES).toContain(outcome);
    for (const code of reasons) expect(reasonOf(code), code).not.toBeNull();
  });

  it('every line of the design has its case', () => {
    const covered = new Set(CASES.map((row) => row.design));
    expect(
      Object.values(DESIGN)
        .flat()
        .filter((phrase) => !covered.has(phrase)),
    ).toEqual([]);
  });

  /** The outcome that each weight has alone, from the design's table. */
  const ALONE: Readonly<Record<string, readonly [usual: string, strict: string]>> = {
    none: ['match', 'match'],
    form: ['match_after_cleaning', 'match_after_cleaning'],
    loss: ['match_after_cleaning', 'mismatch'],
    real: ['mismatch', 'mismatch'],
    status: ['match', 'match'],
  };

  it.each(Object.keys(ALONE))('outcome of what weighs %s', (weight) => {
    // The two that say that another finding goes with it.
    const apart = ['and the name differs', 'both sides say the year alone'];
    const rows = CASES.filter((row) => DESIGN[weight]!.includes(row.design!) && !apart.includes(row.case!));
    for (const row of rows) {
      const outcomes = [false, true].map((strict) => judge(patternOf(row), strict).outcome);
      expect([row.case, ...outcomes]).toEqual([row.case, ...ALONE[weight]!]);
    }
    expect(rows.length).toBeGreaterThan(0);
  });
});

const cellOf = (field: FieldKind): fc.Arbitrary<string> => {
  const keys = Object.keys(field.normalizer.problems);
  const levels = field.use === 'identify' ? [''] : ['', ...field.matcher.levels.map(({ name }) => name)];
  return fc.oneof(
    fc.constant('missing'),
    fc.constantFrom(...keys).map((key) => `${key} > unusable`),
    fc
      .tuple(fc.subarray(keys, { maxLength: 2 }), fc.constantFrom(...levels))
      .map(([some, level]) => `${some.join(' ')} > ${level}`),
  );
};

const anyPattern: fc.Arbitrary<Pattern> = fc
  .record({
    state: fc.constantFrom('read', 'repaired', 'rejected') as fc.Arbitrary<Pattern['state']>,
    method: fc.constantFrom(...METHODS),
    decision: fc.constantFrom(...DECISIONS),
    belongsToOther: fc.boolean(),
    person: fc.constantFrom(...PERSON_STATES),
    structureConflict: fc.boolean(),
    oldNumber: fc.boolean(),
    duplicate: fc.boolean(),
    idShared: fc.boolean(),
    failedChecks: fc.subarray(['record.age_out_of_range']),
    cells: fc.tuple(...Object.values(FIELDS).map(cellOf)),
  })
  .map(({ cells, ...rest }) => ({
    ...rest,
    fields: Object.values(FIELDS).map((field, i) => findings(field, cells[i]!)),
  }));

describe('any pattern', () => {
  it('has one outcome, and reasons that are known, each once', () => {
    fc.assert(
      fc.property(anyPattern, fc.boolean(), (pattern, strict) => {
        const { outcome, reasons } = judge(pattern, strict);
        expect(OUTCOMES).toContain(outcome);
        expect(new Set(reasons).size).toBe(reasons.length);
        expect(reasons.filter((code) => reasonOf(code) === null)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('what only informs decides nothing', () => {
    fc.assert(
      fc.property(anyPattern, anyPattern, fc.boolean(), (pattern, other, strict) => {
        const { person, structureConflict, duplicate, idShared, failedChecks } = other;
        const informed = { ...pattern, person, structureConflict, duplicate, idShared, failedChecks };
        expect(judge(informed, strict).outcome).toBe(judge(pattern, strict).outcome);
      }),
      { numRuns: 1000 },
    );
  });

  it('strict only turns a match after cleaning into a mismatch', () => {
    fc.assert(
      fc.property(anyPattern, (pattern) => {
        const [usual, strict] = [false, true].map((one) => judge(pattern, one));
        expect(strict!.reasons).toEqual(usual!.reasons);
        if (usual!.outcome === strict!.outcome) return;
        expect([usual!.outcome, strict!.outcome]).toEqual(['match_after_cleaning', 'mismatch']);
      }),
      { numRuns: 1000 },
    );
  });

  it('one more finding never makes a match of a mismatch', () => {
    const order = ['match', 'match_after_cleaning', 'mismatch'];
    fc.assert(
      fc.property(anyPattern, fc.nat(4), fc.boolean(), (pattern, at, strict) => {
        const better = pattern.fields.map((field, i) =>
          i === at && field.usable && field.level?.name !== 'exact' ? { ...field, problems: [] } : field,
        );
        const [worse, less] = [pattern, { ...pattern, fields: better }].map(
          (one) => judge(one, strict).outcome,
        );
        if (!order.includes(worse!) || !order.includes(less!)) return;
        expect(order.indexOf(less!)).toBeLessThanOrEqual(order.indexOf(worse!));
      }),
      { numRuns: 1000 },
    );
  });
});
