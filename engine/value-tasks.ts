// The worker's side of the exchange of values (value-exchange.ts): it must not load the engine, which would take every worker thread
// longer than its work on a small input.
import { readFileSync } from 'node:fs';
import type { TaskCounts, TaskFunction } from './worker-pool.js';
import { writeLines } from './written-lines.js';

export const FIELD = '\x1f';
export const NONE = '\x18';
const FIELD_BYTE = FIELD.charCodeAt(0);
const NONE_BYTE = NONE.charCodeAt(0);
const LINE_END = 0x0a;

/**
 * Wraps a function of one value into a task over a file. `answer` gets the value's text columns and returns the answer's
 * cells (null for none).
 */
export function taskOf(
  makeAnswer: (options: never) => (a: string, b: string) => readonly (string | number | null)[],
): TaskFunction {
  return (task) => {
    const answer = makeAnswer(task.options as never);
    writeLines(task.output, (lines) => {
      forEachValue(task.input, (key, a, b) => {
        lines.text(key);
        for (const cell of answer(a, b)) {
          lines.byte(FIELD_BYTE);
          if (cell === null) lines.byte(NONE_BYTE);
          else if (typeof cell === 'number') lines.number(cell);
          else lines.text(cell);
        }
        lines.byte(LINE_END);
      });
    });
    return {};
  };
}

/** Wraps an observation of one value into a task that only counts. */
export function countingTaskOf(
  makeObserve: (options: never) => (a: string, b: string) => readonly string[],
): TaskFunction {
  return (task) => {
    const observe = makeObserve(task.options as never);
    const counts: TaskCounts = {};
    forEachValue(task.input, (_, a, b) => {
      for (const name of observe(a, b)) counts[name] = (counts[name] ?? 0) + 1;
    });
    return counts;
  };
}

function forEachValue(path: string, take: (key: string, a: string, b: string) => void): void {
  const text = readFileSync(path, 'utf8');
  let start = 0;
  while (start < text.length) {
    let end = text.indexOf('\n', start);
    if (end < 0) end = text.length;
    const first = text.indexOf(FIELD, start);
    const line = text.slice(first + 1, end);
    const second = line.indexOf(FIELD);
    const key = text.slice(start, first);
    if (second < 0) take(key, line, '');
    else take(key, line.slice(0, second), line.slice(second + 1));
    start = end + 1;
  }
}
