import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { OUTCOMES } from '../matchers/outcomes.js';
import { REASON_CODES } from '../matchers/reasons.js';
import { renderHtml } from '../reports/html.js';
import { escapeHtml } from '../reports/html-parts.js';
import { STYLE } from '../reports/html-style.js';
import type { Summary } from '../reports/model.js';
import { withShares } from '../reports/model-shares.js';
import { count, percent } from '../reports/numbers.js';
import { readSummary, summaryJson } from '../reports/summary-json.js';
import { summarySchema } from '../reports/summary-schema.js';
import { contrast } from './contrast.js';
import { emptySummary, figuresOf, firstSummary, telecomSummary } from './fixtures/summary.js';

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '=cmd|calc',
  '</style></svg></table>',
  '&lt;b&gt;',
  'abc\u202egnp.exe',
  'nul\u0000\u0007\u009f',
  'half \ud83d of a pair',
  'ạ'.repeat(10_000),
  '{{x}} <!-- --> ${',
];

/** Hostile values wherever data can reach the page. */
function hostileSummary(value: string): Summary {
  const text = { vi: value, en: `${value} (en)` };
  const row = { value, label: value, figures: figuresOf([1, 2, 3]), previous: null };
  return withShares({
    ...telecomSummary,
    version: value,
    run: value,
    job: value,
    period: value,
    sector: { name: value, labels: text },
    previous: { ...telecomSummary.previous!, period: value },
    groups: [{ field: value, labels: text, by: 'value', rows: [row] }],
    reasons: [{ code: `${value}.typo`, rows: 1, previous: 1, by_outcome: {} }],
    fields: [
      {
        ...telecomSummary.fields[0]!,
        field: value,
        labels: text,
        kind: value,
        column: value,
        problems: [{ problem: value, labels: text, rows: 1, previous: 2 }],
        hints: { [value]: value },
      },
    ],
    inputs: [{ ...telecomSummary.inputs[0]!, name: value, encoding: value, delimiter: value, sha256: value }],
    trend: [
      { ...telecomSummary.trend[0]!, period: value, run: value },
      { ...telecomSummary.trend[1]!, period: `${value} ` },
    ],
    cases: {
      ...telecomSummary.cases!,
      groups: [{ ...telecomSummary.cases!.groups[0]!, labels: text }],
      plan: telecomSummary.cases!.plan.map((plan) => ({ ...plan, owner: value, projected: value })),
    },
    roles: [{ role: value, labels: text, figures: row.figures, nobody: 1 }],
    apart: [{ code: value, rows: 1, found: 1, matched: 1, by_outcome: {} }],
    job_hash: value,
    notes: [text],
  });
}

const VOID = new Set(['meta', 'input', 'rect', 'path', 'circle', 'img', 'br']);
const ALLOWED = new Set([
  ...[
    'html',
    'head',
    'meta',
    'title',
    'style',
    'body',
    'div',
    'header',
    'nav',
    'main',
    'footer',
    'section',
    'aside',
  ],
  ...[
    'h1',
    'h2',
    'h3',
    'p',
    'span',
    'strong',
    'em',
    'small',
    'code',
    'bdi',
    'a',
    'ul',
    'li',
    'dl',
    'dt',
    'dd',
    'figure',
  ],
  ...[
    'figcaption',
    'table',
    'caption',
    'thead',
    'tbody',
    'tfoot',
    'tr',
    'th',
    'td',
    'fieldset',
    'legend',
    'input',
  ],
  ...['label', 'svg', 'desc', 'text', 'tspan', 'rect', 'path', 'circle'],
]);

/** The tags of the page, after checking that each is known and closed where it was opened. */
function tagsOf(html: string): string[] {
  const open: string[] = [];
  const tags: string[] = [];
  const body = html.replace(/<style>[\s\S]*?<\/style>/, '<style></style>').replace('<!doctype html>', '');
  for (const [whole, slash, name] of body.matchAll(/<(\/?)([^\s/>]*)[^>]*>/g)) {
    expect(ALLOWED).toContain(name);
    if (slash === '/') expect(open.pop()).toBe(name);
    else if (!VOID.has(name!)) open.push(name!);
    tags.push(whole);
  }
  expect(open).toEqual([]);
  return tags;
}

