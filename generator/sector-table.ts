/**
 * A sector's extract as a table: which column holds what, whom it is about, in which way it is dirty. What is required and
 * compared is read from the sector's own file, so that nothing is said twice. generator/sectors/ holds the tables.
 */
import { loadSector } from '../sectors/load.js';
import type { Sector } from '../sectors/schema.js';
import { type Cell, type Maker, partOf } from './cells.js';
import type { Dirt, Draft, Extract } from './draft.js';
import { bornText, LAST_DAY, type Person } from './person.js';
import { draw, weighted } from './random.js';
import { fillRow, roleDraft } from './table-fill.js';
import { agesOfFields, rolePlans, saidBy } from './table-says.js';
import type { Sex } from './tables.js';

/** `field`: of the sector; two of them with a blank between; null where the column is not mapped. */
export type Column = readonly [header: string, field: string | null, cell: Cell];

export interface SectorTable {
  readonly sector: string;
  /** Name of the job, less the period. */
  readonly job: string;
  readonly style: keyof typeof STYLES;
  readonly names?: 'capitals' | 'as written' | 'TCVN3';
  readonly dates?: 'dd/mm/yyyy' | 'd/m/yyyy' | 'yyyy-mm-dd' | 'year';
  readonly people: People;
  /** How many people have one row, two rows …; one each unless given. */
  readonly rows?: readonly number[];
  /** Key of a record by pattern: `HS******`. */
  readonly key: string;
  /** Share of the people whose number the source does not have, 0–1. */
  readonly withoutNumber?: number;
  /** Share of the rows that rest on a paper without number, day and month, 0–1; such a row says so in `draft.paper`. */
  readonly paper?: number;
  /** The other people of a record, by role: who stands in it, of the main person’s household; null: nobody. */
  readonly others?: Readonly<Record<string, (person: Person) => Person | null>>;
  /** The sex that standing in a role says, as the sector's file has it; `main`: of the main person. A number of the other sex contradicts it. */
  readonly meansSex?: Readonly<Record<string, Sex>>;
  /** The day of what the record is about, where the sector checks that it comes after the birth. */
  readonly event?: Maker;
  readonly dirt: Dirt;
  readonly columns: readonly Column[];
}

export interface People {
  /** Whole years on the last day. */
  readonly ages: readonly [from: number, to: number];
  readonly only?: (person: Person) => boolean;
}

const STYLES = {
  commas: { delimiter: ',', newline: '\n', bom: false },
  'commas of a spreadsheet': { delimiter: ',', newline: '\r\n', bom: true },
  semicolons: { delimiter: ';', newline: '\r\n', bom: true },
  tabs: { delimiter: '\t', newline: '\n', bom: false },
} as const;

const DATES: Readonly<Record<NonNullable<SectorTable['dates']>, (person: Person) => string>> = {
  'dd/mm/yyyy': bornText,
  'd/m/yyyy': ({ day, month, year }) => `${day}/${month}/${year}`,
  'yyyy-mm-dd': (person) => bornText(person).split('/').reverse().join('-'),
  year: ({ year }) => String(year),
};

export function extractOf(table: SectorTable): Extract {
  const { sector } = loadSector(table.sector);
  const { columns, people } = table;
  const fields = Object.keys(sector.fields);
  const compared = fields.filter((name) => sector.fields[name]?.compare);
  const extract: Extract = {
    sector: table.sector,
    dirt: table.dirt,
    job: { name: `${table.job}-2026-11`, columns: mappedColumns(columns, fields) },
    groupBy: sector.group_by,
    header: columns.map(([header]) => header),
    style: STYLES[table.style],
    alertAbove: alertAbove(table),
    upperCase: table.names === 'capitals',
    born: DATES[table.dates ?? 'dd/mm/yyyy'],
    required: fields.filter((name) => sector.fields[name]?.required),
    comparesPlace: compared.some((name) => name === 'address' || name === 'province'),
    says: saidBy(table, compared),
    strict: sector.strict,
    eligible: (person) => isOneOf(people, person),
    rows: rowsPerPerson(table),
    fill: (draft, random, sequence) => fillRow(table, extract, draft, { random, sequence }),
    cells: (draft) => cellsOf(columns, draft),
    ...peopleOfRecord(table, sector, () => extract),
  };
  return extract;
}

/** One person: the ages that a check takes. Several: the plan of each, and how to make one. */
function peopleOfRecord(table: SectorTable, sector: Sector, extract: () => Extract): Partial<Extract> {
  if (table.others === undefined) {
    const ages = agesOfFields(sector, Object.keys(sector.fields));
    return ages === null ? {} : { ages };
  }
  return {
    roles: rolePlans(table, sector),
    roleDraft: (role, person, known) => roleDraft(table, extract(), { role, person, known }),
  };
}

/** Where every row says less than the reference, or is written in old letters, every row counts as submitted. */
function alertAbove({ dates, names, withoutNumber = 0, paper = 0 }: SectorTable): number {
  if (dates === 'year' || names === 'TCVN3') return 1;
  return withoutNumber + paper >= 0.1 ? 0.6 : 0.4;
}

function rowsPerPerson({ rows = [1] }: SectorTable): Extract['rows'] {
  const counts = weighted(
    rows.map((_, i) => i + 1),
    rows,
  );
  return (random) => draw(counts, random);
}

function isOneOf({ ages: [from, to], only }: People, person: Person): boolean {
  const age = LAST_DAY.year - person.year;
  return age >= from && age <= to && (only?.(person) ?? true);
}

/** Field → its column, or its columns where several make it up. */
function mappedColumns(columns: readonly Column[], fields: readonly string[]): Extract['job']['columns'] {
  return fields.flatMap((field) => {
    const own = columns.filter(([, name]) => name?.split(' ').includes(field)).map(([header]) => header);
    if (own.length === 0) return [];
    return [[field, own.length === 1 ? (own[0] as string) : own] as const];
  });
}

function cellsOf(columns: readonly Column[], draft: Draft): string[] {
  return columns.map(([, , cell], i) => {
    if (typeof cell === 'string') return partOf(cell, draft);
    if (typeof cell === 'function') return draft.own[i] ?? '';
    const other = draft.others[cell.role];
    return other ? partOf(cell.part, other) : '';
  });
}
