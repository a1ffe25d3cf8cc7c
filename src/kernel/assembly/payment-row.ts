// The payment at hand, from the binary row that the database copies out (roster/payment-rows.ts).

import { eightDigitsOf } from './decimal';
import { checkOf } from './resident-id';

export let nameFrom: usize = 0;
export let nameTo: usize = 0;
export let accountFrom: usize = 0;
export let accountTo: usize = 0;
export let bank: i32 = 0;
export let amountFen: i64 = 0;
export let line: u32 = 0;
export let region: u32 = 0;
/** Number of the person whose ID stands beside the account; negative ones are serials of other identifiers. */
export let holder: i64 = 0;
/** Where the next row begins. */
export let rowEnd: usize = 0;

export const ROW_WHOLE: i32 = 0;
export const ROW_CUT: i32 = 1;
export const ROW_BROKEN: i32 = 2;

const COLUMNS: i32 = 11;
/** Up to the length of the payee, and behind the account up to that of the line it follows. */
const HEAD_BYTES: usize = 32;
const MIDDLE_BYTES: usize = 20;
const NULL: u32 = 0xffffffff;

function length(at: usize): u32 {
  return bswap(load<u32>(at));
}

/** Takes the row at `at`. Behind `end` may stand anything, so that nothing there is believed. */
export function takeRow(at: usize, end: usize): i32 {
  if (at + 2 > end) return ROW_CUT;
  if (<i32>bswap<u16>(load<u16>(at)) !== COLUMNS) return ROW_BROKEN;
  if (at + HEAD_BYTES > end) return ROW_CUT;
  if (length(at + 2) !== 4 || length(at + 10) !== 8 || length(at + 22) !== 2) return ROW_BROKEN;
  const hasPayee = length(at + 28) !== NULL;
  if (hasPayee && length(at + 28) !== 8) return ROW_BROKEN;
  line = length(at + 6);
  let place = at + HEAD_BYTES + (hasPayee ? 8 : 0);
  holder = <i64>bswap(load<u64>(hasPayee ? at + HEAD_BYTES : at + 14));
  if (place + 4 > end) return ROW_CUT;
  const nameBytes: usize = length(place);
  nameFrom = place + 4;
  if (nameBytes > end - place) return ROW_CUT;
  nameTo = nameFrom + nameBytes;
  place = nameTo;
  if (place + 10 > end) return ROW_CUT;
  if (length(place) !== 2) return ROW_BROKEN;
  bank = <i32>bswap<u16>(load<u16>(place + 4));
  const accountBytes: usize = length(place + 6);
  accountFrom = place + 10;
  if (accountBytes > end - place) return ROW_CUT;
  accountTo = accountFrom + accountBytes;
  place = accountTo;
  if (place + MIDDLE_BYTES + 8 > end) return ROW_CUT;
  if (length(place) !== 8 || length(place + 12) !== 4) return ROW_BROKEN;
  amountFen = <i64>bswap(load<u64>(place + 4));
  region = length(place + 16);
  place += MIDDLE_BYTES;
  const follows = length(place);
  if (follows !== NULL && follows !== 4) return ROW_BROKEN;
  place += follows === NULL ? 4 : 8;
  if (place + 4 > end) return ROW_CUT;
  const department = length(place);
  place += 4;
  if (department !== NULL) {
    if (<usize>department > end - place) return ROW_CUT;
    place += department;
  }
  rowEnd = place;
  return ROW_WHOLE;
}

/** Writes the 18 characters of the holder's resident ID (GB 11643-1999). */
export function putResidentId(at: usize): void {
  const first = eightDigitsOf(<u32>(holder / 1000000000));
  const rest: u32 = <u32>(holder % 1000000000);
  const second = eightDigitsOf(rest / 10);
  const last: u32 = rest % 10;
  const digits = i64x2.replace_lane(i64x2.splat(first), 1, second);
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
  v128.store(at, v128.or(digits, i8x16.splat(0x30)));
  store<u8>(at + 16, 0x30 + last);
  store<u8>(at + 17, checkOf(sum % 11));
}
