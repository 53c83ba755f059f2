// Reason codes `field.kind`: what exactly does not agree, or was undone, in a record (design §5). One table with both
// languages; `doisoat explain`, the reports and docs/reasons.md read it.
// Example: reasonOf('name.typo')?.label.vi === 'Lỗi gõ'; reasonOf('surname.typo') says the same of a field of your own.
import type { Text } from '../messages/text.js';
import type { Reason, ReasonFacts } from './reason-facts.js';
import { PLACE_REASONS } from './reasons-address.js';
import { APART_REASONS } from './reasons-apart.js';
import { BORN_REASONS, SEX_REASONS } from './reasons-birth-date.js';
import { ID_REASONS } from './reasons-citizen-id.js';
import { NAME_REASONS } from './reasons-name.js';
import { VALUE_REASONS } from './reasons-number.js';
import { PERSON_REASONS, RECORD_REASONS } from './reasons-record.js';
import { CHECK_REASONS, RELATION_REASONS } from './reasons-relation.js';

export { MENDERS, type Mender, type ReasonFacts } from './reason-facts.js';

/** What stands before the dot, in the order of every table that lists reasons by field. */
export const REASON_FAMILIES = {
  id: { vi: 'Số giấy tờ', en: 'Identity number' },
  name: { vi: 'Họ tên', en: 'Name' },
  born: { vi: 'Ngày sinh', en: 'Date of birth' },
  sex: { vi: 'Giới tính', en: 'Sex' },
  address: { vi: 'Địa chỉ', en: 'Address' },
  province: { vi: 'Tỉnh, thành phố', en: 'Province' },
  commune: { vi: 'Xã, phường', en: 'Commune' },
  phone: { vi: 'Số điện thoại', en: 'Phone number' },
  tax_code: { vi: 'Mã số thuế', en: 'Tax code' },
  insurance_no: { vi: 'Mã số bảo hiểm xã hội', en: 'Social insurance number' },
  health_card: { vi: 'Thẻ bảo hiểm y tế', en: 'Health insurance card' },
  driving_licence: { vi: 'Giấy phép lái xe', en: 'Driving licence' },
  household_no: { vi: 'Số hộ', en: 'Household number' },
  nationality: { vi: 'Quốc tịch', en: 'Nationality' },
  ethnicity: { vi: 'Dân tộc', en: 'Ethnicity' },
  relationship: { vi: 'Quan hệ', en: 'Relationship' },
  organisation: { vi: 'Tổ chức', en: 'Organisation' },
  money: { vi: 'Số tiền', en: 'Amount of money' },
  field: { vi: 'Trường khác', en: 'Other field' },
  record: { vi: 'Bản ghi', en: 'Record' },
  relation: { vi: 'Quan hệ trong bản ghi', en: 'Relation in the record' },
  person: { vi: 'Người được đối soát', en: 'Person matched' },
} as const satisfies Readonly<Record<string, Text>>;

const REASONS = {
  ...ID_REASONS,
  ...NAME_REASONS,
  ...BORN_REASONS,
  ...SEX_REASONS,
  ...PLACE_REASONS,
  ...VALUE_REASONS,
  ...RECORD_REASONS,
  ...CHECK_REASONS,
  ...APART_REASONS,
  ...RELATION_REASONS,
  ...PERSON_REASONS,
} as const satisfies Readonly<Record<string, Reason>>;

export type ReasonCode = keyof typeof REASONS;

/** Every code of the table, in its order. */
export const REASON_CODES = Object.keys(REASONS) as readonly ReasonCode[];

const ROWS: ReadonlyMap<string, Reason> = new Map(Object.entries(REASONS));
const FAMILIES: ReadonlyMap<string, Text> = new Map(Object.entries(REASON_FAMILIES));

/**
 * Facts of a code. A field of the user's own (`surname.typo`), or a family without this kind, takes the generic facts of
 * the kind (`field.typo`) or else those of the first family that has it (`name.word_order`). Null: there is no such kind.
 */
export function reasonOf(coded: string): ReasonFacts | null {
  const known = found.get(coded);
  if (known !== undefined) return known;
  const facts = lookUp(coded);
  found.set(coded, facts);
  return facts;
}

/** A run speaks of some hundred codes in a thousand verdicts; to find a kind of another family takes as long as to judge one. */
const found = new Map<string, ReasonFacts | null>();

function lookUp(coded: string): ReasonFacts | null {
  const { code } = roleOf(coded);
  const dot = code.indexOf('.');
  if (dot <= 0) return null;
  const family = code.slice(0, dot);
  const kind = code.slice(dot + 1);
  const reason = ROWS.get(code) ?? ROWS.get(`field.${kind}`) ?? firstOfKind(kind);
  return reason === null
    ? null
    : { ...reason, code, family, kind, familyLabel: FAMILIES.get(family) ?? null };
}

function firstOfKind(kind: string): Reason | null {
  const code = REASON_CODES.find((known) => ofAnyField(known) && known.endsWith(`.${kind}`));
  return code === undefined ? null : REASONS[code];
}

/** Whom of several people in a record a reason speaks of: `husband:name.typo`. Null: of the record, or of its only person. */
export function roleOf(coded: string): { readonly role: string | null; readonly code: string } {
  const colon = coded.indexOf(':');
  return colon < 0
    ? { role: null, code: coded }
    : { role: coded.slice(0, colon), code: coded.slice(colon + 1) };
}

/** These speak of no field, so no field can borrow them. */
function ofAnyField(code: string): boolean {
  return !/^(?:record|relation|person)\./.test(code);
}
