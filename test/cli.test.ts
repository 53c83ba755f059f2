import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failureOf } from '../cli/errors.js';
import { chosenLanguage } from '../cli/language.js';
import { COMMANDS, COMMON_OPTIONS } from '../messages/commands.js';
import { loadJob } from '../pipeline/job.js';
import { cliPage } from '../scripts/docs-cli.js';
import { say } from './command-line.js';

let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'doisoat-cli-'));
  for (const name of ['extract.csv', 'people.csv']) writeFileSync(at(name), 'id\n');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('help', () => {
  it.each(Object.entries(COMMANDS))(
    'of %s has its options and an example, in both languages',
    async (name, text) => {
      for (const language of ['vi', 'en'] as const) {
        const { code, out, err } = await say([...name.split(' '), '--help', '--lang', language]);
        expect([code, err]).toEqual([0, '']);
        expect(out.replace(/\s+/g, ' ')).toContain(text.summary[language]);
        for (const flags of Object.keys({ ...text.options, ...COMMON_OPTIONS })) expect(out).toContain(flags);
        for (const example of text.examples) expect(out).toContain(`  ${example}`);
      }
    },
  );

  it('without a command shows where to begin', async () => {
    for (const argv of [[], ['--lang', 'vi'], ['--help']])
      expect((await say(argv)).out).toContain('Bắt đầu:');
    expect((await say(['--lang=en'])).out).toContain('To begin:');
  });

  it('stands in docs/cli.md as it is printed', async () => {
    expect(readFileSync('docs/cli.md', 'utf8')).toBe(await cliPage());
  });

  it('has every example begin with a command that exists', () => {
    const names = Object.keys(COMMANDS);
    for (const example of Object.values(COMMANDS).flatMap(({ examples }) => examples)) {
      const command = example.split('doisoat ')[1] ?? '';
      expect(names.some((name) => command.startsWith(name))).toBe(true);
    }
  });
});

describe('the examples of the help', () => {
  // Those for a shell (pipes) are tried in its way above and below; the others run here, in the order of the help.
  const examples = Object.values(COMMANDS)
    .flatMap((command): readonly string[] => command.examples)
    // `serve` goes on until it is stopped: test/schedule.test.ts.
    .filter((example) => !/[|>]/.test(example) && !example.startsWith('doisoat serve'));
  const home = process.cwd();

  beforeAll(async () => {
    const empty = mkdtempSync(join(folder, 'examples-'));
    for (const name of ['sample-data', 'docs']) symlinkSync(join(home, name), join(empty, name));
    process.chdir(empty);
    writeFileSync('van-ban.yaml', 'agency: Cơ quan thử nghiệm\nplace: Hà Nội\n');
    // Some commands look at what others have left.
    for (const sector of ['deaths', 'pupils', 'telecom-subscribers'])
      await say(['run', `sample-data/${sector}/job.yaml`, '--quiet']);
  }, 120_000);

  afterAll(() => process.chdir(home));

  it.each(examples)(
    '%s',
    async (example) => {
      const words = (example.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ''));
      const { code, err } = await tried([...words.slice(1), '--quiet']);
      expect([0, 3]).toContain(code);
      expect(err).toBe('');
    },
    180_000,
  );

  /** A night starts the compiled program for each job, so it is tried as that. */
  async function tried(argv: readonly string[]): Promise<{ code: number; err: string }> {
    if (argv[0] !== 'nightly') return say(argv);
    const { status, stderr } = spawnSync(process.execPath, [join(home, 'dist/cli/main.js'), ...argv]);
    return { code: status ?? 1, err: stderr.toString() };
  }
});

describe('the language', () => {
  it.each([
    [[], { LANG: 'en_US.UTF-8' }, 'en'],
    [[], { LANG: 'vi_VN' }, 'vi'],
    [[], { LANG: 'fr_FR' }, 'vi'],
    [[], { LANG: 'C.UTF-8' }, 'vi'],
    [[], {}, 'vi'],
    [[], { LC_ALL: 'en', LANG: 'vi' }, 'en'],
    [[], { LC_ALL: '', LC_MESSAGES: 'en_GB', LANG: 'vi' }, 'en'],
    [['run', '--lang', 'vi'], { LANG: 'en' }, 'vi'],
    [['--lang=en', 'run'], { LANG: 'vi' }, 'en'],
    [['run', '--', '--lang', 'en'], {}, 'vi'],
  ])('%j %j → %s', (argv, env, language) => {
    expect(chosenLanguage(argv, env)).toBe(language);
  });
});

