import { resolve } from 'node:path';
import { existing } from '../pipeline/job.js';
import type { FileSet } from '../pipeline/job-type.js';
import { buildReference } from '../pipeline/reference-build.js';
import { count } from '../reports/numbers.js';
import { loadSector } from '../sectors/load.js';
import { readingOptions } from './file-options.js';
import { clockTime } from './progress.js';
import { columnOptions, type Options, type Run, textOption } from './session.js';

/** `doisoat reference build FILE… -o DIR`. */
export const run: Run = async ({ args, options, session }) => {
  const name = textOption(options, 'sector');
  const changes = textOption(options, 'idChanges');
  const built = await buildReference(
    {
      files: { ...fileSet(args, options), columns: columnOptions(options) ?? {} },
      idChanges: changes === undefined ? null : { ...fileSet([changes], options), columns: {} },
      out: resolve(textOption(options, 'out') ?? 'reference'),
      ...(name === undefined ? {} : { sector: loadSector(name).sector }),
    },
    session.context,
  );
  const [people, time] = [count(built.people), clockTime(built.seconds)];
  const text = session.say({
    vi: `Đã dựng dữ liệu tham chiếu: ${people.vi} người, mất ${time}.\n→ ${built.folder}`,
    en: `Built the reference: ${people.en} people, in ${time}.\n→ ${built.folder}`,
  });
  return { data: built, text };
};

function fileSet(patterns: readonly string[], options: Options): FileSet {
  const files = patterns.flatMap((pattern) => existing(pattern, process.cwd(), ''));
  return { files: [...new Set(files)].sort(), columns: {}, ...readingOptions(options) };
}
