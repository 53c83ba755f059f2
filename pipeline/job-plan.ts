import type { Sector } from '../sectors/schema.js';
import { insteadOf, settingError } from '../sectors/schema-check.js';
import type { YamlFile } from '../sectors/yaml-file.js';
import type { JobFile } from './job-schema.js';
import type { Plan } from './job-type.js';
import { normalizerOf } from './value-worker.js';

/**
 * `plan` of a job file: targets per data owner and month. Throws UserError when its field is not one that the report groups by, or an
 * owner is no value of that field.
 */
export function planOf(file: YamlFile, { plan, report, input }: JobFile, sector: Sector): Plan | null {
  if (plan === undefined) return null;
  const groups = report.group_by ?? sector.group_by.filter((field) => field in input.columns);
  const field = sector.fields[plan.field];
  if (field === undefined || !groups.includes(plan.field)) {
    throw settingError(
      file,
      ['plan', 'field'],
      {
        vi: `Kế hoạch theo trường “${plan.field}”, nhưng báo cáo không chia theo trường này.`,
        en: `The plan goes by the field “${plan.field}”, which the report does not group by.`,
      },
      insteadOf(plan.field, groups),
    );
  }
  const { normalize } = normalizerOf(field.kind);
  return {
    field: plan.field,
    owners: Object.entries(plan.targets).map(([owner, months]) => {
      const { value } = normalize(owner, { settings: field.settings });
      if (value === null || value === '') throw noOwner(file, owner);
      const targets = Object.entries(months).map(([month, target]) => ({ month, target }));
      return { owner, value, targets: targets.sort((a, b) => (a.month < b.month ? -1 : 1)) };
    }),
  };
}

function noOwner(file: YamlFile, owner: string) {
  return settingError(
    file,
    ['plan', 'targets', owner],
    { vi: `“${owner}” không phải là một đơn vị.`, en: `“${owner}” is not an owner.` },
    {
      vi: 'Hãy ghi tên đơn vị như trong dữ liệu nộp.',
      en: 'Write the owner as the extract does.',
    },
  );
}
