import type { Parameters, Training } from '../matchers/fellegi-sunter.js';
import { COMPARATORS } from '../matchers/field-levels.js';
import { type Model, roundedModel } from '../matchers/model.js';
import { UserError } from '../messages/user-error.js';
import type { PlannedField } from './link-fields.js';

export interface Learnt {
  readonly fields: readonly PlannedField[];
  readonly random: readonly (readonly number[])[];
  readonly rules: readonly (readonly string[])[];
  readonly firstRules: readonly (readonly string[])[];
  readonly training: Training;
  readonly counts: { readonly records: number; readonly people: number; readonly pairs: number };
}

/** What was learnt, in the form that is saved. */
export function modelOf(learnt: Learnt): Model {
  const { training, fields, counts } = learnt;
  const order = fields.length;
  return roundedModel({
    schema: 'doisoat.model/1',
    fields: fields.map((field, i) => ({
      name: field.name,
      kind: field.kind,
      comparator: field.comparator,
      parent: field.parent === null ? null : fields[field.parent]!.name,
      levels: COMPARATORS[field.comparator].levels.map((name, level) => {
        const size = COMPARATORS[field.comparator].levels.length;
        const m = (state: number) => training.m[i]![state * size + level]!;
        return { name, m: [m(0), m(1), m(2)], u: learnt.random[i]![level]!, h: training.h[i]![level]! };
      }),
    })),
    swapped: {
      m: [training.m[order]![0]!, training.m[order]![1]!],
      h: [training.h[order]![0]!, training.h[order]![1]!],
    },
    rules: learnt.rules.map((rule) => [...rule]),
    ...(learnt.firstRules.length === 0 ? {} : { first_rules: learnt.firstRules.map((rule) => [...rule]) }),
    found: training.found,
    relatives: training.relatives,
    relatives_of_missing: training.relativesOfMissing,
    training: {
      ...counts,
      iterations: training.iterations,
      converged: training.converged,
      change: training.change,
      log_likelihood: training.logLikelihood,
    },
  });
}

/** A saved model made ready for scoring; it must have been trained on the same fields. */
export function parametersOf(model: Model, fields: readonly PlannedField[]): Parameters {
  const named = fields.map((field) => model.fields.find((entry) => entry.name === field.name));
  const fits = named.every((entry, i) => entry?.comparator === fields[i]!.comparator);
  if (!fits || model.fields.length !== fields.length) throw otherFields(model, fields);
  const entries = named.map((entry) => entry!.levels);
  return {
    m: [
      ...entries.map((levels) => [0, 1, 2].flatMap((state) => levels.map((level) => level.m[state]!))),
      [0, 1, 2].flatMap(() => model.swapped.m),
    ],
    h: [...entries.map((levels) => levels.map((level) => level.h)), model.swapped.h],
    found: model.found,
    relatives: model.relatives,
    relativesOfMissing: model.relatives_of_missing,
  };
}

/** The fields with the parents that the model was trained with. */
export function withParents(model: Model, fields: readonly PlannedField[]): PlannedField[] {
  const names = fields.map((field) => field.name);
  return fields.map((field) => {
    const parent = model.fields.find((entry) => entry.name === field.name)?.parent ?? null;
    return { ...field, parent: parent === null ? null : names.indexOf(parent) };
  });
}

function otherFields(model: Model, fields: readonly PlannedField[]): UserError {
  const [had, has] = [model.fields, fields].map((list) => list.map((field) => field.name).join(', '));
  return new UserError({
    what: {
      vi: `Mô hình đối sánh được huấn luyện với các trường khác: ${had}; lần chạy này có: ${has}.`,
      en: `The matching model was trained on other fields: ${had}; this run has: ${has}.`,
    },
    mend: {
      vi: 'Hãy huấn luyện lại bằng lệnh doisoat model train.',
      en: 'Train it again with doisoat model train.',
    },
  });
}
