import { PassThrough, Readable, Writable } from 'node:stream';
import { runProgram } from '../cli/program.js';
import type { Streams } from '../cli/session.js';

export interface Spoken {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs one command line in this process and catches what it says. */
export async function say(
  argv: readonly string[],
  parts: { stdin?: string; env?: NodeJS.ProcessEnv; signal?: AbortSignal } = {},
): Promise<Spoken> {
  const [stdout, stderr] = [new Ear(), new Ear()];
  const stdin = parts.stdin === undefined ? new PassThrough() : Readable.from([Buffer.from(parts.stdin)]);
  const streams: Streams = { stdin, stdout, stderr, env: parts.env ?? { LANG: 'vi_VN.UTF-8' } };
  const code = await runProgram(argv, streams, parts.signal ?? new AbortController().signal);
  return { code, out: stdout.text, err: stderr.text };
}

/** A stream that keeps what is written to it; `isTTY` as told. */
export class Ear extends Writable {
  text = '';
  readonly isTTY: boolean;
  readonly columns = 100;

  constructor(isTTY = false) {
    super({ decodeStrings: false });
    this.isTTY = isTTY;
  }

  override _write(chunk: string | Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