const PAGES: readonly (readonly [string, Summary])[] = [
  ['a run with an earlier period', telecomSummary],
  ['a first run', firstSummary],
  ['an empty extract', emptySummary],
  ...HOSTILE.map((value): [string, Summary] => [JSON.stringify(value.slice(0, 40)), hostileSummary(value)]),
];

describe.each(PAGES)('the page of %s', (_, summary) => {
  const html = renderHtml(summary);

  it('is whole, has no script and no way to the network', () => {
    const tags = tagsOf(html);
    for (const tag of tags) expect(tag).not.toMatch(/\son\w+\s*=|src=|javascript:|url\(|href="(?!#)/i);
    expect(html).not.toContain('@import');
    expect(html).not.toMatch(/\p{Surrogate}/u);
    expect(html).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(Buffer.byteLength(html)).toBeLessThan(3_000_000);
  });

  it('can be walked through without eyes: one title each, unique ids, captions, scopes', () => {
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1]!);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, refs] of html.matchAll(/aria-labelledby="([^"]*)"/g)) {
      for (const ref of refs!.split(' ')) expect(ids).toContain(ref);
    }
    for (const [, ref] of html.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(ref);
    const times = (pattern: RegExp) => html.match(pattern)?.length ?? 0;
    expect([times(/<h1>/g), times(/<main>/g), times(/<header /g), times(/<footer>/g)]).toEqual([1, 1, 1, 1]);
    expect(times(/<caption /g)).toBe(times(/<table /g));
    expect(times(/<th /g)).toBe(times(/<th scope="/g));
    // The strokes in a legend stand beside their name and say nothing of their own.
    expect(times(/<svg (?!class="stroke")/g)).toBe(times(/<desc /g));
    expect(times(/<svg class="stroke"/g)).toBe(times(/<svg class="stroke" [^>]*aria-hidden="true"/g));
  });

  it('has both languages, each sentence in both', () => {
    const times = (lang: string) => html.split(`<span lang="${lang}">`).length;
    expect(times('vi')).toBeGreaterThan(40);
    expect(times('vi')).toBe(times('en'));
  });

  it('is the same bytes again', () => expect(renderHtml(structuredClone(summary))).toBe(html));
});

describe('hostile values', () => {
  it.each([
    ['<b>', '&lt;b&gt;'],
    [`"'&`, '&quot;&#39;&amp;'],
    ['a\u202eb', 'a[U+202E]b'],
    ['\u0000', '[U+0000]'],
    ['\ud800', '\ufffd'],
    ['😀 Ê Đê', '😀 Ê Đê'],
  ])('%j is shown as %s', (value, shown) => expect(escapeHtml(value)).toBe(shown));

  it('stand on the page as text', () => {
    const html = renderHtml(hostileSummary(HOSTILE[0]!));
    expect(html).toContain('<bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi>');
  });

  it('that are endless are cut where they stand in a cell', () => {
    const html = renderHtml({ ...telecomSummary, groups: hostileSummary('ạ'.repeat(10_000)).groups });
    expect(html).toContain(`<bdi>${'ạ'.repeat(160)}…</bdi>`);
  });
});

/** The page as a reader of one language sees it. */
function seen(html: string, language: 'vi' | 'en'): string {
  const other = language === 'vi' ? 'en' : 'vi';
  return html
    .replace(new RegExp(`<(span|tspan) lang="${other}">[^<]*</\\1>`, 'g'), '')
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
}

