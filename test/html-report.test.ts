import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { OUTCOMES } from '../matchers/outcomes.js';
import { renderHtml } from '../reports/html.js';
import { escapeHtml } from '../reports/html-parts.js';
import { STYLE } from '../reports/html-style.js';
import type { Summary } from '../reports/model.js';
import { count, percent } from '../reports/numbers.js';
import { readSummary, summaryJson } from '../reports/summary-json.js';
import { summarySchema } from '../reports/summary-schema.js';
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
  return {
    ...telecomSummary,
    version: value,
    run: value,
    job: value,
    period: value,
    sector: { name: value, labels: text },
    previous: { ...telecomSummary.previous!, period: value },
    groups: [{ field: value, labels: text, rows: [row] }],
    reasons: [{ code: `${value}.typo`, rows: 1, previous: 1, by_outcome: {} }],
    fields: [
      {
        ...telecomSummary.fields[0]!,
        field: value,
        labels: text,
        kind: value,
        column: value,
        problems: [{ problem: value, labels: text, rows: 1 }],
        hints: { [value]: value },
      },
    ],
    inputs: [{ ...telecomSummary.inputs[0]!, name: value, encoding: value, delimiter: value, sha256: value }],
    job_hash: value,
    notes: [text],
  };
}

const VOID = new Set(['meta', 'input', 'rect', 'path', 'img', 'br']);
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
  ...['label', 'svg', 'desc', 'text', 'tspan', 'rect', 'path'],
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
    expect(times(/<svg /g)).toBe(times(/<desc /g));
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
    const { figures, groups, reasons, marks, reference } = telecomSummary;
    const all = [figures, ...groups.flatMap((group) => group.rows.map((row) => row.figures))];
    const counts = [
      ...all.flatMap((one) => [one.compared, one.mismatch_as_submitted, one.mismatch_after_cleaning]),
      ...OUTCOMES.map((outcome) => figures.outcomes[outcome]!),
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
    expect(html).not.toContain('<bdi>v699</bdi>');
    expect(seen(html, 'vi')).toContain('còn 700 dòng nữa');
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

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** Relative luminance as WCAG 2 defines it. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.039_28 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

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
    expect([...outcomes.matchAll(/"(\w+)"/g)].map((match) => match[1])).toEqual([...OUTCOMES]);
  });

  it('keeps fields that a later version may add', () => {
    const later = JSON.stringify({ ...telecomSummary, added: { b: 1, a: 2 } });
    expect(summaryJson(readSummary(later, 'x'))).toContain('"added": {\n    "a": 2,\n    "b": 1\n  }');
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
    expect(Object.keys(schema.properties).sort()).toEqual(Object.keys(telecomSummary).sort());
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
