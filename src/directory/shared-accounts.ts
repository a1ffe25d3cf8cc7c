// Finds the slots whose account another slot has too. A table of all accounts would be looked up 5,000,000 times in memory
// that no cache holds; instead two small bitmaps say which accounts may repeat, and only those, a few in a hundred,
// are compared.

import { homeSlot } from './layout.js';

/** Bits for each slot: with 16, about 4 in 100 accounts share a bit by chance and are compared in vain. */
const BITS_PER_SLOT = 16;
const GROUP = 16;

/**
 * Goes over the records of `stride` words in `words`; the two words at `accountAt` are the account. `counts`: whether the
 * record at an offset is compared at all; `isSame`: whether two records have the same account. `report` is called for each
 * record that repeats the account of an earlier one, with the first of them and the record.
 */
export function forEachRepeat(
  words: Uint32Array,
  stride: number,
  accountAt: number,
  counts: (at: number) => boolean,
  isSame: (one: number, other: number) => boolean,
  report: (one: number, other: number) => void,
): void {
  const bits = Math.max(1024, (words.length / stride) * BITS_PER_SLOT);
  const once = new Uint32Array(Math.ceil(bits / 32));
  const twice = new Uint32Array(once.length);
  const bitOf = (at: number): number =>
    homeSlot(words[at + accountAt] as number, words[at + accountAt + 1] as number, bits);
  let repeated = 0;
  let touched = 0;
  for (let at = 0, group = 0; at < words.length; at += stride) {
    if (at === group) {
      // Memory is asked for the bits of a group at once: they lie all over the bitmap.
      group = Math.min(words.length, at + GROUP * stride);
      for (let ahead = at; ahead < group; ahead += stride) touched ^= once[bitOf(ahead) >>> 5] as number;
    }
    if (!counts(at)) continue;
    const bit = bitOf(at);
    const mask = 1 << (bit & 31);
    if ((once[bit >>> 5] as number) & mask) {
      twice[bit >>> 5] = (twice[bit >>> 5] as number) | mask;
      repeated++;
    } else once[bit >>> 5] = (once[bit >>> 5] as number) | mask;
  }
  // One place more or less changes nothing; it keeps the asking ahead from being optimised away.
  const size = Math.max(16, repeated * 4) + (touched & 1);
  const table = new Int32Array(size).fill(-1);
  for (let at = 0; at < words.length; at += stride) {
    if (!counts(at)) continue;
    const bit = bitOf(at);
    if (((twice[bit >>> 5] as number) & (1 << (bit & 31))) === 0) continue;
    let probe = homeSlot(words[at + accountAt] as number, words[at + accountAt + 1] as number, size);
    for (;;) {
      const other = table[probe] as number;
      if (other < 0) {
        table[probe] = at;
        break;
      }
      if (isSame(other, at)) {
        report(other, at);
        break;
      }
      probe = probe + 1 === size ? 0 : probe + 1;
    }
  }
}
