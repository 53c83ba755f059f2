import { describe, expect, it } from 'vitest';
import { drivingLicence } from '../normalizers/driving-licence.js';
import { healthCard } from '../normalizers/health-card.js';
import { householdNo } from '../normalizers/household-no.js';
import { insuranceNo } from '../normalizers/insurance-no.js';
import type { Normalizer } from '../normalizers/normalizer.js';
import { hasCheckDigit, taxCode } from '../normalizers/tax-code.js';
import { keepsItsContract } from './normalizer-contract.js';
import fc from './property.js';

const numberLike = fc.stringMatching(/^[A-Z]{0,2}[ .-]?\d{4,8}[ .-]?\d{0,7}(-\d{3}|\.0)?$/);
const papers: Normalizer[] = [taxCode, insuranceNo, healthCard, drivingLicence, householdNo];

describe('numbers of papers', () => {
  for (const normalizer of papers) keepsItsContract(normalizer, numberLike);

  it('never shows a whole number when masked', () => {
    for (const [normalizer, value] of [
      [taxCode, '0100233488'],
      [insuranceNo, '7916123456'],
      [healthCard, 'DN4797912345678'],
      [drivingLicence, '790123456789'],
      [householdNo, '790123456'],
    ] as const) {
      expect(normalizer.normalize(value).value).toBe(value);
      expect(normalizer.mask(value).replaceAll('*', '').length).toBeLessThan(value.length - 3);
    }
  });
});

describe('the check digit of tax codes', () => {
  it.each(['0100047516', '0100233488', '0314409058', '0312687878'])('accepts %s', (code) => {
    expect(hasCheckDigit(code)).toBe(true);
  });

  it('notices any one wrong digit', () => {
    for (let at = 0; at < 10; at += 1) {
      const digits = [...'0100233488'];
      digits[at] = String((Number(digits[at]) + 1) % 10);
      expect(hasCheckDigit(digits.join('')), digits.join('')).toBe(false);
    }
  });

  it('keeps a number with a wrong one: it only says so', () => {
    const { value, problems } = taxCode.normalize('0314409059');
    expect(value).toBe('0314409059');
    expect(taxCode.problems[problems[0] ?? '']?.weight).toBe('none');
  });
});
