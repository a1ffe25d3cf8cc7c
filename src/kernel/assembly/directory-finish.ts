// What can be said of a cardholder only when all are in: that somebody else has the same account, and that nothing about the person
// can be a finding. A table of all accounts would be looked up 5,000,000 times in memory that no cache holds; instead two small
// bitmaps say which accounts may repeat, and only those, a few in a hundred, are compared.

import { slotsAt, slotsTouched } from './directory-slots';
import { homeSlot } from './hash';
import {
  ACCOUNT_LENGTH_MASK,
  ACCOUNT_LENGTH_SHIFT,
  ACCOUNT_STATE_MASK,
  ACCOUNT_STATE_SHIFT,
  CARD_STATE_MASK,
  CARD_STATE_SHIFT,
  CLEAN,
  DECEASED,
  IRREGULAR_NAME,
  LONG_ACCOUNT,
  OTHER_KIND,
  REMOVED,
  SHARED_ACCOUNT,
  SLOT_BYTES,
  UNUSUAL_NAME,
} from './layout';

/** Slots whose bits are asked of memory at once: they lie all over the bitmap. */
const GROUP_SLOTS: i32 = 16;
const CARD_REPLACED: u32 = 3;
const REFUSED: u32 = DECEASED | SHARED_ACCOUNT | REMOVED | IRREGULAR_NAME | LONG_ACCOUNT | UNUSUAL_NAME;
const COMPARED: u32 = (ACCOUNT_LENGTH_MASK << ACCOUNT_LENGTH_SHIFT) | LONG_ACCOUNT;

let once: usize = 0;
let twice: usize = 0;
let bitCount: i32 = 0;
/** Slots, counted from 1, of the first who has each account that may repeat. */
let table: usize = 0;
let tableSize: i32 = 0;
/** How often an account met a bit that was set already. */
export let repeats: i32 = 0;
let touched: u32 = 0;

/** Two bitmaps of so many bits, of zeros. */
export function setAccountBits(onceAt: usize, twiceAt: usize, bits: i32): void {
  once = onceAt;
  twice = twiceAt;
  bitCount = bits;
}

/** Words of zeros, more than there are repeats. */
export function setAccountTable(at: usize, size: i32): void {
  table = at;
  tableSize = size;
}

/** First pass, over a range of slots at a time. */
export function countRepeats(from: i32, to: i32): void {
  for (let group = from; group < to; group += GROUP_SLOTS) {
    const end = min(group + GROUP_SLOTS, to);
    touch(once, group, end);
    for (let slot = group; slot < end; slot++) {
      const at = slotsAt + SLOT_BYTES * <usize>slot;
      if (!counts(at)) continue;
      const bit = bitOf(at);
      const word: usize = 4 * (<usize>bit >> 5);
      const mask: u32 = 1 << (bit & 31);
      const bits = load<u32>(once + word);
      if (bits & mask) {
        store<u32>(twice + word, load<u32>(twice + word) | mask);
        repeats++;
      } else store<u32>(once + word, bits | mask);
    }
  }
}

/** Second pass: both are marked when two people have one account; who has nothing against them is clean. */
export function markSlots(from: i32, to: i32): void {
  for (let group = from; group < to; group += GROUP_SLOTS) {
    const end = min(group + GROUP_SLOTS, to);
    touch(twice, group, end);
    for (let slot = group; slot < end; slot++) {
      const at = slotsAt + SLOT_BYTES * <usize>slot;
      if (counts(at)) {
        const bit = bitOf(at);
        if (load<u32>(twice + 4 * (<usize>bit >> 5)) & (1 << (bit & 31))) markShared(slot, at);
      }
      markClean(at);
    }
  }
}

function markShared(slot: i32, at: usize): void {
  let probe = homeSlot(load<u32>(at + 16), load<u32>(at + 20), tableSize);
  for (let known = load<i32>(table + 4 * <usize>probe); known !== 0; ) {
    const other = slotsAt + SLOT_BYTES * <usize>(known - 1);
    if (load<u64>(other + 16) === load<u64>(at + 16) && !((load<u32>(other + 24) ^ load<u32>(at + 24)) & COMPARED)) {
      store<u32>(other + 24, (load<u32>(other + 24) | SHARED_ACCOUNT) & ~CLEAN);
      store<u32>(at + 24, load<u32>(at + 24) | SHARED_ACCOUNT);
      return;
    }
    probe = probe + 1 === tableSize ? 0 : probe + 1;
    known = load<i32>(table + 4 * <usize>probe);
  }
  store<i32>(table + 4 * <usize>probe, slot + 1);
}

function markClean(at: usize): void {
  const first = load<u32>(at);
  const flags = load<u32>(at + 24);
  if (first === 0 || first === OTHER_KIND || flags & REFUSED) return;
  const card = (flags >> CARD_STATE_SHIFT) & CARD_STATE_MASK;
  const account = (flags >> ACCOUNT_STATE_SHIFT) & ACCOUNT_STATE_MASK;
  if ((card === 0 || card === CARD_REPLACED) && account === 0) store<u32>(at + 24, flags | CLEAN);
}

/** Whether there is somebody who has an account. */
function counts(at: usize): bool {
  return load<u32>(at) !== 0 && (load<u32>(at + 24) & REMOVED) === 0;
}

function bitOf(at: usize): i32 {
  return homeSlot(load<u32>(at + 16), load<u32>(at + 20), bitCount);
}

function touch(bits: usize, from: i32, to: i32): void {
  for (let slot = from; slot < to; slot++) {
    const bit = bitOf(slotsAt + SLOT_BYTES * <usize>slot);
    touched ^= load<u32>(bits + 4 * (<usize>bit >> 5));
  }
}

/** What was read ahead is used: see slotsTouched. */
export function directoryTouched(): u32 {
  return touched ^ slotsTouched;
}
