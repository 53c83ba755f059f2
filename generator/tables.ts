/**
 * The tables in generator/data/ (written by scripts/tables-generator.ts, each row with its source), read once when first
 * asked for.
 */
import { readFileSync } from 'node:fs';
import { type Weighted, weighted } from './random.js';

export type Sex = 'M' | 'F';
export type Half = 'north' | 'centre' | 'south';

/** A province as it was before 1/7/2025, and the one of today that it lies in. */
export interface Province {
  readonly code: string;
  readonly name: string;
  /** First three digits of personal IDs registered there. */
  readonly idPlace: string;
  /** First digits of old 9-digit numbers issued there. */
  readonly oldIdPrefixes: readonly string[];
  readonly newCode: string;
  readonly newName: string;
  readonly newFullName: string;
  readonly half: Half;
  readonly communes: Commune[];
  /** Ethnic groups and the share of households of each, 0-1; the rest bears Kinh names. */
  readonly groups: (readonly [group: string, share: number])[];
}

export interface Commune {
  readonly oldName: string;
  readonly oldDistrict: string;
  readonly code: string;
  readonly name: string;
  /** The old unit went to several new ones, so its name alone does not say which. */
  readonly split: boolean;
  readonly province: Province;
}

export interface Places {
  readonly provinces: readonly Province[];
  readonly byWeight: Weighted<Province>;
}

type Row = Readonly<Record<string, string>>;

/** Rows of a table of ours: no cell of theirs holds a comma or a quote. */
export function tableRows(name: string): Row[] {
  const text = readFileSync(new URL(`./data/${name}.csv`, import.meta.url), 'utf8');
  const [head = '', ...lines] = text.trimEnd().split('\n');
  const header = head.split(',');
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((cell, i) => [header[i] as string, cell])),
  );
}

let places: Places | null = null;

export function loadPlaces(): Places {
  places ??= readPlaces();
  return places;
}

function readPlaces(): Places {
  const rows = tableRows('provinces');
  const provinces = rows.map(
    (row): Province => ({
      code: row.code ?? '',
      name: row.name ?? '',
      idPlace: row.id_place ?? '',
      oldIdPrefixes: (row.old_id_prefixes ?? '').split('|'),
      newCode: row.new_code ?? '',
      newName: row.new_name ?? '',
      newFullName: row.new_full_name ?? '',
      half: row.half as Half,
      communes: [],
      groups: [],
    }),
  );
  const byCode = new Map(provinces.map((province) => [province.code, province]));
  for (const row of tableRows('communes')) {
    const province = byCode.get(row.old_province ?? '');
    province?.communes.push({
      oldName: row.old_name ?? '',
      oldDistrict: row.old_district ?? '',
      code: row.new_code ?? '',
      name: row.new_name ?? '',
      split: row.targets !== '1',
      province,
    });
  }
  for (const row of tableRows('ethnic_shares')) {
    byCode.get(row.province ?? '')?.groups.push([row.group ?? '', Number(row.percent) / 100]);
  }
  const weights = rows.map((row) => Number(row.weight));
  return { provinces, byWeight: weighted(provinces, weights) };
}
