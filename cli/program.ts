import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { halfOfMemory } from '../engine/memory.js';
import {
  EXAMPLES,
  GOES_ON,
  HEADINGS,
  HELP_COMMAND,
  HELP_OPTION,
  PROGRAM,
  START,
  STOPPED,
  VERSION_OPTION,
} from '../messages/command-line.js';
import {
  COMMANDS,
  COMMON_OPTIONS,
  type CommandName,
  type CommandText,
  PARENT_SUMMARIES,
} from '../messages/commands.js';
import type { Language, Text } from '../messages/text.js';
import { UserError } from '../messages/user-error.js';
import { type Context, quietContext } from '../pipeline/context.js';
import { VERSION } from '../pipeline/version.js';
import { EXIT, failureOf } from './errors.js';
import { chosenLanguage } from './language.js';
import { print } from './output.js';
import { openScreen } from './progress.js';
import { numberOption, type Options, type Run, type Session, type Streams, textOption } from './session.js';

/** The commands, loaded when asked for so that `--help` is quick. */
const RUNS: Readonly<Record<CommandName, () => Promise<{ readonly run: Run }>>> = {
  init: () => import('./init.js'),
  profile: () => import('./profile.js'),
  clean: () => import('./clean.js'),
  'reference build': () => import('./reference.js'),
  run: () => import('./run.js'),
  nightly: () => import('./nightly.js'),
  'schedule print': () => import('./schedule.js'),
  serve: () => import('./serve.js'),
  report: () => import('./report.js'),
  runs: () => import('./runs.js'),
  cross: () => import('./cross.js'),
  national: () => import('./national.js'),
  sectors: () => import('./sectors.js'),
  explain: () => import('./explain.js'),
  generate: () => import('./generate.js'),
  evaluate: () => import('./evaluate.js'),
  schema: () => import('./schema.js'),
  why: () => import('./why.js'),
  blocking: () => import('./blocking.js'),
  'cases list': () => import('./cases.js').then(({ list: run }) => ({ run })),
  'cases assign': () => import('./cases.js').then(({ assign: run }) => ({ run })),
  'cases decide': () => import('./cases.js').then(({ decide: run }) => ({ run })),
  'cases waive': () => import('./cases.js').then(({ waive: run }) => ({ run })),
  'cases export': () => import('./cases.js').then(({ exportFile: run }) => ({ run })),
  'cases import': () => import('./cases.js').then(({ importFile: run }) => ({ run })),
  corrections: () => import('./corrections.js'),
  'corrections import': () => import('./corrections.js').then(({ importFiles: run }) => ({ run })),
  compare: () => import('./compare.js'),
  'audit verify': () => import('./audit.js').then(({ verify: run }) => ({ run })),
  'audit export': () => import('./audit.js').then(({ exportFile: run }) => ({ run })),
  purge: () => import('./purge.js'),
  'ledger backup': () => import('./ledger.js').then(({ backup: run }) => ({ run })),
  'ledger restore': () => import('./ledger.js').then(({ restore: run }) => ({ run })),
  'model train': () => import('./model.js').then(({ train: run }) => ({ run })),
  'model show': () => import('./model.js').then(({ show: run }) => ({ run })),
  'model compare': () => import('./model.js').then(({ compare: run }) => ({ run })),
};

interface Parsed {
  readonly name: CommandName;
  readonly args: readonly string[];
  readonly options: Options;
}

/** Runs one command line (without `node` and the script) and resolves to its exit code; never rejects. */
export async function runProgram(
  argv: readonly string[],
  streams: Streams,
  signal: AbortSignal,
): Promise<number> {
  let language: Language = 'vi';
  let parsed: Parsed | null = null;
  try {
    language = chosenLanguage(argv, streams.env);
    parsed = parse(argv, streams, language);
    return parsed === null ? EXIT.fine : await execute(parsed, { streams, language, signal });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.fine;
    if (signal.aborted) {
      const goesOn = parsed?.name === 'run' ? ` ${GOES_ON[language]}` : '';
      await print(streams.stderr, `${STOPPED[language]}${goesOn}\n`);
      return EXIT.interrupted;
    }
    const failure = failureOf(error, language, argv);
    await print(streams.stderr, failure.text);
    return failure.exitCode;
  }
}

interface World {
  readonly streams: Streams;
  readonly language: Language;
  readonly signal: AbortSignal;
}

async function execute(parsed: Parsed, world: World): Promise<number> {
  const { options } = parsed;
  const { streams, language } = world;
  const level = options.quiet === true ? 'quiet' : options.verbose === true ? 'verbose' : 'normal';
  const screen = openScreen({ stream: streams.stderr, language, level });
  const context = contextOf(options, { ...world, ...screen });
  const session: Session = { streams, language, context, say: (text) => text[language] };
  try {
    const { run } = await RUNS[parsed.name]();
    const answer = await run({ args: parsed.args, options, session });
    screen.clear();
    if (answer.silent === true) return answer.exitCode ?? EXIT.fine;
    const text = options.json === true ? `${JSON.stringify(answer.data, null, 2)}\n` : answer.text;
    if (text !== '') await print(streams.stdout, text.endsWith('\n') ? text : `${text}\n`);
    return answer.exitCode ?? EXIT.fine;
  } catch (error) {
    screen.clear();
    throw error;
  }
}

