import { headersOf } from '../sectors/field-headers.js';
import type { Sector, SectorField } from '../sectors/schema.js';

/**
 * The fields a population extract may bring, by name. A job's sector adds its own (a user's sector with other ID formats
 * names them itself); where both name a field, the sector decides its kind.
 */
const POPULATION: Readonly<Record<string, { kind: string; headers: readonly string[] }>> = {
  id: { kind: 'citizen-id', headers: ['so dinh danh', 'so_dinh_danh', 'cccd', 'so cccd', 'SoDinhDanh'] },
  old_ids: { kind: 'old-id', headers: ['cmnd', 'so cmnd', 'so_cmnd', 'SoCMND'] },
  name: { kind: 'person-name', headers: ['ho ten', 'ho_ten', 'ho va ten', 'HoVaTen'] },
  born: { kind: 'birth-date', headers: ['ngay sinh', 'ngay_sinh', 'ngay thang nam sinh', 'nam sinh'] },
  sex: { kind: 'sex', headers: ['gioi tinh', 'gioi_tinh', 'GioiTinh'] },
  province: { kind: 'province', headers: ['tinh', 'ma tinh', 'ma_tinh', 'tinh thanh'] },
  commune: { kind: 'commune', headers: ['xa', 'ma xa', 'ma_xa', 'phuong xa'] },
  address: { kind: 'address', headers: ['dia chi', 'dia_chi', 'thuong tru', 'noi thuong tru'] },
  nationality: { kind: 'nationality', headers: ['quoc tich', 'quoc_tich'] },
};

/** Several old numbers stand in one cell, separated by `;`, `,` or `|`. */
export const OLD_IDS = 'old_ids';
export const STATUS = 'status';
export const STATUS_DATE = 'status_date';

export interface ReferenceField {
  readonly name: string;
  readonly kind: string;
  readonly headers: readonly string[];
  /** Identifies a person: rows keep the value itself instead of its number in a dictionary. */
  readonly key: boolean;
}

/** What a reference for this sector may hold. */
export function referenceFields(sector: Sector | null): ReferenceField[] {
  const fields = new Map<string, ReferenceField>();
  for (const [name, { kind, headers }] of Object.entries(POPULATION)) {
    fields.set(name, { name, kind, headers, key: kind === 'citizen-id' || name === OLD_IDS });
  }
  for (const [name, field] of Object.entries(sector?.fields ?? {})) {
    if (usedOfReference(sector!, name, field)) {
      const key = sector!.identify_by.includes(name);
      fields.set(name, { name, kind: field.kind, headers: [name, ...headersOf(sector!, name)], key });
    }
  }
  return [...fields.values()];
}

function usedOfReference(sector: Sector, name: string, field: SectorField): boolean {
  return field.compare || sector.identify_by.includes(name);
}
