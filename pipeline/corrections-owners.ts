import type { Database } from '../engine/database.js';
import type { Text } from '../messages/text.js';
import { folded } from './cases-text.js';
import { CORRECTIONS } from './corrections-lists.js';
import type { Field } from './fields.js';

/** A data owner with records to correct. */
export interface Owner {
  /** Canonical value of the owner field; null: records that name none. */
  readonly value: string | null;
  readonly label: Text;
  /** Of the folder with its files: plain letters, never another owner's. */
  readonly folder: string;
  readonly automatic: number;
  readonly verify: number;
  /** By which a user may ask for it, in lower case. */
  readonly names: readonly string[];
}

/** How records without an owner are asked for: `--owner ""`. */
export const NO_OWNER = '';

/** Of the table CORRECTIONS, in the order of their values; records without an owner come last. */
export async function ownersOf(db: Database, field: Field | null): Promise<Owner[]> {
  const rows = await db.rows<{
    value: string | null;
    automatic: number;
    verify: number;
  }>(`SELECT owner AS value,
      count(*) FILTER (list = 'automatic') AS automatic, count(*) FILTER (list = 'verify') AS verify
    FROM ${CORRECTIONS} GROUP BY owner ORDER BY owner NULLS LAST`);
  const taken = new Set<string>();
  return rows.map(({ value, automatic, verify }) => {
    const label = labelOf(value, field);
    const folder = freeFolder(value === null ? withoutOwner(field) : label.vi, taken);
    const names = value === null ? [NO_OWNER] : [label.vi, value, folder];
    return {
      value,
      label,
      folder,
      automatic,
      verify,
      names: names.map((name) => name.normalize('NFC').toLowerCase()),
    };
  });
}

function labelOf(value: string | null, field: Field | null): Text {
  if (value !== null) {
    const label = field?.normalizer.format(value) ?? value;
    return { vi: label, en: label };
  }
  return field === null
    ? { vi: 'Tất cả bản ghi', en: 'All records' }
    : { vi: 'Chưa rõ đơn vị', en: 'Owner not known' };
}

function withoutOwner(field: Field | null): string {
  return field === null ? 'Tất cả' : 'Chưa rõ đơn vị';
}

const LONGEST = 60;
/** Names that Windows keeps for devices. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/** `Ngân hàng A/B` → `ngan-hang-a-b`; a name that is taken gets a number. */
function freeFolder(label: string, taken: Set<string>): string {
  const letters = folded(label)
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, '');
  const plain = letters === '' || DEVICES.test(letters) ? `don-vi-${letters}`.replace(/-$/, '') : letters;
  let name = plain;
  for (let n = 2; taken.has(name); n++) name = `${plain}-${n}`;
  taken.add(name);
  return name;
}