function contextOf(
  options: Options,
  parts: Pick<Context, 'log' | 'progress' | 'language' | 'signal'>,
): Context {
  const { log, progress, language, signal } = parts;
  const threads = numberOption(options, 'threads', { min: 1, max: 1024, whole: true });
  return quietContext({
    log,
    progress,
    language,
    signal,
    memory: memoryOf(options),
    workspace: resolve(textOption(options, 'workspace') ?? '.'),
    ...(threads === undefined ? {} : { threads }),
  });
}

function memoryOf(options: Options): string {
  const text = textOption(options, 'memory');
  if (text === undefined) return halfOfMemory();
  if (/^\d+(\.\d+)?\s*([KMGT]i?B)$/i.test(text)) return text.replace(/\s/g, '');
  throw new UserError({
    what: { vi: `--memory không nhận “${text}”.`, en: `--memory does not take “${text}”.` },
    where: '--memory',
    mend: { vi: 'Hãy ghi như 512MB hoặc 4GB.', en: 'Write it as 512MB or 4GB.' },
  });
}

function parse(argv: readonly string[], streams: Streams, language: Language): Parsed | null {
  let parsed: Parsed | null = null;
  const say = (text: Text) => text[language];
  const program = configured(new Command('doisoat'), streams, language)
    .enablePositionalOptions()
    .description(say(PROGRAM))
    .usage(language === 'vi' ? '[tùy chọn] <lệnh>' : '[options] <command>')
    .option('--lang <language>', say(COMMON_OPTIONS['--lang <language>']))
    .version(VERSION, '-V, --version', say(VERSION_OPTION))
    .addHelpText('after', `\n${say(START)}\n`);
  for (const name of Object.keys(COMMANDS) as CommandName[]) {
    const command = addCommand(program, name, { streams, language });
    command.action(() => {
      parsed = { name, args: command.args, options: command.opts() };
    });
  }
  if (argv.length === 0 || (argv.length <= 2 && argv[0]?.startsWith('--lang'))) {
    program.outputHelp();
    return null;
  }
  program.parse([...argv], { from: 'user' });
  return parsed;
}

function addCommand(program: Command, name: CommandName, world: Omit<World, 'signal'>): Command {
  const text: CommandText = COMMANDS[name];
  const { language } = world;
  const command = configured(new Command(name.split(' ').at(-1)), world.streams, language)
    .summary(text.summary[language])
    .usage(`${language === 'vi' ? '[tùy chọn]' : '[options]'} ${text.usage}`.trim())
    .description(
      [text.summary, text.details]
        .map((one) => one?.[language] ?? '')
        .join('\n')
        .trim(),
    );
  for (const argument of text.usage.split(' ').filter((word) => word !== '')) {
    const bare = argument.replace(/[<>[\].]/g, '');
    command.argument(argument, text.arguments[bare]?.[language] ?? '');
  }
  for (const [flags, meaning] of Object.entries(text.options)) addOption(command, flags, meaning[language]);
  command.optionsGroup(language === 'vi' ? 'Tùy chọn chung:' : 'Common options:');
  for (const [flags, meaning] of Object.entries(COMMON_OPTIONS)) addOption(command, flags, meaning[language]);
  command.helpOption('-h, --help', HELP_OPTION[language]);
  command.addHelpText(
    'after',
    `\n${EXAMPLES[language]}\n${text.examples.map((one) => `  ${one}`).join('\n')}\n`,
  );
  parentOf(program, name, world).addCommand(command);
  return command;
}

function addOption(command: Command, flags: string, meaning: string): void {
  if (!/^--(column|group) /.test(flags)) command.option(flags, meaning);
  else command.option(flags, meaning, (value: string, before: string[]) => [...before, value], []);
}

/** `reference build` stands under `reference`, `model train` under `model`, which do nothing themselves. */
function parentOf(program: Command, name: string, { streams, language }: Omit<World, 'signal'>): Command {
  const [first = '', second] = name.split(' ');
  if (second === undefined) return program;
  const known = program.commands.find((command) => command.name() === first);
  // `corrections` is a command itself: behind `corrections import` the options are those of the import.
  if (known) return known.enablePositionalOptions();
  const summary = (PARENT_SUMMARIES[first] ?? COMMANDS['reference build'].summary)[language];
  const parent = configured(new Command(first), streams, language).description(summary);
  program.addCommand(parent);
  return parent;
}

function configured(command: Command, streams: Streams, language: Language): Command {
  const title = (text: string) => (language === 'vi' ? (HEADINGS[text] ?? text) : text);
  return command
    .exitOverride()
    .helpOption('-h, --help', HELP_OPTION[language])
    .helpCommand('help [command]', HELP_COMMAND[language])
    .configureOutput({
      writeOut: (text) => streams.stdout.write(text),
      writeErr: () => {},
      outputError: () => {},
      getOutHelpWidth: () => Math.min(110, streams.stdout.columns || 100),
    })
    .configureHelp({ styleTitle: title, subcommandTerm: (sub) => sub.name() });
}
