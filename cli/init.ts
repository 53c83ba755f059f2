import { existsSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { writeWhole } from '../engine/whole-file.js';
import { UserError } from '../messages/user-error.js';
import { dayInVietnam } from '../pipeline/context.js';
import { writeJobText } from '../pipeline/job-text.js';
import { profileFile } from '../pipeline/profile.js';
import { loadSector } from '../sectors/load.js';
import { HIGH, MEDIUM, type Suggestion } from '../sectors/mapping.js';
import { fileChoice } from './file-options.js';
import { type Run, requiredOption, textOption } from './session.js';

/** `doisoat init FILE --sector NAME`: a commented job file with the suggested mapping. */
export const run: Run = async ({ args, options, session }) => {
  const name = requiredOption(options, 'sector');
  const out = resolve(textOption(options, 'out') ?? 'job.yaml');
  if (existsSync(out) && options.force !== true) throw alreadyThere(out);
  const { sector, builtIn, path } = loadSector(name);
  const { file, mapping } = await profileFile(fileChoice(args[0] ?? '', options), sector, session.context);
  const fromJob = (target: string) => relative(dirname(out), resolve(target)).replaceAll('\\', '/') || '.';
  const reference = textOption(options, 'reference') ?? 'reference';
  const changes = textOption(options, 'idChanges');
  const text = writeJobText({
    name: sector.name,
    sector: builtIn ? sector.name : pathFromJob(fromJob(path)),
    labels: sector.labels,
    input: {
      path: fromJob(args[0] ?? ''),
      encoding: textOption(options, 'encoding'),
      delimiter: file.delimiter,
    },
    reference: {
      path: fromJob(reference),
      isFolder: isFolder(reference),
      idChanges: changes ? fromJob(changes) : null,
    },
    period: dayInVietnam(session.context.clock()).slice(0, 7),
    mapping,
    sectorFile: sector,
  });
  writeWhole(out, text);
  return {
    data: { file: out, mapping },
    text: session.say(told(out, mapping, existsSync(resolve(reference)))),
  };
};

/** A path that `sector:` takes for one. */
function pathFromJob(path: string): string {
  return /[\\/]/.test(path) ? path : `./${path}`;
}

function isFolder(path: string): boolean {
  return statSync(resolve(path), { throwIfNoEntry: false })?.isFile() !== true;
}

function told(out: string, mapping: readonly Suggestion[], hasReference: boolean) {
  const sure = mapping.filter(({ confidence }) => confidence >= HIGH).length;
  const likely = mapping.filter(({ confidence }) => confidence >= MEDIUM && confidence < HIGH).length;
  const next = hasReference
    ? { vi: `Tiếp theo: doisoat run ${out}`, en: `Next: doisoat run ${out}` }
    : {
        vi: 'Chưa có dữ liệu tham chiếu: hãy dựng bằng doisoat reference build, rồi sửa mục “reference”.',
        en: 'There is no reference yet: build one with doisoat reference build, then set “reference”.',
      };
  return {
    vi: `Đã viết ${out}: ${sure} cột chắc chắn, ${likely} cột nên xem lại.\n${next.vi}`,
    en: `Wrote ${out}: ${sure} columns are sure, ${likely} should be checked.\n${next.en}`,
  };
}

function alreadyThere(out: string): UserError {
  return new UserError({
    what: { vi: 'Tệp này đã có.', en: 'This file is already there.' },
    where: out,
    mend: {
      vi: 'Hãy chọn tên khác bằng -o, hoặc thêm --force để ghi đè.',
      en: 'Choose another name with -o, or add --force.',
    },
  });
}