describe('a mistake is one message in both languages, the chosen one first, and exit 2', () => {
  it.each([
    [['rnu'], /“rnu”.*\n.*“run”/],
    [['run', '--refeal-ids', 'x'], /“--refeal-ids”.*\n.*“--reveal-ids”/],
    [['run'], /Thiếu đối số “job”/],
    [['run', 'a.yaml', 'b.yaml'], /thừa đối số/],
    [['run', 'not-there.yaml'], /not-there\.yaml: Không tìm thấy tệp/],
    [['profile', 'not-there.csv'], /not-there\.csv: /],
    [['profile', '.'], /thư mục/],
    [['profile', 'package.json', '--encoding', 'utf8'], /--encoding: .*“utf8”.*\n.*“utf-8”/],
    [['profile', 'package.json', '--delimiter', ';;'], /--delimiter/],
    [['clean', 'package.json', '-o', 'x'], /--sector/],
    [['sectors', 'worker'], /“worker”.*\n.*“workers”/],
    [['explain', 'name.tipo'], /“name\.tipo”|explain/],
    [['explain', 'matsh'], /“matsh”.*\n.*“match”/],
    [['schema', 'jobs'], /“jobs”.*\n.*“job”/],
    [['runs', '--lang', 'de'], /--lang: .*“de”/],
    [['runs', '--memory', 'lots'], /--memory: /],
    [['runs', '--threads', '0'], /--threads: /],
    [['report', 'nothing-such'], /“nothing-such”/],
    [['generate', '-o', 'x', '--people', 'many'], /--people: .*“many”/],
    [['generate', '-o', 'x', '--sector', 'telecom'], /“telecom”.*\n.*“telecom-subscribers”/],
  ])('%j', async (argv, message) => {
    const { code, out, err } = await say(argv);
    expect(err).toMatch(message);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^Lỗi: [\s\S]*\n {2}→ [\s\S]*\nError: [\s\S]*\n {2}→ /);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('English first in English; one JSON object with --json', async () => {
    expect((await say(['rnu', '--lang', 'en'])).err).toMatch(/^Error: [\s\S]*\nLỗi: /);
    const { err } = await say(['sectors', 'worker', '--json']);
    expect(JSON.parse(err)).toMatchObject({
      error: { exit_code: 2, what: { en: 'There is no sector “worker”.' } },
    });
  });

  it.each([
    ['a bug shows its stack', new TypeError('x is undefined'), 1, /test[/\\]cli\.test\.ts/],
    ['a full disk', Object.assign(new Error('write'), { code: 'ENOSPC', path: '/data' }), 2, /\/data: Ổ đĩa/],
    [
      'no permission',
      Object.assign(new Error('open'), { code: 'EACCES', path: '/x' }),
      2,
      /\/x: Không có quyền/,
    ],
    ['too little memory', new Error('Out of Memory Error: failed'), 2, /--memory/],
  ])('%s', (_name, error, code, message) => {
    const failure = failureOf(error, 'vi', []);
    expect(failure.exitCode).toBe(code);
    expect(failure.text).toMatch(message);
  });
});

describe('explain, sectors, schema', () => {
  it.each([
    [['explain', 'name.accents'], /Ai sửa được:[\s\S]*Who can mend it:/],
    [['explain', 'match'], /Trùng khớp[\s\S]*Match/],
    [['explain'], /match_after_cleaning[\s\S]*id\.typo/],
    [['sectors'], /telecom-subscribers/],
    [['sectors', 'workers'], /person-name/],
    [['sectors', '--kinds'], /birth-date/],
  ])('%j', async (argv, text) => {
    const { code, out } = await say(argv);
    expect(out).toMatch(text);
    expect(code).toBe(0);
    expect(() => JSON.parse(out)).toThrow();
    const json = await say([...argv, '--json']);
    expect(JSON.parse(json.out)).toBeTypeOf('object');
  });

  it.each(['job', 'sector', 'summary'])('schema %s is a JSON Schema with properties', async (name) => {
    const schema = JSON.parse((await say(['schema', name])).out);
    expect(schema.$schema).toMatch(/json-schema\.org/);
    expect(Object.keys(schema.properties).length).toBeGreaterThan(5);
  });

  it('every setting of the schemas stands in the docs', async () => {
    for (const [name, page] of [
      ['job', 'docs/job-file.md'],
      ['sector', 'docs/sector-file.md'],
    ] as const) {
      const text = readFileSync(page, 'utf8');
      for (const key of keysOf(JSON.parse((await say(['schema', name])).out))) expect(text).toContain(key);
    }
  });

  it('the examples of the docs are valid', () => {
    const block = (page: string) => /```yaml\n([\s\S]*?)```/.exec(readFileSync(page, 'utf8'))?.[1] ?? '';
    writeFileSync(at('doc-sector.yaml'), block('docs/sector-file.md'));
    const job = block('docs/job-file.md')
      .replace(/^ {2}path: .*$/m, '  path: extract.csv')
      .replace('reference/', 'people.csv');
    writeFileSync(at('doc-job.yaml'), job);
    expect(loadJob(at('doc-job.yaml'), { today: '2026-11-21' }).sector.name).toBe('telecom-subscribers');
    const own = job
      .replace('telecom-subscribers', './doc-sector.yaml')
      .replace(/^ {4}(record_key|sex|carrier): .*\n/gm, '');
    writeFileSync(at('doc-own.yaml'), own.replace('[carrier]', '[branch]'));
    expect(loadJob(at('doc-own.yaml'), { today: '2026-11-21' }).sector.name).toBe('library-members');
  });
});

function keysOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const properties =
    'properties' in schema && typeof schema.properties === 'object' ? (schema.properties ?? {}) : {};
  return [...Object.keys(properties), ...Object.values(schema).flatMap(keysOf)];
}
