// Digits from bytes, eight at a time.

import { isAmongFirst } from './text';

const ZERO: i32 = 0x30;

/** The number that the eight ASCII digits at `at` are, or -1. */
export function eightDigits(at: usize): i64 {
  return eightDigitsOf(load<u64>(at));
}

/** As eightDigits, of bytes that were loaded already. */
export function eightDigitsOf(bytes: u64): i64 {
  let digits: u64 = bytes ^ 0x3030303030303030;
  // A byte above 9 reaches its top bit by the sum, or has it already; no sum carries before one of them does.
  if (((digits + 0x7676767676767676) | digits) & 0x8080808080808080) return -1;
  digits = (digits * 10 + (digits >> 8)) & 0x00ff00ff00ff00ff;
  digits = (digits * 100 + (digits >> 16)) & 0x0000ffff0000ffff;
  return (digits * 10000 + (digits >> 32)) & 0xffffffff;
}

/** Whether the bytes that numberOf read were digits, all of them. */
export let areDigits: bool = false;

/** The number that the digits from `from` to `to` are, at most 19 of them; areDigits says whether they were. */
export function numberOf(from: usize, to: usize): u64 {
  let value: u64 = 0;
  let at = from;
  areDigits = false;
  for (const lead = from + ((to - from) & 7); at < lead; at++) {
    const digit: u32 = <u32>load<u8>(at) - ZERO;
    if (digit > 9) return 0;
    value = value * 10 + digit;
  }
  for (; at < to; at += 8) {
    const eight = eightDigits(at);
    if (eight < 0) return 0;
    value = value * 100000000 + <u64>eight;
  }
  areDigits = true;
  return value;
}

/** Whether all bytes from `from` to `to` are digits, however many. Bytes up to 15 behind are read, not looked at. */
export function allDigits(from: usize, to: usize): bool {
  for (let at = from; at < to; at += 16) {
    const odd = i8x16.gt_u(i8x16.sub(v128.load(at), i8x16.splat(0x30)), i8x16.splat(9));
    if (isAmongFirst(<u32>i8x16.bitmask(odd), to - at)) return false;
  }
  return true;
}
