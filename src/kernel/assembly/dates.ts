// Calendar dates from bytes to days, as identity/calendar-date.ts counts them.

import { eightDigits, eightDigitsOf } from './digits';

const HYPHEN: u32 = 0x2d;

/** An empty field, and one that is no date. No day that can be read is as low. */
export const NO_DAY: i32 = -1000000;
export const WRONG_DAY: i32 = -2000000;
/** Earlier days are left to the careful path. */
const YEAR_MIN: i32 = 1900;

/** Days since 1970 of YYYY-MM-DD or YYYYMMDD, NO_DAY when empty, WRONG_DAY for anything else. */
export function dayOf(from: usize, to: usize): i32 {
  const length = to - from;
  if (length === 0) return NO_DAY;
  let date: i64 = -1;
  if (length === 8) date = eightDigits(from);
  else if (length === 10 && <u32>load<u8>(from + 4) === HYPHEN && <u32>load<u8>(from + 7) === HYPHEN) {
    const month: u64 = load<u16>(from + 5);
    const day: u64 = load<u16>(from + 8);
    date = eightDigitsOf(<u64>load<u32>(from) | (month << 32) | (day << 48));
  }
  if (date < 0) return WRONG_DAY;
  const year = <i32>date / 10000;
  const month = (<i32>date / 100) % 100;
  const day = <i32>date % 100;
  return year >= YEAR_MIN && isDay(year, month, day) ? dayNumber(year, month, day) : WRONG_DAY;
}

/** Whether the month has such a day. */
export function isDay(year: i32, month: i32, day: i32): bool {
  if (month < 1 || month > 12 || day < 1) return false;
  if (day <= 28) return true;
  if (month === 2) return day === 29 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  // April, June, September and November end with the 30th.
  return day <= 30 || (day === 31 && ((0x0a50 >> month) & 1) === 0);
}

/** Years that begin in March put the leap day last, so that month lengths follow one linear formula. */
function dayNumber(year: i32, month: i32, day: i32): i32 {
  const shifted = month > 2 ? year : year - 1;
  const leaps = shifted / 4 - shifted / 100 + shifted / 400;
  const dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
  return 365 * shifted + leaps + dayOfYear - 719468;
}
