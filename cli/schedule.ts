import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { writeWhole } from '../engine/whole-file.js';
import { UserError } from '../messages/user-error.js';
import { planNight } from '../pipeline/nightly.js';
import { checkedTime, SCHEDULE_FORMS, type UnitFile } from '../pipeline/schedule-units.js';
import { insteadOf } from '../sectors/schema-check.js';
import { nightOptions, PROGRAM } from './night-options.js';
import { type Input, type Run, textOption } from './session.js';

/** `doisoat schedule print systemd|cron FOLDER`: what the machine's own scheduler needs; installs nothing. */
export const run: Run = async ({ args, options, session }) => {
  const [form = '', folder = ''] = args;
  const unitsOf = Object.entries(SCHEDULE_FORMS).find(([name]) => name === form)?.[1];
  if (unitsOf === undefined) throw unknownForm(form);
  const input: Input = { args: [folder], options, session };
  const asked = nightOptions(input);
  planNight(asked.folder, asked.night);
  const { workspace } = session.context;
  const files = unitsOf({
    command: [...PROGRAM, ...nightArguments(input, asked.folder, workspace)],
    directory: process.cwd(),
    folder: asked.folder,
    workspace,
    at: checkedTime(textOption(options, 'at') ?? '02:00'),
  });
  const out = textOption(options, 'out');
  if (out === undefined) return { data: files, text: printed(files) };
  const paths = write(files, resolve(out), options.force === true);
  return { data: paths, text: paths.map((path) => `→ ${path}`).join('\n') };
};

/** Options that the night is to have too, as they were given here. */
function nightArguments({ options }: Input, folder: string, workspace: string): string[] {
  const passed = [
    ['--at-once', 'atOnce'],
    ['--give-up', 'giveUp'],
    ['--memory', 'memory'],
    ['--threads', 'threads'],
    ['--lang', 'lang'],
    ['--webhook', 'webhook'],
    ['--mail-to', 'mailTo'],
  ].flatMap(([flag = '', name = '']) => {
    const value = textOption(options, name);
    return value === undefined ? [] : [flag, value];
  });
  const metrics = textOption(options, 'metrics');
  return [
    'nightly',
    folder,
    ...['--workspace', workspace],
    ...passed,
    ...(metrics === undefined ? [] : ['--metrics', resolve(metrics)]),
  ];
}

function printed(files: readonly UnitFile[]): string {
  if (files.length === 1) return files[0]?.text ?? '';
  return files.map(({ name, text }) => `# ${name}\n${text}`).join('\n');
}

function write(files: readonly UnitFile[], folder: string, force: boolean): string[] {
  const paths = files.map(({ name }) => join(folder, name));
  const there = paths.find((path) => existsSync(path));
  if (there !== undefined && !force) {
    throw new UserError({
      what: { vi: 'Tệp này đã có.', en: 'The file is there already.' },
      where: there,
      mend: { vi: 'Thêm --force để ghi đè.', en: 'Add --force to replace it.' },
    });
  }
  mkdirSync(folder, { recursive: true });
  for (const [i, { text }] of files.entries()) writeWhole(paths[i] ?? '', text);
  return paths;
}

function unknownForm(form: string): UserError {
  return new UserError({
    what: { vi: `Không có dạng lịch “${form}”.`, en: `There is no kind of schedule “${form}”.` },
    mend: insteadOf(form, Object.keys(SCHEDULE_FORMS)),
  });
}
