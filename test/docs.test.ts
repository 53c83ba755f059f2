import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { EXIT } from '../cli/errors.js';
import { OUTCOMES } from '../matchers/outcomes.js';
import { REASON_CODES } from '../matchers/reasons.js';
import { COMMANDS, COMMON_OPTIONS, type CommandText } from '../messages/commands.js';
import { cleanFile } from '../pipeline/clean.js';
import { quietContext } from '../pipeline/context.js';
import { evaluate } from '../pipeline/evaluate.js';
import { jobSchema } from '../pipeline/job-schema.js';
import { sectorPage, sectorsIndex } from '../scripts/docs-sectors.js';
import { commandLine, withAnswers } from '../scripts/readme-clean.js';
import { builtInSectors, loadSector } from '../sectors/load.js';
import { sectorSchema } from '../sectors/schema.js';
import { isDocumented, settingRows, settingsBelow } from './docs-settings.js';

const ROOT = resolve(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const below = (folder: string) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`);

const PAGES = ['README.md', ...below('docs')].sort();
const README = read('README.md');
const PACKAGE = JSON.parse(read('package.json'));

describe('docs/cli.md', () => {
  it.each(Object.entries<CommandText>(COMMANDS))('says all of %s', (name, command) => {
    const part = section(read('docs/cli.md'), `doisoat ${name}`);
    const words = [...Object.keys(command.options), ...Object.keys(COMMON_OPTIONS), ...command.examples];
    expect(words.filter((one) => !part.includes(one))).toEqual([]);
    // Long texts are wrapped there.
    const running = part.replace(/\s+/g, ' ');
    for (const { vi, en } of [command.summary, ...Object.values(command.arguments)]) {
      expect(running).toContain(vi);
      expect(running).toContain(en);
    }
  });

  it('shows examples that the program takes', () => {
    const examples = Object.values<CommandText>(COMMANDS).flatMap((command) => command.examples);
    const lines = examples.flatMap(commandsOf).filter((line) => line.startsWith('doisoat'));
    expect(lines.length).toBe(examples.length);
    for (const line of lines) commandLine(line);
  });

  it.each([
    ['an unknown command', 'doisoat rum job.yaml'],
    ['an unknown option', 'doisoat run job.yaml --periods 2026'],
    ['a missing argument', 'doisoat run --period 2026'],
    ['another program', 'soat run job.yaml'],
  ])('is checked by something that refuses %s', (_name, line) => {
    expect(() => commandLine(line)).toThrow();
  });
});

describe('outcomes, reasons and exit codes', () => {
  it('all stand in the docs', () => {
    const [outcomes, reasons] = [read('docs/outcomes.md'), read('docs/reasons.md')];
    expect(OUTCOMES.filter((one) => !outcomes.includes(`| \`${one}\` |`))).toEqual([]);
    expect(REASON_CODES.filter((one) => !reasons.includes(`| \`${one}\` |`))).toEqual([]);
  });

  it.each(['README.md', 'docs/exit-codes.md'])('%s has every exit code and no other', (page) => {
    const codes = [...read(page).matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
    expect(codes).toEqual(Object.values(EXIT));
  });
});

describe('docs/sectors.md and docs/sectors/', () => {
  it('the list is up to date (node dist/scripts/docs-sectors.js), and has every sector', () => {
    const page = read('docs/sectors.md');
    expect(page).toBe(sectorsIndex());
    expect(builtInSectors().filter((name) => !page.includes(`(sectors/${name}.md)`))).toEqual([]);
  });

  it.each(builtInSectors())('%s: its page is up to date, with every field and its headers', async (name) => {
    const page = read(`docs/sectors/${name}.md`);
    expect(page).toBe(await sectorPage(name, join(ROOT, 'sample-data')));
    const fields = Object.keys(loadSector(name).sector.fields);
    expect(fields.filter((field) => !page.includes(`| \`${field}\` |`))).toEqual([]);
    expect(fields.filter((field) => !page.includes(`- \`${field}\`: `))).toEqual([]);
  });
});

