import { type ChildProcess, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLedger } from '../ledger/ledger.js';
import { say } from './command-line.js';
import { figuresOf, telecomSummary } from './fixtures/summary.js';

// The real thing: the compiled program (npm test builds it first), with real runs in processes of their own.
const MAIN = resolve(import.meta.dirname, '../dist/cli/main.js');
const BUILT = existsSync(MAIN);
if (!BUILT) console.log('skipped: dist/ is not built (npm run build)');

const SECTOR = `name: members
labels: { vi: Bạn đọc, en: Members }
fields:
  id: { kind: citizen-id, labels: { vi: Số định danh, en: Personal ID }, required: true }
  name: { kind: person-name, labels: { vi: Họ tên, en: Name }, compare: true }
  born: { kind: birth-date, labels: { vi: Ngày sinh, en: Born }, compare: true }
identify_by: [id]
`;
const EXTRACT = `id,name,born
079060000018,Trần Văn Bình,05/03/1960
079060000027,Lê Thị Cúc Hoa,09/07/1961
079160000035,Phạm Thị Dung,01/02/1960
`;
const PEOPLE = `id,name,born
079060000018,TRẦN VĂN BÌNH,05/03/1960
079060000027,LÊ THỊ CÚC,09/07/1961
079160000035,PHẠM THỊ DUNG,01/02/1960
`;
const VALUES = [
  '079060000018',
  '079060000027',
  '079160000035',
  'Bình',
  'BÌNH',
  'Cúc Hoa',
  '09/07/1961',
  '1961-07-09',
];

let folder: string;
const at = (name: string) => join(folder, name);

function job(name: string, more = '', input = 'extract.csv'): void {
  writeFileSync(
    at(`jobs/${name}.yaml`),
    `name: ${name}\nsector: ./members-sector.yaml\nperiod: auto\nreference: ../people.csv\n` +
      `input: { path: ../${input}, columns: { id: id, name: name, born: born } }\n${more}\n`,
  );
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'doisoat-real-night-'));
  mkdirSync(at('jobs'));
  writeFileSync(at('jobs/members-sector.yaml'), SECTOR);
  writeFileSync(at('extract.csv'), EXTRACT);
  writeFileSync(at('people.csv'), PEOPLE);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function doisoat(args: readonly string[], started?: (child: ChildProcess) => void): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, ...args, '--lang', 'vi'], { cwd: folder });
  started?.(child);
  const said = { out: '', err: '' };
  child.stdout.on('data', (part) => {
    said.out += part;
  });
  child.stderr.on('data', (part) => {
    said.err += part;
  });
  return new Promise((done) => child.on('close', (code) => done({ code, ...said })));
}

describe.skipIf(!BUILT)('a real night', () => {
  it('of four jobs: one broken, one after another, one whose input comes later; nothing of the input gets out', async () => {
    job('first');
    job('second', 'after: first');
    job('broken', '', 'not-there.csv');
    job('late', 'wait_for: { minutes: 0.5, every: 0.01 }', 'late.csv');
    setTimeout(() => writeFileSync(at('late.csv'), EXTRACT), 1_500);
    const { code, out, err } = await doisoat([
      'nightly',
      'jobs',
      '--workspace',
      'ws',
      '--date',
      '2026-11-20',
      '--verbose',
    ]);
    const night = JSON.parse(readFileSync(at('ws/nightly.json'), 'utf8'));
    const states = night.jobs.map((one: { job: string; state: string }) => `${one.job} ${one.state}`);
    expect(states).toEqual(['broken failed', 'first finished', 'late finished', 'second finished']);
    expect([code, night.exit_code]).toEqual([2, 2]);
    expect(night.jobs[2].period).toBe('2026-11-20');
    expect(err).toContain('first: ✓ Đọc tệp');
    expect(err.indexOf('second: bắt đầu')).toBeGreaterThan(err.indexOf('first: đã xong'));
    expect(out).toContain('Không tìm thấy tệp “../not-there.csv”');
    const files = ['nightly.json', 'nightly.prom', 'nightly-mail.txt', 'openlineage.jsonl'];
    const told = [out, err, ...files.map((name) => readFileSync(at(`ws/${name}`), 'utf8'))].join('\n');
    expect(VALUES.filter((value) => told.includes(value))).toEqual([]);
    expect(readdirSync(at('ws/locks'))).toEqual([]);
    const ledger = openLedger(at('ws/ledger.sqlite'));
    expect(
      ledger
        .runs()
        .map(({ job: name }) => name)
        .sort(),
    ).toEqual(['first', 'late', 'second']);
    ledger.close();
    const alone = await doisoat([
      'run',
      'jobs/first.yaml',
      '--workspace',
      'ws-alone',
      '--period',
      '2026-11-20',
    ]);
    expect(alone.code).toBe(0);
    for (const name of ['summary.json', 'results.csv', 'mismatches.csv']) {
      const of = (workspace: string) =>
        readFileSync(at(`${workspace}/runs/${night.jobs[1].run}/${name}`), 'utf8');
      expect(of('ws')).toBe(of('ws-alone'));
    }
  }, 60_000);

  it('goes on with the next night after SIGKILL; SIGTERM leaves a night that says it was stopped', async () => {
    const lock = at('ws2/locks/nightly.lock');
    const whenBegun = (signal: NodeJS.Signals) => async (child: ChildProcess) => {
      const holds = () => existsSync(lock) && JSON.parse(readFileSync(lock, 'utf8')).pid === child.pid;
      for (let i = 0; i < 400 && !holds(); i++) await sleep(25);
      child.kill(signal);
    };
    await doisoat(['nightly', 'jobs', '--workspace', 'ws2'], whenBegun('SIGKILL'));
    expect(existsSync(lock)).toBe(true);
    const stopped = await doisoat(['nightly', 'jobs', '--workspace', 'ws2'], whenBegun('SIGTERM'));
    expect(stopped.code).toBe(130);
    expect(JSON.parse(readFileSync(at('ws2/nightly.json'), 'utf8')).exit_code).toBe(130);
    expect(existsSync(lock)).toBe(false);
  }, 60_000);

  it('begins by the clock under serve, which ends with 0 on SIGTERM', async () => {
    rmSync(at('jobs/broken.yaml'), { force: true });
    const args = ['serve', 'jobs', '--schedule', '* * * * * *', '--workspace', 'ws3'];
    const { code, err } = await doisoat(args, async (child) => {
      for (let i = 0; i < 400 && !existsSync(at('ws3/nightly.json')); i++) await sleep(50);
      child.kill('SIGTERM');
    });
    expect(code).toBe(0);
    expect(err).toContain('Đêm tiếp theo bắt đầu lúc');
    expect(existsSync(at('ws3/nightly.json'))).toBe(true);
  }, 60_000);
});

