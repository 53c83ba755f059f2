/** What a sector's file says besides its fields, in words for the docs: numbers, comparisons, checks, roles, whom it sets apart. */
import type { Text } from '../messages/text.js';
import type { ApartRule, Relation, Sector, SectorCheck } from '../sectors/schema.js';

/** Label and text of each rule, in the order of the file. */
export function settingsOf(sector: Sector): [Text, string][] {
  const { fields } = sector;
  const which = (use: 'required' | 'compare') => Object.keys(fields).filter((name) => fields[name]?.[use]);
  return [
    [{ vi: 'Tìm người theo số', en: 'Number that finds the person' }, codes(sector.identify_by)],
    [{ vi: 'So sánh', en: 'Compared' }, codes(which('compare'))],
    [{ vi: 'Bắt buộc', en: 'Required' }, codes(which('required'))],
    [{ vi: 'Tách số liệu theo', en: 'Figures split by' }, codes(sector.group_by)],
    ...severalPeople(sector),
    [{ vi: 'Mỗi người nhiều nhất một bản ghi', en: 'At most one record per person' }, yes(sector.one_to_one)],
    [{ vi: 'Mất thông tin cũng là sai lệch', en: 'A loss counts as a mismatch' }, yes(sector.strict)],
    [{ vi: 'Kiểm tra', en: 'Checks' }, sector.checks.map(checkText).join('; ') || '–'],
    ...listed({ vi: 'Tách riêng', en: 'Set apart' }, sector.apart.map(apartText)),
    ...(sector.restricted
      ? [
          rule(
            'Dữ liệu hạn chế',
            'Restricted',
            'mọi giá trị của người được che trong danh sách · every value of a person is masked in lists',
          ),
        ]
      : []),
  ];
}

function severalPeople({ roles, relations }: Sector): [Text, string][] {
  const people = Object.entries(roles).map(([name, { labels, optional }]) => {
    const may = optional ? ' (có thể trống · may be empty)' : '';
    return `\`${name}\` ${labels.vi} · ${labels.en}${may}`;
  });
  return [
    ...listed({ vi: 'Nhiều người trong một bản ghi', en: 'Several people in one record' }, people),
    ...listed({ vi: 'Quan hệ', en: 'Relations' }, relations.map(relationText)),
  ];
}

function relationText(relation: Relation): string {
  if (relation.relation === 'older') {
    const { older, younger, years, at_most } = relation;
    const most = at_most === undefined ? '' : `, nhiều nhất ${at_most} · at most ${at_most}`;
    return `\`${older}\` hơn \`${younger}\` ít nhất ${years} tuổi · at least ${years} years older${most} (\`relation.age_gap\`)`;
  }
  const [a, b] = relation.roles;
  return relation.relation === 'same_person'
    ? `\`${a}\`, \`${b}\` là một người · are one person (\`relation.different_people\`)`
    : `\`${a}\`, \`${b}\` là hai người · are two people (\`relation.same_person\`)`;
}

function apartText({ as, when }: ApartRule): string {
  const who = {
    foreigner: 'người nước ngoài · foreigners',
    without_number: 'người chưa có số · people without a number',
    organisation: 'tổ chức · organisations',
  };
  const field = `\`${when.field}\``;
  if ('is' in when) return `${who[as]} (${field}: ${when.is.join(', ')})`;
  if ('is_not' in when) return `${who[as]} (${field} khác · other than ${when.is_not.join(', ')})`;
  if ('type' in when) return `${who[as]} (${field} là hộ chiếu · holds a passport)`;
  return `${who[as]} (${field} trống · empty)`;
}

function checkText(check: SectorCheck): string {
  switch (check.check) {
    case 'duplicate_rows':
      return '`duplicate_rows` (bản ghi lặp lại · the same record again, `record.duplicate`)';
    case 'id_shared':
      return '`id_shared` (một số, nhiều người · one number, several people, `record.id_shared`)';
    case 'age_between': {
      const { field, min, max } = check;
      return `\`age_between\` (tuổi tính từ \`${field}\` trong khoảng ${min}–${max} · age by \`${field}\` within ${min}–${max}, \`record.age_out_of_range\`)`;
    }
    case 'date_order':
      return `\`date_order\` (\`${check.earlier}\` không sau · not after \`${check.later}\`, \`record.dates_out_of_order\`)`;
    case 'same_value':
      return `\`same_value\` (\`${check.fields.join('` = `')}\`, \`record.values_differ\`)`;
    case 'records_per_person':
      return `\`records_per_person\` (nhiều nhất ${check.max} bản ghi mỗi số · at most ${check.max} records a number, \`record.too_many\`)`;
  }
}

function listed(label: Text, texts: readonly string[]): [Text, string][] {
  return texts.length === 0 ? [] : [[label, texts.join('; ')]];
}

function rule(vi: string, en: string, text: string): [Text, string] {
  return [{ vi, en }, text];
}

function codes(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ') || '–';
}

function yes(value: boolean): string {
  return value ? 'có · yes' : 'không · no';
}
