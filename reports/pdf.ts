// report.pdf: the HTML report printed on A4 by a browser that is installed on the machine; nothing is downloaded, no page of the network
// is opened and no script runs. The same page, browser and fonts give the same bytes: the times that the browser writes are taken out.
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { UserError } from '../messages/user-error.js';

/** Names on the search path, then the usual places of macOS and Windows. Chromium, Chrome and Edge print alike. */
const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Says which browser to use, where several are installed or it is in an unusual place. */
export const BROWSER_VARIABLE = 'DOISOAT_BROWSER';

/** The browser that prints; null: none is installed. `environment` is that of the process. */
export function findBrowser(environment: NodeJS.ProcessEnv = process.env): string | null {
  const named = environment[BROWSER_VARIABLE];
  if (named !== undefined && named !== '') return isProgram(named) ? named : null;
  const folders = (environment.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...PLACES];
  return candidates.find(isProgram) ?? null;
}

function isProgram(path: string): boolean {
  if (!existsSync(path)) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Throws UserError, placed at `where`, when no browser can print; so that a long run does not end in it. */
export function requireBrowser(where: string): string {
  const browser = findBrowser();
  if (browser !== null) return browser;
  throw new UserError({
    what: {
      vi: 'Máy này không có trình duyệt nào in được PDF (Chromium, Chrome hoặc Edge).',
      en: 'This machine has no browser that can print a PDF (Chromium, Chrome or Edge).',
    },
    where,
    mend: {
      vi: `Hãy cài một trình duyệt, hoặc đặt biến ${BROWSER_VARIABLE} là đường dẫn của nó; hoặc mở report.html và in ra PDF.`,
      en: `Install one, or set ${BROWSER_VARIABLE} to its path; or open report.html and print it to PDF.`,
    },
  });
}

/** The PDF of a page, A4, in Vietnamese. Throws UserError when there is no browser. */
export async function renderPdf(html: string): Promise<Uint8Array> {
  const executablePath = requireBrowser('pdf');
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({ executablePath, args: ['--font-render-hinting=none'] });
  try {
    const page = await browser.newPage({ javaScriptEnabled: false, offline: true });
    await page.setContent(html, { waitUntil: 'load' });
    const pdf = await page.pdf({
      preferCSSPageSize: true,
      printBackground: true,
      tagged: true,
      outline: true,
    });
    return withoutTimes(pdf);
  } finally {
    await browser.close();
  }
}

/** `/CreationDate (D:20261121…)`: the digits become zeros of the year 1980, so that no offset in the file moves. */
function withoutTimes(pdf: Uint8Array): Uint8Array {
  const text = Buffer.from(pdf).toString('latin1');
  const timeless = text.replace(
    /(\/(?:CreationDate|ModDate) \(D:)(\d{14})/g,
    (_all, before: string) => `${before}19800101000000`,
  );
  return Buffer.from(timeless, 'latin1');
}
