// An account straight from bytes to the two words that the directory keeps, and back. See account-words.ts.

import { digitsOf } from '../encoding/four-digits.js';
import { numberHigh, numberLow, splitNumber } from './account-words.js';

const ZERO = 0x30;

/** Whether view[from, to), at most 19 bytes, is the account of these words. Its length is compared elsewhere. */
export function isAccountOf(view: DataView, from: number, to: number, low: number, high: number): boolean {
  const middle = Math.max(from, to - 9);
  const upper = digitsOf(view, from, middle);
  const lower = digitsOf(view, middle, to);
  if (upper < 0 || lower < 0) return false;
  return numberLow(upper, lower) === low && numberHigh(upper, lower) === high;
}

/** Writes high:low as `length` decimal digits at target[from …]. */
export function putAccount(
  target: Uint8Array,
  from: number,
  low: number,
  high: number,
  length: number,
): void {
  let { upper, lower } = splitNumber(low, high);
  const split = Math.max(from, from + length - 9);
  for (let at = from + length - 1; at >= split; at--) {
    target[at] = ZERO + (lower % 10);
    lower = (lower / 10) | 0;
  }
  for (let at = split - 1; at >= from; at--) {
    target[at] = ZERO + (upper % 10);
    upper = Math.floor(upper / 10);
  }
}
