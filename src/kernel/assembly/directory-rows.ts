// Rows of the cardholder base to records of the directory. The database sends them by columns, many at once: see
// directory/directory-block.ts. Rows whose name or account is not plain are left to the careful path (directory/left-row.ts),
// one by one and in order.

import { allDigits, areDigits, numberOf } from './digits';
import { announce, askForSlots, GROUP_ROWS, keepImage, putRecord } from './directory-slots';
import { finishHigh, finishLow, SEED_HIGH, SEED_LOW, stepHigh, stepLow } from './hash';
import {
  ACCOUNT_LENGTH_MASK,
  ACCOUNT_LENGTH_SHIFT,
  ACCOUNT_STATE_MASK,
  ACCOUNT_STATE_SHIFT,
  BANK_MASK,
  CARD_STATE_MASK,
  CARD_STATE_SHIFT,
  DECEASED,
  LONG_ACCOUNT,
  OTHER_KIND,
  REGION_BITS,
  REGION_MASK,
  REMOVED,
  UNUSUAL_NAME,
} from './layout';
import { hanziAt, isHanzi } from './text';

/** Why putRows came back. */
export const ROWS_AT_END: i32 = 0;
/** The row at hand (rowFrom and so on) waits for putLeftRow. */
export const ROWS_AT_LEFT: i32 = 1;
/** The directory was made for fewer people. */
export const ROWS_FULL: i32 = 2;
/** The columns do not fit together. */
export const ROWS_BROKEN: i32 = 3;

const BILLION: i64 = 1000000000;
const NUMBERS_BYTES: usize = 16;
const IMAGE_BYTES: usize = 12;
const EXCEPTION_BYTES: usize = 16;
const DIED_UNKNOWN: i32 = 0x7fffffff;
const PLAIN_ACCOUNT_DIGITS: usize = 19;
const GBK_HANZI_TO: i32 = 0x9fa5;
const MIDDLE_DOT: i32 = 0xb7;
const USUAL_NAME_MIN: i32 = 2;
const USUAL_NAME_MAX: i32 = 10;

// The columns of the block at hand.
let numbers: usize = 0;
let textsEnd: usize = 0;
let exceptions: usize = 0;
let exceptionsEnd: usize = 0;
let images: usize = 0;
let rowCount: i32 = 0;
let row: i32 = 0;
/** First row of the group, and the one behind it. */
let group: i32 = 0;
let groupEnd: i32 = 0;

// The row at hand: its name from rowFrom, its account from rowMiddle.
export let rowFrom: usize = 0;
export let rowMiddle: usize = 0;
export let rowTo: usize = 0;
let nameLow: u32 = 0;
let nameHigh: u32 = 0;
let accountLow: u32 = 0;
let accountHigh: u32 = 0;

export function beginRows(
  count: i32,
  numbersAt: usize,
  textsAt: usize,
  textsTo: usize,
  exceptionsAt: usize,
  exceptionsTo: usize,
  imagesAt: usize,
): void {
  rowCount = count;
  numbers = numbersAt;
  rowFrom = textsAt;
  textsEnd = textsTo;
  exceptions = exceptionsAt;
  exceptionsEnd = exceptionsTo;
  images = imagesAt;
  row = 0;
  groupEnd = 0;
}

/** Puts rows in until something stops it; answers with what did. */
export function putRows(): i32 {
  while (row < rowCount) {
    if (row === groupEnd) announceGroup();
    for (; row < groupEnd; ) {
      const place = placeOf(row);
      rowMiddle = rowFrom + <usize>(place >> 36);
      rowTo = rowMiddle + <usize>((place >> 30) & ACCOUNT_LENGTH_MASK);
      if (rowTo > textsEnd) return ROWS_BROKEN;
      const name = nameFlags();
      const account = accountFlags();
      if (name < 0 || account < 0) return ROWS_AT_LEFT;
      if (!putRow(nameLow, nameHigh, accountLow, accountHigh, name | account)) return ROWS_FULL;
    }
  }
  return rowFrom === textsEnd && exceptions === exceptionsEnd ? ROWS_AT_END : ROWS_BROKEN;
}

/** Puts the row at hand in, whose name and account somebody else has read. False when there is no room. */
export function putLeftRow(
  ofNameLow: u32,
  ofNameHigh: u32,
  ofAccountLow: u32,
  ofAccountHigh: u32,
  flags: i32,
): bool {
  return putRow(ofNameLow, ofNameHigh, ofAccountLow, ofAccountHigh, flags);
}

function placeOf(nth: i32): u64 {
  return bswap<u64>(load<u64>(numbers + NUMBERS_BYTES * <usize>nth + 8));
}

