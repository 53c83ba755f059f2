import { type ChildProcess, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquireLock } from '../ledger/lock.js';
import { identify } from '../ledger/process-identity.js';
import { UserError } from '../messages/user-error.js';

let folder: string;
let path: string;
const WANTED = { command: 'doisoat run job.yaml', started: '2026-11-21T01:00:00Z' };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'doisoat-lock-'));
  path = join(folder, 'workspace', 'lock.json');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function refused(): UserError {
  try {
    acquireLock(path, WANTED);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('the lock was given');
}

function leave(holder: unknown): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof holder === 'string' ? holder : JSON.stringify(holder));
}

const LEFT = { ...identify(process.pid), ...WANTED, token: 'left-behind' };

describe('the workspace lock', () => {
  it('says who holds it, and is free again once it is given back', () => {
    const lock = acquireLock(path, WANTED);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
      pid: process.pid,
      host: hostname(),
      ...WANTED,
    });
    const error = refused();
    expect(error.exitCode).toBe(5);
    for (const part of [`pid ${process.pid}`, hostname(), WANTED.command, WANTED.started]) {
      expect(error.message).toContain(part);
    }
    lock.release();
    expect(readdirSync(dirname(path))).toEqual([]);
    acquireLock(path, WANTED).release();
  });

  it('does not give back what somebody else holds by now', () => {
    const lock = acquireLock(path, WANTED);
    leave(LEFT);
    lock.release();
    expect(existsSync(path)).toBe(true);
  });

  it.each([
    ['whose number a later process has', { ...LEFT, began: '1' }],
    ['from before the machine was restarted', { ...LEFT, boot: 'another-boot' }],
    ['that does not exist', { ...LEFT, pid: 2 ** 22 + 1, began: null }],
  ])('is taken from a holder %s', (_, holder) => {
    leave(holder);
    const lock = acquireLock(path, WANTED);
    expect(lock.holder.token).not.toBe('left-behind');
    lock.release();
    expect(readdirSync(dirname(path))).toEqual([]);
  });

  it.each([
    ['on another host', { ...LEFT, pid: 1, host: 'another-host' }],
    ['that cannot be read', '{"pid":'],
    ['that is not a lock', 'null'],
  ])('is not taken from a holder %s; the message says what to do', (_, holder) => {
    leave(holder);
    expect(refused().parts.mend.en).toContain('delete the lock file');
    expect(existsSync(path)).toBe(true);
  });

  it('gets over a process that died while it removed a dead holder’s lock', () => {
    leave({ ...LEFT, began: '1' });
    mkdirSync(`${path}.left-behind.dead`);
    const past = new Date(Date.now() - 60_000);
    // mkdir sets the time to now; only an old turn counts as abandoned.
    utimesSync(`${path}.left-behind.dead`, past, past);
    acquireLock(path, WANTED).release();
    expect(readdirSync(dirname(path))).toEqual([]);
  });
});

describe('between processes', () => {
  it('is taken over after SIGKILL, by exactly one of many who want it', async () => {
    const script = compile();
    const first = start(script);
    expect(await answer(first)).toBe('held');
    expect(refused().message).toContain(`pid ${first.pid}`);
    first.kill('SIGKILL');
    await new Promise((resolve) => first.once('exit', resolve));
    const rivals = Array.from({ length: 6 }, () => start(script));
    const answers = await Promise.all(rivals.map(answer));
    for (const rival of rivals) rival.kill('SIGKILL');
    expect(answers.toSorted()).toEqual(['held', ...Array(5).fill('refused 5')]);
    expect(readdirSync(dirname(path))).toEqual(['lock.json']);
  });
});

/** The lock as plain JavaScript for child processes, which know nothing of TypeScript; returns a script that takes it. */
function compile(): string {
  const out = join(folder, 'js');
  for (const name of ['ledger/lock', 'ledger/process-identity', 'messages/user-error']) {
    const source = readFileSync(new URL(`../${name}.ts`, import.meta.url), 'utf8');
    const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
    mkdirSync(dirname(join(out, name)), { recursive: true });
    writeFileSync(join(out, `${name}.js`), ts.transpileModule(source, { compilerOptions }).outputText);
  }
  writeFileSync(join(out, 'package.json'), '{"type":"module"}');
  const script = join(out, 'take.js');
  writeFileSync(
    script,
    `import { acquireLock } from './ledger/lock.js';
     try {
       acquireLock(${JSON.stringify(path)}, { command: 'test', started: 'now' });
       console.log('held');
       setInterval(() => {}, 1000);
     } catch (error) { console.log('refused ' + error.exitCode); }`,
  );
  return script;
}

function start(script: string): ChildProcess {
  return spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
}

function answer(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout!.once('data', (data: Buffer) => resolve(data.toString().trim()));
    child.once('error', reject);
  });
}
