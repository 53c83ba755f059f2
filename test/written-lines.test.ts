import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { writeLines } from '../engine/written-lines.js';
import fc from './property.js';

const folder = mkdtempSync(join(tmpdir(), 'doisoat-lines-'));
const path = join(folder, 'lines.txt');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cell = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.nat(2 ** 32 - 1),
  fc.constantFrom(0, -0, 9, 10, 99, 100, 999_999_999, 1_000_000_000, 2 ** 32 - 1, 2 ** 32, -1, 0.5, 1e21),
);

function write(cells: readonly (string | number)[]): Buffer {
  writeLines(path, (lines) => {
    for (const one of cells) {
      if (typeof one === 'number') lines.number(one);
      else lines.text(one);
      lines.byte(0x0a);
    }
  });
  return readFileSync(path);
}

const joined = (cells: readonly (string | number)[]) =>
  Buffer.from(cells.map((one) => `${one}\n`).join(''), 'utf8');

it('writes what strings would be', () => {
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 50 }), (cells) => write(cells).equals(joined(cells))),
    { numRuns: 500 },
  );
});

it('holds more than it writes at once, and a text longer than that', () => {
  const cells = [...Array.from({ length: 90_000 }, (_, i) => `Nguyễn Thị Ánh ${i}`), 'ế'.repeat(700_000), 7];
  expect(write(cells).equals(joined(cells))).toBe(true);
});

it('is for its owner only', () => {
  rmSync(path);
  write(['x']);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});
