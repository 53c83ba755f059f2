import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { writeWhole } from '../engine/whole-file.js';
import { UserError } from '../messages/user-error.js';
import { headlineLines } from '../reports/headline.js';
import { renderHtml } from '../reports/html.js';
import type { Summary } from '../reports/model.js';
import { readSummary, summaryJson } from '../reports/summary-json.js';
import { insteadOf } from '../sectors/schema-check.js';
import { findRun, summaryPath } from './run-folder.js';
import { type Run, textOption } from './session.js';

/** Formats that are made of the summary alone, and the file each is written to. */
const FORMATS: Readonly<
  Record<string, { readonly file: string; readonly render: (summary: Summary) => string }>
> = {
  html: { file: 'report.html', render: renderHtml },
  json: { file: 'summary.json', render: summaryJson },
};

/** `doisoat report RUN`: the reports of a finished run again, the same bytes each time. */
export const run: Run = async ({ args, options, session }) => {
  const folder = findRun(args[0] ?? '', session.context.workspace);
  const summary = readSummary(readFileSync(summaryPath(folder), 'utf8'), summaryPath(folder));
  const out = resolve(textOption(options, 'out') ?? folder);
  const formats = (textOption(options, 'format') ?? 'html').split(',').map((name) => name.trim());
  const unknown = formats.find((name) => !(name in FORMATS));
  if (unknown !== undefined) throw unknownFormat(unknown);
  mkdirSync(out, { recursive: true });
  const files = formats.flatMap((name) => {
    const format = FORMATS[name];
    if (!format) return [];
    const path = join(out, format.file);
    writeWhole(path, format.render(summary));
    return [path];
  });
  const text = [...headlineLines(summary, session.language), '', ...files.map((file) => `→ ${file}`)].join(
    '\n',
  );
  return { data: { run: summary.run, files }, text };
};

function unknownFormat(name: string): UserError {
  return new UserError({
    what: { vi: `Không có dạng báo cáo “${name}”.`, en: `There is no report format “${name}”.` },
    where: '--format',
    mend: insteadOf(name, Object.keys(FORMATS)),
  });
}
