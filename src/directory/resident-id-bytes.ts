// A resident ID straight from bytes to the two integers that stand for a person, check character included.

import { fourDigits } from '../encoding/four-digits.js';

const ZERO = 0x30;
const SMALL_X = 0x78;
const X = 0x58;

export const RESIDENT_ID_BYTES = 18;

/** GB 11643-1999: the check character's ASCII code by the weighted sum of the 17 digits modulo 11. */
const CHECKS = Uint8Array.from('10X98765432', (character) => character.charCodeAt(0));
/** The weights are powers of two modulo 11, so four digits d weigh 8a + 4b + 2c + d, times the power of the last. */
const WEIGHT_OF_FOUR = Uint8Array.from({ length: 10_000 }, (_, four) => {
  const digit = (power: number): number => Math.floor(four / power) % 10;
  return (8 * digit(1000) + 4 * digit(100) + 2 * digit(10) + digit(1)) % 11;
});

export class ResidentIdReader {
  /** First 8 and next 9 digits of the ID that was read. */
  a = 0;
  b = 0;

  /** Whether the 18 bytes at `at` are 17 digits with their check character. The birth date is not looked at. */
  read(view: DataView, at: number): boolean {
    const first = fourDigits(view, at);
    const second = fourDigits(view, at + 4);
    const third = fourDigits(view, at + 8);
    const fourth = fourDigits(view, at + 12);
    const last = view.getUint8(at + 16) - ZERO;
    if ((first | second | third | fourth | last) < 0 || last > 9) return false;
    // 2^14, 2^10, 2^6, 2^2 and 2 modulo 11.
    const sum =
      5 * (WEIGHT_OF_FOUR[first] as number) +
      (WEIGHT_OF_FOUR[second] as number) +
      9 * (WEIGHT_OF_FOUR[third] as number) +
      4 * (WEIGHT_OF_FOUR[fourth] as number) +
      2 * last;
    const check = view.getUint8(at + 17);
    if ((check === SMALL_X ? X : check) !== CHECKS[sum % 11]) return false;
    this.a = first * 10_000 + second;
    this.b = third * 100_000 + fourth * 10 + last;
    return true;
  }
}
