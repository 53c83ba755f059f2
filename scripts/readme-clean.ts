// Runs the commands that README.md names in its markers and writes what they answer between them: the first job step by step,
// and what `doisoat clean` changes in three samples. What it changes in every sample goes to docs/cleaning-samples.md in the same
// way. Run after `npm run build`: node dist/scripts/readme-clean.js
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { Options, Run, Session } from '../cli/session.js';
import { COMMANDS, COMMON_OPTIONS, type CommandName, type CommandText } from '../messages/commands.js';
import type { CleanResult } from '../pipeline/clean-plan.js';
import { quietContext } from '../pipeline/context.js';
import { count } from '../reports/numbers.js';
import { builtInSectors, loadSector } from '../sectors/load.js';

export interface CommandLine {
  readonly name: CommandName;
  readonly args: readonly string[];
  readonly options: Options;
}

/** A line such as `doisoat run job.yaml -o out`, by the program's own table. Throws where it has no such command or option. */
export function commandLine(line: string): CommandLine {
  const [program, ...words] = line.trim().split(/\s+/);
  const name = (Object.keys(COMMANDS) as CommandName[]).find((one) =>
    one.split(' ').every((word, i) => words[i] === word),
  );
  if (program !== 'doisoat' || name === undefined) throw new Error(`no such command: ${line}`);
  const command: CommandText = COMMANDS[name];
  const parsed = parseArgs({
    args: words.slice(name.split(' ').length),
    options: optionsOf({ ...command.options, ...COMMON_OPTIONS }),
    allowPositionals: true,
  });
  const needed = command.usage.split('<').length - 1;
  if (parsed.positionals.length < needed) throw new Error(`an argument is missing: ${line}`);
  const named = Object.entries(parsed.values).map(([flag, value]) => [camelCase(flag), value]);
  return { name, args: parsed.positionals, options: Object.fromEntries(named) };
}

function optionsOf(flags: CommandText['options']): NonNullable<ParseArgsConfig['options']> {
  const entries = Object.keys(flags).map((text) => {
    const long = /--([a-z-]+)/.exec(text)?.[1] ?? '';
    const short = /^-(\w),/.exec(text)?.[1];
    const type = text.includes('<') ? ('string' as const) : ('boolean' as const);
    return [long, { type, ...(short ? { short } : {}), ...(long === 'column' ? { multiple: true } : {}) }];
  });
  return Object.fromEntries(entries);
}

function camelCase(flag: string): string {
  return flag.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

const RUNS: Partial<Record<CommandName, () => Promise<{ readonly run: Run }>>> = {
  profile: () => import('../cli/profile.js'),
  init: () => import('../cli/init.js'),
  run: () => import('../cli/run.js'),
  report: () => import('../cli/report.js'),
  evaluate: () => import('../cli/evaluate.js'),
  clean: () => import('../cli/clean.js'),
};

/** `<!-- paste: COMMAND -->`, or `<!-- paste (first 9 lines): COMMAND -->`, up to `<!-- /paste -->`. */
const MARKER = /(<!-- paste(?: \((first|last) (\d+) lines\))?: (.+?) -->\n)[\s\S]*?(<!-- \/paste -->)/g;

/**
 * The text with what its markers name filled in, and the folder the commands worked in while `look` runs. They are given one
 * clock, so that the answers do not change with the calendar, and find `samples` as `sample-data`.
 */
export async function withAnswers(
  text: string,
  samples: string,
  look: (folder: string) => unknown = () => {},
): Promise<string> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'doisoat-readme-')));
  const before = process.cwd();
  symlinkSync(resolve(samples), join(folder, 'sample-data'), 'junction');
  try {
    process.chdir(folder);
    const answers: string[] = [];
    for (const [, start = '', end, lines, line = '', stop = ''] of text.matchAll(MARKER)) {
      const answer = (await answerTo(line, folder)).replaceAll(`${folder}/`, '');
      answers.push(`${start}\n${part(answer, end, Number(lines))}\n${stop}`);
    }
    await look(folder);
    return text.replace(MARKER, () => answers.shift() ?? '');
  } finally {
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function answerTo(line: string, workspace: string): Promise<string> {
  const { name, args, options } = commandLine(line);
  const found = await RUNS[name]?.();
  if (found === undefined) throw new Error(`not for pasting: ${line}`);
  const language = options.lang === 'en' ? 'en' : 'vi';
  const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough(), env: {} };
  const context = quietContext({ workspace, language, threads: 1, clock: () => SAMPLE_DAY });
  const session: Session = { streams, language, context, say: (text) => text[language] };
  const answer = await found.run({ args, options, session });
  return name === 'clean' ? changesTable(answer.data as CleanResult) : textBlock(answer.text);
}

