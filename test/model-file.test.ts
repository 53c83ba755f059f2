import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareModels, levelWeight, type Model } from '../matchers/model.js';
import { fixThresholds, risk } from '../matchers/thresholds.js';
import { UserError } from '../messages/user-error.js';
import { loadJob } from '../pipeline/job.js';
import { modelHash, modelText, readModel, writeModel } from '../pipeline/model-file.js';
import type { Linking } from '../reports/model.js';
import { exampleOf, priorBits } from '../reports/model-example.js';
import { renderModelHtml } from '../reports/model-html.js';

const level = (name: string, m: number, u: number) => ({
  name,
  m: [m, m, m / 2] as [number, number, number],
  u,
  h: u,
});

const MODEL: Model = {
  schema: 'doisoat.model/1',
  fields: [
    {
      name: 'name',
      kind: 'person-name',
      comparator: 'full-name',
      parent: null,
      levels: [level('exact', 0.9, 1 / 3000), level('typo', 0.07, 0.0007), level('different', 0.03, 0.9)],
    },
    {
      name: 'street',
      kind: 'text',
      comparator: 'text',
      parent: null,
      levels: [level('exact', 0.8, 0.001), level('different', 0.2, 0.999)],
    },
    {
      name: 'house',
      kind: 'code',
      comparator: 'code',
      parent: 'street',
      levels: [level('exact', 0.95, 0.02), level('different', 0.05, 0.98)],
    },
  ],
  swapped: { m: [0.99, 0.01], h: [0.99, 0.01] },
  rules: [['name.sound', 'street.letters']],
  found: 0.75,
  relatives: 0.1,
  relatives_of_missing: 0.1,
  training: {
    records: 1000,
    people: 4000,
    pairs: 5000,
    iterations: 12,
    converged: true,
    change: 1 / 300_000,
    log_likelihood: -12345.678_901_2,
  },
};

const LINKING: Linking = {
  accept: 0.997,
  review: 0.61,
  false_link_rate: 0.000_42,
  records: 1000,
  linked: 700,
  possible: 40,
  ambiguous: 3,
  none: 257,
  model_hash: 'f00',
};

let folder: string;
const at = (name: string) => join(folder, name);
const put = (name: string, text: string) => {
  writeFileSync(at(name), text);
  return at(name);
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'doisoat-model-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function mistake(work: () => unknown): UserError {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return error as UserError;
  }
  throw new Error('no mistake was seen');
}

describe('a model file', () => {
  it('reads back as it was written, and is the same bytes again', () => {
    writeModel(at('model.json'), MODEL);
    const read = readModel(at('model.json'));
    expect(modelText(read)).toBe(readFileSync(at('model.json'), 'utf8'));
    expect(read.fields.map((field) => field.name)).toEqual(['name', 'street', 'house']);
    expect(read.fields[0]!.levels[0]!.u).toBe(0.000_333_333);
    expect(modelHash(read)).toBe(modelHash(MODEL));
  });

  it('hides the last bits, in which two machines may differ, and nothing else', () => {
    expect(modelHash({ ...MODEL, found: 0.75 + 1e-12 })).toBe(modelHash(MODEL));
    expect(modelHash({ ...MODEL, found: 0.751 })).not.toBe(modelHash(MODEL));
  });

  const changed = (change: (model: Record<string, unknown>) => void) => {
    const copy = JSON.parse(modelText(MODEL)) as Record<string, unknown>;
    change(copy);
    return JSON.stringify(copy);
  };

  it.each([
    ['not JSON', '{', 'JSON'],
    ['nothing at all', '', 'JSON'],
    ['another thing', '[1]', 'names no version'],
    ['no version', changed((model) => delete model.schema), 'names no version'],
    [
      'a later version',
      changed((model) => Object.assign(model, { schema: 'doisoat.model/2' })),
      'is “doisoat.model/2”',
    ],
    ['a part missing', changed((model) => delete model.training), 'training'],
    ['a share above 1', changed((model) => Object.assign(model, { found: -1 })), 'found'],
    [
      'a share of nothing',
      changed((model) => Object.assign((model.fields as { levels: object[] }[])[1]!.levels[0]!, { u: 0 })),
      'street: 0',
    ],
    ['everybody found', changed((model) => Object.assign(model, { found: 1 })), 'found: < 1'],
    ['something unknown', changed((model) => Object.assign(model, { extra: 1 })), 'extra'],
    [
      'a field twice',
      changed((model) => (model.fields as unknown[]).push((model.fields as unknown[])[0])),
      '“name” × 2',
    ],
    [
      'a parent that is no field',
      changed((model) => Object.assign((model.fields as object[])[0]!, { parent: 'city' })),
      '“city”',
    ],
  ])('is refused with a way out when it is %s', (_, text, what) => {
    const { parts } = mistake(() => readModel(put('bad.json', text), 'job.yaml:4'));
    expect(parts.what.en).toContain(what);
    expect(parts.where).toBe('job.yaml:4');
    expect(parts.mend.en).toContain('doisoat model train');
  });

  it('that is not there is named', () => {
    expect(mistake(() => readModel(at('none.json'))).parts.where).toBe(at('none.json'));
  });
});