describe('settings', () => {
  it.each([
    ['docs/job-file.md', jobSchema],
    ['docs/sector-file.md', sectorSchema],
  ])('%s has those of the schema and no other', (path, schema) => {
    const page = read(path);
    const rows = settingRows(page);
    const paths = settingsBelow(z.toJSONSchema(schema, { io: 'input' }), '');
    expect(paths.length).toBeGreaterThan(15);
    const missing = paths.filter((one) => !isDocumented(one, rows, page));
    expect(missing).toEqual([]);
    expect([...rows.keys()].filter((one) => !paths.includes(one))).toEqual([]);
  });
});

describe('links', () => {
  it.each(PAGES)('of %s lead somewhere', (page) => {
    expect(linksOf(page).filter((target) => !existsSync(target))).toEqual([]);
  });

  it('lead from docs/README.md, or from its list of sectors, to every page', () => {
    const linked = new Set([...linksOf('docs/README.md'), ...linksOf('docs/sectors.md')]);
    const pages = PAGES.filter((page) => page !== 'docs/README.md');
    expect(pages.filter((page) => !linked.has(join(ROOT, page)))).toEqual([]);
  });
});

describe('command lines', () => {
  it.each(PAGES)('of %s exist', (page) => {
    const blocks = [...read(page).matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block);
    for (const line of blocks.flatMap((block) => block.split('\n')).flatMap(commandsOf)) checkLine(line);
    const inline = [...read(page).matchAll(/`doisoat ([a-z]+)[^`]*`/g)].map(([, name = '']) => name);
    const known = Object.keys(COMMANDS).map((name) => name.split(' ')[0]);
    expect(inline.filter((name) => !known.includes(name))).toEqual([]);
  });
});

describe('README.md', () => {
  it('begins with the two commands of package.json and its Node', () => {
    expect(README).toContain('npm ci && npm run demo');
    expect(README).toContain('npm ci && npm test');
    expect(Object.keys(PACKAGE.scripts)).toEqual(expect.arrayContaining(['demo', 'test', 'doisoat']));
    expect(README).toContain(`Node ${PACKAGE.engines.node.replace('>=', '≥ ')}`);
    expect([PACKAGE.license, read('LICENSE').split('\n')[0]]).toEqual(['MIT', 'MIT License']);
  });

  it('has no number but those its commands print', () => {
    const prose = README.replace(/<!-- paste[\s\S]*?<!-- \/paste -->/g, '')
      .replace(/```[\s\S]*?```/g, '')
      .replaceAll(`≥ ${PACKAGE.engines.node.replace('>=', '')}`, '')
      .replace(/^### \d\. /gm, '')
      .replace(/^\| \d+ \|/gm, '');
    expect(prose).toContain('Mã thoát');
    expect(prose.match(/\d+/g)).toBeNull();
  });

  it('shows what its commands print (node dist/scripts/readme-clean.js), and docs/outputs.md names all they write', async () => {
    let missing: readonly string[] = ['nothing was looked at'];
    const now = await withAnswers(README, join(ROOT, 'sample-data'), async (folder) => {
      missing = await missingFromOutputs(folder);
    });
    expect(missing).toEqual([]);
    expect(now.match(/<!-- paste/g)?.length).toBe(8);
    expect(README).toBe(now);
  }, 180_000);
});

/** Files, columns and entries that the commands of the README have written and docs/outputs.md does not name. */
async function missingFromOutputs(folder: string): Promise<string[]> {
  const page = read('docs/outputs.md');
  const json = (name: string) => JSON.parse(readFileSync(join(folder, 'ket-qua', name), 'utf8'));
  const context = quietContext({ workspace: folder, threads: 2 });
  const sample = join(folder, 'sample-data/telecom-subscribers');
  const scored = await evaluate(join(folder, 'ket-qua'), join(sample, 'truth.csv'), context);
  const { stdin, stdout } = process;
  const cleaned = await cleanFile(
    {
      path: join(sample, 'extract.csv'),
      out: join(folder, 'again.csv'),
      sector: loadSector('telecom-subscribers').sector,
      columns: null,
      encoding: 'auto',
      delimiter: 'auto',
      stdin,
      stdout,
    },
    context,
  );
  const files = readdirSync(join(folder, 'ket-qua')).map((name) => name.replace(/^(reference-).*/, '$1…/'));
  const written: [string, readonly string[]][] = [
    ['Thư mục của một lần chạy · The folder of a run', files],
    ['Cột của `results.csv`', columnsOf(join(folder, 'ket-qua/mismatches.csv'))],
    ['Cột của `results.csv`', columnsOf(join(folder, 'ket-qua/results.csv'))],
    ['Cột của `rejected.csv`', columnsOf(join(folder, 'ket-qua/rejected.csv'))],
    ['`summary.json`', keysOf(json('summary.json'))],
    ['`manifest.json`', keysOf(json('manifest.json'))],
    ['`doisoat clean`', [...columnsOf(join(folder, 'thue-bao.csv')).slice(10), ...keysOf(cleaned)]],
    ['`doisoat clean`', columnsOf(join(folder, 'thue-bao.csv.rejected.csv'))],
    ['`doisoat evaluate`', keysOf(scored)],
  ];
  return written.flatMap(([heading, names]) => {
    const part = section(page, heading);
    const codes = [...part.matchAll(/`([^`]+)`/g)].flatMap(([, code = '']) => [code, ...code.split('.')]);
    return names.filter((name) => !codes.includes(name)).map((name) => `${heading}: ${name}`);
  });
}

/** Columns of a list, those of a field as `FIELD_raw`. */
function columnsOf(path: string): string[] {
  const [header = ''] = readFileSync(path, 'utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/);
  const general = (name: string) =>
    name === 'source_line' ? name : name.replace(/^.+_(raw|canonical|reference|problems)$/, 'FIELD_$1');
  return header.split(',').map(general);
}

/** Maps from names of the data to values: their keys are no entries of the format. */
const MAPS = ['outcomes', 'by_outcome', 'hints', 'confidence', 'labels', 'columns'];

function keysOf(value: unknown, name = ''): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((item) => keysOf(item, name)))];
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value);
  const isMap = MAPS.includes(name) && !entries.some(([key]) => key === 'confusion');
  return isMap ? [] : [...new Set(entries.flatMap(([key, inner]) => [key, ...keysOf(inner, key)]))];
}

