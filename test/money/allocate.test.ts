import { describe, expect, it } from 'vitest';
import { allocate, compileShares } from '../../src/money/allocate.js';
import { AMOUNT_FEN_MAX } from '../../src/money/fen.js';
import { parseRate } from '../../src/money/rate.js';

const split = (amountFen: number, ...shares: string[]): number[] =>
  allocate(amountFen, compileShares(shares.map((share) => parseRate(share)!)));

describe('allocate', () => {
  it.each([
    [10_000, ['0.6', '0.4'], [6000, 4000]],
    [1, ['0.6', '0.4'], [1, 0]],
    [1, ['0.4', '0.6'], [0, 1]],
    // Ties: the one declared first gets the fen.
    [1, ['0.5', '0.5'], [1, 0]],
    [3, ['0.25', '0.25', '0.25', '0.25'], [1, 1, 1, 0]],
    [10_001, ['0.5', '0.5'], [5001, 5000]],
    // The largest remainder and not the largest share: .1 + .2 + .7 of a fen.
    [1, ['0.1', '0.2', '0.7'], [0, 0, 1]],
    [11, ['0.55', '0.25', '0.2'], [6, 3, 2]],
    [100, ['0.3333', '0.3333', '0.3334'], [33, 33, 34]],
    [10_000, ['0.3333', '0.3333', '0.3334'], [3333, 3333, 3334]],
    [0, ['0.3', '0.7'], [0, 0]],
    [12_345, ['1'], [12_345]],
    [100, ['0.50', '0.500'], [50, 50]],
  ])('splits %i fen by %j into %j', (amountFen, shares, parts) => {
    expect(split(amountFen, ...shares)).toEqual(parts);
  });

  it('is exact where amount times share is beyond safe integers', () => {
    // Exactly 333333333332999.666666666667 twice and 333333333333999.666666666666: the first two get the fen.
    const parts = split(AMOUNT_FEN_MAX, '0.333333333333', '0.333333333333', '0.333333333334');
    expect(parts).toEqual([333_333_333_333_000, 333_333_333_333_000, 333_333_333_333_999]);
    expect(parts.reduce((sum, part) => sum + part)).toBe(AMOUNT_FEN_MAX);
  });

  it('is exact for shares of many decimals', () => {
    const third = '0.33333333333333333333';
    expect(split(100, third, third, '0.33333333333333333334')).toEqual([33, 33, 34]);
    expect(split(2, third, third, '0.33333333333333333334')).toEqual([1, 0, 1]);
  });

  it('refuses shares that do not add up to one, and amounts that are no fen', () => {
    expect(() => split(100, '0.3', '0.3')).toThrow('exactly 1');
    expect(() => split(-1, '1')).toThrow('not negative');
    expect(() => split(1.5, '1')).toThrow('safe integer');
  });
});