describe('the command line', () => {
  it('shows the order without running anything', async () => {
    job('b', 'after: c');
    job('c');
    const { code, out } = await say([
      'nightly',
      at('jobs'),
      '--dry-run',
      '--json',
      '--date',
      '2026-11-20',
      '--workspace',
      at('dry'),
    ]);
    const plan = JSON.parse(out).map(({ job: name }: { job: string }) => name);
    expect([code, plan.indexOf('c') < plan.indexOf('b')]).toEqual([0, true]);
    expect(existsSync(at('dry'))).toBe(false);
  });

  it.each([
    [['--at-once', '0'], '--at-once'],
    [['--date', '2026-02-30'], '--date'],
    [['--webhook', 'ftp://x'], '--webhook'],
    [['--mail-to', 'x'], '--mail-to'],
    [['--give-up', '0'], '--give-up'],
  ])('nightly %j is one message', async (options, place) => {
    const { code, err } = await say(['nightly', at('jobs'), ...options, '--workspace', at('dry')]);
    expect([code, err.includes(`Lỗi: ${place}: `)]).toEqual([2, true]);
  });

  it('shows what is wrong with a job file before the night, with 2', async () => {
    writeFileSync(at('jobs/wrong.yaml'), 'name: wrong\nsector: workers\ninput: {}\n');
    const { code, out } = await say(['nightly', at('jobs'), '--dry-run', '--workspace', at('dry')]);
    rmSync(at('jobs/wrong.yaml'));
    expect([code, out.includes('✗ wrong: '), out.includes('wrong.yaml:3')]).toEqual([2, true, true]);
  });

  it('writes units once, and again only with --force', async () => {
    const line = [
      'schedule',
      'print',
      'systemd',
      at('jobs'),
      '-o',
      at('units'),
      '--workspace',
      at('ws'),
      '--mail-to',
      'a@b.vn',
    ];
    expect((await say(line)).code).toBe(0);
    expect(readdirSync(at('units'))).toEqual(['doisoat-nightly.service', 'doisoat-nightly.timer']);
    expect(readFileSync(at('units/doisoat-nightly.service'), 'utf8')).toContain('--mail-to a@b.vn');
    expect((await say(line)).code).toBe(2);
    expect((await say([...line, '--force'])).code).toBe(0);
    expect((await say(['schedule', 'print', 'systemdd', at('jobs')])).err).toContain('“systemd”');
  });
});

describe('a clock that was set back between two runs of one period', () => {
  it('does not make the earlier one count', () => {
    const ledger = openLedger(at('clock.sqlite'));
    const record = (run: string, period: string, finished: string) =>
      ledger.recordRun(
        { ...telecomSummary, job: 'j', run, period, figures: figuresOf([1, 1]) },
        { state: 'finished', started: finished, finished, inputHash: 'x', folder: run },
      );
    record('before', '2026-11-20', '2026-11-20T20:00:00.000Z');
    record('after', '2026-11-20', '2026-11-20T19:00:00.000Z');
    expect(ledger.previousRun('j', '2026-11-21')?.run).toBe('after');
    record('before', '2026-11-20', '2026-11-20T18:00:00.000Z');
    expect(ledger.previousRun('j', '2026-11-21')?.run).toBe('before');
    ledger.close();
  });
});
