import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderHtml } from '../reports/html.js';
import { BROWSER_VARIABLE, findBrowser, renderPdf } from '../reports/pdf.js';
import { telecomSummary } from './fixtures/summary.js';

const browser = findBrowser();
if (browser === null) console.warn('No Chromium, Chrome or Edge found: no PDF is printed.');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'doisoat-pdf-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('findBrowser', () => {
  it('takes the first of the search path, in the order of the names', () => {
    const [one, two] = [join(folder, 'one'), join(folder, 'two')];
    for (const [place, name] of [
      [one, 'google-chrome'],
      [two, 'chromium'],
    ] as const) {
      mkdirSync(place);
      writeFileSync(join(place, name), '');
      chmodSync(join(place, name), 0o755);
    }
    expect(findBrowser({ PATH: [one, two].join(delimiter) })).toBe(join(two, 'chromium'));
  });

  it('takes what the variable names, and nothing else when that is no program', () => {
    const own = join(folder, 'own');
    writeFileSync(own, '');
    chmodSync(own, 0o755);
    expect(findBrowser({ PATH: '', [BROWSER_VARIABLE]: own })).toBe(own);
    expect(findBrowser({ PATH: process.env.PATH, [BROWSER_VARIABLE]: join(folder, 'none') })).toBeNull();
  });
});

describe('renderPdf', () => {
  it('says what is missing where there is no browser', async () => {
    const before = process.env[BROWSER_VARIABLE];
    process.env[BROWSER_VARIABLE] = join(folder, 'none');
    try {
      await expect(renderPdf('<p>a</p>')).rejects.toThrow('no browser that can print a PDF');
    } finally {
      if (before === undefined) delete process.env[BROWSER_VARIABLE];
      else process.env[BROWSER_VARIABLE] = before;
    }
  });

  it.skipIf(browser === null)('prints the report on A4, tagged, the same bytes each time', async () => {
    const html = renderHtml(telecomSummary);
    const one = Buffer.from(await renderPdf(html));
    // The clock that browsers write counts seconds.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const two = Buffer.from(await renderPdf(html));
    expect(one.equals(two)).toBe(true);
    const text = one.toString('latin1');
    expect(text.slice(0, 5)).toBe('%PDF-');
    expect(text).toMatch(/\/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]/);
    expect(text).toContain('/Marked true');
    expect(text).toContain('/CreationDate (D:19800101000000');
  });
});
