import { rmSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { halfOfMemory } from '../engine/memory.js';
import { languageFromLocale } from '../messages/text.js';
import { quietContext } from '../pipeline/context.js';
import { loadJob } from '../pipeline/job.js';
import { runJob } from '../pipeline/run.js';
import { headlineLines } from '../reports/headline.js';

/** `npm run demo`: the main job on every sample, in a workspace of its own that is made anew. */
const SAMPLES = ['telecom-subscribers', 'civil-registry', 'workers'] as const;
const WORKSPACE = resolve('demo-workspace');

async function demo(): Promise<void> {
  const language = languageFromLocale(
    process.env['LC_ALL'] ?? process.env['LC_MESSAGES'] ?? process.env['LANG'],
  );
  rmSync(WORKSPACE, { recursive: true, force: true });
  const context = quietContext({ workspace: WORKSPACE, language, memory: halfOfMemory() });
  for (const sample of SAMPLES) {
    const job = loadJob(resolve('sample-data', sample, 'job.yaml'), { today: '2026-11-21' });
    const { summary, files } = await runJob(job, { revealIds: false }, context);
    process.stdout.write(`\n${summary.sector.labels[language]}\n`);
    for (const line of headlineLines(summary, language)) process.stdout.write(`  ${line}\n`);
    for (const file of files) process.stdout.write(`  → ${relative(process.cwd(), file)}\n`);
  }
}

await demo();
