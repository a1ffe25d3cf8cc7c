// Resident IDs of synthetic people, as 18 bytes. The check character is GB 11643-1999's (ISO 7064 MOD 11-2), computed on
// the bytes; a test compares it with the identity module's.

import { type Lane, PROVINCE_SINCE, SEQUENCES_PER_LANE } from './lane.js';

export const RESIDENT_ID_LENGTH = 18;

const WEIGHTS = Uint8Array.of(7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2);
/** "10X98765432": the check character by the weighted sum modulo 11. */
const CHECK = Uint8Array.of(49, 48, 88, 57, 56, 55, 54, 53, 52, 51, 50);
export const LETTER_X = 88;

/** The check character (ASCII) of the first 17 digits (ASCII) in a buffer. */
export function checkByte(digits: Uint8Array): number {
  let sum = 0;
  for (let index = 0; index < 17; index++) sum += (digits[index]! - 48) * WEIGHTS[index]!;
  return CHECK[sum % 11]!;
}

/** How many different IDs people of these birthdays and lanes can have. */
export function residentNumbers(days: number, lanes: readonly Lane[]): number {
  return days * lanes.length * SEQUENCES_PER_LANE;
}

/** The lane of an ID by its place among all IDs of a band: neighbours differ in lane first, then in day. */
export function laneOf(place: number, lanes: readonly Lane[]): Lane {
  return lanes[place % lanes.length]!;
}

/** Writes the ID with that place: 0 to residentNumbers()-1, each a different one. `dates`: birthdays as YYYYMMDD. */
export function putResidentNumber(
  target: Uint8Array,
  place: number,
  lanes: readonly Lane[],
  dates: Int32Array,
): void {
  const lane = laneOf(place, lanes);
  const rest = (place / lanes.length) | 0;
  const sequence = ((rest / dates.length) | 0) + 1 + lane.share * SEQUENCES_PER_LANE;
  const date = dates[rest % dates.length]!;
  putDigits(target, 0, date < PROVINCE_SINCE ? lane.regionBefore1988 : lane.regionSince1988, 6);
  putDigits(target, 6, date, 8);
  putDigits(target, 14, sequence, 3);
  target[17] = checkByte(target);
}

/** Writes a whole number below 2^31 with leading zeros as ASCII digits. */
export function putDigits(target: Uint8Array, at: number, value: number, digits: number): void {
  let rest = value;
  for (let index = at + digits - 1; index >= at; index--) {
    const next = (rest / 10) | 0;
    target[index] = 48 + (rest - next * 10);
    rest = next;
  }
}
