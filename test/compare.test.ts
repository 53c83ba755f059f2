// Two runs side by side: what moved, for which records, and why.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quietContext } from '../pipeline/context.js';
import { purge } from '../pipeline/purge.js';
import type { RunResult } from '../pipeline/run.js';
import { renderCompareHtml } from '../reports/compare-html.js';
import type { Comparison } from '../reports/compare-model.js';
import { findBrowser } from '../reports/pdf.js';
import { say } from './command-line.js';
import { membersSector, OWNER } from './fixtures/members.js';
import { filesBelow, readRows, type Workspace, workspace } from './flow.js';

const SECTOR = membersSector([OWNER], ['group_by: [owner]']);

const job = (name: string) => `name: ${name}
sector: ./members.yaml
input: { path: extract.csv, columns: { record_key: ma, id: so, name: ten, born: sinh, owner: don_vi } }
reference: people.csv
period: auto
report: { formats: [json] }
matching: { enabled: false }
`;

const PEOPLE: readonly (readonly [string, string, string])[] = [
  ['079085100111', 'Nguyễn Văn An', '1985-01-02'],
  ['079085100112', 'Trần Văn Bình', '1985-03-04'],
  ['079085100113', 'Lê Văn Châu', '1985-05-06'],
  ['079085100114', 'Phạm Văn Dũng', '1985-07-08'],
  ['079085100115', 'Hoàng Văn Giang', '1985-09-10'],
  ['079085100116', 'Võ Văn Khánh', '1985-11-12'],
];

const executable = findBrowser();
if (executable === null)
  console.warn('No Chromium, Chrome or Edge found: the comparison is not tried in a browser.');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

type Line = readonly [key: string, id: string, name: string, born: string, owner: string];
const good = (i: number, owner = 'Thư viện A'): Line => [`K${i}`, ...PEOPLE[i]!, owner];
const file = (lines: readonly (readonly string[])[]) => `${lines.map((line) => line.join(',')).join('\n')}\n`;
const extract = (lines: readonly Line[]) => file([['ma', 'so', 'ten', 'sinh', 'don_vi'], ...lines]);

let flow: Workspace;
let first: RunResult;
let second: RunResult;
const compare = (...given: string[]) =>
  say(['compare', ...given, '--workspace', join(flow.folder, '.doisoat'), '--quiet', '--lang', 'en']);
const out = () => join(flow.folder, '.doisoat', 'compare');
const found = (): Comparison => JSON.parse(readFileSync(join(out(), 'compare.json'), 'utf8'));

beforeAll(async () => {
  flow = workspace();
  flow.put('members.yaml', SECTOR);
  flow.put('job.yaml', job('members'));
  flow.put('other.yaml', job('others'));
  flow.put('people.csv', file([['id', 'name', 'born'], ...PEOPLE]));
  const named = (i: number, name: string): Line => [`K${i}`, PEOPLE[i]![0], name, PEOPLE[i]![2], '=1+1'];
  // K0 agrees. K1 has another name, K2 a date in another form, K3 both; K4 goes, K5 comes.
  const k2: Line = ['K2', PEOPLE[2]![0], PEOPLE[2]![1], '19850506', 'Thư viện A'];
  const k3: Line = ['K3', PEOPLE[3]![0], 'Nguyễn Thị Xuân', '19850708', 'Thư viện A'];
  flow.put('extract.csv', extract([good(0), named(1, 'Nguyễn Thị Xuân'), k2, k3, good(4)]));
  first = await flow.run('job.yaml', { period: '2026-10' });
  // K1 is mended, K2 stays, K3's date is mended, K0's person dies out of the reference: the rows are turned round.
  flow.put(
    'people.csv',
    file([['id', 'name', 'born'], ['079085100111', 'Đỗ Thị Yến', '1985-01-02'], ...PEOPLE.slice(1)]),
  );
  const k3later: Line = ['K3', PEOPLE[3]![0], 'Nguyễn Thị Xuân', '1985-07-08', 'Thư viện A'];
  flow.put('extract.csv', extract([good(5), k3later, k2, good(1, '=1+1'), good(0)]));
  second = await flow.run('job.yaml', { period: '2026-11' });
}, 120_000);

afterAll(() => flow.remove());

