// The quantity of a roster line (mu, months, heads) for programmes that pay by the unit.

/** Quantities are counted in ten-thousandths: the contract allows four decimals. */
export const QUANTITY_DECIMALS = 4;

/** Eleven digits before the point and four after it are always a safe integer of ten-thousandths. */
const UNIT_DIGITS_MAX = 11;

export type QuantityProblem = 'quantityMissing' | 'quantityInvalid';

/** `3.25` is 32500. Plain decimals greater than zero only; blanks around the number do not count. */
export function parseQuantity(text: string | undefined): number | QuantityProblem {
  const trimmed = text?.trim() ?? '';
  if (trimmed === '') return 'quantityMissing';
  const match = /^(\d+)(?:\.(\d{1,4}))?$/.exec(trimmed);
  if (match === null) return 'quantityInvalid';
  const [, digits = '', decimals = ''] = match;
  const units = digits.replace(/^0+/, '');
  if (units.length > UNIT_DIGITS_MAX) return 'quantityInvalid';
  const quantity = Number(units + decimals.padEnd(QUANTITY_DECIMALS, '0'));
  return quantity > 0 ? quantity : 'quantityInvalid';
}
