import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Model } from '../matchers/model.js';
import type { Text } from '../messages/text.js';
import { UserError } from '../messages/user-error.js';
import { type LoadedSector, loadSector, unknownSector } from '../sectors/load.js';
import { identifyingFields, type Sector } from '../sectors/schema.js';
import { checkFile, insteadOf, settingError } from '../sectors/schema-check.js';
import { type Path, readYamlFile, type YamlFile } from '../sectors/yaml-file.js';
import { RECORD_KEY } from './fields.js';
import { expandPattern, isPattern } from './glob.js';
import { planOf } from './job-plan.js';
import { type FilesSetting, type JobFile, jobSchema } from './job-schema.js';
import type { ColumnMap, FileSet, Job, MatchingSettings } from './job-type.js';
import { letterOf } from './letter-file.js';
import { modelHash, readModel } from './model-file.js';
import { REFERENCE_DATABASE } from './reference.js';
import { referenceFields, STATUS, STATUS_DATE } from './reference-fields.js';

/** What a table of cancelled and re-issued numbers holds. */
export const ID_CHANGE_FIELDS = ['old_id', 'new_id', 'date'] as const;

export interface JobOptions {
  /** ISO day; names the period when neither the file nor `period` does. */
  readonly today: string;
  /** Instead of the file's own, as a schedule needs. */
  readonly period?: string;
  /** Leave the model that the job names unread: it is about to be made. */
  readonly withoutModel?: boolean;
}

/**
 * Reads, checks and resolves a job file (YAML or JSON). Paths in it are taken from its own folder. Any mistake is one
 * `UserError` with file, line, what is wrong and the nearest valid name; nothing is written.
 */
export function loadJob(path: string, options: JobOptions): Job {
  const file = readYamlFile(resolve(path));
  const settings = checkFile(file, jobSchema);
  const folder = dirname(file.path);
  const loaded = jobSector(file, settings.sector, folder);
  const { sector } = loaded;
  const model = options.withoutModel === true ? null : jobModel(file, settings);
  return {
    name: settings.name,
    path: file.path,
    sector,
    input: inputFiles(file, settings, sector),
    reference: referenceOf(file, settings.reference, sector),
    period: periodOf(options, settings),
    report: {
      formats: settings.report.formats,
      groupBy: groupBy(file, settings, sector),
      provinces: settings.report.provinces,
      letter: letterOf(settings.report.letter),
    },
    output: settings.output,
    alert: {
      mismatchRateAbove: settings.alert.mismatch_rate_above,
      rejectedRateAbove: settings.alert.rejected_rate_above,
    },
    strict: settings.strict ?? sector.strict,
    deaths: typeof settings.deaths === 'string' ? [settings.deaths] : (settings.deaths ?? []),
    plan: planOf(file, settings, sector),
    model,
    matching: matchingOf(settings),
    probabilistic: settings.matching.enabled,
    hash: jobHash(file, loaded, model),
    where: (setting) => file.where(setting.split('.')),
  };
}

function jobSector(file: YamlFile, name: string, folder: string): LoadedSector {
  try {
    return loadSector(name, folder);
  } catch (error) {
    const missing = error instanceof UserError && !(error.parts.where ?? '').match(/:\d+$/);
    if (!missing) throw error;
    // The sector's own file is fine or not there at all: the line to mend is in the job file.
    if (!/[\\/.]/.test(name)) throw unknownSector(name, file.where(['sector']));
    throw new UserError({ ...error.parts, where: `${file.where(['sector'])} → ${error.parts.where}` });
  }
}

function jobModel(file: YamlFile, settings: JobFile): Model | null {
  if (settings.model === undefined) return null;
  return readModel(resolve(dirname(file.path), settings.model), file.where(['model']));
}

function matchingOf({ matching }: JobFile): MatchingSettings {
  const { false_link_rate: falseLinkRate, accept, review } = matching;
  return {
    ...(falseLinkRate === undefined ? {} : { falseLinkRate }),
    ...(accept === undefined ? {} : { accept }),
    ...(review === undefined ? {} : { review }),
  };
}

function inputFiles(file: YamlFile, settings: JobFile, sector: Sector): FileSet {
  const { columns } = settings.input;
  checkFieldNames(file, ['input', 'columns'], columns, [
    ...new Set([RECORD_KEY, ...Object.keys(sector.fields)]),
  ]);
  const mapped = (field: string) => field in columns;
  const compared = Object.keys(sector.fields).filter((name) => sector.fields[name]?.compare);
  const finding = identifyingFields(sector);
  if (![...finding, ...compared].some(mapped)) {
    throw settingError(
      file,
      ['input', 'columns'],
      {
        vi: 'Chưa có cột nào để tìm người hoặc để so sánh.',
        en: 'No column is given to find a person by or to compare.',
      },
      {
        vi: `Hãy khai báo ít nhất một trong các trường: ${[...new Set([...finding, ...compared])].join(', ')}.`,
        en: `Map at least one of the fields: ${[...new Set([...finding, ...compared])].join(', ')}.`,
      },
    );
  }
  return fileSet(file, ['input'], settings.input);
}

function referenceOf(file: YamlFile, setting: JobFile['reference'], sector: Sector): Job['reference'] {
  const folder = dirname(file.path);
  if (typeof setting === 'string') {
    const path = resolve(folder, setting);
    const isFolder =
      !isPattern(setting) && (statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false);
    if (isFolder) return { type: 'built', folder: path };
    return { type: 'files', people: fileSet(file, ['reference'], { path: setting }), idChanges: null };
  }
  const fields = [
    ...new Set([RECORD_KEY, ...referenceFields(sector).map(({ name }) => name), STATUS, STATUS_DATE]),
  ];
  checkFieldNames(file, ['reference', 'columns'], setting.columns ?? {}, fields);
  return {
    type: 'files',
    people: fileSet(file, ['reference'], setting),
    idChanges: idChanges(file, setting.id_changes),
  };
}

