import type { Text } from '../text.js';

/** What `doisoat COMMAND --help` says: the whole command line in one table, in both languages. */
export interface CommandText {
  /** Arguments as commander writes them: `<file>`, `[name]`, `<files...>`. */
  readonly usage: string;
  readonly summary: Text;
  readonly details?: Text;
  readonly arguments: Readonly<Record<string, Text>>;
  /** Flags as commander writes them → what they do. */
  readonly options: Readonly<Record<string, Text>>;
  readonly examples: readonly string[];
}
