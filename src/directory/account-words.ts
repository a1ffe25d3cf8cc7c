// An account as two words: up to 19 digits are one exact 64-bit number (19 nines are below 2^64), and the length beside
// it keeps the leading zeros. Longer accounts are a hash, flagged, and compared in full by the careful path.

import { hashText } from './name-hash.js';
import { BILLION } from './person-key.js';

export const PLAIN_ACCOUNT_DIGITS = 19;

export interface AccountWords {
  low: number;
  high: number;
}

/** The digits of an account read as one number, split into 32-bit halves; a hash where there are more than 19. */
export function accountWords(text: string): AccountWords {
  if (text.length > PLAIN_ACCOUNT_DIGITS) return hashText(text);
  const split = Math.max(0, text.length - 9);
  const [upper, lower] = [Number(text.slice(0, split)), Number(text.slice(split))];
  return { low: numberLow(upper, lower), high: numberHigh(upper, lower) };
}

/** The digits, with as many zeros in front as make the length. */
export function accountText(low: number, high: number, length: number): string {
  const { upper, lower } = splitNumber(low, high);
  if (upper === 0) return String(lower).padStart(length, '0');
  return (String(upper) + String(lower).padStart(9, '0')).padStart(length, '0');
}

/** Low 32 bits of upper * 10^9 + lower, for upper up to 10^10 and lower < 10^9; exact without BigInt, as person-key.ts. */
export function numberLow(upper: number, lower: number): number {
  return (Math.imul(upper, BILLION) + lower) >>> 0;
}

export function numberHigh(upper: number, lower: number): number {
  const scaled = Math.floor(upper / 0x4000) * BILLION;
  const rest = (upper % 0x4000) * BILLION + lower + (scaled % 0x40000) * 0x4000;
  return Math.floor(scaled / 0x40000) + Math.floor(rest / 0x100000000);
}

/** The way back: high:low divided by 10^9, and the rest. */
export function splitNumber(low: number, high: number): { upper: number; lower: number } {
  const upper = Math.floor((high * 0x100000000 + low) / BILLION);
  const lower = (low - Math.imul(upper, BILLION)) | 0;
  // The quotient of two doubles may be off by one; the true rest lies in 0 to 999,999,999.
  if (lower < 0) return { upper: upper - 1, lower: lower + BILLION };
  if (lower >= BILLION) return { upper: upper + 1, lower: lower - BILLION };
  return { upper, lower };
}
