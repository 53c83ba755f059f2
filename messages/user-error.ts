import type { Text } from './text.js';

export interface UserErrorParts {
  /** What is wrong, one sentence. */
  readonly what: Text;
  /** File, line, column or setting, as the user would look it up: `job.yaml:12`. */
  readonly where?: string;
  /** How to mend it, one sentence. */
  readonly mend: Text;
  /** 2 unless the docs list another code for this case (see docs/exit-codes.md). */
  readonly exitCode?: number;
}

/**
 * A mistake that the user can mend: bad file, bad job, bad setting. Everything else that is thrown is a bug and
 * shows its stack.
 */
export class UserError extends Error {
  readonly parts: UserErrorParts;

  constructor(parts: UserErrorParts) {
    super(`${parts.where === undefined ? '' : `${parts.where}: `}${parts.what.vi} / ${parts.what.en}`);
    this.name = 'UserError';
    this.parts = parts;
  }

  get exitCode(): number {
    return this.parts.exitCode ?? 2;
  }
}
