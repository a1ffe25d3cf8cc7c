// A person as two integers (the first 8 and the next 9 digits of the resident ID), as the directory keeps them, and as
// one 64-bit number, as the database keeps it. Conversions are exact without BigInt: they stand in the hot path.

import { OTHER_KIND } from './layout.js';

export const BILLION = 1_000_000_000;

/** High 32 bits of a * 10^9 + b, for a < 10^8 and b < 10^9. */
export function personHigh(a: number, b: number): number {
  const upper = (a >>> 14) * BILLION;
  const rest = (a & 0x3fff) * BILLION + b + (upper % 0x40000) * 0x4000;
  return Math.floor(upper / 0x40000) + Math.floor(rest / 0x100000000);
}

/** Low 32 bits of a * 10^9 + b. */
export function personLow(a: number, b: number): number {
  return (Math.imul(a, BILLION) + b) >>> 0;
}

/** First 8 digits of the person whose 64-bit number is high:low; the number is below 10^17. */
export function personFirst(high: number, low: number): number {
  const estimate = Math.floor((high * 0x100000000 + low) / BILLION);
  const rest = (low - Math.imul(estimate, BILLION)) | 0;
  // The quotient of two doubles may be off by one; the true rest lies in 0 to 999,999,999.
  if (rest < 0) return estimate - 1;
  if (rest >= BILLION) return estimate + 1;
  return estimate;
}

export function personRest(low: number, first: number): number {
  return (low - Math.imul(first, BILLION)) >>> 0;
}

/** The key of a database person: resident numbers are positive, serials of other identifiers negative. */
export function keyOfPerson(person: bigint): { a: number; b: number } {
  if (person < 0n) return { a: OTHER_KIND, b: Number(-person) };
  return { a: Number(person / 1_000_000_000n), b: Number(person % 1_000_000_000n) };
}

export function personOfKey(a: number, b: number): bigint {
  return a === OTHER_KIND ? -BigInt(b) : BigInt(a) * 1_000_000_000n + BigInt(b);
}