/** The day the samples speak for, noon in Vietnam. */
const SAMPLE_DAY = new Date('2026-11-21T05:00:00Z');

function textBlock(text: string): string {
  return `\`\`\`text\n${text.trimEnd()}\n\`\`\``;
}

/** The first or last lines within a block; all of it unless asked otherwise. */
function part(block: string, end: string | undefined, lines: number): string {
  if (end === undefined) return block;
  const all = block.split('\n').slice(1, -1);
  return textBlock((end === 'first' ? all.slice(0, lines) : all.slice(-lines)).join('\n'));
}

const MOST_COMMON = 5;

function changesTable({ rows, rejected, fields }: CleanResult): string {
  const head = ['trường · field', 'có giá trị · filled', 'đã đổi · changed', 'bỏ · unusable'];
  const cells = fields.map((one) => [
    `\`${one.field}\` ← \`${one.columns.join(' + ')}\``,
    ...[one.filled, one.changed, one.unusable].map((n) => count(n).vi),
    one.problems.slice(0, MOST_COMMON).map(problemText).join(' · '),
    one.examples
      .slice(0, 3)
      .map((example) => `\`${example}\``)
      .join('<br>'),
  ]);
  const line = (row: readonly string[]) => `| ${row.join(' | ')} |`;
  return [
    `${count(rows).vi} dòng, ${count(rejected).vi} dòng không đọc được · ${count(rows).en} rows, ${count(rejected).en} unreadable\n`,
    line([
      ...head,
      'thấy gì, mấy dòng · found in how many rows',
      'trước → sau, đã che · before → after, masked',
    ]),
    '|---|--:|--:|--:|---|---|',
    ...cells.map(line),
    '',
  ].join('\n');
}

function problemText({ problem, labels, rows }: CleanResult['fields'][number]['problems'][number]): string {
  return `\`${problem}\` ${labels.vi.replaceAll('|', '\\|')} (${count(rows).vi})`;
}

/** Folders of samples that hold an extract and the sector of that name; the others are references. */
function samplesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'extract.csv')) && builtInSectors().includes(name))
    .sort();
}

/** docs/cleaning-samples.md: what `doisoat clean` changes in every sample. */
export async function cleaningPage(samples: string): Promise<string> {
  const parts = samplesIn(samples).map((name) => {
    const { labels } = loadSector(name).sector;
    const command = `doisoat clean sample-data/${name}/extract.csv --sector ${name} -o cleaned-${name}.csv`;
    const heading = `## ${labels.vi} · ${labels.en}`;
    return [heading, `\`${command}\``, `<!-- paste: ${command} -->\n<!-- /paste -->`].join('\n\n');
  });
  return withAnswers(`${[PAGE_START, ...parts].join('\n\n')}\n`, samples);
}

const PAGE_START = `# Làm sạch các dữ liệu mẫu · Cleaning the samples

Trước và sau \`doisoat clean\` của từng dữ liệu mẫu: mỗi cột có bao nhiêu giá trị, bao nhiêu giá trị đã đổi, vì sao, ba ví dụ đã che.
Trang này do \`node dist/scripts/readme-clean.js\` viết. · Before and after \`doisoat clean\`, sample by sample: how many values a column
has, how many were changed and why, three masked examples. Written by \`node dist/scripts/readme-clean.js\`. Bộ chuẩn hóa · The
normalizers: [normalizers.md](normalizers.md).`;

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) {
  writeFileSync('README.md', await withAnswers(readFileSync('README.md', 'utf8'), 'sample-data'));
  writeFileSync('docs/cleaning-samples.md', await cleaningPage('sample-data'));
}
