import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AMOUNT_FEN_MAX } from '../../src/money/fen.js';
import { multiplyToFen, parseRate } from '../../src/money/rate.js';
import { ROUNDING_RULES } from '../../src/money/rounding.js';
import { AGE_UNKNOWN } from '../../src/programme/eligibility.js';
import { compileEntitlement } from '../../src/programme/entitlement.js';
import type { AmountPolicy, Band, Entitlement } from '../../src/programme/programme.js';

const BANDS: readonly Band[] = [
  { from: 80, to: 89, amountFen: 10_000 },
  { from: 90, to: 99, amountFen: 20_000 },
  { from: 100, amountFen: 50_000 },
];

const check = (entitlement: Entitlement) => compileEntitlement({ entitlement, rounding: 'halfUp' });

describe('an open programme', () => {
  it('takes any amount, age and quantity', () => {
    const isRight = check({ kind: 'open', policy: 'asRostered' });
    expect(isRight(1, AGE_UNKNOWN, undefined)).toBe(true);
    expect(isRight(AMOUNT_FEN_MAX, 30, 'x')).toBe(true);
  });
});

describe('a fixed amount', () => {
  it.each<[AmountPolicy, number, unknown]>([
    ['mustEqual', 16_000, true],
    ['mustEqual', 15_999, { reason: 'amountDiffers', expectedFen: 16_000 }],
    ['mustEqual', 16_001, { reason: 'amountDiffers', expectedFen: 16_000 }],
    ['upTo', 16_000, true],
    ['upTo', 1, true],
    ['upTo', 16_001, { reason: 'amountAbove', expectedFen: 16_000 }],
    ['asRostered', 16_001, true],
  ])('%s, %i fen', (policy, amountFen, answer) => {
    expect(check({ kind: 'fixed', amountFen: 16_000, policy })(amountFen, AGE_UNKNOWN, undefined)).toEqual(
      answer,
    );
  });
});

describe('amounts by age band', () => {
  it.each<[AmountPolicy, number, number, unknown]>([
    ['mustEqual', 80, 10_000, true],
    ['mustEqual', 89, 10_000, true],
    ['mustEqual', 90, 20_000, true],
    ['mustEqual', 99, 20_000, true],
    ['mustEqual', 100, 50_000, true],
    ['mustEqual', 119, 50_000, true],
    ['mustEqual', 89, 20_000, { reason: 'amountDiffers', expectedFen: 10_000 }],
    ['mustEqual', 90, 10_000, { reason: 'amountDiffers', expectedFen: 20_000 }],
    ['mustEqual', 79, 10_000, { reason: 'ageOutsideBands' }],
    ['mustEqual', AGE_UNKNOWN, 10_000, { reason: 'ageUnknown' }],
    ['upTo', 95, 15_000, true],
    ['upTo', 95, 20_001, { reason: 'amountAbove', expectedFen: 20_000 }],
    ['upTo', 79, 1, { reason: 'ageOutsideBands' }],
    ['asRostered', 79, 1, true],
    ['asRostered', AGE_UNKNOWN, 1, true],
  ])('%s at %i, %i fen', (policy, age, amountFen, answer) => {
    expect(check({ kind: 'banded', bands: BANDS, policy })(amountFen, age, undefined)).toEqual(answer);
  });
});

describe('quantity times rate', () => {
  it.each<[string, AmountPolicy, string | undefined, number, unknown]>([
    ['125.00', 'mustEqual', '3', 37_500, true],
    ['125.00', 'mustEqual', '3.25', 40_625, true],
    ['125.00', 'mustEqual', '3', 37_501, { reason: 'amountDiffers', expectedFen: 37_500 }],
    ['125.00', 'upTo', '3', 37_499, true],
    ['125.00', 'upTo', '3', 37_501, { reason: 'amountAbove', expectedFen: 37_500 }],
    // Rounded once, from the exact product: 0.3333 × 12.345 = 4.1145885.
    ['12.345', 'mustEqual', '0.3333', 411, true],
    ['0.01', 'mustEqual', '0.5', 1, true],
    ['0.01', 'mustEqual', '0.4999', 0, true],
    ['125.00', 'mustEqual', undefined, 37_500, { reason: 'quantityMissing' }],
    ['125.00', 'mustEqual', ' ', 37_500, { reason: 'quantityMissing' }],
    ['125.00', 'mustEqual', '3亩', 37_500, { reason: 'quantityInvalid' }],
    ['125.00', 'upTo', '0', 1, { reason: 'quantityInvalid' }],
    ['125.00', 'asRostered', undefined, 1, true],
    ['99999999999999.999', 'upTo', '99999999999', 1, { reason: 'dueTooLarge' }],
    // Long rates: the second one leaves the fast path, since 10^20 is no safe integer.
    ['0.00000001', 'mustEqual', '9999999999.9999', 10_000, true],
    ['0.333333333333333333', 'mustEqual', '3', 100, true],
  ])('%s a unit, %s, quantity %s, %i fen', (rate, policy, quantity, amountFen, answer) => {
    const isRight = check({ kind: 'perUnit', rate, policy });
    expect(isRight(amountFen, AGE_UNKNOWN, quantity)).toEqual(answer);
  });

  it.each([
    ['halfUp', 3],
    ['halfEven', 2],
    ['down', 2],
    ['up', 3],
  ] as const)('rounds 2.5 fen by %s to %i', (rounding, fen) => {
    const isRight = compileEntitlement({
      entitlement: { kind: 'perUnit', rate: '0.01', policy: 'mustEqual' },
      rounding,
    });
    expect(isRight(fen, AGE_UNKNOWN, '2.5')).toBe(true);
    expect(isRight(5 - fen, AGE_UNKNOWN, '2.5')).toEqual({ reason: 'amountDiffers', expectedFen: fen });
  });

  it('is what decimal.js says, on the fast path and beyond it', () => {
    const digits = (max: number) => fc.stringMatching(new RegExp(`^\\d{1,${max}}$`));
    const quantities = fc.tuple(digits(11), digits(4)).map(([units, decimals]) => `${units}.${decimals}`);
    const rates = fc.tuple(digits(9), digits(10)).map(([yuan, decimals]) => `${yuan}.${decimals}`);
    fc.assert(
      fc.property(quantities, rates, fc.constantFrom(...ROUNDING_RULES), (quantity, rate, rounding) => {
        const exact = multiplyToFen(parseRate(quantity)!, parseRate(rate)!, rounding);
        fc.pre(/[1-9]/.test(quantity));
        const isRight = compileEntitlement({
          entitlement: { kind: 'perUnit', rate, policy: 'mustEqual' },
          rounding,
        });
        if (exact > BigInt(AMOUNT_FEN_MAX)) {
          expect(isRight(1, AGE_UNKNOWN, quantity)).toEqual({ reason: 'dueTooLarge' });
        } else {
          expect(isRight(Number(exact), AGE_UNKNOWN, quantity)).toBe(true);
          expect(isRight(Number(exact) + 1, AGE_UNKNOWN, quantity)).toEqual({
            reason: 'amountDiffers',
            expectedFen: Number(exact),
          });
        }
      }),
      { numRuns: 2000 },
    );
  });
});
