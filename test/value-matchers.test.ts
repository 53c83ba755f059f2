import { describe, expect, it } from 'vitest';
import { addressMatcher } from '../matchers/address.js';
import { codeValueMatcher } from '../matchers/code.js';
import { communeMatcher } from '../matchers/commune.js';
import { drivingLicenceMatcher } from '../matchers/driving-licence.js';
import { ethnicityMatcher } from '../matchers/ethnicity.js';
import { healthCardMatcher } from '../matchers/health-card.js';
import { householdNoMatcher } from '../matchers/household-no.js';
import { identifierMatcher } from '../matchers/identifier.js';
import { insuranceNoMatcher } from '../matchers/insurance-no.js';
import type { Matcher } from '../matchers/matcher.js';
import { moneyMatcher } from '../matchers/money.js';
import { nationalityMatcher } from '../matchers/nationality.js';
import { organisationNameMatcher } from '../matchers/organisation-name.js';
import { phoneMatcher } from '../matchers/phone.js';
import { provinceMatcher } from '../matchers/province.js';
import { reasonOf } from '../matchers/reasons.js';
import { relationshipMatcher } from '../matchers/relationship.js';
import { taxCodeMatcher } from '../matchers/tax-code.js';
import { textMatcher } from '../matchers/text.js';
import { caseTable } from './case-table.js';

const matchers: readonly Matcher[] = [
  ...[addressMatcher, codeValueMatcher, communeMatcher, drivingLicenceMatcher, ethnicityMatcher],
  ...[healthCardMatcher, householdNoMatcher, identifierMatcher, insuranceNoMatcher, moneyMatcher],
  ...[nationalityMatcher, organisationNameMatcher, phoneMatcher, provinceMatcher, relationshipMatcher],
  ...[taxCodeMatcher, textMatcher],
];
const pairs = caseTable('value-pairs');

describe('matchers of values', () => {
  it.each(pairs)('$kind: $ours and $reference are $level', ({ kind, ours = '', reference = '', level }) => {
    const matcher = matchers.find((each) => each.kind === kind);
    expect(matcher?.levels[matcher.compare(ours, reference)]?.name).toBe(level);
  });

  it.each(matchers)('$kind: levels go from exact to different and have known reasons', (matcher) => {
    const { levels, kind } = matcher;
    expect(levels[0]).toMatchObject({ name: 'exact', reason: null, weight: 'none' });
    expect(levels.at(-1)).toMatchObject({ name: 'different', reason: 'different', weight: 'real' });
    expect(pairs.some((pair) => pair.kind === kind)).toBe(true);
    for (const { reason } of levels) {
      if (reason !== null) expect(reasonOf(`field.${reason}`), reason).not.toBeNull();
    }
    expect(matcher.compare('một', 'một')).toBe(0);
  });
});
