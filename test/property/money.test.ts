import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate, compileShares } from '../../src/money/allocate.js';
import { AMOUNT_FEN_MAX, formatYuan, parseYuan } from '../../src/money/fen.js';
import { multiplyToFen, parseRate, restOfOne, unscaleRate } from '../../src/money/rate.js';
import { ROUNDING, ROUNDING_RULES } from '../../src/money/rounding.js';

const amounts = fc.oneof(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 0, max: AMOUNT_FEN_MAX }));

/** Decimal texts that add up to exactly 1: cuts of 10^decimals. */
const shareTexts = fc
  .tuple(
    fc.integer({ min: 1, max: 18 }),
    fc.array(fc.bigInt({ min: 1n, max: 10n ** 18n }), { minLength: 0, maxLength: 6 }),
  )
  .map(([decimals, cuts]) => {
    const whole = 10n ** BigInt(decimals);
    const marks = [...new Set([0n, ...cuts.map((cut) => cut % whole), whole])].sort((a, b) =>
      a < b ? -1 : 1,
    );
    return marks.slice(1).map((mark, index) => decimalText(mark - marks[index]!, decimals));
  });

function decimalText(scaled: bigint, decimals: number): string {
  const digits = String(scaled).padStart(decimals + 1, '0');
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** The rule of the contract, written down a second time with fractions of bigint and a stable sort. */
function referenceSplit(amountFen: number, shares: readonly string[]): number[] {
  const scale = 10n ** 20n;
  const scaled = shares.map((share) => {
    const [whole = '', decimals = ''] = share.split('.');
    return BigInt(whole + decimals.padEnd(20, '0'));
  });
  const parts = scaled.map((share) => (BigInt(amountFen) * share) / scale);
  const remainders = scaled.map((share, index) => ({ index, rest: (BigInt(amountFen) * share) % scale }));
  const left = Number(BigInt(amountFen) - parts.reduce((sum, part) => sum + part, 0n));
  const ranked = remainders.sort((a, b) =>
    a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1,
  );
  for (const { index } of ranked.slice(0, left)) parts[index]! += 1n;
  return parts.map(Number);
}

describe('amounts', () => {
  it('are what they were after writing and reading', () => {
    fc.assert(
      fc.property(fc.integer({ min: -AMOUNT_FEN_MAX, max: AMOUNT_FEN_MAX }), (fen) => {
        expect(parseYuan(formatYuan(fen))).toBe(fen === 0 ? 0 : fen);
        expect(formatYuan(BigInt(fen))).toBe(formatYuan(fen));
      }),
    );
  });

  it('never come out of a text by way of a float', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 14n - 1n }),
        fc.integer({ min: 0, max: 99 }),
        (yuan, cents) => {
          const text = `${yuan}.${String(cents).padStart(2, '0')}`;
          const fen = parseYuan(text);
          const exact = yuan * 100n + BigInt(cents);
          expect(fen).toBe(exact <= BigInt(AMOUNT_FEN_MAX) ? Number(exact) : 'tooLarge');
        },
      ),
    );
  });
});

describe('shares of an amount', () => {
  it('add up to the amount, each within a fen of its exact value, as the contract orders', () => {
    fc.assert(
      fc.property(amounts, shareTexts, (amountFen, shares) => {
        const parts = allocate(amountFen, compileShares(shares.map((share) => parseRate(share)!)));
        expect(parts.reduce((sum, part) => sum + BigInt(part), 0n)).toBe(BigInt(amountFen));
        expect(parts).toEqual(referenceSplit(amountFen, shares));
      }),
      { numRuns: 1000 },
    );
  });

  it('depend on the declared order only where remainders tie', () => {
    fc.assert(
      fc.property(amounts, shareTexts, (amountFen, shares) => {
        const rates = shares.map((share) => parseRate(share)!);
        fc.pre(new Set(shares).size === shares.length);
        const forward = allocate(amountFen, compileShares(rates));
        const backward = allocate(amountFen, compileShares([...rates].reverse())).reverse();
        const remainders = rates.map((rate) => rate.times(amountFen).mod(1).toFixed());
        if (new Set(remainders).size === remainders.length) expect(backward).toEqual(forward);
        else
          expect(
            backward.map((part, index) => Math.abs(part - forward[index]!)).every((gap) => gap <= 1),
          ).toBe(true);
      }),
    );
  });

  it('do not change when a share is written with zeros at its end', () => {
    fc.assert(
      fc.property(amounts, shareTexts, fc.integer({ min: 1, max: 10 }), (amountFen, shares, zeros) => {
        const padded = shares.map((share) => parseRate(share + '0'.repeat(zeros))!);
        expect(allocate(amountFen, compileShares(padded))).toEqual(
          allocate(amountFen, compileShares(shares.map((share) => parseRate(share)!))),
        );
      }),
    );
  });

  it('are complete where one source takes the rest', () => {
    fc.assert(
      fc.property(amounts, shareTexts, (amountFen, shares) => {
        const rates = shares.map((share) => parseRate(share)!);
        const rest = restOfOne(rates.slice(0, -1));
        expect(rest.equals(rates.at(-1)!)).toBe(true);
        expect(allocate(amountFen, compileShares([...rates.slice(0, -1), rest]))).toEqual(
          allocate(amountFen, compileShares(rates)),
        );
      }),
    );
  });
});

describe('rounding', () => {
  it('agrees between integers and decimal.js for every rule', () => {
    const quantities = fc.integer({ min: 0, max: 10_000_000 });
    const prices = fc.integer({ min: 0, max: 100_000_000 });
    fc.assert(
      fc.property(quantities, prices, fc.integer({ min: 0, max: 6 }), (quantity, price, decimals) => {
        for (const rule of ROUNDING_RULES) {
          const fast = ROUNDING[rule](quantity * price, 10 ** (4 + decimals - 2));
          const exact = multiplyToFen(unscaleRate(quantity, 4), unscaleRate(price, decimals), rule);
          expect(fast).toBe(Number(exact));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps down ≤ halfEven ≤ halfUp ≤ up, all within one of each other', () => {
    fc.assert(
      fc.property(
        fc.maxSafeNat(),
        fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
        (numerator, denominator) => {
          const [up, halfUp, halfEven, down] = (['up', 'halfUp', 'halfEven', 'down'] as const).map((rule) =>
            ROUNDING[rule](numerator, denominator),
          ) as [number, number, number, number];
          expect(down <= halfEven && halfEven <= halfUp && halfUp <= up && up <= down + 1).toBe(true);
          expect(BigInt(down)).toBe(BigInt(numerator) / BigInt(denominator));
        },
      ),
    );
  });
});
