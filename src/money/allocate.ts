// Splitting one amount by shares so that the parts add up to it again, to the fen (contract, section 6): floor every
// share, then one fen each to the largest remainders, ties by declared order.

import { assert } from '../base/assert.js';
import { type Rate, scaleRate, sumRates } from './rate.js';

/** Shares as integers over one common denominator, in declared order; made once by compileShares. */
export interface CompiledShares {
  readonly numerators: readonly number[];
  readonly denominator: number;
  /** The same, where amount times numerator is no safe integer. */
  readonly exactNumerators: readonly bigint[];
  readonly exactDenominator: bigint;
}

/** Shares must add up to exactly 1: a catalogue that says otherwise was refused before. */
export function compileShares(shares: readonly Rate[]): CompiledShares {
  assert(sumRates(shares).equals(1), 'funding shares add up to exactly 1');
  const scaled = shares.map(scaleRate);
  const decimals = Math.max(...scaled.map((share) => share.decimals));
  const exactNumerators = scaled.map((share) => share.numerator * 10n ** BigInt(decimals - share.decimals));
  const exactDenominator = 10n ** BigInt(decimals);
  return {
    numerators: exactNumerators.map(Number),
    denominator: Number(exactDenominator),
    exactNumerators,
    exactDenominator,
  };
}

/** Parts in fen, in the order of the shares. amountFen is a safe integer, not negative. */
export function allocate(amountFen: number, shares: CompiledShares): number[] {
  assert(
    Number.isSafeInteger(amountFen) && amountFen >= 0,
    'an amount to split is a safe integer, not negative',
  );
  // A numerator is at most the denominator, so this one bound makes every product below a safe integer.
  return amountFen * shares.denominator <= Number.MAX_SAFE_INTEGER
    ? allocateSafe(amountFen, shares)
    : allocateExact(BigInt(amountFen), shares);
}

function allocateSafe(amountFen: number, { numerators, denominator }: CompiledShares): number[] {
  const parts: number[] = [];
  const remainders: number[] = [];
  let left = amountFen;
  for (const numerator of numerators) {
    const product = amountFen * numerator;
    const remainder = product % denominator;
    const part = (product - remainder) / denominator;
    parts.push(part);
    remainders.push(remainder);
    left -= part;
  }
  giveLeftOver(parts, remainders, left);
  return parts;
}

function allocateExact(amountFen: bigint, shares: CompiledShares): number[] {
  const products = shares.exactNumerators.map((numerator) => amountFen * numerator);
  const parts = products.map((product) => Number(product / shares.exactDenominator));
  const remainders = products.map((product) => product % shares.exactDenominator);
  giveLeftOver(parts, remainders, Number(amountFen) - parts.reduce((sum, part) => sum + part, 0));
  return parts;
}

// Fewer fen are left than there are shares with a remainder, because the remainders add up to left times the denominator
// and each is smaller than it. A remainder that got its fen becomes -1. Strictly greater keeps ties in declared order.
function giveLeftOver(parts: number[], remainders: (number | bigint)[], left: number): void {
  for (let given = 0; given < left; given++) {
    let largest = 0;
    for (let index = 1; index < remainders.length; index++) {
      if (remainders[index]! > remainders[largest]!) largest = index;
    }
    parts[largest]! += 1;
    remainders[largest] = -1;
  }
}