/** What stands below a heading that begins so, up to the next heading of its rank or a higher one. */
function section(page: string, heading: string): string {
  const parts = page.split(/^(?=#{1,3} )/m);
  const begins = (part: string) => part.replace(/^#+ /, '').startsWith(heading);
  const exact = parts.find((part) => part.replace(/^#+ /, '').split('\n')[0] === heading);
  const found = exact ?? parts.find(begins);
  if (found === undefined) throw new Error(`no section ${heading}`);
  return found;
}

function commandsOf(line: string): string[] {
  const plain = line.replace(/\s#.*$/, '').replace(/ > .*$/, '');
  return plain
    .split(/&&|\|/)
    .map((one) => one.trim())
    .filter((one) => one !== '' && !one.startsWith('#'));
}

function checkLine(line: string): void {
  const [program, ...words] = line.split(/\s+/);
  if (program === 'doisoat') commandLine(line);
  if (program === 'npm' && words[0] === 'run') {
    const name = words.find((word, i) => i > 0 && !word.startsWith('-')) ?? '';
    expect(Object.keys(PACKAGE.scripts)).toContain(name);
  }
  const compiled = program === 'node' ? words.find((word) => word.startsWith('dist/')) : undefined;
  if (compiled !== undefined) {
    expect(existsSync(join(ROOT, compiled.replace('dist/', '').replace(/\.js$/, '.ts')))).toBe(true);
  }
}

function linksOf(page: string): string[] {
  const text = read(page).replace(/```[\s\S]*?```/g, '');
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  return targets
    .filter((target) => !/^https?:|^#/.test(target))
    .map((target) => join(ROOT, dirname(page), target.split('#')[0] ?? ''));
}
