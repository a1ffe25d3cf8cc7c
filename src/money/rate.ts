// Standards, rates and shares: exact decimals that come from text and never pass through a float. The only importer of
// decimal.js; slow (about a microsecond an operation), so it is used once a rule and not once a line.

import { Decimal } from 'decimal.js';
import { assert } from '../base/assert.js';
import type { RoundingRule } from './rounding.js';

/** Digits of one value; two values multiplied or added then always fit PRECISION. */
export const RATE_DIGITS_MAX = 40;

// decimal.js cuts every result to 20 significant digits unless told otherwise, which would round a long product in silence.
const PRECISION = 4 * RATE_DIGITS_MAX;
const Exact = Decimal.clone({ precision: PRECISION, defaults: true });

export type Rate = Decimal;

const MODES: Record<RoundingRule, Decimal.Rounding> = {
  halfUp: Decimal.ROUND_HALF_UP,
  halfEven: Decimal.ROUND_HALF_EVEN,
  down: Decimal.ROUND_DOWN,
  up: Decimal.ROUND_UP,
};

/** Plain decimals only: no sign, no exponent, digits on both sides of the point. Undefined otherwise. */
export function parseRate(text: string): Rate | undefined {
  if (!/^\d+(\.\d+)?$/.test(text) || text.length > RATE_DIGITS_MAX) return undefined;
  return new Exact(text);
}

/** Sum of rates, exact; zero for none. */
export function sumRates(rates: readonly Rate[]): Rate {
  return rates.reduce((sum, rate) => sum.plus(rate), new Exact(0));
}

/** 1 minus the others: the share of the source that takes the rest. */
export function restOfOne(rates: readonly Rate[]): Rate {
  return new Exact(1).minus(sumRates(rates));
}

/** A rate as an exact fraction numerator / 10^decimals, with as few decimals as it needs. */
export function scaleRate(rate: Rate): { numerator: bigint; decimals: number } {
  const decimals = rate.decimalPlaces();
  return { numerator: BigInt(rate.times(new Exact(10).pow(decimals)).toFixed(0)), decimals };
}

/** The way back: scaled / 10^decimals. */
export function unscaleRate(scaled: number, decimals: number): Rate {
  assert(Number.isSafeInteger(scaled), 'a scaled rate is a safe integer');
  return new Exact(scaled).div(new Exact(10).pow(decimals));
}

/** quantity times rate (yuan), rounded once, to fen. The careful form; a compiled entitlement has the fast one. */
export function multiplyToFen(quantity: Rate, rate: Rate, rule: RoundingRule): bigint {
  const fen = quantity.times(rate).times(100);
  assert(fen.precision() < PRECISION, 'a product of two rates is exact');
  return BigInt(fen.toDecimalPlaces(0, MODES[rule]).toFixed(0));
}
