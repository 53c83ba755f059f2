// What a sector file says of several people, of relations and of whom it sets apart: the names in it must be names of the file.
import { checkedFields, identifyingFields, type Relation, type Sector } from './schema.js';
import { insteadOf, settingError } from './schema-check.js';
import type { Path, YamlFile } from './yaml-file.js';

/** Throws UserError for the first name under `checks`, `roles`, `relations`, `apart` or `identify_by` that is not there. */
export function checkPeople(file: YamlFile, sector: Sector): void {
  const fields = Object.keys(sector.fields);
  const known = (path: Path, name: string) => mustBe(file, path, { name, among: fields, place: 'fields' });
  for (const [role, { fields: mapped, person }] of Object.entries(sector.roles)) {
    for (const [field, name] of Object.entries(mapped)) known(['roles', role, 'fields', field], name);
    mustBeDates(file, ['roles', role, 'person'], {
      person,
      among: Object.keys(mapped).filter((field) => isDate(sector, mapped[field])),
    });
  }
  mustBeDates(file, ['person'], {
    person: sector.person,
    among: fields.filter((name) => isDate(sector, name)),
  });
  sector.relations.forEach((relation, i) => {
    for (const { at, role } of rolesOf(relation)) {
      const among = Object.keys(sector.roles);
      mustBe(file, ['relations', i, ...at], { name: role, among, place: 'roles' });
    }
  });
  sector.checks.forEach((check, i) => {
    for (const name of checkedFields(check)) known(['checks', i], name);
    if (check.check === 'same_value') mustBeOneKind(file, sector, { path: ['checks', i, 'fields'], check });
  });
  sector.apart.forEach(({ when }, i) => {
    known(['apart', i, 'when', 'field'], when.field);
    if ('type' in when) mustHoldNumber(file, sector, { path: ['apart', i, 'when'], field: when.field });
  });
  mustBelongToRoles(file, sector);
}

/** Fields that can be named in `identify_by`: the person's own, in a sector of several people those of the roles. */
export function personFields(sector: Sector): string[] {
  const roles = Object.values(sector.roles);
  if (roles.length === 0) return Object.keys(sector.fields);
  return [...new Set(roles.flatMap(({ fields }) => Object.keys(fields)))];
}

function rolesOf(relation: Relation): { readonly at: Path; readonly role: string }[] {
  if (relation.relation !== 'older') return relation.roles.map((role, i) => ({ at: ['roles', i], role }));
  return [
    { at: ['older'], role: relation.older },
    { at: ['younger'], role: relation.younger },
  ];
}

interface Dated {
  readonly person: Sector['person'] | undefined;
  readonly among: readonly string[];
}

function isDate({ fields }: Sector, name: string | undefined): boolean {
  return ['date-of-issue', 'birth-date'].includes(fields[name ?? '']?.kind ?? '');
}

function mustBeDates(file: YamlFile, path: Path, { person, among }: Dated): void {
  for (const which of ['from', 'until'] as const) {
    const name = person?.[which];
    if (name !== undefined) mustBe(file, [...path, which], { name, among, place: 'fields' });
  }
}

interface Named {
  readonly name: string;
  readonly among: readonly string[];
  readonly place: string;
}

function mustBe(file: YamlFile, path: Path, { name, among, place }: Named): void {
  if (among.includes(name)) return;
  throw settingError(
    file,
    path,
    { vi: `Không có “${name}” trong “${place}”.`, en: `There is no “${name}” in “${place}”.` },
    insteadOf(name, among),
  );
}

interface SameValue {
  readonly path: Path;
  readonly check: { readonly fields: readonly [string, string] };
}

function mustBeOneKind(file: YamlFile, { fields }: Sector, { path, check }: SameValue): void {
  const [a, b] = check.fields.map((name) => fields[name]?.kind);
  if (a === b) return;
  throw settingError(
    file,
    path,
    {
      vi: `Hai trường khác loại giá trị: ${a}, ${b}.`,
      en: `The two fields are of different kinds: ${a}, ${b}.`,
    },
    {
      vi: 'Chỉ so được hai trường cùng một loại giá trị (“kind”).',
      en: 'Only two fields of one kind of value can be held against each other.',
    },
  );
}

function mustHoldNumber(
  file: YamlFile,
  sector: Sector,
  { path, field }: { readonly path: Path; readonly field: string },
): void {
  const names = identifyingFields(sector);
  if (names.includes(field)) return;
  throw settingError(
    file,
    path,
    {
      vi: `“type” chỉ dùng được với trường tìm người, không dùng được với “${field}”.`,
      en: `“type” works with a field that finds the person, not with “${field}”.`,
    },
    insteadOf(field, names),
  );
}

/** In a sector of several people what is compared is compared for one of them. */
function mustBelongToRoles(file: YamlFile, { fields, roles }: Sector): void {
  if (Object.keys(roles).length === 0) return;
  const held = new Set(Object.values(roles).flatMap((role) => Object.values(role.fields)));
  const lost = Object.keys(fields).find((name) => fields[name]?.compare && !held.has(name));
  if (lost === undefined) return;
  throw settingError(
    file,
    ['fields', lost, 'compare'],
    {
      vi: `Trường “${lost}” được so sánh nhưng không thuộc vai nào.`,
      en: `The field “${lost}” is compared but belongs to no role.`,
    },
    {
      vi: 'Hãy ghi nó trong “fields” của một vai, hoặc bỏ “compare”.',
      en: 'Name it in the “fields” of a role, or leave “compare” out.',
    },
  );
}
