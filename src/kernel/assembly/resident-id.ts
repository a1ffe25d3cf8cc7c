// A resident ID from bytes to the two integers that stand for a person, check character included (GB 11643-1999).

import { eightDigits } from './digits';

const ZERO: u32 = 0x30;
const X: u32 = 0x58;
const SMALL_X: u32 = 0x78;

export const RESIDENT_ID_BYTES: i32 = 18;

/** First 8 and next 9 digits of the ID that was read. */
export let idA: i32 = 0;
export let idB: i32 = 0;

/** Not 17 digits with a digit or X behind; or such, with another check character; or a number as it should be. */
export const ID_OTHER: i32 = 0;
export const ID_WRONG_CHECK: i32 = 1;
export const ID_RIGHT: i32 = 2;

/** What the 18 bytes at `at` are; idA and idB hold the digits of those that have the shape. The birth date is not looked at. */
export function readResidentId(at: usize): i32 {
  const first = eightDigits(at);
  const second = eightDigits(at + 8);
  const last: u32 = <u32>load<u8>(at + 16) - ZERO;
  if ((first | second) < 0 || last > 9) return ID_OTHER;
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
  const written = <u32>load<u8>(at + 17);
  const check = written === SMALL_X ? X : written;
  if (check !== X && check - ZERO > 9) return ID_OTHER;
  idA = <i32>first;
  idB = <i32>(second * 10 + last);
  return check === checkOf(sum % 11) ? ID_RIGHT : ID_WRONG_CHECK;
}

/** Whether digits 7 to 14 are a day that exists, from 1850 on (identity/resident-id.ts). */
export function hasBirthDate(a: i32, b: i32): bool {
  const year = (a % 100) * 100 + b / 10000000;
  const month = (b / 100000) % 100;
  const day = (b / 1000) % 100;
  return year >= 1850 && day >= 1 && day <= daysInMonth(year, month);
}

/** Days of a month of the Gregorian calendar; 0 when there is no such month. */
export function daysInMonth(year: i32, month: i32): i32 {
  if (month < 1 || month > 12) return 0;
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The check character by the weighted sum modulo 11: 1, 0, X, then 9 down to 2. */
export function checkOf(rest: u32): u32 {
  if (rest === 2) return X;
  return rest < 2 ? ZERO + 1 - rest : ZERO + 12 - rest;
}
