import { describe, expect, it } from 'vitest';
import { engineMemory, megabytesOf } from '../engine/memory.js';

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

  it('reads the sizes that the engine reads, and no others', () => {
    expect(['1KB', '1MB', '1.5gb', '1TiB'].map(megabytesOf)).toEqual([0.001, 1, 1500, 2 ** 40 / 1e6]);
    expect(() => megabytesOf('lots')).toThrow('not a size: lots');
  });
});
