import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** What one pass over a file's bytes tells. */
export interface FileSurvey {
  readonly sha256: string;
  /** Number of line feeds, plus one for a last line without one. */
  readonly lines: number;
  readonly carriageReturns: number;
  readonly lineFeeds: number;
  readonly hasNul: boolean;
}

const CHUNK = 1 << 20;

/** Hashes a file and counts its lines, in one pass. Rejects with the file system's error. */
export async function surveyFile(path: string): Promise<FileSurvey> {
  const hash = createHash('sha256');
  let lineFeeds = 0;
  let carriageReturns = 0;
  let hasNul = false;
  let last = 0x0a;
  for await (const part of createReadStream(path, { highWaterMark: CHUNK })) {
    const chunk = part as Buffer;
    hash.update(chunk);
    lineFeeds += count(chunk, 0x0a);
    carriageReturns += count(chunk, 0x0d);
    hasNul ||= chunk.includes(0);
    last = chunk[chunk.length - 1] ?? last;
  }
  return {
    sha256: hash.digest('hex'),
    lines: lineFeeds + (last === 0x0a ? 0 : 1),
    carriageReturns,
    lineFeeds,
    hasNul,
  };
}

function count(chunk: Buffer, byte: number): number {
  let n = 0;
  for (let at = chunk.indexOf(byte); at >= 0; at = chunk.indexOf(byte, at + 1)) n++;
  return n;
}
