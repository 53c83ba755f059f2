// Figures by commune rolled up to provinces, from the codes: a commune of today lies in one province of today, and nearly always in
// one of the former 63.
import { unitTables } from '../normalizers/admin-units.js';
import { formerProvincesOfCommune } from '../normalizers/former-province.js';
import { normalizers } from '../normalizers/index.js';
import type { Field } from './fields.js';
import type { CountedOutcome } from './figures.js';
import type { ByValue, NamedGroup } from './group-figures.js';

/** The table of the provinces that the communes of `byValue` lie in; a commune not settled may leave several. */
export function rollUp(field: Pick<Field, 'name'>, byValue: ByValue, list: 34 | 63): [NamedGroup, ByValue] {
  const byProvince = new Map<string | null, CountedOutcome[]>();
  for (const [value, counted] of byValue) {
    const province = value === null ? null : provinceOf(value, list);
    byProvince.set(province, [...(byProvince.get(province) ?? []), ...counted]);
  }
  const { labels, format } = normalizers[list === 34 ? 'province' : 'former-province']!;
  const name = list === 34 ? `${field.name}.province` : `${field.name}.province.63`;
  return [
    { field: name, labels, by: list === 34 ? 'province-34' : 'province-63', label: format },
    byProvince,
  ];
}

/** `00004` → `01`; `split:00008|26734` → `split:01|79`. */
function provinceOf(commune: string, list: 34 | 63): string | null {
  const { communesNew } = unitTables();
  const codes = commune.replace(/^split:/, '').split('|');
  const found = codes.flatMap((code) =>
    list === 34 ? (communesNew.get(code)?.parent ?? []) : formerProvincesOfCommune(code),
  );
  const provinces = [...new Set(found)].sort();
  if (provinces.length === 0) return null;
  return provinces.length === 1 ? provinces[0]! : `split:${provinces.join('|')}`;
}
