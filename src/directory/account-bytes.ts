// An account straight from bytes to the two words that the directory keeps, and back. See account-words.ts.

import { digitsOf } from '../encoding/four-digits.js';
import { BILLION } from './person-key.js';

const ZERO = 0x30;

/** Whether view[from, to), at most 19 bytes, is the account of these words. Its length is compared elsewhere. */
export function isAccountOf(view: DataView, from: number, to: number, low: number, high: number): boolean {
  const middle = Math.max(from, to - 9);
  const upper = digitsOf(view, from, middle);
  const lower = digitsOf(view, middle, to);
  if (upper < 0 || lower < 0) return false;
  // upper < 10^10, so low and high words are exact by the same steps as person-key.ts.
  if ((Math.imul(upper, BILLION) + lower) >>> 0 !== low) return false;
  const scaled = Math.floor(upper / 0x4000) * BILLION;
  const rest = (upper % 0x4000) * BILLION + lower + (scaled % 0x40000) * 0x4000;
  return Math.floor(scaled / 0x40000) + Math.floor(rest / 0x100000000) === high;
}

/** Writes high:low as `length` decimal digits at target[from …]. */
export function putAccount(
  target: Uint8Array,
  from: number,
  low: number,
  high: number,
  length: number,
): void {
  let upper = Math.floor((high * 0x100000000 + low) / BILLION);
  let lower = (low - Math.imul(upper, BILLION)) | 0;
  // The quotient of two doubles may be off by one; the true rest lies in 0 to 999,999,999.
  if (lower < 0) {
    upper--;
    lower += BILLION;
  } else if (lower >= BILLION) {
    upper++;
    lower -= BILLION;
  }
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
