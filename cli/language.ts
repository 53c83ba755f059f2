import { type Language, languageFromLocale } from '../messages/text.js';
import { UserError } from '../messages/user-error.js';

/**
 * The language of everything the command says: `--lang` if given, else the locale's (LC_ALL, LC_MESSAGES, LANG, in the
 * order in which POSIX reads them), else Vietnamese. Looked up before the command line is parsed, because help needs it.
 */
export function chosenLanguage(argv: readonly string[], env: NodeJS.ProcessEnv): Language {
  const asked = askedLanguage(argv);
  if (asked === undefined) return languageFromLocale(env.LC_ALL || env.LC_MESSAGES || env.LANG);
  if (asked === 'vi' || asked === 'en') return asked;
  throw new UserError({
    what: { vi: `Không có ngôn ngữ “${asked}”.`, en: `There is no language “${asked}”.` },
    where: '--lang',
    mend: { vi: 'Hãy dùng vi hoặc en.', en: 'Use vi or en.' },
  });
}

function askedLanguage(argv: readonly string[]): string | undefined {
  const end = argv.indexOf('--');
  const words = end < 0 ? argv : argv.slice(0, end);
  const at = words.lastIndexOf('--lang');
  const joined = words.findLast((word) => word.startsWith('--lang='));
  if (joined !== undefined) return joined.slice('--lang='.length);
  return at < 0 ? undefined : (words[at + 1] ?? '');
}