/** Resident numbers are positive, serials of other identifiers negative. */
function announceGroup(): void {
  group = row;
  groupEnd = min(row + GROUP_ROWS, rowCount);
  for (let next = row; next < groupEnd; next++) {
    const person: i64 = bswap<i64>(load<i64>(numbers + NUMBERS_BYTES * <usize>next));
    if (person < 0) announce(next - row, OTHER_KIND, <u32>-person);
    else {
      // A product of doubles may be off by one; the true rest lies in 0 to 999,999,999.
      let first = <i64>(<f64>person * 1e-9);
      const rest = person - first * BILLION;
      if (rest < 0) first--;
      else if (rest >= BILLION) first++;
      announce(next - row, <u32>first, <u32>(person - first * BILLION));
    }
  }
  askForSlots(groupEnd - group);
}

function putRow(ofNameLow: u32, ofNameHigh: u32, ofAccountLow: u32, ofAccountHigh: u32, read: u32): bool {
  const place = placeOf(row);
  const length = <u32>(place >> 30) & ACCOUNT_LENGTH_MASK;
  let flags = read | (<u32>(place >> 20) & BANK_MASK) | (length << ACCOUNT_LENGTH_SHIFT);
  let regionAndMonth = <u32>place & REGION_MASK;
  if (
    exceptions < exceptionsEnd &&
    load<u64>(exceptions) === load<u64>(numbers + NUMBERS_BYTES * <usize>row)
  ) {
    const states = bswap<u32>(load<u32>(exceptions + 8));
    const died: i32 = bswap<i32>(load<i32>(exceptions + 12));
    exceptions += EXCEPTION_BYTES;
    flags |= (states & CARD_STATE_MASK) << CARD_STATE_SHIFT;
    flags |= ((states >> 3) & ACCOUNT_STATE_MASK) << ACCOUNT_STATE_SHIFT;
    if (states & 64) flags |= REMOVED;
    if (states & 32) {
      flags |= DECEASED;
      if (died !== DIED_UNKNOWN) regionAndMonth |= monthOfDay(died) << REGION_BITS;
    }
  }
  const slot = putRecord(
    row - group,
    ofNameLow,
    ofNameHigh,
    ofAccountLow,
    ofAccountHigh,
    flags,
    regionAndMonth,
  );
  if (slot < 0) return false;
  if (images !== 0) {
    const image = images + IMAGE_BYTES * <usize>row;
    keepImage(slot, bswap<u64>(load<u64>(image)), bswap<i32>(load<i32>(image + 8)));
  }
  rowFrom = rowTo;
  row++;
  return true;
}

/** Hashes a name of plain hanzi and middle dots, which folding leaves as it is; answers with its flags, or -1 for others. */
function nameFlags(): i32 {
  let low = SEED_LOW;
  let high = SEED_HIGH;
  let length = 0;
  let isUsual = true;
  let at = rowFrom;
  while (at < rowMiddle) {
    let unit = MIDDLE_DOT;
    if (load<u16>(at) === 0xb7c2) {
      isUsual = false;
      at += 2;
    } else {
      unit = hanziAt(at);
      if (!isHanzi(unit)) return -1;
      if (unit > GBK_HANZI_TO) isUsual = false;
      at += 3;
    }
    low = stepLow(low, unit);
    high = stepHigh(high, unit);
    length++;
  }
  if (at !== rowMiddle) return -1;
  nameLow = finishLow(low, high);
  nameHigh = finishHigh(low, high);
  return isUsual && length >= USUAL_NAME_MIN && length <= USUAL_NAME_MAX ? 0 : UNUSUAL_NAME;
}

/** The account as a number, or hashed when it is long; answers with its flags, or -1 when it is not digits only. */
function accountFlags(): i32 {
  if (rowTo - rowMiddle <= PLAIN_ACCOUNT_DIGITS) {
    const number = numberOf(rowMiddle, rowTo);
    if (!areDigits) return -1;
    accountLow = <u32>number;
    accountHigh = <u32>(number >> 32);
    return 0;
  }
  if (!allDigits(rowMiddle, rowTo)) return -1;
  let low = SEED_LOW;
  let high = SEED_HIGH;
  for (let at = rowMiddle; at < rowTo; at++) {
    low = stepLow(low, load<u8>(at));
    high = stepHigh(high, load<u8>(at));
  }
  accountLow = finishLow(low, high);
  accountHigh = finishHigh(low, high);
  return LONG_ACCOUNT;
}

/**
 * Month of a day since 2000-01-01, as deathMonth of directory/layout.ts. Days are counted from 0000-03-01 in eras of 400 years
 * (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days).
 */
function monthOfDay(day: i32): u32 {
  const shifted: i64 = <i64>day + 730425;
  const era: i64 = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
  const dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
  const monthFromMarch = (5 * dayOfYear + 2) / 153;
  const months = (era * 400 + yearOfEra - 1900) * 12 + monthFromMarch + 3;
  return <u32>max<i64>(1, min<i64>(months, 4095));
}
