import { createHash } from 'node:crypto';
import { partsOf } from './file-bytes.js';

/** What one pass over a file's bytes tells. */
export interface FileSurvey {
  readonly sha256: string;
  /** Number of line feeds, plus one for a last line without one. */
  readonly lines: number;
  readonly carriageReturns: number;
  readonly lineFeeds: number;
  /** Carriage returns with a line feed behind them. */
  readonly pairs: number;
  readonly hasNul: boolean;
}

const LF = 0x0a;
const CR = 0x0d;

/** Hashes a file as it lies on the disk and counts its lines, in one pass. Rejects with UserError when it may not be read. */
export async function surveyFile(path: string): Promise<FileSurvey> {
  const hash = createHash('sha256');
  let lineFeeds = 0;
  let carriageReturns = 0;
  let pairs = 0;
  let hasNul = false;
  let last = LF;
  for await (const chunk of partsOf(path)) {
    hash.update(chunk);
    lineFeeds += count(chunk, LF);
    const returns = countReturns(chunk);
    carriageReturns += returns.all;
    pairs += returns.pairs + (last === CR && chunk[0] === LF ? 1 : 0);
    hasNul ||= chunk.includes(0);
    last = chunk[chunk.length - 1] ?? last;
  }
  return {
    sha256: hash.digest('hex'),
    lines: lineFeeds + (last === LF ? 0 : 1),
    carriageReturns,
    lineFeeds,
    pairs,
    hasNul,
  };
}

function count(chunk: Buffer, byte: number): number {
  let n = 0;
  for (let at = chunk.indexOf(byte); at >= 0; at = chunk.indexOf(byte, at + 1)) n++;
  return n;
}

function countReturns(chunk: Buffer): { all: number; pairs: number } {
  let all = 0;
  let pairs = 0;
  for (let at = chunk.indexOf(CR); at >= 0; at = chunk.indexOf(CR, at + 1)) {
    all++;
    if (chunk[at + 1] === LF) pairs++;
  }
  return { all, pairs };
}
