import { statSync } from 'node:fs';
import type { Job } from './job-type.js';

/** Bytes of input from which disk and memory are dearer than processor time. */
const LARGE_INPUT = 2 * 2 ** 30;

/** Whether a run compresses its tables and leaves the memory to its stages, instead of keeping what the next one may need. */
export function isLargeInput({ input }: Pick<Job, 'input'>): boolean {
  return input.files.reduce((sum, path) => sum + statSync(path).size, 0) > LARGE_INPUT;
}
