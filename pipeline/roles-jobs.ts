// A job about records of several people, as the jobs it consists of: one for each role, in which the role's columns are a person's
// own fields, and one for the record itself. docs/sector-file.md tells what a sector declares.
import { checkedFields, type Sector, type SectorCheck, type SectorRole } from '../sectors/schema.js';
import { RECORD_KEY } from './fields.js';
import type { Job } from './job-type.js';

export function hasRoles(sector: Sector): boolean {
  return Object.keys(sector.roles).length > 0;
}

/** Roles of which the job maps at least one field that finds or is compared, in the sector's order. */
export function rolesOf({ sector, input }: Job): string[] {
  return Object.entries(sector.roles)
    .filter(([, { fields }]) =>
      Object.entries(fields).some(
        ([field, name]) =>
          input.columns[name] !== undefined &&
          (sector.identify_by.includes(field) || sector.fields[name]?.compare === true),
      ),
    )
    .map(([role]) => role);
}

/** The job of one role. */
export function roleJob(job: Job, role: string): Job {
  const { fields } = job.sector.roles[role]!;
  const columns = Object.fromEntries(
    Object.entries(fields).flatMap(([field, name]) => {
      const mapped = job.input.columns[name];
      return mapped === undefined ? [] : [[field, mapped] as const];
    }),
  );
  return {
    ...job,
    sector: roleSector(job.sector, role),
    input: { ...job.input, columns },
    report: { ...job.report, groupBy: [] },
    where: (setting) => job.where(settingOf(setting, fields)),
  };
}

function roleSector(sector: Sector, role: string): Sector {
  const { fields, person } = sector.roles[role]!;
  const ownName = new Map(Object.entries(fields).map(([field, name]) => [name, field]));
  return {
    ...sector,
    fields: Object.fromEntries(
      Object.entries(fields).map(([field, name]) => {
        const declared = sector.fields[name]!;
        return [field, { ...declared, reasons: declared.reasons ?? field }];
      }),
    ),
    identify_by: sector.identify_by.filter((field) => field in fields),
    group_by: [],
    checks: sector.checks.flatMap((check): SectorCheck[] => {
      if (check.check === 'id_shared' || check.check === 'records_per_person') return [check];
      if (check.check !== 'age_between') return [];
      const field = ownName.get(check.field);
      return field === undefined ? [] : [{ ...check, field }];
    }),
    apart: sector.apart.flatMap((rule) => {
      const field = ownName.get(rule.when.field);
      return field === undefined ? [] : [{ ...rule, when: { ...rule.when, field } }];
    }),
    blocking: sector.blocking.filter((rule) => rule.every((key) => key.split('.')[0]! in fields)),
    roles: {},
    relations: [],
    person: person ?? sector.person,
  };
}

/** `input.columns.name` of a role is `input.columns.husband_name` of the job file. */
function settingOf(setting: string, fields: SectorRole['fields']): string {
  const [field = ''] = setting.split('.').slice(-1);
  return setting.replace(/[^.]+$/, fields[field] ?? field);
}

/**
 * The job of the record itself: reads every column, finds repeated rows, checks what belongs to no role, and looks for nobody. A job
 * without roles comes back as it is.
 */
export function recordJob(job: Job): Job {
  const { sector } = job;
  if (!hasRoles(sector)) return job;
  const held = new Set(Object.values(sector.roles).flatMap(({ fields }) => Object.values(fields)));
  return {
    ...job,
    sector: {
      ...sector,
      fields: Object.fromEntries(
        Object.entries(sector.fields).map(([name, field]) => [
          name,
          held.has(name) ? { ...field, required: false } : field,
        ]),
      ),
      identify_by: [],
      checks: sector.checks.filter(
        (check) =>
          check.check !== 'id_shared' &&
          check.check !== 'records_per_person' &&
          !(check.check === 'age_between' && checkedFields(check).some((name) => held.has(name))),
      ),
      apart: sector.apart.filter(({ when }) => !held.has(when.field)),
    },
  };
}

/** The fields of one person that a reference for this sector should hold; a sector of one person is its own. */
export function personSector(sector: Sector): Sector {
  if (!hasRoles(sector)) return sector;
  const fields: Sector['fields'] = {};
  for (const role of Object.values(sector.roles)) {
    for (const [field, name] of Object.entries(role.fields)) fields[field] ??= sector.fields[name]!;
  }
  delete fields[RECORD_KEY];
  return { ...sector, fields, group_by: [], checks: [], apart: [], roles: {}, relations: [] };
}
