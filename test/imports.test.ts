import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

/** docs/architecture.md: what each folder may import of ours. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  messages: [],
  normalizers: ['messages'],
  matchers: ['messages', 'normalizers'],
  sectors: ['messages', 'normalizers', 'matchers'],
  engine: ['messages'],
  ledger: ['messages'],
  reports: ['messages', 'engine', 'ledger', 'matchers', 'normalizers'],
  generator: ['messages', 'normalizers', 'engine', 'sectors'],
  pipeline: ['messages', 'normalizers', 'matchers', 'sectors', 'engine', 'ledger', 'reports', 'generator'],
};

/** Outside libraries and the one file or folder that may import each. */
const HOMES: Readonly<Record<string, string>> = {
  '@duckdb/node-api': 'engine/',
  'better-sqlite3': 'ledger/',
  'fuse.js': 'sectors/suggest.ts',
  'string-similarity': 'matchers/string-dice.ts',
  'iconv-lite': 'engine/text-encoding.ts',
  'libphonenumber-js': 'normalizers/phone.ts',
  yaml: 'sectors/yaml-file.ts',
  piscina: 'engine/worker-pool.ts',
  commander: 'cli/',
  croner: 'pipeline/schedule-clock.ts',
  'prom-client': 'pipeline/metrics.ts',
  hucre: 'reports/xlsx',
  docx: 'reports/docx',
  '@resvg/resvg-wasm': 'reports/picture.ts',
  'dejavu-fonts-ttf': 'reports/picture.ts',
  'playwright-core': 'reports/pdf.ts',
  'd3-scale': 'reports/chart-scales.ts',
  'd3-shape': 'reports/chart-scales.ts',
};

const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts') && !/^(node_modules|dist|test|demo-workspace)\//.test(file));

function importsOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((found) => found[1]!);
}

const ours = files.flatMap((file) =>
  importsOf(file)
    .filter((target) => target.startsWith('.'))
    .map((target) => ({
      file,
      target: relative('.', normalize(join(dirname(file), target))).replaceAll('\\', '/'),
    })),
);

describe('imports', () => {
  test('there is something to check', () => {
    expect(files.length).toBeGreaterThan(60);
    expect(ours.length).toBeGreaterThan(150);
  });

  test.each(Object.entries(MAY_IMPORT))('%s imports only what it may', (folder, allowed) => {
    const strangers = ours.filter(({ file, target }) => {
      const [from] = file.split('/');
      const [to] = target.split('/');
      return from === folder && to !== folder && !allowed.includes(to!);
    });
    expect(strangers).toEqual([]);
  });

  test.each(Object.entries(HOMES))('%s has one home: %s', (library, home) => {
    const elsewhere = files.filter(
      (file) =>
        !file.startsWith(home) &&
        importsOf(file).some((name) => name === library || name.startsWith(`${library}/`)),
    );
    expect(elsewhere).toEqual([]);
  });

  test('no empty names', () => {
    const empty = files.filter((file) =>
      /(^|\/)(utils?|helpers?|common|misc|shared|lib)(\.ts$|\/)/.test(file),
    );
    expect(empty).toEqual([]);
  });
});
