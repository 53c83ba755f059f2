import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { writeWhole } from '../engine/whole-file.js';
import { type Model, modelSchema, roundedModel } from '../matchers/model.js';
import type { Text } from '../messages/text.js';
import { UserError } from '../messages/user-error.js';
import { fileProblem } from '../sectors/file-problem.js';

/** Name of the model in the folder of a run. */
export const MODEL_FILE = 'model.json';
/** The same in charts. */
export const MODEL_PAGE = 'model.html';
const VERSION = modelSchema.shape.schema.value;
/** The text of a model file: the same model gives the same bytes. */
export function modelText(model: Model): string {
  return `${JSON.stringify(roundedModel(model), null, 2)}\n`;
}

/** sha256 of the model's text. */
export function modelHash(model: Model): string {
  return createHash('sha256').update(modelText(model)).digest('hex');
}

export function writeModel(path: string, model: Model): void {
  writeWhole(path, modelText(model));
}

/**
 * Reads a model file. Throws UserError when there is none, when it is of another version, or when something in it is missing or
 * out of range; `where` is the setting or option that names it.
 */
export function readModel(path: string, where = path): Model {
  const value = parsed(path, where);
  const version = versionOf(value);
  if (version !== VERSION) throw otherVersion(where, version);
  const read = modelSchema.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw damaged(where, `${issue?.path.join('.') || '/'}: ${issue?.message}`);
  }
  const fault = contradiction(read.data);
  if (fault !== null) throw damaged(where, fault);
  return read.data;
}

function parsed(path: string, where: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw fileProblem(error, where === path ? path : `${where} → ${path}`);
  }
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw damaged(where, 'JSON');
  }
}

function versionOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('schema' in value)) return null;
  return typeof value.schema === 'string' ? value.schema : null;
}

/** What the schema cannot see: a name twice, a parent that is no field, a share of nothing, which no weight can be made of. */
function contradiction({ fields, swapped, found }: Model): string | null {
  const names = fields.map((field) => field.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) return `fields: “${twice}” × 2`;
  const orphan = fields.find(
    ({ name, parent }) => parent !== null && (parent === name || !names.includes(parent)),
  );
  if (orphan !== undefined) return `fields.${orphan.name}.parent: “${orphan.parent}”`;
  const impossible = fields.find(({ levels }) => levels.some(({ m, u, h }) => [...m, u, h].includes(0)));
  if (impossible !== undefined) return `fields.${impossible.name}: 0`;
  if ([...swapped.m, ...swapped.h].includes(0)) return 'swapped: 0';
  return found < 1 ? null : 'found: < 1';
}

const TRAIN_AGAIN: Text = {
  vi: 'Hãy huấn luyện lại bằng doisoat model train.',
  en: 'Train it again with doisoat model train.',
};

function otherVersion(where: string, version: string | null): UserError {
  const found: Text =
    version === null
      ? { vi: 'không ghi phiên bản', en: 'names no version' }
      : { vi: `là “${version}”`, en: `is “${version}”` };
  return new UserError({
    what: {
      vi: `Tệp mô hình ${found.vi}, không phải ${VERSION}.`,
      en: `The model file ${found.en}, not ${VERSION}.`,
    },
    where,
    mend: TRAIN_AGAIN,
  });
}

function damaged(where: string, fault: string): UserError {
  return new UserError({
    what: {
      vi: `Tệp mô hình không đọc được hoặc thiếu mục (${fault}).`,
      en: `The model file cannot be read or lacks something (${fault}).`,
    },
    where,
    mend: TRAIN_AGAIN,
  });
}
