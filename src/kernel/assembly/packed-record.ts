// A cardholder's record as the base holds it: the numbers of directory/packed-record.ts, and how a record is walked over.

export const RECORD_REGION: usize = 1;
export const RECORD_BANK: usize = 4;
export const RECORD_DIED_ON: usize = 6;
export const RECORD_UPDATED_ON: usize = 10;
export const RECORD_FINGERPRINT: usize = 14;
export const RECORD_ACCOUNT_BYTES: usize = 22;
export const RECORD_CARD_NUMBER_BYTES: usize = 23;
export const RECORD_NAME_BYTES: usize = 24;
export const RECORD_HEAD_BYTES: usize = 28;

export const RECORD_CARD_STATE_MASK: u32 = 7;
export const RECORD_ACCOUNT_STATE_SHIFT: u32 = 3;
export const RECORD_ACCOUNT_STATE_MASK: u32 = 3;
export const RECORD_DECEASED: u32 = 32;
export const RECORD_REMOVED: u32 = 64;
export const NO_DATE: i32 = i32.MIN_VALUE;

const STATES_END: u32 = 128;
const CARD_STATES: u32 = 5;
const REGION_MIN: u32 = 100000;
const REGION_MAX: u32 = 999999;
const BANK_MIN: u32 = 100;
const BANK_MAX: u32 = 999;
const ACCOUNT_MIN: u32 = 6;
const ACCOUNT_MAX: u32 = 32;

export function statesOf(record: usize): u32 {
  return load<u8>(record);
}

export function regionOf(record: usize): u32 {
  return bswap<u32>(load<u32>(record)) & 0xffffff;
}

export function bankOf(record: usize): u32 {
  return bswap<u16>(load<u16>(record + RECORD_BANK));
}

/** NO_DATE for none. */
export function dayAt(record: usize, place: usize): i32 {
  return bswap<i32>(load<i32>(record + place));
}

export function accountBytesOf(record: usize): usize {
  return load<u8>(record + RECORD_ACCOUNT_BYTES);
}

export function nameBytesOf(record: usize): usize {
  return bswap<u32>(load<u32>(record + RECORD_NAME_BYTES));
}

/**
 * The end of the record at hand, or 0 when it is malformed: not whole before `end`, or with a number that no cardholder has. The table's
 * own CHECK is no more than a length, because COPY would take a quarter longer for the lengths alone.
 */
export function recordEnd(record: usize, end: usize): usize {
  if (end < record + RECORD_HEAD_BYTES) return 0;
  const states = statesOf(record);
  const region = regionOf(record);
  const bank = bankOf(record);
  const account = <u32>accountBytesOf(record);
  const name = nameBytesOf(record);
  if (
    states >= STATES_END ||
    (states & RECORD_CARD_STATE_MASK) >= CARD_STATES ||
    region < REGION_MIN ||
    region > REGION_MAX ||
    bank < BANK_MIN ||
    bank > BANK_MAX ||
    account < ACCOUNT_MIN ||
    account > ACCOUNT_MAX ||
    name > end - record - RECORD_HEAD_BYTES
  )
    return 0;
  const cardNumber = <usize>load<u8>(record + RECORD_CARD_NUMBER_BYTES);
  const after = record + RECORD_HEAD_BYTES + name + <usize>account + cardNumber;
  return after <= end ? after : 0;
}
