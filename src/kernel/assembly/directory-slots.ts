// The slots of a directory while it is built. Records come in groups, so that memory fetches their slots side by side: one by
// one, waiting for it was half of the time.

import { homeSlot } from './hash';
import { REMOVED, SLOT_BYTES } from './layout';

export const GROUP_ROWS: i32 = 32;
/** Of each record of the group: key words and home slot, 4 bytes each. */
const KEY_BYTES: usize = 12;

export let slotsAt: usize = 0;
export let slotCount: i32 = 0;
/** By slot: fingerprint (8 bytes) and day of update (4 bytes); 0 where nobody asked for them. */
let fingerprints: usize = 0;
let updateDays: usize = 0;
let keys: usize = 0;
let used: i32 = 0;
export let people: i32 = 0;
/** Keeps the compiler from leaving out what is read ahead. */
export let slotsTouched: u32 = 0;

/** `keysAt` holds KEY_BYTES for each row of a group. */
export function setDirectorySlots(
  at: usize,
  count: i32,
  keysAt: usize,
  fingerprintsAt: usize,
  updateDaysAt: usize,
): void {
  slotsAt = at;
  slotCount = count;
  keys = keysAt;
  fingerprints = fingerprintsAt;
  updateDays = updateDaysAt;
}

/** Says whose the nth record of the group is. */
export function announce(nth: i32, a: u32, b: u32): void {
  const key = keys + KEY_BYTES * <usize>nth;
  store<u32>(key, a);
  store<u32>(key + 4, b);
  store<i32>(key + 8, homeSlot(a, b, slotCount));
}

/** Asks memory for where the group's records will go: a loop so short that the processor runs ahead over all of it. */
export function askForSlots(count: i32): void {
  let sum: u32 = 0;
  for (let nth = 0; nth < count; nth++) {
    sum ^= load<u32>(slotsAt + SLOT_BYTES * load<u32>(keys + KEY_BYTES * <usize>nth, 8));
  }
  if (fingerprints !== 0) {
    for (let nth = 0; nth < count; nth++) {
      const home: usize = load<u32>(keys + KEY_BYTES * <usize>nth, 8);
      sum ^= load<u32>(fingerprints + 8 * home) ^ load<u32>(updateDays + 4 * home);
    }
  }
  slotsTouched ^= sum;
}

/**
 * Puts the nth record of the group in, over an earlier one of the same person. Answers with its slot, or -1 when there is no
 * room.
 */
export function putRecord(
  nth: i32,
  nameLow: u32,
  nameHigh: u32,
  accountLow: u32,
  accountHigh: u32,
  flags: u32,
  place: u32,
): i32 {
  const key = keys + KEY_BYTES * <usize>nth;
  const a = load<u32>(key);
  const b = load<u32>(key + 4);
  let slot = load<i32>(key + 8);
  let at = slotsAt + SLOT_BYTES * <usize>slot;
  while (load<u32>(at) !== 0 && (load<u32>(at) !== a || load<u32>(at + 4) !== b)) {
    slot = slot + 1 === slotCount ? 0 : slot + 1;
    at = slotsAt + SLOT_BYTES * <usize>slot;
  }
  if (load<u32>(at) === 0) {
    // The last slot stays empty, or a look-up of somebody unknown would never end.
    if (used + 1 >= slotCount) return -1;
    used++;
    people++;
  } else if (load<u32>(at + 24) & REMOVED) people++;
  if (flags & REMOVED) people--;
  store<u32>(at, a);
  store<u32>(at + 4, b);
  store<u32>(at + 8, nameLow);
  store<u32>(at + 12, nameHigh);
  store<u32>(at + 16, accountLow);
  store<u32>(at + 20, accountHigh);
  store<u32>(at + 24, flags);
  store<u32>(at + 28, place);
  return slot;
}

export function keepsImage(): bool {
  return fingerprints !== 0;
}

export function keepImage(slot: i32, fingerprint: u64, updateDay: i32): void {
  store<u64>(fingerprints + 8 * <usize>slot, fingerprint);
  store<i32>(updateDays + 4 * <usize>slot, updateDay);
}
