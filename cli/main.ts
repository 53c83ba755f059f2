#!/usr/bin/env node
import { STOPPED } from '../messages/command-line.js';
import { EXIT } from './errors.js';
import { runProgram } from './program.js';

const stop = new AbortController();

// The first Ctrl+C lets the command clean up behind itself, the second does not wait for it.
process.on('SIGINT', () => {
  if (stop.signal.aborted) process.exit(EXIT.interrupted);
  askToStop();
});

// What a scheduler sends, perhaps more than once, to have the same done.
process.on('SIGTERM', () => {
  if (!stop.signal.aborted) askToStop();
});

function askToStop(): void {
  stop.abort();
  setTimeout(() => {
    process.stderr.write(`${STOPPED.vi} / ${STOPPED.en}\n`);
    process.exit(EXIT.interrupted);
  }, 10_000).unref();
}

// `doisoat … | head` closes the pipe: nobody reads on, so there is nothing left to do.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.fine);
  throw error;
});

const { stdin, stdout, stderr, env } = process;
process.exitCode = await runProgram(process.argv.slice(2), { stdin, stdout, stderr, env }, stop.signal);
