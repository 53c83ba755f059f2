import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ALL_SECTORS, extractFor } from '../generator/generate.js';
import { randomOf, shuffle } from '../generator/random.js';
import { normalizers } from '../normalizers/index.js';
import { headersOf } from '../sectors/field-headers.js';
import { headerWords } from '../sectors/header-words.js';
import { loadSector } from '../sectors/load.js';
import { type Evidence, HIGH, suggestMapping } from '../sectors/mapping.js';
import type { Sector } from '../sectors/schema.js';
import { readRows } from './flow.js';
import { renamed } from './header-renaming.js';

/**
 * The suggested mapping on the header of every sample, shuffled and renamed: names from the lists and, for the most part, others
 * made of them as offices do. Right for at least 95 of 100 columns; never wrong with high confidence.
 */
const SAMPLES = join(import.meta.dirname, '../sample-data');
const TRIALS = 5;
const GOAL = 0.95;
const LOOKED_AT = 25;
/** Columns that belong to no field. Many files have such. */
const NOBODYS = ['Ghi chú', 'Người nhập liệu', 'Ngày cập nhật', 'Trạng thái xử lý', 'Lý do', 'File đính kèm'];

interface Column {
  readonly header: string;
  /** Fields that it may be mapped to; empty: none. */
  readonly fields: readonly string[];
  readonly values: readonly string[];
  /** Share of the values that a kind accepts, as far as it was asked for. */
  readonly accepted: Map<string, number>;
}

interface Score {
  readonly sector: string;
  columns: number;
  right: number;
  unlisted: number;
  readonly wrong: string[];
  readonly sureAndWrong: string[];
}

const scores: Score[] = [];

beforeAll(async () => {
  for (const name of ALL_SECTORS) scores.push(await scoreOf(name));
});

describe('the suggested mapping', () => {
  it('is right for at least 95 of 100 columns of every sector', () => {
    for (const { sector, right, columns, unlisted } of scores) {
      const share = `${((100 * right) / columns).toFixed(1)} %`;
      console.log(
        `${sector.padEnd(26)} ${share.padStart(7)} of ${columns} columns right (${unlisted} unlisted)`,
      );
    }
    const below = scores.filter(({ right, columns }) => right / columns < GOAL);
    expect(below.map(({ sector, wrong }) => `${sector}: ${wrong.join('; ')}`)).toEqual([]);
  });

  it('is never wrong with high confidence', () => {
    expect(
      scores.flatMap(({ sector, sureAndWrong }) => sureAndWrong.map((one) => `${sector}: ${one}`)),
    ).toEqual([]);
  });

  it('was asked for headers that stand in no list, for the most part', () => {
    const sum = (of: (score: Score) => number) => scores.reduce((total, score) => total + of(score), 0);
    expect(sum(({ unlisted }) => unlisted)).toBeGreaterThan(0.5 * sum(({ columns }) => columns));
  });
});

describe('header names', () => {
  it.each(ALL_SECTORS)('%s: at least 15 for each field', (name) => {
    const { sector } = loadSector(name);
    const few = Object.keys(sector.fields).filter((field) => headersOf(sector, field).length < 15);
    expect(few).toEqual([]);
  });
});

async function scoreOf(name: string): Promise<Score> {
  const { sector } = loadSector(name);
  const columns = await columnsOf(name);
  const score: Score = { sector: name, columns: 0, right: 0, unlisted: 0, wrong: [], sureAndWrong: [] };
  for (let trial = 0; trial < TRIALS; trial++) tryOnce(score, sector, columns, trial);
  return score;
}

function tryOnce(score: Score, sector: Sector, columns: readonly Column[], trial: number): void {
  const random = randomOf(trial, 77);
  const listed = new Set(
    Object.keys(sector.fields).flatMap((field) => headersOf(sector, field).map(headerWords)),
  );
  const asked = shuffle([...columns], random).map((column, i) => {
    const [field] = column.fields;
    const from = field === undefined ? column.header : random.pick(headersOf(sector, field));
    return { ...column, header: renamed(from, trial * 1000 + i) };
  });
  const unique = asked.filter(({ header }, i) => asked.findIndex((one) => one.header === header) === i);
  const evidence = evidenceOf(unique);
  const suggestions = suggestMapping(
    unique.map(({ header }) => header),
    sector,
    evidence,
  );
  unique.forEach(({ header, fields }, i) => {
    const { field, confidence } = suggestions[i]!;
    const right = field === null ? fields.length === 0 : fields.includes(field);
    score.columns += 1;
    if (right || (fields.length === 0 && confidence < HIGH)) score.right += 1;
    else score.wrong.push(`${header} → ${field} ${confidence} (${fields})`);
    if (!right && confidence >= HIGH)
      score.sureAndWrong.push(`${header} → ${field} ${confidence} (${fields})`);
    if (!listed.has(headerWords(header))) score.unlisted += 1;
  });
}

async function columnsOf(name: string): Promise<Column[]> {
  const { job, header, style } = extractFor(name);
  const rows = await readRows(join(SAMPLES, name, 'extract.csv'), style.delimiter);
  const own = header.map((column): Column => {
    const fields = job.columns
      .filter(([, columns]) => [columns].flat().includes(column))
      .map(([field]) => field);
    return {
      header: column,
      fields,
      values: rows.map((row) => row[column] ?? '').filter((cell) => cell !== ''),
      accepted: new Map(),
    };
  });
  const [first] = own.filter(({ fields }) => fields.length > 0);
  if (first === undefined) throw new Error(`${name}: no column is mapped`);
  return [
    ...own.filter((column, i) => isAlone(own, column, i)),
    ...NOBODYS.map((one) => ({ header: one, fields: [], values: [], accepted: new Map<string, number>() })),
  ];
}

/** Of several columns that make up one field, only the first is asked for: a column is suggested for one field. */
function isAlone(own: readonly Column[], { fields }: Column, at: number): boolean {
  return (
    fields.length === 0 ||
    own.findIndex((other) => other.fields.some((field) => fields.includes(field))) === at
  );
}

/** As `doisoat profile` gathers it: the share of the values that a kind accepts. */
function evidenceOf(columns: readonly Column[]): Evidence {
  const byHeader = new Map(columns.map((column) => [column.header, column]));
  return (header, kind) => {
    const column = byHeader.get(header);
    if (column === undefined || column.values.length === 0) return null;
    const known = column.accepted.get(kind) ?? acceptedBy(kind, column.values.slice(0, LOOKED_AT));
    column.accepted.set(kind, known);
    return known;
  };
}

function acceptedBy(kind: string, values: readonly string[]): number {
  return values.filter((value) => normalizers[kind]?.normalize(value).value !== null).length / values.length;
}
