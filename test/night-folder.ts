import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Context, quietContext } from '../pipeline/context.js';
import { type NightOptions, runNight } from '../pipeline/nightly.js';
import type { Night } from '../pipeline/nightly-result.js';
import { telecomSummary } from './fixtures/summary.js';

/** A folder of job files whose runs are played by a script: what a run does stands in its file's first line, `# does: …`. */
export interface NightFolder {
  readonly folder: string;
  readonly workspace: string;
  /** A job file; `more` are further lines. */
  job(name: string, does?: string, more?: string): void;
  put(name: string, text: string): string;
  /** The arguments with which each run was called, by name of job file, and when it began and ended. */
  calls(): readonly { file: string; args: string[]; began: number; ended: number }[];
  night(options?: Partial<NightOptions>, context?: Partial<Context>): Promise<Night>;
  remove(): void;
}

const PLAYER = `
import { appendFileSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
const args = process.argv.slice(2);
const [answer, log] = [process.env.PLAYER_ANSWER, process.env.PLAYER_LOG];
const does = /^# does: (.*)/.exec(readFileSync(args[1], 'utf8'))?.[1] ?? 'exit 0';
const began = Date.now();
const end = () => appendFileSync(log, JSON.stringify({ file: basename(args[1]), args, began, ended: Date.now() }) + '\\n');
const [verb, what] = does.split(' ');
if (verb === 'hang') setInterval(() => {}, 1000);
else setTimeout(() => {
  end();
  if (verb === 'die') process.kill(process.pid, what);
  else if (verb === 'bug') {
    console.error('Lỗi của chương trình, không phải của bạn. Hãy gửi những dòng dưới đây cho người phát triển.');
    console.error('Error: 079060000018\\n    at match (match.js:1)');
    process.exit(1);
  } else if (verb === 'babble') console.log('not JSON');
  else if (what === '2' || what === '5') {
    console.error(JSON.stringify({ error: { what: { vi: 'Sai.', en: 'Wrong.' }, where: 'x.yaml:1', mend: { vi: 'Sửa.', en: 'Mend.' }, exit_code: Number(what) } }));
    process.exit(Number(what));
  } else {
    console.error('✓ Đọc tệp');
    process.stdout.write(readFileSync(answer, 'utf8'), () => process.exit(Number(what)));
  }
}, 150);
`;

export function nightFolder(): NightFolder {
  const root = mkdtempSync(join(tmpdir(), 'doisoat-night-'));
  const [folder, workspace] = [join(root, 'jobs'), join(root, 'ws')];
  const put = (name: string, text: string) => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  };
  mkdirSync(workspace, { recursive: true });
  const [player, log, answer] = [
    join(root, 'player.mjs'),
    join(root, 'calls.jsonl'),
    join(root, 'answer.json'),
  ];
  writeFileSync(player, PLAYER);
  writeFileSync(log, '');
  const run = join(workspace, 'runs', 'x');
  writeFileSync(
    answer,
    JSON.stringify({
      run: 'x',
      folder: run,
      files: [join(run, 'results.csv'), join(run, 'manifest.json')],
      over_threshold: false,
      too_many_rejected: false,
      summary: telecomSummary,
    }),
  );
  put('extract.csv', 'a\n1\n');
  put('people.csv', 'a\n1\n');
  process.env['PLAYER_LOG'] = log;
  process.env['PLAYER_ANSWER'] = answer;
  return {
    folder,
    workspace,
    put,
    job: (name, does = 'exit 0', more = '') => {
      put(
        `${name}.yaml`,
        `# does: ${does}\nname: ${name}\nsector: workers\ninput: { path: extract.csv, columns: { id: a } }\n` +
          `reference: people.csv\n${more}\n`,
      );
    },
    calls: () =>
      readFileSync(log, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line)),
    night: (options, context) =>
      runNight(
        {
          folder,
          night: '2026-11-21',
          atOnce: 2,
          giveUp: 1,
          program: [process.execPath, player],
          notices: { webhook: null, mailTo: null, metrics: null },
          ...options,
        },
        quietContext({ workspace, memory: '4GB', threads: 4, ...context }),
      ),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
