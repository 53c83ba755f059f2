// What a sector declares, in words: checks, roles, relations, whom it sets apart, what a record says of its person. For the command
// line and the pages of the documentation.
import type { Text } from '../messages/text.js';
import type { ApartRule, PersonFacts, Relation, Sector, SectorCheck } from './schema.js';

export function checkText(check: SectorCheck): Text {
  switch (check.check) {
    case 'duplicate_rows':
      return { vi: 'bản ghi lặp lại', en: 'the same record again' };
    case 'id_shared':
      return { vi: 'một số, nhiều người', en: 'one number, several people' };
    case 'age_between':
      return {
        vi: `tuổi theo ${check.field} từ ${check.min} đến ${check.max}`,
        en: `age by ${check.field} from ${check.min} to ${check.max}`,
      };
    case 'date_order':
      return {
        vi: `${check.earlier} không sau ${check.later}`,
        en: `${check.earlier} not after ${check.later}`,
      };
    case 'same_value':
      return { vi: `${check.fields.join(' và ')} giống nhau`, en: `${check.fields.join(' and ')} agree` };
    case 'records_per_person':
      return {
        vi: `mỗi số giấy tờ nhiều nhất ${check.max} bản ghi`,
        en: `at most ${check.max} records under one number`,
      };
  }
}

export function relationText(relation: Relation, { roles }: Pick<Sector, 'roles'>): Text {
  const name = (role: string) => roles[role]?.labels ?? { vi: role, en: role };
  if (relation.relation === 'older') {
    const [older, younger] = [name(relation.older), name(relation.younger)];
    const most = relation.at_most;
    return {
      vi: `${older.vi} hơn ${younger.vi} ít nhất ${relation.years} tuổi${most === undefined ? '' : `, nhiều nhất ${most} tuổi`}`,
      en: `${older.en} at least ${relation.years} years older than ${younger.en}${most === undefined ? '' : `, at most ${most}`}`,
    };
  }
  const [a, b] = relation.roles.map(name) as [Text, Text];
  return relation.relation === 'different_people'
    ? { vi: `${a.vi} và ${b.vi} là hai người`, en: `${a.en} and ${b.en} are two people` }
    : { vi: `${a.vi} và ${b.vi} là một người`, en: `${a.en} and ${b.en} are one person` };
}

const APART_NAMES: Readonly<Record<ApartRule['as'], Text>> = {
  foreigner: { vi: 'người nước ngoài', en: 'foreigner' },
  without_number: { vi: 'người chưa có số', en: 'person without a number' },
  organisation: { vi: 'tổ chức', en: 'organisation' },
};

export function apartText({ as, when }: ApartRule): Text {
  const { vi, en } = APART_NAMES[as];
  const condition = conditionText(when);
  return { vi: `${vi}: ${condition.vi}`, en: `${en}: ${condition.en}` };
}

function conditionText(when: ApartRule['when']): Text {
  const { field } = when;
  if ('is' in when)
    return { vi: `${field} là ${when.is.join(', ')}`, en: `${field} is ${when.is.join(', ')}` };
  if ('is_not' in when) {
    const list = when.is_not.join(', ');
    return { vi: `${field} có và khác ${list}`, en: `${field} is there and not ${list}` };
  }
  if ('type' in when) {
    const list = when.type.join(', ');
    return { vi: `${field} chứa ${list}`, en: `${field} holds ${list}` };
  }
  return when.empty
    ? { vi: `${field} trống`, en: `${field} is empty` }
    : { vi: `${field} có giá trị`, en: `${field} is filled` };
}

/** Null: nothing follows from a record. */
export function personText({ state, age, exclusive, sex, from, until }: PersonFacts): Text | null {
  const parts: Text[] = [];
  if (state === 'dead') parts.push({ vi: 'người này đã chết', en: 'the person is dead' });
  if (state === 'active') parts.push({ vi: 'người này đang hoạt động', en: 'the person is active' });
  if (sex === 'M') parts.push({ vi: 'người này là nam', en: 'the person is a man' });
  if (sex === 'F') parts.push({ vi: 'người này là nữ', en: 'the person is a woman' });
  if (age !== undefined) {
    parts.push({ vi: `từ ${age.min} đến ${age.max} tuổi`, en: `aged ${age.min} to ${age.max}` });
  }
  if (exclusive !== undefined) {
    parts.push({
      vi: `mỗi người nhiều nhất một bản ghi “${exclusive}”`,
      en: `at most one record “${exclusive}” per person`,
    });
  }
  if (from !== undefined) parts.push({ vi: `từ ngày “${from}”`, en: `from the day “${from}”` });
  if (until !== undefined) parts.push({ vi: `đến ngày “${until}”`, en: `until the day “${until}”` });
  if (parts.length === 0) return null;
  return { vi: parts.map((part) => part.vi).join('; '), en: parts.map((part) => part.en).join('; ') };
}
