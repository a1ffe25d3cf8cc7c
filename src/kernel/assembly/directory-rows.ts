// Records of the cardholder base to records of the directory. The database sends them many at once, each behind its person: see
// directory/directory-block.ts. Rows whose name or account is not plain are left to the careful path (directory/left-row.ts),
// one by one and in order.

import { allDigits, areDigits, numberOf } from './digits';
import { announce, askForSlots, GROUP_ROWS, keepImage, keepsImage, putRecord } from './directory-slots';
import { finishHigh, finishLow, SEED_HIGH, SEED_LOW, stepHigh, stepLow } from './hash';
import {
  ACCOUNT_LENGTH_SHIFT,
  ACCOUNT_STATE_SHIFT,
  CARD_STATE_SHIFT,
  DECEASED,
  LONG_ACCOUNT,
  OTHER_KIND,
  REGION_BITS,
  REMOVED,
  UNUSUAL_NAME,
} from './layout';
import {
  accountBytesOf,
  bankOf,
  dayAt,
  NO_DATE,
  nameBytesOf,
  RECORD_ACCOUNT_STATE_MASK,
  RECORD_ACCOUNT_STATE_SHIFT,
  RECORD_CARD_NUMBER_BYTES,
  RECORD_CARD_STATE_MASK,
  RECORD_DECEASED,
  RECORD_DIED_ON,
  RECORD_FINGERPRINT,
  RECORD_HEAD_BYTES,
  RECORD_REMOVED,
  RECORD_UPDATED_ON,
  recordEnd,
  regionOf,
  statesOf,
} from './packed-record';
import { GBK_HANZI_TO, hanziAt, isHanzi, MIDDLE_DOT } from './text';

/** Why putRows came back. */
export const ROWS_AT_END: i32 = 0;
/** The row at hand (rowFrom and so on) waits for putLeftRow. */
export const ROWS_AT_LEFT: i32 = 1;
/** The directory was made for fewer people. */
export const ROWS_FULL: i32 = 2;
/** A record is malformed. */
export const ROWS_BROKEN: i32 = 3;

const BILLION: i64 = 1000000000;
const PERSON_BYTES: usize = 8;
const PLAIN_ACCOUNT_DIGITS: usize = 19;
const USUAL_NAME_MIN: i32 = 2;
const USUAL_NAME_MAX: i32 = 10;

// Of the block at hand: the record that comes next, and where the group's and all records end.
let record: usize = 0;
let groupEnd: usize = 0;
let blockEnd: usize = 0;
/** Rows of the group that were put in, and of the block. */
let nth: i32 = 0;
export let rowsPut: i32 = 0;

// The row at hand: its name from rowFrom, its account from rowMiddle.
export let rowFrom: usize = 0;
export let rowMiddle: usize = 0;
export let rowTo: usize = 0;
let nameLow: u32 = 0;
let nameHigh: u32 = 0;
let accountLow: u32 = 0;
let accountHigh: u32 = 0;

export function beginRows(from: usize, to: usize): void {
  record = from;
  groupEnd = from;
  blockEnd = to;
  rowsPut = 0;
}

/** Puts rows in until something stops it; answers with what did. */
export function putRows(): i32 {
  while (record < blockEnd) {
    if (record === groupEnd && !announceGroup()) return ROWS_BROKEN;
    while (record < groupEnd) {
      const head = record + PERSON_BYTES;
      rowFrom = head + RECORD_HEAD_BYTES;
      rowMiddle = rowFrom + nameBytesOf(head);
      rowTo = rowMiddle + accountBytesOf(head);
      const name = nameFlags();
      const account = accountFlags();
      if (name < 0 || account < 0) return ROWS_AT_LEFT;
      if (!putRow(nameLow, nameHigh, accountLow, accountHigh, name | account)) return ROWS_FULL;
    }
  }
  return ROWS_AT_END;
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

/** False when a record of the next group is malformed. Resident numbers are positive, serials of other identifiers negative. */
function announceGroup(): bool {
  let at = record;
  nth = 0;
  let count = 0;
  for (; count < GROUP_ROWS && at < blockEnd; count++) {
    // A person that is cut is read beyond the block, where the memory has bytes, and its record is not there.
    const person: i64 = bswap<i64>(load<i64>(at));
    at = recordEnd(at + PERSON_BYTES, blockEnd);
    if (at === 0) return false;
    if (person < 0) announce(count, OTHER_KIND, <u32>-person);
    else {
      // A product of doubles may be off by one; the true rest lies in 0 to 999,999,999.
      let first = <i64>(<f64>person * 1e-9);
      const rest = person - first * BILLION;
      if (rest < 0) first--;
      else if (rest >= BILLION) first++;
      announce(count, <u32>first, <u32>(person - first * BILLION));
    }
  }
  groupEnd = at;
  askForSlots(count);
  return true;
}

function putRow(ofNameLow: u32, ofNameHigh: u32, ofAccountLow: u32, ofAccountHigh: u32, read: u32): bool {
  const head = record + PERSON_BYTES;
  const states = statesOf(head);
  let flags = read | bankOf(head) | ((<u32>(rowTo - rowMiddle)) << ACCOUNT_LENGTH_SHIFT);
  let regionAndMonth = regionOf(head);
  if (states !== 0) {
    flags |= (states & RECORD_CARD_STATE_MASK) << CARD_STATE_SHIFT;
    flags |= ((states >> RECORD_ACCOUNT_STATE_SHIFT) & RECORD_ACCOUNT_STATE_MASK) << ACCOUNT_STATE_SHIFT;
    if (states & RECORD_REMOVED) flags |= REMOVED;
    if (states & RECORD_DECEASED) {
      flags |= DECEASED;
      const died = dayAt(head, RECORD_DIED_ON);
      if (died !== NO_DATE) regionAndMonth |= monthOfDay(died) << REGION_BITS;
    }
  }
  const slot = putRecord(nth, ofNameLow, ofNameHigh, ofAccountLow, ofAccountHigh, flags, regionAndMonth);
  if (slot < 0) return false;
  if (keepsImage()) {
    const updated = dayAt(head, RECORD_UPDATED_ON);
    keepImage(slot, bswap<u64>(load<u64>(head + RECORD_FINGERPRINT)), updated === NO_DATE ? 0 : updated);
  }
  record = rowTo + <usize>load<u8>(head + RECORD_CARD_NUMBER_BYTES);
  nth++;
  rowsPut++;
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
 * Month of a day since 1970-01-01, as deathMonth of directory/layout.ts. Days are counted from 0000-03-01 in eras of 400 years
 * (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days).
 */
function monthOfDay(day: i32): u32 {
  const shifted: i64 = <i64>day + 719468;
  const era: i64 = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
  const dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
  const monthFromMarch = (5 * dayOfYear + 2) / 153;
  const months = (era * 400 + yearOfEra - 1900) * 12 + monthFromMarch + 3;
  return <u32>max<i64>(1, min<i64>(months, 4095));
}
