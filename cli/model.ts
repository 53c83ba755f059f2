import { existsSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { writeWhole } from '../engine/whole-file.js';
import type { Model } from '../matchers/model.js';
import { compareModels } from '../matchers/model.js';
import { UserError } from '../messages/user-error.js';
import { dayInVietnam } from '../pipeline/context.js';
import { loadJob } from '../pipeline/job.js';
import { trainModel } from '../pipeline/link.js';
import { MODEL_FILE, modelHash, readModel, writeModel } from '../pipeline/model-file.js';
import { withOpenRecords } from '../pipeline/open-records.js';
import type { Linking } from '../reports/model.js';
import { renderModelHtml } from '../reports/model-html.js';
import { comparisonText, modelTexts } from './model-text.js';
import { findRun, readRunSummary } from './run-folder.js';
import { type Options, type Run, type Session, textOption } from './session.js';

/** `doisoat model train JOB`: learns from what a run of the job would match, and writes the model for it to be frozen. */
export const train: Run = async ({ args, options, session }) => {
  const { context, say } = session;
  const path = resolve(textOption(options, 'out') ?? MODEL_FILE);
  if (options.force !== true && existsSync(path)) throw thereAlready(path);
  // A job that names its model may name one that is not there yet, or is to be replaced.
  const job = loadJob(args[0] ?? '', { today: dayInVietnam(context.clock()), withoutModel: true });
  const model = await withOpenRecords(job, context, (db, spec) => {
    const task = context.progress.start({ vi: 'Huấn luyện', en: 'Training' });
    return trainModel(db, spec).finally(() => task.done());
  });
  if (model === null) throw nothingToLearn(job.path);
  writeModel(path, model);
  const files = [path, ...writePage(options, model, { linking: null, title: job.sector.labels })];
  const warning = model.training.converged ? [] : [say(NOT_CONVERGED)];
  const text = [modelTexts(model, null, session), '', ...warning, ...files.map((file) => `→ ${file}`)].join(
    '\n',
  );
  return { data: { files, hash: modelHash(model), model }, text };
};

/** `doisoat model show MODEL|RUN`. */
export const show: Run = async ({ args, options, session }) => {
  const { model, linking, name } = modelOf(args[0] ?? '', session);
  const files = writePage(options, model, { linking, title: { vi: name, en: name } });
  const text = [modelTexts(model, linking, session), ...files.map((file) => `→ ${file}`)].join('\n');
  return { data: { hash: modelHash(model), linking, model, files }, text };
};

/** `doisoat model compare BEFORE AFTER`. */
export const compare: Run = async ({ args, session }) => {
  const [before, after] = [args[0] ?? '', args[1] ?? ''].map((name) => modelOf(name, session).model) as [
    Model,
    Model,
  ];
  const levels = compareModels(before, after);
  return {
    data: {
      before: { hash: modelHash(before), training: before.training },
      after: { hash: modelHash(after), training: after.training },
      levels,
    },
    text: comparisonText({ before, after, levels }, session),
  };
};

interface Named {
  readonly model: Model;
  readonly linking: Linking | null;
  readonly name: string;
}

/** A model file, or the model of a finished run. */
function modelOf(name: string, { context }: Session): Named {
  const path = resolve(name);
  if (statSync(path, { throwIfNoEntry: false })?.isFile()) {
    return { model: readModel(path, name), linking: null, name: basename(path) };
  }
  if (/\.json$/i.test(name)) return { model: readModel(path, name), linking: null, name };
  const folder = findRun(name, context.workspace);
  const summary = readRunSummary(folder);
  if (summary.linking === null || !existsSync(join(folder, MODEL_FILE))) throw withoutModel(folder);
  return { model: readModel(join(folder, MODEL_FILE)), linking: summary.linking, name: summary.run };
}

function writePage(
  options: Options,
  model: Model,
  page: { readonly linking: Linking | null; readonly title: { vi: string; en: string } },
): string[] {
  const html = textOption(options, 'html');
  if (html === undefined) return [];
  writeWhole(resolve(html), renderModelHtml(model, page));
  return [resolve(html)];
}

const NOT_CONVERGED = {
  vi: '! Huấn luyện chưa hội tụ: chỉ nên dùng mô hình này sau khi xem kỹ.',
  en: '! The training did not converge: look at this model closely before using it.',
};

function thereAlready(path: string): UserError {
  return new UserError({
    what: { vi: 'Tệp mô hình này đã có.', en: 'This model file is there already.' },
    where: path,
    mend: {
      vi: 'Hãy chọn tên khác với -o, hoặc thêm --force.',
      en: 'Choose another name with -o, or add --force.',
    },
  });
}

function nothingToLearn(path: string): UserError {
  return new UserError({
    what: {
      vi: 'Không có dòng nào để học: số định danh đã tìm được mọi người, hoặc chưa đủ hai trường để so.',
      en: 'There is nothing to learn from: the numbers found everybody, or there are fewer than two fields to compare.',
    },
    where: path,
    mend: {
      vi: 'Hãy ghép thêm cột trong input.columns, hoặc dùng một trích xuất lớn hơn.',
      en: 'Map more columns in input.columns, or use a larger extract.',
    },
  });
}

function withoutModel(folder: string): UserError {
  return new UserError({
    what: {
      vi: 'Lần chạy này không cần đối sánh xác suất nên không có mô hình.',
      en: 'This run needed no probabilistic matching and has no model.',
    },
    where: folder,
    mend: { vi: 'Hãy chọn lần chạy khác, hoặc một tệp mô hình.', en: 'Choose another run, or a model file.' },
  });
}
