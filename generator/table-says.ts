/** What the rows of a table say of a person: only that can be wrong, and only that is reported. */
import type { Sector } from '../sectors/schema.js';
import type { Cell, Part } from './cells.js';
import type { RolePlan, Said } from './draft.js';
import type { Column, SectorTable } from './sector-table.js';

const SAID_BY: Readonly<Partial<Record<Part, Said>>> = {
  id: 'id',
  name: 'name',
  'first words': 'name',
  'last word': 'name',
  born: 'born',
  sex: 'sex',
  'sex as digit': 'sex',
  'cross for women': 'cross for women',
  address: 'address',
  commune: 'commune',
  province: 'province',
  nationality: 'nationality',
  party: 'party',
  event: 'event',
  phone: 'phone',
  insurance: 'insurance_no',
};

/** Errors happen to what is compared, and to numbers; places that are only kept are left alone. */
export function saidBy(table: SectorTable, compared: readonly string[]): Set<Said> {
  const kept = (part: Part, field: string): boolean =>
    (part === 'address' || part === 'province') && !field.split(' ').some((one) => compared.includes(one));
  const said = table.columns.flatMap(([, field, cell]): Said[] => {
    const part = partIn(cell);
    const one = part === null ? undefined : SAID_BY[part];
    return one === undefined || field === null || kept(part as Part, field) ? [] : [one];
  });
  const roles = Object.keys(table.others ?? {}).map((role): Said => `role ${role}`);
  return withLettersAndDays(table, new Set([...said, ...roles]));
}

/** The main role is the first of the sector's file; its columns name no role. */
export function rolePlans(table: SectorTable, sector: Sector): RolePlan[] {
  return Object.entries(sector.roles).map(([name, role], i) => {
    const own = table.columns.filter(([, , cell]) => roleIn(cell) === (i === 0 ? null : name));
    const said = own.flatMap(([, field, cell]): Said[] => {
      const part = partIn(cell);
      const one = part === null || field === null ? undefined : SAID_BY[part];
      return one === undefined ? [] : [one];
    });
    const required = Object.entries(role.fields).filter(([, field]) => sector.fields[field]?.required);
    const ages = agesOfFields(sector, Object.values(role.fields));
    return {
      name,
      says: withLettersAndDays(table, new Set(said)),
      required: required.map(([field]) => field),
      ...(ages === null ? {} : { ages }),
    };
  });
}

export function agesOfFields(sector: Sector, fields: readonly string[]): RolePlan['ages'] | null {
  for (const check of sector.checks) {
    if (check.check === 'age_between' && fields.includes(check.field)) return check;
  }
  return null;
}

/** Parts in the mapped columns of the main person, or of one in another role. */
export function partsOf(columns: readonly Column[], role: string | null): Set<Part> {
  const own = columns.filter(([, field, cell]) => field !== null && roleIn(cell) === role);
  return new Set(own.flatMap(([, , cell]) => partIn(cell) ?? []));
}

function withLettersAndDays({ dates, names }: SectorTable, said: Set<Said>): Set<Said> {
  if (said.has('born') && dates !== 'year') said.add('date');
  if (said.has('name') && names !== 'TCVN3') said.add('letters');
  return said;
}

function partIn(cell: Cell): Part | null {
  if (typeof cell === 'function') return null;
  return typeof cell === 'string' ? cell : cell.part;
}

function roleIn(cell: Cell): string | null {
  return typeof cell === 'object' ? cell.role : null;
}