describe.each(['vi', 'en'] as const)('in %s', (language) => {
  const text = seen(renderHtml(telecomSummary), language);
  const spaces = (value: string) => value.replace(/\s+/g, ' ');

  it('the figures are those of the summary', () => {
    const { figures, trend, mending, groups, reasons, marks, cases, reference } = telecomSummary;
    const all = [
      figures,
      ...trend.map((point) => point.figures),
      ...groups.flatMap((group) => group.rows.map((row) => row.figures)),
    ];
    const counts = [
      ...all.flatMap((one) => [one.compared, one.mismatch_as_submitted, one.mismatch_after_cleaning]),
      ...Object.values(figures.outcomes),
      ...mending.map((row) => row.rows),
      ...trend.map((point) => point.figures.compared),
      ...cases!.total.ageing.map((band) => band.cases),
      ...cases!.plan.flatMap(({ months }) => months.map(({ target }) => target)),
      ...reasons.map((reason) => reason.rows),
      ...marks.flatMap((mark) => [mark.numerator, mark.denominator]),
      ...[figures.rows, reference.people],
    ];
    const words = new Set(text.split(' '));
    for (const n of counts) expect(words).toContain(count(n)[language]);
    for (const one of all) expect(text).toContain(spaces(percent(one.rate_as_submitted)[language]));
    expect(words).toContain(`−${count(25_706)[language]}`);
  });

  it('each row of a group shows its own figures', () => {
    for (const { label, figures } of telecomSummary.groups[0]!.rows) {
      const row = [label, count(figures.compared)[language], count(figures.mismatch_as_submitted)[language]];
      expect(text).toContain(row.join(' '));
    }
  });
});