describe('doisoat compare', () => {
  it('counts from which outcome to which, and why', async () => {
    const { code, err, out: text } = await compare(first.run, second.run);
    expect([code, err]).toEqual([0, '']);
    expect(text).toContain(
      '4 records are in both runs, 1 are new, 1 are gone. 2 changed their outcome, 1 kept it',
    );
    const { moves, notes } = found();
    expect(moves!.matrix).toEqual([
      { before: 'match', after: 'mismatch', records: 1 },
      { before: 'match', after: null, records: 1 },
      { before: 'match_after_cleaning', after: 'match_after_cleaning', records: 1 },
      { before: 'mismatch', after: 'match', records: 1 },
      { before: 'mismatch', after: 'mismatch', records: 1 },
      { before: null, after: 'match', records: 1 },
    ]);
    expect(moves!.causes).toEqual([
      { cause: 'record', records: 2 },
      { cause: 'other', records: 1 },
    ]);
    expect(moves!.reasons).toEqual([
      { code: 'name.different', gained: 1, lost: 1 },
      { code: 'born.format', gained: 0, lost: 1 },
    ]);
    expect(notes.map(({ en }) => en)).toEqual(['The runs were made with different references.']);
  });

  it('counts add up to both runs', () => {
    const { matrix } = found().moves!;
    for (const [side, result] of [['before', first] as const, ['after', second] as const]) {
      for (const [outcome, rows] of Object.entries(result.summary.figures.outcomes)) {
        const sum = matrix
          .filter((one) => one[side] === outcome)
          .reduce((all, { records }) => all + records, 0);
        expect(sum, `${side} ${outcome}`).toBe(rows);
      }
    }
  });

  it('says every change as what is after less what was before', () => {
    const { figures, reasons, groups } = found();
    const { before, after, change } = figures;
    expect(change.mismatch_as_submitted).toBe(after.mismatch_as_submitted - before.mismatch_as_submitted);
    expect(change.rate_as_submitted).toBe(after.rate_as_submitted! - before.rate_as_submitted!);
    for (const one of reasons) expect(one.change).toBe(one.after - one.before);
    const rows = groups.flatMap((group) => group.rows);
    expect(rows.length).toBeGreaterThan(0);
    for (const { before: was, after: is, change: of } of rows) {
      const known = was?.rate_as_submitted != null && is?.rate_as_submitted != null;
      expect(of).toBe(known ? is.rate_as_submitted! - was.rate_as_submitted! : null);
    }
  });

  it('says by group what is settled and what is new', () => {
    const [owners] = found().groups;
    expect(owners!.rows.map(({ label, settled, broken }) => [label, settled, broken])).toEqual(
      expect.arrayContaining(
        [['Thư Viện A', 0, 1]].map(([, ...rest]) => [expect.stringMatching(/thư viện a/i), ...rest]),
      ),
    );
  });

  it('lists the records that changed, keys masked and formulas as text', async () => {
    const rows = await readRows(join(out(), 'changes.csv'));
    expect(
      rows.map((one) => [one.change, one.record_key, one.cause, one.line_before, one.line_after]),
    ).toEqual([
      ['reasons', 'K3', 'record', '5', '3'],
      ['outcome', 'K1', 'record', '3', '5'],
      ['outcome', 'K0', 'other', '2', '6'],
    ]);
    expect(rows[0]!.why_en).toBe('The record was changed. Gone: Born: written in another form');
    expect(rows[1]!.why_vi).toBe('Bản ghi đã được sửa. Hết: Họ tên: tên khác');
    expect(rows[1]!.owner).toMatch(/^'=/);
  });

  it.skipIf(executable === null)(
    'is read by everybody, on a phone and on a laptop',
    async () => {
      const browser = await chromium.launch({ executablePath: executable!, args: ['--no-sandbox'] });
      try {
        for (const width of [360, 1280]) {
          const page = await browser.newPage({ viewport: { width, height: 800 }, bypassCSP: true });
          await page.goto(pathToFileURL(join(out(), 'compare.html')).href);
          await page.addScriptTag({ content: AXE });
          const found = await page.evaluate<string[]>(
            'axe.run().then(({ violations }) => violations.map(({ id }) => id))',
          );
          expect(found).toEqual([]);
          expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
        }
      } finally {
        await browser.close();
      }
    },
    60_000,
  );

  it('writes the same bytes again, and reveals keys only for a reason', async () => {
    const before = filesBelow(out()).map((name) => [name, readFileSync(join(out(), name), 'utf8')]);
    await compare(first.run, second.run, '--threads', '1');
    expect(filesBelow(out()).map((name) => [name, readFileSync(join(out(), name), 'utf8')])).toEqual(before);
    expect((await compare(first.run, second.run, '--reveal-ids')).code).toBe(2);
  });

  it.each([
    ['one run twice', () => [first.run, first.run], 'one and the same run'],
    ['a run that is not there', () => [first.run, 'nothing'], 'There is no finished run “nothing”'],
  ])('refuses %s', async (_name, runs, message) => {
    const { code, err } = await compare(...runs());
    expect([code, err.includes(message)]).toEqual([2, true]);
  });

  it('refuses runs of two series unless they are wanted', async () => {
    const other = await flow.run('other.yaml', { period: '2026-11' });
    const { code, err } = await compare(second.run, other.run);
    expect([code, err.includes('two series: “members” and “others”')]).toEqual([2, true]);
    expect((await compare(second.run, other.run, '--any-series')).code).toBe(0);
    expect(found().moves).toMatchObject({ in_both: 5, other_outcome: 0, other_reasons: 0, list: null });
    expect(filesBelow(out())).toEqual(['compare.html', 'compare.json']);
  }, 60_000);

  it('shows hostile labels as text', () => {
    const label = '"><img src=x onerror=alert(1)>';
    const comparison = found();
    const hostile: Comparison = {
      ...comparison,
      before: { ...comparison.before, run: label },
      reasons: [{ code: '<script>.x', labels: { vi: label, en: label }, before: 1, after: 0, change: -1 }],
      groups: comparison.groups.map((group) => ({
        ...group,
        rows: group.rows.map((row) => ({ ...row, label: '\u202e<script>' })),
      })),
    };
    const html = renderCompareHtml(hostile);
    expect(html).not.toMatch(/<img|<script|\u202e/);
    expect(html).toContain('&lt;img src=x');
  });

  it('compares figures when a run was purged, and says so', async () => {
    const later = () => new Date('2027-11-21T05:00:00Z');
    const context = quietContext({ workspace: join(flow.folder, '.doisoat'), clock: later });
    await purge({ days: 1, dryRun: false }, context);
    const { code, out: text } = await compare(first.run, second.run);
    expect(code).toBe(0);
    expect(text).toContain(`The run ${first.run} has figures only`);
    expect(found().moves).toBeNull();
    expect(found().reasons).toContainEqual(
      expect.objectContaining({ code: 'born.format', before: 2, after: 1 }),
    );
  });
});