function idChanges(file: YamlFile, setting: FilesSetting['id_changes']): FileSet | null {
  if (setting === undefined) return null;
  const at: Path = ['reference', 'id_changes'];
  if (typeof setting === 'string') return fileSet(file, at, { path: setting });
  checkFieldNames(file, [...at, 'columns'], setting.columns ?? {}, ID_CHANGE_FIELDS);
  return fileSet(file, at, setting);
}

type FilesPart = Pick<FilesSetting, 'path'> &
  Partial<Pick<FilesSetting, 'encoding' | 'delimiter' | 'columns'>>;

function fileSet(file: YamlFile, at: Path, setting: FilesPart): FileSet {
  const patterns = typeof setting.path === 'string' ? [setting.path] : setting.path;
  const files = patterns.flatMap((pattern, i) => {
    const place = typeof setting.path === 'string' ? [...at, 'path'] : [...at, 'path', i];
    return existing(pattern, dirname(file.path), file.where(place));
  });
  return {
    files: [...new Set(files)].sort(),
    encoding: setting.encoding ?? 'auto',
    delimiter: setting.delimiter === 'tab' ? '\t' : (setting.delimiter ?? 'auto'),
    columns: columnMap(setting.columns ?? {}),
  };
}

function columnMap(columns: Readonly<Record<string, string | readonly string[]>>): ColumnMap {
  return Object.fromEntries(
    Object.entries(columns).map(([field, names]) => [field, typeof names === 'string' ? [names] : names]),
  );
}

/** Files of one path or pattern, or one `UserError` placed at `where`. */
export function existing(pattern: string, folder: string, where: string): string[] {
  const files = expandPattern(pattern, folder);
  const missing = files.find((path) => !existsSync(path));
  if (files.length > 0 && missing === undefined) return files.map(notFolder(where));
  const what: Text = isPattern(pattern)
    ? { vi: `Không có tệp nào khớp với mẫu “${pattern}”.`, en: `No file fits the pattern “${pattern}”.` }
    : { vi: `Không tìm thấy tệp “${pattern}”.`, en: `There is no file “${pattern}”.` };
  throw new UserError({
    what,
    where,
    mend: {
      vi: `Đường dẫn được tính từ thư mục ${folder}; hãy kiểm tra lại.`,
      en: `Paths are taken from the folder ${folder}; check it.`,
    },
  });
}

function notFolder(where: string): (path: string) => string {
  return (path) => {
    if (!statSync(path).isDirectory()) return path;
    throw new UserError({
      what: { vi: `“${path}” là thư mục, không phải tệp.`, en: `“${path}” is a folder, not a file.` },
      where,
      mend: existsSync(join(path, REFERENCE_DATABASE)) ? nameBuilt(path) : NAME_FILES,
    });
  };
}

const NAME_FILES: Text = {
  vi: 'Hãy ghi tên tệp, hoặc một mẫu như thu-muc/*.csv.',
  en: 'Name a file, or a pattern such as folder/*.csv.',
};

function nameBuilt(path: string): Text {
  return {
    vi: `Thư mục này là tham chiếu đã dựng: trong tệp công việc hãy ghi “reference: ${path}”, không có mục path.`,
    en: `The folder is a built reference: in the job file write “reference: ${path}”, without path.`,
  };
}

function groupBy(file: YamlFile, settings: JobFile, sector: Sector): readonly string[] {
  const asked = settings.report.group_by;
  if (asked === undefined) return sector.group_by.filter((field) => field in settings.input.columns);
  const unknown = asked.findIndex((field) => !(field in sector.fields));
  if (unknown < 0) return asked;
  throw unknownField(file, ['report', 'group_by', unknown], asked[unknown] ?? '', Object.keys(sector.fields));
}

function checkFieldNames(file: YamlFile, at: Path, columns: object, valid: readonly string[]): void {
  const unknown = Object.keys(columns).find((field) => !valid.includes(field));
  if (unknown !== undefined) throw unknownField(file, [...at, unknown], unknown, valid);
}

function unknownField(file: YamlFile, at: Path, name: string, valid: readonly string[]): UserError {
  return settingError(
    file,
    at,
    { vi: `Không có trường “${name}”.`, en: `There is no field “${name}”.` },
    insteadOf(name, valid),
  );
}

function periodOf({ period: asked, today }: JobOptions, settings: JobFile): string {
  const period = checkedPeriod(asked) ?? settings.period ?? today.slice(0, 7);
  return period === 'auto' ? today : period;
}

function checkedPeriod(period: string | undefined): string | undefined {
  if (period === undefined || jobSchema.shape.period.safeParse(period).success) return period;
  throw new UserError({
    what: { vi: `Kỳ “${period}” không hợp lệ.`, en: `The period “${period}” is not valid.` },
    where: '--period',
    mend: {
      vi: 'Hãy ghi theo dạng 2026-11, 2026-11-21, 2026-Q4, 2026 hoặc auto (hôm nay).',
      en: 'Write it as 2026-11, 2026-11-21, 2026-Q4, 2026 or auto (today).',
    },
  });
}

function jobHash(file: YamlFile, { builtIn, sha256 }: LoadedSector, model: Model | null): string {
  return createHash('sha256')
    .update(builtIn ? file.sha256 : file.sha256 + sha256)
    .update(model === null ? '' : modelHash(model))
    .digest('hex');
}
