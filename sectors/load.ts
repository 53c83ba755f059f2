import { readdirSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { matchers } from '../matchers/index.js';
import { UserError } from '../messages/user-error.js';
import { normalizers } from '../normalizers/index.js';
import { checkPeople, personFields } from './load-people.js';
import { type Sector, sectorSchema } from './schema.js';
import { checkFile, insteadOf, settingError } from './schema-check.js';
import { readYamlFile, type YamlFile } from './yaml-file.js';

export interface LoadedSector {
  readonly sector: Sector;
  readonly path: string;
  readonly builtIn: boolean;
  readonly sha256: string;
}

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** Names of the sectors that come with the program, in alphabetical order. */
export function builtInSectors(): string[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length))
    .sort();
}

/**
 * A sector by its built-in name, or by the path of a user's own file (anything with a slash or ending in
 * .yaml, .yml, .json), which is taken from `folder` when relative.
 */
export function loadSector(nameOrPath: string, folder: string = process.cwd()): LoadedSector {
  const builtIn = !/[\\/]|\.(ya?ml|json)$/i.test(nameOrPath);
  if (builtIn && !builtInSectors().includes(nameOrPath)) throw unknownSector(nameOrPath);
  const path = builtIn ? resolve(FOLDER, `${nameOrPath}.yaml`) : absolute(nameOrPath, folder);
  const file = readYamlFile(path);
  const sector = checkFile(file, sectorSchema);
  checkNames(file, sector);
  return { sector, path, builtIn, sha256: file.sha256 };
}

/** For a name that is no built-in sector: the nearest one. */
export function unknownSector(name: string, where?: string): UserError {
  const instead = insteadOf(name, builtInSectors());
  return new UserError({
    what: { vi: `Không có lĩnh vực “${name}”.`, en: `There is no sector “${name}”.` },
    where,
    mend: {
      vi: `${instead.vi} Lĩnh vực của riêng bạn thì ghi đường dẫn tới tệp, ví dụ ./linh-vuc.yaml.`,
      en: `${instead.en} For a sector of your own give the path of its file, such as ./my-sector.yaml.`,
    },
  });
}

function absolute(path: string, folder: string): string {
  return isAbsolute(path) ? path : resolve(folder, path);
}

function checkNames(file: YamlFile, sector: Sector): void {
  const kinds = Object.keys(normalizers);
  for (const [name, field] of Object.entries(sector.fields)) {
    if (!kinds.includes(field.kind)) throw unknownKind(file, name, field.kind);
    if (field.compare && !(field.kind in matchers)) throw notComparable(file, name, field.kind);
  }
  checkFields(file, ['identify_by', sector.identify_by], personFields(sector));
  checkFields(file, ['group_by', sector.group_by], Object.keys(sector.fields));
  checkPeople(file, sector);
  if (sector.identify_by.length === 0 && !Object.values(sector.fields).some(({ compare }) => compare)) {
    throw settingError(
      file,
      ['fields'],
      { vi: 'Lĩnh vực này không có gì để đối soát.', en: 'This sector has nothing to reconcile.' },
      {
        vi: 'Hãy ghi “compare: true” cho ít nhất một trường, hoặc khai báo “identify_by”.',
        en: 'Write “compare: true” on at least one field, or give “identify_by”.',
      },
    );
  }
}

function checkFields(
  file: YamlFile,
  [setting, names]: readonly [string, readonly string[]],
  known: readonly string[],
): void {
  names.forEach((name, i) => {
    if (known.includes(name)) return;
    throw settingError(
      file,
      [setting, i],
      { vi: `Không có trường “${name}” trong “fields”.`, en: `There is no field “${name}” in “fields”.` },
      insteadOf(name, known),
    );
  });
}

function unknownKind(file: YamlFile, field: string, kind: string): UserError {
  return settingError(
    file,
    ['fields', field, 'kind'],
    { vi: `Không có loại giá trị “${kind}”.`, en: `There is no kind of value “${kind}”.` },
    insteadOf(kind, Object.keys(normalizers)),
  );
}

function notComparable(file: YamlFile, field: string, kind: string): UserError {
  return settingError(
    file,
    ['fields', field, 'compare'],
    {
      vi: `Giá trị loại “${kind}” chưa so sánh được.`,
      en: `Values of the kind “${kind}” cannot be compared.`,
    },
    {
      vi: `Hãy bỏ “compare”, hoặc dùng một loại khác: ${Object.keys(matchers).join(', ')}.`,
      en: `Leave “compare” out, or use another kind: ${Object.keys(matchers).join(', ')}.`,
    },
  );
}
