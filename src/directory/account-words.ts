// An account as two words: up to 19 digits are one exact 64-bit number (19 nines are below 2^64), and the length beside
// it keeps the leading zeros. Longer accounts are a hash, flagged, and compared in full by the careful path.

import { hashText } from './name-hash.js';

export const PLAIN_ACCOUNT_DIGITS = 19;

export interface AccountWords {
  low: number;
  high: number;
}

/** The digits of text[from, to) read as one number, split into 32-bit halves. At most 19 digits. */
export function accountWords(text: string): AccountWords {
  if (text.length > PLAIN_ACCOUNT_DIGITS) return hashText(text);
  const value = BigInt(text);
  return { low: Number(value & 0xffffffffn), high: Number(value >> 32n) };
}

export function accountText(low: number, high: number, length: number): string {
  return ((BigInt(high) << 32n) | BigInt(low)).toString().padStart(length, '0');
}