describe('a job', () => {
  const job = (rest: string) =>
    put(
      'job.yaml',
      `name: j\nsector: telecom-subscribers\ninput: { path: a.csv, columns: { id: so } }\nreference: a.csv\n${rest}\n`,
    );
  const load = (rest: string) => loadJob(job(rest), { today: '2026-11-21' });

  beforeAll(() => {
    put('a.csv', 'so\n');
    writeModel(at('model.json'), MODEL);
  });

  it('freezes a model and sets thresholds', () => {
    const { model, matching, hash } = load(
      'model: model.json\nmatching: { false_link_rate: 0.01, accept: 0.99, review: 0.5 }',
    );
    expect(model?.fields).toHaveLength(3);
    expect(matching).toEqual({ falseLinkRate: 0.01, accept: 0.99, review: 0.5 });
    writeModel(at('model.json'), { ...MODEL, found: 0.5 });
    expect(
      load('model: model.json\nmatching: { false_link_rate: 0.01, accept: 0.99, review: 0.5 }').hash,
    ).not.toBe(hash);
    writeModel(at('model.json'), MODEL);
  });

  it('says nothing of either by itself', () => {
    expect(load('')).toMatchObject({ model: null, matching: {} });
  });

  it('that is to be trained may name a model that is not there yet', () => {
    const path = job('model: later.json');
    expect(loadJob(path, { today: '2026-11-21', withoutModel: true }).model).toBeNull();
    expect(mistake(() => loadJob(path, { today: '2026-11-21' })).parts.where).toMatch(
      /job\.yaml:5 → .*later\.json$/,
    );
  });

  it.each([
    'matching: { false_link_rate: 0 }',
    'matching: { false_link_rate: 0.2 }',
    'matching: { accept: 0.3 }',
    'matching: { review: 1.5 }',
    'matching: { accept: 0.9, review: 0.95 }',
    'matching: { acept: 0.9 }',
    'model: 7',
  ])('with %s is refused at its line', (rest) => {
    expect(mistake(() => load(rest)).parts.where).toMatch(/job\.yaml:5$/);
  });
});

describe('thresholds that a job sets', () => {
  const bands = [
    { probability: 0.9999, records: 900 },
    { probability: 0.99, records: 50 },
    { probability: 0.8, records: 50 },
  ];
  const own = { accept: 0.997, review: 0.6, falseLinkRate: 0.0001 };

  it.each([
    [{}, own],
    [
      { accept: 0.95 },
      { accept: 0.95, review: 0.6, falseLinkRate: (900 * risk(0.9999) + 50 * risk(0.99)) / 950 },
    ],
    [
      { accept: 0.55 },
      {
        accept: 0.55,
        review: 0.55,
        falseLinkRate: (900 * risk(0.9999) + 50 * risk(0.99) + 50 * risk(0.8)) / 1000,
      },
    ],
    [{ review: 0.7 }, { accept: 0.997, review: 0.7, falseLinkRate: risk(0.9999) }],
    [{ review: 0.999 }, { accept: 0.999, review: 0.999, falseLinkRate: risk(0.9999) }],
    [
      { accept: 1, review: 0.2 },
      { accept: 1, review: 0.2, falseLinkRate: 0 },
    ],
  ])('%j', (fixed, expected) => {
    const found = fixThresholds(own, fixed, bands);
    expect([found.accept, found.review]).toEqual([expected.accept, expected.review]);
    expect(found.falseLinkRate).toBeCloseTo(expected.falseLinkRate, 9);
  });
});

describe('the example of a model', () => {
  const { steps, probability } = exampleOf(MODEL);

  it('begins with the prior and adds up', () => {
    expect(steps[0]!.bits).toBeCloseTo(Math.log2(0.75 / (4000 * 0.25)), 9);
    expect(steps.map((step) => step.level)).toEqual([null, 'typo', 'exact', 'exact']);
    expect(steps.at(-1)!.total).toBeCloseTo(
      steps.reduce((sum, step) => sum + step.bits, 0),
      9,
    );
    expect(probability).toBeCloseTo(1 / (1 + 2 ** -steps.at(-1)!.total), 12);
  });

  it('reads a field that leans on another as that one agrees', () => {
    const { levels } = MODEL.fields[2]!;
    expect(steps[3]!.bits).toBe(levelWeight(levels[0]!, 1));
  });

  it.each([0, 1, 5])('has a finite prior when the share found is %d', (found) => {
    expect(Number.isFinite(priorBits({ ...MODEL, found }))).toBe(true);
  });
});

