// Check digits and digests over fields of a record.

import { createHash } from 'node:crypto';
import { assert } from '../base/assert.js';
import type { CheckDigitAlgorithm, DigestAlgorithm } from './definition.js';

/** The check digit of a text of digits. */
export function checkDigit(algorithm: CheckDigitAlgorithm, digits: string): string {
  assert(/^[0-9]*$/.test(digits), 'a check digit is over digits only');
  switch (algorithm) {
    case 'luhn':
      return luhn(digits);
    case 'nacha':
      // NACHA Operating Rules, Appendix Two: weights 3 7 1, repeated.
      return weighted(digits, [3, 7, 1], 10);
    case 'iso7064mod1110':
      return mod1110(digits);
    case 'iso7064mod112':
      return mod112(digits);
    case 'mod97':
      return String(98n - ((BigInt(digits || '0') * 100n) % 97n)).padStart(2, '0');
  }
}

export function digestHex(algorithm: DigestAlgorithm, bytes: Uint8Array): string {
  return createHash(algorithm).update(bytes).digest('hex');
}

function luhn(digits: string): string {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 0 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return String((10 - (sum % 10)) % 10);
}

function weighted(digits: string, weights: readonly number[], modulus: number): string {
  let sum = 0;
  for (let index = 0; index < digits.length; index++)
    sum += Number(digits[index]) * weights[index % weights.length]!;
  return String((modulus - (sum % modulus)) % modulus);
}

/** ISO 7064 MOD 11,10: the check digit of 12-digit clearing codes (CNAPS). */
function mod1110(digits: string): string {
  let product = 10;
  for (const digit of digits) {
    product = (product + Number(digit)) % 10 || 10;
    product = (product * 2) % 11;
  }
  return String((11 - product) % 10);
}

/** ISO 7064 MOD 11-2, with X for ten, as in resident IDs. */
function mod112(digits: string): string {
  let sum = 0;
  for (const digit of digits) sum = ((sum + Number(digit)) * 2) % 11;
  const check = (12 - sum) % 11;
  return check === 10 ? 'X' : String(check);
}
