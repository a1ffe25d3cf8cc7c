// A resident ID from bytes to the two integers that stand for a person, check character included (GB 11643-1999).

import { eightDigits } from './digits';

const ZERO: u32 = 0x30;
const X: u32 = 0x58;
const SMALL_X: u32 = 0x78;

export const RESIDENT_ID_BYTES: i32 = 18;

/** First 8 and next 9 digits of the ID that was read. */
export let idA: i32 = 0;
export let idB: i32 = 0;

/** Whether the 18 bytes at `at` are 17 digits with their check character. The birth date is not looked at. */
export function readResidentId(at: usize): bool {
  const first = eightDigits(at);
  const second = eightDigits(at + 8);
  const last: u32 = <u32>load<u8>(at + 16) - ZERO;
  if ((first | second) < 0 || last > 9) return false;
  const digits = v128.xor(v128.load(at), i8x16.splat(0x30));
  const sums = i32x4.add(
    i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(digits), i16x8(7, 9, 10, 5, 8, 4, 2, 1)),
    i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(digits), i16x8(6, 3, 7, 9, 10, 5, 8, 4)),
  );
  const sum: u32 =
    <u32>i32x4.extract_lane(sums, 0) +
    <u32>i32x4.extract_lane(sums, 1) +
    <u32>i32x4.extract_lane(sums, 2) +
    <u32>i32x4.extract_lane(sums, 3) +
    2 * last;
  const check = <u32>load<u8>(at + 17);
  if ((check === SMALL_X ? X : check) !== checkOf(sum % 11)) return false;
  idA = <i32>first;
  idB = <i32>(second * 10 + last);
  return true;
}

/** The check character by the weighted sum modulo 11: 1, 0, X, then 9 down to 2. */
export function checkOf(rest: u32): u32 {
  if (rest === 2) return X;
  return rest < 2 ? ZERO + 1 - rest : ZERO + 12 - rest;
}
