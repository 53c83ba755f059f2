import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a process of its own took. Memory and disk are looked at while it runs, so a short peak may be higher. */
export interface ChildFigures {
  readonly seconds: number;
  /** Highest resident memory; 0 where the system does not tell (it does on Linux). */
  readonly peakBytes: number;
  /** Highest size of the watched folder over what was in it before. */
  readonly diskBytes: number;
  readonly stdout: string;
}

const LOOK_EVERY_MS = 200;

/** Path of a compiled module of ours, from `bench/`. */
export function moduleFile(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

/** Runs `node FILE …` to its end. Throws an Error with what it said when it fails. */
export async function runNode(file: string, args: readonly string[], watched: string): Promise<ChildFigures> {
  return runChild(process.execPath, [file, ...args], watched);
}

export async function runChild(
  program: string,
  args: readonly string[],
  watched: string,
): Promise<ChildFigures> {
  const before = sizeOf(watched);
  const start = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  const complained: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => said.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => complained.push(text));
  let [peakBytes, diskBytes] = [0, 0];
  const timer = setInterval(() => {
    peakBytes = Math.max(peakBytes, residentPeak(child.pid));
    diskBytes = Math.max(diskBytes, sizeOf(watched) - before);
  }, LOOK_EVERY_MS);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    const seconds = (performance.now() - start) / 1000;
    if (code !== 0) throw new Error(`${args.join(' ')}: ${code}\n${complained.join('').slice(-4000)}`);
    diskBytes = Math.max(diskBytes, sizeOf(watched) - before);
    return { seconds, peakBytes, diskBytes, stdout: said.join('') };
  } finally {
    clearInterval(timer);
  }
}

function residentPeak(pid: number | undefined): number {
  try {
    const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(peak ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** Bytes of the files in a folder and below; files that go away meanwhile are left out. */
function sizeOf(folder: string): number {
  let bytes = 0;
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      bytes += entry.isDirectory() ? sizeOf(path) : (statSync(path, { throwIfNoEntry: false })?.size ?? 0);
    }
  } catch {
    return bytes;
  }
  return bytes;
}
