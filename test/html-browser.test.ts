import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderHtml } from '../reports/html.js';
import type { Summary } from '../reports/model.js';
import { findBrowser } from '../reports/pdf.js';
import { emptySummary, figuresOf, firstSummary, telecomSummary } from './fixtures/summary.js';

/** The report as people meet it: in a real browser, on a phone, on a laptop, on paper, by keyboard, by screen reader. */

const executable = findBrowser();
if (executable === null)
  console.warn('No Chromium, Chrome or Edge found: the report is not tried in a browser.');

const LONG = 'Tổngcôngtyviễnthôngkhôngcóchỗngắtdòng'.repeat(8);
const wide = figuresOf([
  88_100_000, 123_456_789, 15_962_382, 1_234_567, 987_654, 87_654, 7_654_321, 65_432, 1_234,
]);

/** Values as long as they come, figures as great as they get. */
const longSummary: Summary = {
  ...telecomSummary,
  job: LONG,
  run: LONG,
  sector: { name: LONG, labels: { vi: LONG, en: `${LONG} en` } },
  figures: wide,
  groups: telecomSummary.groups.map((group) => ({
    ...group,
    rows: [{ value: LONG, label: LONG, figures: wide, previous: wide }, ...group.rows],
  })),
  inputs: [{ ...telecomSummary.inputs[0]!, name: `${LONG}.csv` }],
};

const PAGES: readonly (readonly [string, Summary])[] = [
  ['all there is', telecomSummary],
  ['a first run', firstSummary],
  ['an empty extract', emptySummary],
  ['long values', longSummary],
];

const require = createRequire(import.meta.url);
const IN_PAGE = readFileSync(join(import.meta.dirname, 'in-page.js'), 'utf8');
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Where the keyboard stops. */
interface Stop {
  readonly name: string;
  /** From the top of the page. */
  readonly top: number;
  readonly outlined: boolean;
}

describe.skipIf(executable === null)('the report in a browser', () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'doisoat-html-'));
    browser = await chromium.launch({ executablePath: executable!, args: ['--no-sandbox'] });
  });

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(summary: Summary, width: number): Promise<Page> {
    const path = join(folder, 'report.html');
    writeFileSync(path, renderHtml(summary));
    // The page forbids every script; the one that looks it over comes from outside.
    const page = await browser.newPage({ viewport: { width, height: 800 }, bypassCSP: true });
    await page.goto(pathToFileURL(path).href);
    await page.addScriptTag({ content: IN_PAGE });
    return page;
  }

  it('asks for nothing but itself, and says nothing on the console', async () => {
    const path = join(folder, 'alone.html');
    writeFileSync(path, renderHtml(telecomSummary));
    const page = await browser.newPage();
    const [asked, said]: string[][] = [[], []];
    page.on('request', (request) => asked!.push(request.url()));
    page.on('console', (message) => said!.push(message.text()));
    await page.goto(pathToFileURL(path).href);
    expect(asked).toEqual([pathToFileURL(path).href]);
    expect(said).toEqual([]);
    await page.close();
  });

  describe.each(PAGES)('with %s', (_name, summary) => {
    it.each([
      ['phone', 375, 'screen'],
      ['laptop', 1280, 'screen'],
      // A4 is 210 mm wide with margins of 15 mm: 180 mm at 96 points an inch.
      ['paper', 680, 'print'],
    ] as const)(
      'nothing hangs over the right edge or lies upon another on %s',
      async (_size, width, media) => {
        const page = await open(summary, width);
        await page.emulateMedia({ media });
        for (const language of ['vi', 'en'] as const) {
          if (media === 'screen') await page.locator(`label[for=lang-${language}]`).click();
          expect(await page.evaluate<string[]>('overhanging()'), language).toEqual([]);
          expect(await page.evaluate<string[]>('crowded()'), language).toEqual([]);
        }
        await page.close();
      },
    );

    it.each([
      ['vi', 375],
      ['en', 1280],
    ] as const)('axe finds nothing in %s at %i px', async (language, width) => {
      const page = await open(summary, width);
      await page.addScriptTag({ content: AXE });
      await page.locator(`label[for=lang-${language}]`).click();
      expect(await page.evaluate<string[]>('axeFindings()')).toEqual([]);
      await page.close();
    });
  });

  it('would be found wanting by axe if it were', async () => {
    const page = await open(telecomSummary, 1280);
    await page.addScriptTag({ content: AXE });
    await page.evaluate('spoil()');
    const found = (await page.evaluate<string[]>('axeFindings()')).join();
    expect(found).toContain('svg-img-alt');
    expect(found).toContain('color-contrast');
    await page.close();
  });

  it('is walked through by keyboard from top to bottom, and every stop can be seen', async () => {
    const page = await open(telecomSummary, 1280);
    const stops: Stop[] = [];
    for (let i = 0; i < 200; i++) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate<Stop | null>('focused()');
      if (stop === null) break;
      stops.push(stop);
    }
    expect(stops[0]!.name).toBe('lang-vi');
    expect(stops.filter(({ name }) => name.startsWith('#')).length).toBeGreaterThan(8);
    expect(stops.filter(({ outlined }) => !outlined)).toEqual([]);
    const tops = stops.map(({ top }) => top);
    expect(tops).toEqual(tops.toSorted((a, b) => a - b));
    await page.close();
  });

  it('changes its language by the arrow keys', async () => {
    const page = await open(telecomSummary, 1280);
    expect(await page.locator('h1').innerText()).toBe(telecomSummary.sector.labels.vi);
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('h1').innerText()).toBe(telecomSummary.sector.labels.en);
    await page.close();
  });

  it('prints on A4 with the heads of tables on every page and without what only a screen needs', async () => {
    const page = await open(telecomSummary, 1280);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('nav').isVisible()).toBe(false);
    expect(await page.locator('fieldset.languages').isVisible()).toBe(false);
    const heads = await page.evaluate<string[]>('tableHeadDisplays()');
    expect(new Set(heads)).toEqual(new Set(['table-header-group']));
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    // 210 × 297 mm in points.
    expect(pdf).toMatch(/\/MediaBox \[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/);
    expect(pdf.match(/\/Type \/Page\b/g)!.length).toBeGreaterThan(5);
    await page.close();
  });
});
