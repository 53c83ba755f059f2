import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { atTimes } from '../pipeline/schedule-clock.js';
import { checkedTime, SCHEDULE_FORMS, type ScheduledNight } from '../pipeline/schedule-units.js';

const night = (parts: Partial<ScheduledNight> = {}): ScheduledNight => ({
  command: [
    '/usr/bin/node',
    '/opt/doisoat/main.js',
    'nightly',
    '/srv/doi soat/100%',
    '--workspace',
    '/srv/ws',
  ],
  directory: '/srv',
  folder: '/srv/doi soat/100%',
  workspace: '/srv/ws',
  at: '02:05',
  ...parts,
});
const cron = (parts: Partial<ScheduledNight> = {}) => SCHEDULE_FORMS.cron(night(parts))[0]!.text;
const lineOf = (text: string, start: string) => text.split('\n').find((line) => line.startsWith(start)) ?? '';

describe('schedule print systemd', () => {
  it('quotes what systemd would read otherwise, and begins in Vietnam’s time', () => {
    const [service, timer] = SCHEDULE_FORMS.systemd(night({ directory: '/srv/50%' }));
    expect(lineOf(service!.text, 'ExecStart=')).toBe(
      'ExecStart=/usr/bin/node /opt/doisoat/main.js nightly "/srv/doi soat/100%%" --workspace /srv/ws',
    );
    expect(lineOf(service!.text, 'WorkingDirectory=')).toBe('WorkingDirectory=/srv/50%%');
    expect(lineOf(timer!.text, 'OnCalendar=')).toBe('OnCalendar=*-*-* 02:05:00 Asia/Ho_Chi_Minh');
  });

  it.each([
    ['a $HOME', '"a $$HOME"'],
    ['a"b\\c', '"a\\"b\\\\c"'],
    ['$x', '"$$x"'],
  ])('writes %j as %s', (argument, word) => {
    const [service] = SCHEDULE_FORMS.systemd(night({ command: ['/bin/true', argument] }));
    expect(lineOf(service!.text, 'ExecStart=')).toBe(`ExecStart=/bin/true ${word}`);
  });

  const analyze = '/usr/bin/systemd-analyze';
  it.skipIf(!existsSync(analyze))('is what systemd-analyze verify accepts', () => {
    const folder = mkdtempSync(join(tmpdir(), 'doisoat-units-'));
    const jobs = join(folder, 'hồ sơ 100% "$x"');
    mkdirSync(jobs);
    const units = SCHEDULE_FORMS.systemd(
      night({
        command: [process.execPath, 'nightly', jobs],
        directory: folder,
        folder: jobs,
        workspace: folder,
      }),
    );
    const paths = units.map(({ name, text }) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    });
    const said = execFileSync(analyze, ['verify', '--man=no', ...paths], { encoding: 'utf8', stdio: 'pipe' });
    rmSync(folder, { recursive: true });
    expect(said).toBe('');
  });
  if (!existsSync(analyze)) console.log('skipped: systemd-analyze is not installed');
});

describe('schedule print cron', () => {
  it('escapes percent signs, which cron reads as line ends, and gives the time for a machine in UTC too', () => {
    const text = cron();
    expect(text).toContain('\nCRON_TZ=Asia/Ho_Chi_Minh\n5 2 * * * cd /srv && ');
    expect(text).toContain(
      "nightly '/srv/doi soat/100\\%' --workspace /srv/ws >> /srv/ws/nightly.log 2>&1\n",
    );
    expect(text).toContain('\n# 5 19 * * * cd /srv && ');
  });

  it('is a command that sh reads as it was meant, once cron has taken the backslashes away', () => {
    const words = ["it's", '100% $HOME', 'a  b', '`x`', '"q"'];
    const line = lineOf(
      cron({ command: ['printf', '%s\\n', ...words], directory: '/', workspace: '/tmp' }),
      '5 2',
    );
    const command = line
      .replace('5 2 * * * ', '')
      .replaceAll('\\%', '%')
      .replace(/ >> .*/, '');
    expect(execFileSync('sh', ['-c', command], { encoding: 'utf8' })).toBe(`${words.join('\n')}\n`);
  });
});

it('neither takes a path with a line break', () => {
  for (const form of Object.values(SCHEDULE_FORMS))
    expect(() => form(night({ folder: '/a\nb' }))).toThrow('line break');
});

it.each([
  ['2:05', '02:05'],
  ['23:59', '23:59'],
])('the time %s is %s', (text, time) => expect(checkedTime(text)).toBe(time));

it.each(['24:00', '2', '02:60', '', '2:5'])('%j is no time', (text) => {
  expect(() => checkedTime(text)).toThrow('--at');
});

describe('the clock of serve', () => {
  const watch = (signal: AbortSignal) => ({ signal, tellNext: () => {}, tellOverlap: () => {} });

  it('reads patterns in Vietnam’s time', async () => {
    const stop = new AbortController();
    const next: (Date | null)[] = [];
    const ended = atTimes('0 2 * * *', async () => {}, {
      ...watch(stop.signal),
      tellNext: (one) => next.push(one),
    });
    stop.abort();
    await ended;
    expect(next[0]?.toISOString().slice(11)).toBe('19:00:00.000Z');
  });

  it('never runs two at once, and stops only when the one that goes on has ended', async () => {
    const stop = new AbortController();
    let [now, most, ended, overlaps] = [0, 0, 0, 0];
    const work = async () => {
      most = Math.max(most, ++now);
      await sleep(1_300);
      now--;
      ended++;
    };
    const all = atTimes('* * * * * *', work, {
      ...watch(stop.signal),
      tellOverlap: () => {
        overlaps++;
      },
    });
    await sleep(2_400);
    stop.abort();
    await all;
    expect([most, now]).toEqual([1, 0]);
    expect(ended).toBeGreaterThan(0);
    expect(overlaps).toBeGreaterThan(0);
    const before = ended;
    await sleep(1_200);
    expect(ended).toBe(before);
  });

  it('passes a bug on', async () => {
    const work = () => Promise.reject(new Error('bug'));
    await expect(atTimes('* * * * * *', work, watch(new AbortController().signal))).rejects.toThrow('bug');
  });

  it.each(['61 * * * *', 'tonight', '', '* * * * * * 2026'])('does not take %j', async (pattern) => {
    await expect(atTimes(pattern, async () => {}, watch(new AbortController().signal))).rejects.toThrow(
      '--schedule',
    );
  });
});
