import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { metricsText } from '../pipeline/metrics.js';
import { checkedAddress, nightMail } from '../pipeline/night-mail.js';
import { postJson } from '../pipeline/webhook.js';
import { type NightFolder, nightFolder } from './night-folder.js';

let jobs: NightFolder;
let server: Server;
let url: string;
let received: { path: string; type: string | undefined; body: string }[];
let statuses: number[];

beforeEach(async () => {
  jobs = nightFolder();
  received = [];
  statuses = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      received.push({ path: request.url ?? '', type: request.headers['content-type'], body });
      const status = statuses.shift() ?? 204;
      if (status === 0) return; // never answers
      response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?token=secret`;
});

afterEach(async () => {
  jobs.remove();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const attempts = (pauses: number[], timeout = 2_000) => ({
  ...{ pauses, timeout, signal: new AbortController().signal },
});

describe('a webhook', () => {
  it.each([
    ['takes it at once', [204], [1], true, null],
    ['is down for a while', [503, 429, 200], [1, 1], true, null],
    ['stays down', [500, 502, 503], [1, 1], false, 'HTTP 503'],
    ['does not know us', [404, 200], [1, 1], false, 'HTTP 404'],
    ['sends us elsewhere', [302, 200], [1, 1], false, 'HTTP 302'],
  ])('that %s', async (_, answers, pauses, delivered, trouble) => {
    statuses = [...answers];
    const sent = await postJson(url, { a: 1 }, attempts(pauses));
    expect(sent).toMatchObject({ delivered, trouble });
    expect(received.length).toBe(sent.attempts);
    expect(received[0]).toMatchObject({ body: '{"a":1}', type: 'application/json; charset=utf-8' });
  });

  it('that never answers is given up', async () => {
    statuses = [0, 0];
    const sent = await postJson(url, {}, attempts([1], 100));
    expect(sent).toEqual({ delivered: false, attempts: 2, trouble: 'TimeoutError' });
  });

  it('that is not there is no reason to fail', async () => {
    const sent = await postJson('http://127.0.0.1:9/', {}, attempts([1, 1]));
    expect(sent).toMatchObject({ delivered: false, attempts: 3 });
  });
});

describe('whoever is to be told', () => {
  it('hears of jobs in trouble, by name and figures only; the address is kept by its host', async () => {
    jobs.job('fine', 'exit 0', `notify: { webhook: '${url}' }`);
    jobs.job('wrong', 'exit 2', `notify: { webhook: '${url}' }`);
    jobs.job('steep', 'exit 0', 'notify: { rise_above: 0.000001 }');
    const night = await jobs.night({ notices: { webhook: url, mailTo: 'a@b.vn', metrics: null } });
    expect(night.webhooks).toEqual([{ host: new URL(url).host, delivered: true, attempts: 1 }]);
    const [notice] = received.map(({ body }) => JSON.parse(body));
    expect(received.length).toBe(1);
    const troubled = night.jobs.filter(({ crossed, state }) => state === 'failed' || crossed.length > 0);
    expect(notice.jobs.map(({ job }: { job: string }) => job)).toEqual(troubled.map(({ job }) => job));
    expect(notice.text).toContain('Đêm 21/11/2026: 3 công việc');
    for (const secret of [jobs.folder, jobs.workspace, 'x.yaml', 'Sai.', 'people.csv']) {
      expect(received[0]!.body).not.toContain(secret);
    }
    const kept = readFileSync(join(jobs.workspace, 'nightly.json'), 'utf8');
    expect(JSON.parse(kept).webhooks).toEqual(night.webhooks);
    expect(kept).not.toContain('secret');
  });

  it('hears of its own jobs only where the job file names it', async () => {
    jobs.job('mine', 'exit 2', `notify: { webhook: '${url}' }`);
    jobs.job('other', 'exit 2');
    await jobs.night();
    expect(JSON.parse(received[0]!.body).jobs.map(({ job }: { job: string }) => job)).toEqual(['mine']);
  });

  it('hears nothing of a quiet night; the letter of the night before is gone', async () => {
    jobs.job('a', 'exit 2');
    await jobs.night();
    const mail = join(jobs.workspace, 'nightly-mail.txt');
    expect(existsSync(mail)).toBe(true);
    jobs.job('a');
    await jobs.night({ notices: { webhook: url, mailTo: null, metrics: null } });
    expect([existsSync(mail), received.length]).toEqual([false, 0]);
  });
});

describe('the letter', () => {
  it('is one that sendmail takes: short encoded headers, Vietnamese first, then English', async () => {
    jobs.job('thue-bao', 'exit 2');
    jobs.job('sau', 'exit 0', 'after: thue-bao');
    await jobs.night({ notices: { webhook: null, mailTo: 'truc@vi-du.vn', metrics: null } });
    const mail = readFileSync(join(jobs.workspace, 'nightly-mail.txt'), 'utf8');
    const [head = '', ...rest] = mail.split('\n\n');
    const lines = head.split('\n');
    expect(lines[0]).toBe('To: truc@vi-du.vn');
    for (const line of lines) expect(line).toMatch(/^(\S+: | )[\x20-\x7e]{1,76}$/);
    const words = [...head.matchAll(/=\?UTF-8\?B\?([^?]+)\?=/g)].map(([, word = '']) =>
      Buffer.from(word, 'base64'),
    );
    expect(Buffer.concat(words).toString()).toBe('[doisoat] Đêm 21/11/2026: 2 công việc, 1 hỏng, 1 bỏ qua');
    const text = rest.join('\n\n');
    expect(text.indexOf('Cần xem:')).toBeLessThan(text.indexOf('To look at:'));
    expect(text).toContain('- sau: bỏ qua vì “thue-bao” hỏng');
    expect(text).toContain('  x.yaml:1: Sai.\n  → Sửa.');
  });

  it('has no line that a mail server would refuse', async () => {
    jobs.job('a', 'exit 2');
    const night = await jobs.night();
    const [job] = night.jobs;
    const long = { ...job!, problem: { ...job!.problem!, where: `${'đ'.repeat(2000)}\r\nBcc: x@y.vn` } };
    const mail = nightMail({ ...night, jobs: [long] }, null);
    for (const line of mail.split('\n')) expect(Buffer.byteLength(line)).toBeLessThan(999);
    expect(mail).not.toMatch(/^Bcc/m);
  });

  it.each(['a@b.vn\nBcc: c@d.vn', 'nobody', '<a@b.vn>', 'a@b.vn, c@d.vn', ''])(
    'is not sent to %j',
    (address) => {
      expect(() => checkedAddress(address)).toThrow('--mail-to');
    },
  );
});

describe('the metrics', () => {
  it('are what Prometheus reads, readable for the collector, and say how each job fared', async () => {
    jobs.job('viettel-2026-11');
    jobs.job('wrong', 'exit 2');
    await jobs.night();
    const path = join(jobs.workspace, 'nightly.prom');
    expect(statSync(path).mode & 0o777).toBe(0o644);
    const samples = parsed(readFileSync(path, 'utf8'));
    expect(samples.get('doisoat_job_success{job="viettel"}')).toBe(1);
    expect(samples.get('doisoat_job_success{job="wrong"}')).toBe(0);
    expect(samples.get('doisoat_night_exit_code')).toBe(2);
    expect(samples.get('doisoat_night_jobs{state="failed"}')).toBe(1);
    expect(samples.get('doisoat_job_mismatch_ratio{job="viettel",counted="as_submitted"}')).toBeGreaterThan(
      0,
    );
    expect(samples.size).toBeGreaterThan(20);
  });

  it('know when a job last finished, also when it failed tonight', async () => {
    jobs.job('a', 'exit 2');
    const night = await jobs.night();
    const text = await metricsText(night, new Map([['a', 1_795_000_000]]));
    expect(parsed(text).get('doisoat_job_last_success_time_seconds{job="a"}')).toBe(1_795_000_000);
  });
});

/** Sample → value; throws for what is not the text format (HELP and TYPE before the samples, each sample once). */
function parsed(text: string): Map<string, number> {
  const samples = new Map<string, number>();
  const typed = new Set<string>();
  expect(text.endsWith('\n')).toBe(true);
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const type = /^# TYPE ([a-z_]+) gauge$/.exec(line)?.[1];
    if (type !== undefined) typed.add(type);
    if (line.startsWith('#')) {
      expect(line).toMatch(/^# (HELP|TYPE) [a-z_]+ \S/);
      continue;
    }
    const found =
      /^(([a-z_]+)(\{[a-z_]+="(?:[^"\\\n]|\\["\\n])*"(?:,[a-z_]+="(?:[^"\\\n]|\\["\\n])*")*\})?) (-?[\d.e+-]+)$/.exec(
        line,
      );
    expect(found, line).not.toBeNull();
    expect(typed.has(found![2]!), line).toBe(true);
    expect(samples.has(found![1]!), line).toBe(false);
    samples.set(found![1]!, Number(found![4]));
  }
  return samples;
}
