// Whom the rows of a group name, and what the base has of them: read and found for all rows of the group side by side.

import { directory, idColumn, prints, slots, updates } from './cardholder-file';
import { homeSlot } from './hash';
import { REMOVED, SLOT_BYTES } from './layout';
import { endOf, groupCount, startOf } from './lines';
import { ID_RIGHT, idA, idB, RESIDENT_ID_BYTES, readResidentId } from './resident-id';

/** Of each row of the group, 12 bytes: key words (the first 0 when the ID is not right) and slot, -1 for none. */
const PERSON_BYTES: usize = 12;
let people: usize = 0;
/** Keeps the compiler from leaving out what is read ahead. */
export let touchedRows: u32 = 0;

export function setCardholderPeople(peopleAt: usize): void {
  people = peopleAt;
}

/**
 * Reads the group's IDs and finds their people; what is compared is touched first, so that memory fetches it side by side, in loops so
 * short that the processor runs ahead over all of them.
 */
export function readGroup(): void {
  for (let index = 0; index < groupCount; index++) {
    const at = people + PERSON_BYTES * <usize>index;
    const from = startOf(index, idColumn);
    const isId = endOf(index, idColumn) - from === RESIDENT_ID_BYTES && readResidentId(from) === ID_RIGHT;
    store<i32>(at, isId ? idA : 0);
    store<i32>(at + 4, idB);
    store<i32>(at + 8, isId && directory !== 0 ? homeSlot(idA, idB, slots) : -1);
  }
  if (directory === 0) return;
  touchHomes();
  findGroup();
}

function touchHomes(): void {
  let sum: u32 = 0;
  for (let index = 0; index < groupCount; index++) {
    const home = max(0, load<i32>(people + PERSON_BYTES * <usize>index + 8));
    sum ^= load<u32>(directory + <usize>home * SLOT_BYTES);
  }
  touchedRows ^= sum;
}

function findGroup(): void {
  let sum: u32 = 0;
  for (let index = 0; index < groupCount; index++) {
    const at = people + PERSON_BYTES * <usize>index;
    if (load<i32>(at) === 0) continue;
    const slot = find(load<i32>(at), load<i32>(at + 4), load<i32>(at + 8));
    store<i32>(at + 8, slot);
    if (slot >= 0) sum ^= load<u32>(prints + 8 * <usize>slot) ^ load<u32>(updates + 4 * <usize>slot);
  }
  touchedRows ^= sum;
}

/** People who were removed from the base are not found. */
function find(a: i32, b: i32, home: i32): i32 {
  let slot = home;
  let at = directory + <usize>slot * SLOT_BYTES;
  while (load<i32>(at) !== 0) {
    if (load<i32>(at) === a && load<i32>(at + 4) === b) return load<u32>(at + 24) & REMOVED ? -1 : slot;
    slot = slot + 1 === slots ? 0 : slot + 1;
    at = directory + <usize>slot * SLOT_BYTES;
  }
  return -1;
}

export function firstWord(nth: i32): i32 {
  return load<i32>(people + PERSON_BYTES * <usize>nth);
}

export function secondWord(nth: i32): i32 {
  return load<i32>(people + PERSON_BYTES * <usize>nth + 4);
}

/** Slot of the person, or -1 for somebody whom the base has not. */
export function slotOf(nth: i32): i32 {
  return load<i32>(people + PERSON_BYTES * <usize>nth + 8);
}