describe('two models', () => {
  it('are compared level by level, the largest change first', () => {
    const after = structuredClone(MODEL);
    after.fields[1]!.levels[0]!.m[0] = 0.4;
    after.fields.splice(2, 1);
    const rows = compareModels(MODEL, after);
    expect(rows.find((row) => row.field === 'street' && row.level === 'exact')).toMatchObject({
      before: Math.log2(800),
      after: Math.log2(400),
    });
    expect(rows.filter((row) => row.after === null).map((row) => row.field)).toEqual(['house', 'house']);
    expect(rows.at(-1)!.before).toBe(rows.at(-1)!.after);
  });
});

const HOSTILE = [
  '<script>alert(1)</script>',
  `"><img src=x onerror='x'>`,
  '</style></svg>',
  'a\u202eb',
  '\u0000{{x}}',
];

function hostile(value: string): Model {
  const fields = MODEL.fields.map((field, i) => ({
    ...field,
    name: `${value}${i}`,
    kind: value,
    comparator: i === 0 ? 'name-part' : value,
    parent: i === 2 ? `${value}1` : null,
    levels: field.levels.map((one) => ({ ...one, name: value })),
  }));
  return { ...MODEL, fields, rules: [[value]] };
}

const PAGES: readonly (readonly [string, Model, Linking | null, string])[] = [
  ['a run', MODEL, LINKING, 'Thuê bao'],
  ['a model alone', MODEL, null, 'model.json'],
  ['a training that did not end', { ...MODEL, training: { ...MODEL.training, converged: false } }, null, 'x'],
  [
    'shares at their ends',
    {
      ...MODEL,
      found: 1,
      fields: [{ ...MODEL.fields[1]!, levels: [level('exact', 1, 0), level('different', 0, 1)] }],
    },
    LINKING,
    'x',
  ],
  ...HOSTILE.map(
    (value) => [JSON.stringify(value), hostile(value), { ...LINKING, model_hash: value }, value] as const,
  ),
];

describe.each(PAGES)('the page of %s', (_, model, linking, title) => {
  const html = renderModelHtml(model, { linking, title: { vi: title, en: title } });
  const body = html.replace(/<style>[\s\S]*?<\/style>/, '').replace('<!doctype html>', '');

  it('has no script, no way to the network, and every tag is closed', () => {
    expect(body).not.toMatch(/<(script|img|iframe|object|link)\b/i);
    const open: string[] = [];
    for (const [tag, slash, name] of body.matchAll(/<(\/?)([a-z0-9]+)[^>]*>/g)) {
      expect(tag).not.toMatch(/\son\w+\s*=|src=|javascript:|url\(|href="(?!#)/i);
      if (slash === '/') expect(open.pop()).toBe(name);
      else if (!/^(meta|input|rect|path)$/.test(name!)) open.push(name!);
    }
    expect(open).toEqual([]);
    expect(html).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e]|NaN|Infin|undefined/);
  });

  it('can be walked through without eyes, in both languages', () => {
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1]!);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, refs] of html.matchAll(/aria-labelledby="([^"]*)"/g))
      for (const ref of refs!.split(' ')) expect(ids).toContain(ref);
    for (const [, ref] of html.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(ref);
    const times = (pattern: RegExp) => html.match(pattern)?.length ?? 0;
    expect([times(/<svg /g), times(/<table /g)]).toEqual([times(/<desc /g), times(/<caption /g)]);
    expect(times(/<span lang="vi">/g)).toBe(times(/<span lang="en">/g));
    expect(times(/<span lang="vi">/g)).toBeGreaterThan(30);
  });
});

describe('the page', () => {
  const html = renderModelHtml(MODEL, {
    linking: LINKING,
    labels: new Map([['street', { vi: 'Đường phố', en: 'Street' }]]),
    title: { vi: 'Thuê bao', en: 'Subscribers' },
  });

  it('shows the thresholds with their estimate, the weights and the training', () => {
    const bits = levelWeight(MODEL.fields[0]!.levels[0]!).toFixed(1).replace('.', ',');
    for (const text of [
      '99,700\u00a0%',
      '61,000\u00a0%',
      '0,042\u00a0%',
      `+${bits}\u00a0bit`,
      '4.000',
      'Đường phố',
      'hội tụ sau 12 bước',
    ])
      expect(html).toContain(text);
    expect(html).toContain('leans on: Street');
  });

  it('says loudly that a training did not converge', () => {
    const provisional = { ...MODEL, training: { ...MODEL.training, converged: false } };
    expect(renderModelHtml(provisional, { linking: null, title: { vi: '', en: '' } })).toContain(
      'CHƯA hội tụ',
    );
  });

  it('is the same bytes again', () => {
    const again = renderModelHtml(structuredClone(MODEL), {
      linking: LINKING,
      labels: new Map([['street', { vi: 'Đường phố', en: 'Street' }]]),
      title: { vi: 'Thuê bao', en: 'Subscribers' },
    });
    expect(again).toBe(html);
  });
});
