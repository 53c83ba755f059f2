import { devNull } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import { distinctNames, generateNational, generateNextNight, nationalFiles } from '../generator/national.js';

/** The parts of `national` that are no command of doisoat; each runs in a process of its own (`--step NAME`). */
export const STEPS = {
  generate: ({ data, people, rows, work, memory }: StepPlan) =>
    generateNational({ people, rows, out: data, tempDir: join(work, 'temp'), ...memoryOf(memory) }),
  'next-night': ({ data, people, rows, work, memory }: StepPlan) =>
    generateNextNight(
      { people, rows, out: data, tempDir: join(work, 'temp'), ...memoryOf(memory) },
      nextNightFile(data),
    ),
  /** Tells the number on its standard output. */
  names: async ({ people, work, memory }: StepPlan) => {
    const names = await distinctNames({ people, tempDir: join(work, 'temp'), ...memoryOf(memory) });
    process.stdout.write(String(names));
  },
  bare: (plan: StepPlan) => inEngine(plan, bareJoin),
  scan: (plan: StepPlan) => inEngine(plan, scan),
} as const;

export type StepName = keyof typeof STEPS;

export interface StepPlan {
  readonly people: number;
  readonly rows: number;
  /** Folder of the generated files. */
  readonly data: string;
  readonly work: string;
  readonly memory: string | undefined;
}

export function nextNightFile(data: string): string {
  return join(data, 'telecom-subscribers', 'extract-2.csv');
}

function memoryOf(memory: string | undefined): { readonly memory?: string } {
  return memory === undefined ? {} : { memory };
}

async function inEngine(
  plan: StepPlan,
  work: (db: Database, plan: StepPlan) => Promise<void>,
): Promise<void> {
  const db = await openDatabase({ tempDir: join(plan.work, 'temp'), ...memoryOf(plan.memory) });
  try {
    await work(db, plan);
  } finally {
    await db.close();
  }
}

const read = (path: string) =>
  `read_csv(${literal(path)}, all_varchar = true, header = true, ignore_errors = true)`;

/**
 * What the marks are measured against: all columns of both files, joined on the number and put into words as CSV, which nobody keeps: they
 * would be as much again as both files.
 */
async function bareJoin(db: Database, { data }: StepPlan): Promise<void> {
  const { extract, population } = nationalFiles(data);
  await db.run(`COPY (SELECT e.*, r.* FROM ${read(extract)} e LEFT JOIN ${read(population)} r ON e.so_giay_to = r.id)
    TO ${literal(devNull)} (FORMAT csv, HEADER true, USE_TMP_FILE false)`);
}

/** Every column of the extract hashed, and all of it brought down to one number. */
async function scan(db: Database, { data }: StepPlan): Promise<void> {
  await db.run(`SELECT bit_xor(hash(e)) FROM ${read(nextNightFile(data))} e`);
}
