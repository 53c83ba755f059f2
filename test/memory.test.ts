import { describe, expect, it } from 'vitest';
import { engineMemory, keptMemory, megabytesOf } from '../engine/memory.js';

describe('memory', () => {
  it.each([
    ['12GB', '6000MB'],
    ['3GB', '1500MB'],
    ['1GiB', '536MB'],
    ['700MB', '500MB'],
    ['500MB', '500MB'],
    ['200MB', '200MB'],
  ])('of a process that shall stay within %s, the engine gets %s', (budget, engine) => {
    expect(engineMemory(budget)).toBe(engine);
  });

  it.each([
    ['12GB', '1000MB'],
    ['4GB', '1000MB'],
    ['3900MB', null],
    ['800MB', null],
  ])('of a process that shall stay within %s, the engine keeps %s between tables', (budget, kept) => {
    expect(keptMemory(budget)).toBe(kept);
  });

  it('reads the sizes that the engine reads, and no others', () => {
    expect(['1KB', '1MB', '1.5gb', '1TiB'].map(megabytesOf)).toEqual([0.001, 1, 1500, 2 ** 40 / 1e6]);
    expect(() => megabytesOf('lots')).toThrow('not a size: lots');
  });
});
