// What is due to a person by the programme's standard, and whether the amount of a roster line agrees with it.

import { assert } from '../base/assert.js';
import { AMOUNT_FEN_MAX } from '../money/fen.js';
import { multiplyToFen, parseRate, scaleRate, unscaleRate } from '../money/rate.js';
import { ROUNDING, type RoundingRule } from '../money/rounding.js';
import { AGE_UNKNOWN } from './eligibility.js';
import type { AmountPolicy, Band, Entitlement, Programme } from './programme.js';
import { parseQuantity, QUANTITY_DECIMALS, type QuantityProblem } from './quantity.js';

/** Why nothing can be said to be due. */
export type DueProblem = QuantityProblem | 'ageUnknown' | 'ageOutsideBands' | 'dueTooLarge';

/** What stands behind AMOUNT_NOT_STANDARD; expectedFen is what is due (with amountAbove, the most that may be paid). */
export type EntitlementProblem =
  | { readonly reason: 'amountDiffers' | 'amountAbove'; readonly expectedFen: number }
  | { readonly reason: DueProblem };

/** Amount in fen, whole years at the end of the period or AGE_UNKNOWN, the quantity as it stands in the roster. */
export type EntitlementCheck = (
  amountFen: number,
  ageYears: number,
  quantityText: string | undefined,
) => true | EntitlementProblem;

/** Fen due to one person; the programme's rounding is applied once, to the product. */
type DueFen = (ageYears: number, quantityText: string | undefined) => number | DueProblem;

/** Made once a roster, asked once a line; an answer of true allocates nothing. */
export function compileEntitlement(programme: Pick<Programme, 'entitlement' | 'rounding'>): EntitlementCheck {
  const { entitlement } = programme;
  if (entitlement.kind === 'open' || entitlement.policy === 'asRostered') return () => true;
  return withPolicy(compileDue(entitlement, programme.rounding), entitlement.policy);
}

function withPolicy(dueFen: DueFen, policy: Exclude<AmountPolicy, 'asRostered'>): EntitlementCheck {
  return (amountFen, ageYears, quantityText) => {
    const expectedFen = dueFen(ageYears, quantityText);
    if (typeof expectedFen === 'string') return { reason: expectedFen };
    if (amountFen === expectedFen) return true;
    if (policy === 'mustEqual') return { reason: 'amountDiffers', expectedFen };
    return amountFen < expectedFen ? true : { reason: 'amountAbove', expectedFen };
  };
}

function compileDue(entitlement: Exclude<Entitlement, { kind: 'open' }>, rounding: RoundingRule): DueFen {
  switch (entitlement.kind) {
    case 'fixed':
      return () => entitlement.amountFen;
    case 'banded':
      return compileBands(entitlement.bands);
    case 'perUnit':
      return compilePerUnit(entitlement.rate, rounding);
  }
}

function compileBands(bands: readonly Band[]): DueFen {
  return (ageYears) => {
    if (ageYears <= AGE_UNKNOWN) return 'ageUnknown';
    for (const band of bands) {
      if (ageYears >= band.from && (band.to === undefined || ageYears <= band.to)) return band.amountFen;
    }
    return 'ageOutsideBands';
  };
}

// Quantities and rates of real programmes are small enough for integers: quantity (ten-thousandths) times rate
// (10^-decimals yuan) over 10^(decimals + 2) is fen. What does not fit goes through decimal.js; a property test compares.
function compilePerUnit(rateText: string, rule: RoundingRule): DueFen {
  const rate = parseRate(rateText);
  assert(rate !== undefined, 'the rate of a programme is a decimal');
  const { numerator, decimals } = scaleRate(rate);
  const factor = Number(numerator);
  const denominator = 10 ** (decimals + QUANTITY_DECIMALS - 2);
  const fits = denominator <= Number.MAX_SAFE_INTEGER;
  const round = ROUNDING[rule];
  return (_ageYears, quantityText) => {
    const quantity = parseQuantity(quantityText);
    if (typeof quantity === 'string') return quantity;
    const product = quantity * factor;
    const due =
      fits && product <= Number.MAX_SAFE_INTEGER
        ? round(product, denominator)
        : Number(multiplyToFen(unscaleRate(quantity, QUANTITY_DECIMALS), rate, rule));
    return due <= AMOUNT_FEN_MAX ? due : 'dueTooLarge';
  };
}
