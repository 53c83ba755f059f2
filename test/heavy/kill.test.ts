// A run that is killed, at random moments over all its stages, and gone on with: the same bytes as an undisturbed one, a ledger that
// is whole and counts each figure once, and nothing left behind. `npm run test:heavy`; DOISOAT_KILLS sets how many kills.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomOf } from '../../generator/random.js';
import { STAGES } from '../../pipeline/manifest.js';
import {
  finishedStages,
  type Kill,
  ledgerState,
  leftOvers,
  outputs,
  prepareFolder,
  run,
  runFolder,
  startedRun,
} from './run-command.js';

const KILLS = Number(process.env['DOISOAT_KILLS'] ?? 200);
const MOST_KILLS_OF_ONE_RUN = 6;

let folder: string;
let workspace: string;
let undisturbed: Record<string, string>;
let expected: ReturnType<typeof ledgerState>;
let usual: number;

beforeAll(async () => {
  folder = await prepareFolder();
  const whole = join(folder, 'whole');
  workspace = join(folder, 'killed');
  const first = await run(folder, whole);
  expect(first.code, first.said).toBeLessThanOrEqual(4);
  usual = first.milliseconds;
  undisturbed = outputs(whole);
  expected = ledgerState(whole);
}, 600_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Where the kill struck: the stage after the last one that had finished. */
function struck(): string {
  const folder = startedRun(workspace);
  if (folder === null) return 'start';
  const building = join(folder, '.building');
  if (existsSync(join(building, 'publication.json'))) return 'publish';
  const path = join(building, 'checkpoint.json');
  if (!existsSync(path)) return existsSync(building) ? 'ingest' : 'start';
  return STAGES[finishedStages(workspace)] ?? 'report';
}

/** Seconds of each stage of the undisturbed run. */
function stageSeconds(): number[] {
  const manifest = JSON.parse(
    readFileSync(join(runFolder(join(folder, 'whole')), 'manifest.json'), 'utf8'),
  ) as {
    stages: { seconds: number }[];
  };
  return manifest.stages.map(({ seconds }) => seconds);
}

describe(`a run killed ${KILLS} times`, () => {
  it('always ends as one that was left alone', async () => {
    const random = randomOf(2026, 1);
    const hits: Record<string, number> = {};
    const seconds = stageSeconds();
    // Half of them anywhere, half within a stage drawn by lot: some stages are short.
    const moment = (): Kill => {
      if (random.chance(0.5)) return { milliseconds: random.between(1, Math.ceil(usual * 1.1)) };
      const stages = random.below(STAGES.length);
      return { stages, milliseconds: random.between(0, Math.ceil((seconds[stages] ?? 0.1) * 1000)) };
    };
    let kills = 0;
    let finished = 0;
    while (kills < KILLS) {
      let ended = await run(folder, workspace, moment());
      for (let tries = 1; ended.killed; tries++) {
        kills++;
        const where = struck();
        hits[where] = (hits[where] ?? 0) + 1;
        ended = await run(folder, workspace, tries < MOST_KILLS_OF_ONE_RUN ? moment() : undefined);
      }
      finished++;
      expect(ended.code, ended.said).toBeLessThanOrEqual(4);
      expect(outputs(workspace)).toEqual(undisturbed);
      expect(ledgerState(workspace)).toEqual({ ...expected, integrity: 'ok', runs: 1 });
      expect(leftOvers(workspace)).toEqual([]);
      rmSync(join(workspace, 'runs'), { recursive: true, force: true });
    }
    console.log(`${kills} kills, ${finished} runs, by stage: ${JSON.stringify(hits)}`);
    if (KILLS >= 200) for (const stage of STAGES) expect(hits[stage], stage).toBeGreaterThan(0);
  }, 5_400_000);
});