describe('the page', () => {
  it('says nothing of an earlier period where there is none', () => {
    expect(renderHtml(firstSummary)).not.toMatch(/class="change|▲|▼/);
  });

  it('says loudly when rows and outcomes do not agree', () => {
    const figures = { ...telecomSummary.figures, rows: telecomSummary.figures.rows + 1 };
    expect(renderHtml({ ...telecomSummary, figures })).toContain('class="accounting wrong"');
    expect(renderHtml(telecomSummary)).not.toContain('class="accounting wrong"');
  });

  it('shows the values with most mismatches when there are too many, and says how many it left out', () => {
    const rows = Array.from({ length: 1000 }, (_, i) => ({
      value: `v${i}`,
      label: `v${i}`,
      figures: figuresOf([10, 0, i]),
      previous: null,
    }));
    const html = renderHtml({ ...telecomSummary, groups: [{ ...telecomSummary.groups[0]!, rows }] });
    expect(html).toContain('<bdi>v999</bdi>');
    expect(html).not.toContain('<bdi>v799</bdi>');
    const rest = Array.from({ length: 800 }, (_, i) => i).reduce((sum, n) => sum + n, 0);
    expect(seen(html, 'vi')).toContain(`800 giá trị còn lại ${count(8_000 + rest).vi} ${count(rest).vi}`);
  });

  it('stays under 3 MB and is quick, whatever the run was like', () => {
    const rows = (n: number) =>
      Array.from({ length: n }, (_, i) => ({
        value: `giá trị ${i}`,
        label: `Tên của một đơn vị khá dài số ${i}`,
        figures: figuresOf([8_800_000 + i, 88_123, 1_234_567, 88_000, 9_000, 8_000, 123_456, 9_999, 77]),
        previous: figuresOf([8_800_100 + i, 88_223, 1_234_000, 88_111, 9_001, 8_002, 123_400, 9_988, 76]),
      }));
    const group = (i: number, n: number) => ({ ...telecomSummary.groups[0]!, field: `f${i}`, rows: rows(n) });
    const caseRows = rows(5_000).map(({ value, label }) => ({
      value,
      label,
      figures: telecomSummary.cases!.total,
    }));
    const large = withShares({
      ...telecomSummary,
      groups: [...Array.from({ length: 8 }, (_, i) => group(i, 5_000)), ...telecomSummary.groups],
      trend: Array.from({ length: 3_650 }, (_, i) => ({
        ...telecomSummary.trend[0]!,
        period: `period ${i}`,
      })),
      reasons: REASON_CODES.map((code) => ({ code, rows: 1_234_567, previous: 1_234_568, by_outcome: {} })),
      fields: Array.from({ length: 60 }, (_, i) => ({ ...telecomSummary.fields[0]!, field: `f${i}` })),
      inputs: Array.from({ length: 500 }, (_, i) => ({ ...telecomSummary.inputs[0]!, name: `tep-${i}.csv` })),
      cases: {
        ...telecomSummary.cases!,
        groups: [{ ...telecomSummary.cases!.groups[0]!, rows: caseRows }],
        plan: Array.from({ length: 100 }, () => telecomSummary.cases!.plan[0]!),
      },
    });
    const started = performance.now();
    const html = renderHtml(large);
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(Buffer.byteLength(html)).toBeLessThan(3_000_000);
  });

  it('has text of enough contrast (WCAG 2: 4.5) on every ground it stands on', () => {
    const colours = new Map(
      [...STYLE.matchAll(/--(\w+):(#[0-9a-f]{6})/g)].map(([, name, hex]) => [name!, hex!]),
    );
    const grounds = ['#ffffff', '#fdf6e3', '#fdeceb', colours.get('faint')!];
    for (const ink of ['ink', 'quiet', 'blue', 'red', 'green']) {
      for (const ground of grounds) expect(contrast(colours.get(ink)!, ground)).toBeGreaterThanOrEqual(4.5);
    }
  });
});

/** After a change that is meant: `UPDATE_GOLDEN=1 npx vitest run test/html-report.test.ts`; the diff is then read line by line. */
it.each(['own-sector', 'tcvn3', 'telecom'])('the page of the golden run %s is the one kept', (name) => {
  const folder = join(import.meta.dirname, 'golden', name, 'expected');
  const summary = readSummary(readFileSync(join(folder, 'summary.json'), 'utf8'), 'summary.json');
  const html = renderHtml(summary);
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(join(folder, 'report.html'), html);
  expect(html).toBe(readFileSync(join(folder, 'report.html'), 'utf8'));
});

describe('summary.json', () => {
  it.each([telecomSummary, firstSummary, emptySummary, hostileSummary('x\u202e"')])(
    'reads back as it was (%#)',
    (one) => {
      expect(readSummary(summaryJson(one), 'summary.json')).toEqual(one);
    },
  );

  it('is the same bytes whatever order the keys were made in', () => {
    expect(summaryJson(reversed(telecomSummary) as Summary)).toBe(summaryJson(telecomSummary));
    const outcomes = /"outcomes": \{([^}]*)\}/.exec(summaryJson(telecomSummary))![1]!;
    const usual = OUTCOMES.filter((outcome) => outcome !== 'apart');
    expect([...outcomes.matchAll(/"(\w+)"/g)].map((match) => match[1])).toEqual(usual);
  });

  it('keeps fields that a later version may add', () => {
    const later = JSON.stringify({ ...telecomSummary, added: { b: 1, a: 2 } });
    expect(summaryJson(readSummary(later, 'x'))).toContain('"added": {\n    "a": 2,\n    "b": 1\n  }');
  });

  it('of before periods, cases and mending were kept is still read and shown', () => {
    const { trend, mending, cases, strict, ...before } = telecomSummary;
    const older = {
      ...before,
      groups: before.groups.map(({ by, ...group }) => group),
      fields: before.fields.map(({ use, previous, problems, ...field }) => ({
        ...field,
        problems: problems.map(({ problem, labels, rows }) => ({ problem, labels, rows })),
      })),
      marks: before.marks.map(({ previous, ...mark }) => mark),
    };
    const read = readSummary(JSON.stringify(older), 'summary.json');
    expect(read).toMatchObject({ trend: [], mending: [], cases: null, strict: false });
    const html = renderHtml(read);
    tagsOf(html);
    for (const id of ['trend', 'mending', 'cases']) expect(html).not.toContain(`<section id="${id}"`);
    expect(html).toContain('<section id="groups"');
  });

  it.each([
    ['{', 'not JSON'],
    ['{}', 'schema'],
    [JSON.stringify({ ...telecomSummary, figures: { ...telecomSummary.figures, rows: -1 } }), 'figures.rows'],
  ])('is refused when it is not one (%#)', (json, why) => {
    expect(() => readSummary(json, 'runs/x/summary.json')).toThrow(why);
  });

  it('has a JSON Schema that names every field', () => {
    const schema = z.toJSONSchema(summarySchema) as { properties: object; required: string[] };
    const sometimes = ['apart', 'duplicates', 'roles'];
    expect(Object.keys(schema.properties).sort()).toEqual(
      [...Object.keys(telecomSummary), ...sometimes].sort(),
    );
    expect(schema.required.sort()).toEqual(Object.keys(telecomSummary).sort());
  });
});

/** The same data with the keys of every object in reverse. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}
