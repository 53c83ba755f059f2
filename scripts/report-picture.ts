import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { quietContext } from '../pipeline/context.js';
import { loadJob } from '../pipeline/job.js';
import { runJob } from '../pipeline/run.js';
import { requireBrowser } from '../reports/pdf.js';

/**
 * The picture of the report in the README: the sample of mobile subscribers, with a period before it that lacks every third row.
 * After `npm run build`: node dist/scripts/report-picture.js
 */
const PICTURE = resolve('docs/images/report.png');
const TODAY = '2026-11-21';

async function takePicture(): Promise<void> {
  const browser = requireBrowser('docs/images/report.png');
  const folder = mkdtempSync(join(tmpdir(), 'doisoat-picture-'));
  try {
    cpSync(resolve('sample-data'), folder, { recursive: true });
    const report = await reportOfTwoPeriods(folder);
    execFileSync(browser, [
      ...['--headless', '--no-sandbox', '--hide-scrollbars', '--disable-gpu', '--window-size=1060,1360'],
      ...[
        `--user-data-dir=${join(folder, 'profile')}`,
        `--screenshot=${PICTURE}`,
        pathToFileURL(report).href,
      ],
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function reportOfTwoPeriods(folder: string): Promise<string> {
  const context = quietContext({ workspace: join(folder, '.doisoat') });
  const job = join(folder, 'telecom-subscribers/job.yaml');
  const extract = join(folder, 'telecom-subscribers/extract.csv');
  const whole = readFileSync(extract);
  const lines = whole.toString('utf8').split('\n');
  writeFileSync(extract, lines.filter((_, i) => i === 0 || i % 3 !== 2).join('\n'));
  await runJob(loadJob(job, { today: TODAY, period: '2026-10' }), { revealIds: false }, context);
  writeFileSync(extract, whole);
  const { folder: run } = await runJob(
    loadJob(job, { today: TODAY, period: '2026-11' }),
    { revealIds: false },
    context,
  );
  return join(run, 'report.html');
}

await takePicture();
