// What the list of mismatches says about a record in words: its reasons, one sentence per field, and who can mend it.
import {
  MENDERS,
  type Mender,
  REASON_FAMILIES,
  type ReasonFacts,
  reasonOf,
  roleOf,
} from '../matchers/reasons.js';
import type { Text } from '../messages/text.js';
import type { Summary } from './model.js';

/** Labels of the sector's fields by what stands before the dot in their reason codes. */
export type FieldLabels = ReadonlyMap<string, Text>;

/** `Họ tên: lỗi gõ, viết tắt; Ngày sinh: chỉ có năm sinh`; an unknown code stands as it is. */
export function reasonsInWords(codes: readonly string[], labels: FieldLabels = new Map()): Text {
  const families = new Map<string, Text[]>();
  for (const code of codes) {
    const facts = reasonOf(code);
    const family = code.split('.', 1)[0]!;
    families.set(family, [...(families.get(family) ?? []), facts?.label ?? { vi: code, en: code }]);
  }
  const sentence = (language: keyof Text) =>
    [...families]
      .map(
        ([family, kinds]) =>
          `${familyName(family, labels)[language]}: ${kinds.map((kind) => lowered(kind[language])).join(', ')}`,
      )
      .join('; ');
  return { vi: sentence('vi'), en: sentence('en') };
}

/** The labels of a run's fields, and of the people in a record of several. */
export function fieldLabels({ fields, roles = [] }: Pick<Summary, 'fields' | 'roles'>): FieldLabels {
  return new Map([
    ...fields.map(({ field, labels }) => [field, labels] as const),
    ...roles.map(({ role, labels }) => [role, labels] as const),
  ]);
}

/** One reason with its field: `Họ tên: Lỗi gõ`; an unknown code stands as it is. */
export function reasonLabel(code: string, labels: FieldLabels = new Map()): Text {
  const [family, kind] = [familyName(code.split('.', 1)[0]!, labels), reasonOf(code)?.label];
  if (kind === undefined) return { vi: code, en: code };
  return { vi: `${family.vi}: ${kind.vi}`, en: `${family.en}: ${kind.en}` };
}

/** Name of the field or kind of value that a family of reason codes speaks of. */
export function familyName(coded: string, labels: FieldLabels = new Map()): Text {
  const { role, code: family } = roleOf(coded);
  if (role !== null && !labels.has(coded)) {
    const [who, what] = [labels.get(role) ?? { vi: role, en: role }, familyName(family, labels)];
    return { vi: `${who.vi}, ${what.vi.toLowerCase()}`, en: `${who.en}, ${what.en.toLowerCase()}` };
  }
  const known: Readonly<Record<string, Text>> = REASON_FAMILIES;
  return labels.get(family) ?? (Object.hasOwn(known, family) ? known[family]! : { vi: family, en: family });
}

/** Everybody who is needed to mend these reasons, the cheapest first; each reason needs the first of its menders. */
export function whoMends(codes: readonly string[]): Text {
  const facts = codes.map(reasonOf).filter((found): found is ReasonFacts => found !== null);
  const needed = new Set(facts.map((found) => found.mend[0]!));
  const inOrder = (Object.keys(MENDERS) as Mender[]).filter((mender) => needed.has(mender));
  return {
    vi: inOrder.map((mender) => MENDERS[mender].vi).join('; '),
    en: inOrder.map((mender) => MENDERS[mender].en).join('; '),
  };
}

/** First letter small, unless the word is an abbreviation. */
export function lowered(label: string): string {
  return /^\p{Lu}\p{Lu}/u.test(label) ? label : `${label.charAt(0).toLowerCase()}${label.slice(1)}`;
}
