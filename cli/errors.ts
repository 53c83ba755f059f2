import { CommanderError } from 'commander';
import { BUG } from '../messages/command-line.js';
import { COMMANDS, COMMON_OPTIONS, type CommandText } from '../messages/commands.js';
import type { Language, Text } from '../messages/text.js';
import { UserError } from '../messages/user-error.js';
import { fileProblem } from '../sectors/file-problem.js';
import { insteadOf } from '../sectors/schema-check.js';

/** Exit codes; docs/exit-codes.md says when each is used. */
export const EXIT = {
  fine: 0,
  bug: 1,
  userMistake: 2,
  overThreshold: 3,
  tooManyRejected: 4,
  workspaceHeld: 5,
  trailChanged: 6,
  interrupted: 130,
} as const;

export interface Failure {
  readonly text: string;
  readonly exitCode: number;
}

/** What to print for an error, and the exit code. A user's mistake is one message in both languages; a bug its stack. */
export function failureOf(error: unknown, language: Language, argv: readonly string[]): Failure {
  const known = asUserError(error, argv);
  if (known) {
    const text = argv.includes('--json') ? asJson(known) : inBothLanguages(known, language);
    return { text, exitCode: known.exitCode };
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const [first, second] = inOrder(BUG, language);
  return { text: `${first}\n${second}\n\n${stack}\n`, exitCode: EXIT.bug };
}

/** The mistake behind an error of commander, the file system or the engine; null: it is a bug. */
export function asUserError(error: unknown, argv: readonly string[] = []): UserError | null {
  if (error instanceof UserError) return error;
  if (error instanceof CommanderError) return argumentError(error, argv);
  const limit = engineLimit(error);
  if (limit) return limit;
  const path = error instanceof Error && 'path' in error ? String(error.path) : '';
  const problem = fileProblem(error, path);
  return problem instanceof UserError ? problem : null;
}

function inBothLanguages({ parts }: UserError, language: Language): string {
  const where = parts.where === undefined || parts.where === '' ? '' : `${parts.where}: `;
  const what = inOrder(parts.what, language);
  const mend = inOrder(parts.mend, language);
  const word = inOrder({ vi: 'Lỗi', en: 'Error' }, language);
  return [0, 1].map((i) => `${word[i]}: ${where}${what[i]}\n  → ${mend[i]}\n`).join('');
}

function asJson({ parts, exitCode }: UserError): string {
  const { what, where, mend } = parts;
  return `${JSON.stringify({ error: { what, where: where ?? null, mend, exit_code: exitCode } })}\n`;
}

function inOrder(text: Text, language: Language): [string, string] {
  return language === 'vi' ? [text.vi, text.en] : [text.en, text.vi];
}

/** commander says what is wrong in English only; the code and the quoted name are all that is taken from it. */
function argumentError(error: CommanderError, argv: readonly string[]): UserError {
  const name = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  const mistake = ARGUMENT_MISTAKES[error.code]?.(name.split(/[ ,]/)[0] ?? name, argv);
  return new UserError(mistake ?? { what: { vi: error.message, en: error.message }, mend: SEE_HELP });
}

interface Mistake {
  readonly what: Text;
  readonly mend: Text;
}

const SEE_HELP: Text = { vi: 'Xem cách dùng với --help.', en: 'See --help for the usage.' };

const ARGUMENT_MISTAKES: Readonly<Record<string, (name: string, argv: readonly string[]) => Mistake>> = {
  'commander.unknownCommand': (name) => ({
    what: { vi: `Không có lệnh “${name}”.`, en: `There is no command “${name}”.` },
    mend: insteadOf(name, commandNames()),
  }),
  'commander.unknownOption': (name, argv) => ({
    what: { vi: `Không có tùy chọn “${name}”.`, en: `There is no option “${name}”.` },
    mend: insteadOf(name, optionsOf(argv)),
  }),
  'commander.missingArgument': (name) => ({
    what: { vi: `Thiếu đối số “${name}”.`, en: `The argument “${name}” is missing.` },
    mend: SEE_HELP,
  }),
  'commander.optionMissingArgument': (name) => ({
    what: { vi: `Tùy chọn “${name}” cần một giá trị.`, en: `The option “${name}” needs a value.` },
    mend: SEE_HELP,
  }),
  'commander.excessArguments': () => ({
    what: { vi: 'Có thừa đối số.', en: 'There are arguments too many.' },
    mend: {
      vi: 'Xem cách dùng với --help; tên có dấu cách phải đặt trong ngoặc kép.',
      en: 'See --help for the usage; names with blanks need quotes.',
    },
  }),
};

function commandNames(): string[] {
  return [...new Set(Object.keys(COMMANDS).map((name) => name.split(' ')[0] ?? name))];
}

function optionsOf(argv: readonly string[]): string[] {
  const words = argv.filter((word) => !word.startsWith('-'));
  const found = Object.entries<CommandText>(COMMANDS).find(([name]) =>
    name.split(' ').every((part, i) => words[i] === part),
  );
  const flags = [...Object.keys(found?.[1].options ?? {}), ...Object.keys(COMMON_OPTIONS), '--help'];
  return flags.map((flag) => /--[a-z-]+/.exec(flag)?.[0] ?? flag);
}

function engineLimit(error: unknown): UserError | null {
  const message = error instanceof Error ? error.message : '';
  if (/^Out of Memory Error/.test(message)) {
    return new UserError({
      what: { vi: 'Không đủ bộ nhớ cho việc này.', en: 'There is not enough memory for this.' },
      mend: {
        vi: 'Hãy tăng --memory, hoặc giảm --threads.',
        en: 'Give more with --memory, or use fewer --threads.',
      },
    });
  }
  if (/No space left on device|failed to offload.*(disk|temp)/i.test(message)) {
    return new UserError({
      what: { vi: 'Ổ đĩa đã đầy trong khi làm việc.', en: 'The disk is full.' },
      mend: {
        vi: 'Hãy giải phóng chỗ, hoặc đặt --workspace và thư mục tạm ở ổ khác.',
        en: 'Free some space, or put --workspace and the temp folder on another disk.',
      },
    });
  }
  return null;
}
