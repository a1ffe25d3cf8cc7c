// The people whom the lines of a group name: IDs read and slots found, for all lines of the group side by side.

import { homeSlot } from './hash';
import { REMOVED, SLOT_BYTES } from './layout';
import { endOf, groupCount, startOf } from './lines';
import { ID_OTHER, idA, idB, RESIDENT_ID_BYTES, readResidentId } from './resident-id';
import { directory, idColumn, seen, seenHere, slots } from './roster-base';

const PERSON_BYTES: usize = 16;

/** Of each line of the group, 16 bytes: key words of an ID that has the shape, home slot, and what resident-id.ts says of the ID. */
let ids: usize = 0;
/** Keeps the compiler from leaving out what is read ahead. */
export let touched: u32 = 0;

export function setRosterPeople(idsAt: usize): void {
  ids = idsAt;
}

/**
 * Reads the group's IDs, then touches all that is looked up by person, so that memory fetches it side by side: waiting for it line by
 * line was a quarter of the time against 5,000,000 cardholders. The touching is a loop of its own, because a processor looks only some
 * hundred instructions ahead.
 */
export function readGroup(): void {
  for (let index = 0; index < groupCount; index++) {
    const at = ids + PERSON_BYTES * <usize>index;
    const from = startOf(index, idColumn);
    const kind = endOf(index, idColumn) - from === RESIDENT_ID_BYTES ? readResidentId(from) : ID_OTHER;
    store<i32>(at + 12, kind);
    // Nobody's: what is touched for it is looked at by no one.
    store<i32>(at + 8, 0);
    if (kind === ID_OTHER) continue;
    store<i32>(at, idA);
    store<i32>(at + 4, idB);
    store<i32>(at + 8, homeSlot(idA, idB, slots));
  }
  touchGroup();
}

function touchGroup(): void {
  let sum: u32 = 0;
  const to = ids + PERSON_BYTES * <usize>groupCount;
  for (let at = ids; at < to; at += PERSON_BYTES) {
    const home = <usize>load<u32>(at + 8);
    const slot = directory + home * SLOT_BYTES;
    const word: usize = 4 * (home >> 5);
    sum ^=
      load<u32>(slot) ^
      load<u32>(slot + 2 * SLOT_BYTES) ^
      load<u32>(seen + word) ^
      load<u32>(seenHere + word);
  }
  touched ^= sum;
}

export function firstWord(nth: i32): i32 {
  return load<i32>(ids + PERSON_BYTES * <usize>nth);
}

export function secondWord(nth: i32): i32 {
  return load<i32>(ids + PERSON_BYTES * <usize>nth + 4);
}

export function idKind(nth: i32): i32 {
  return load<i32>(ids + PERSON_BYTES * <usize>nth + 12);
}

/** Slot of the person whom the nth line names by a right ID, or -1. People who were removed from the base are not found. */
export function findPerson(nth: i32): i32 {
  const a = firstWord(nth);
  const b = secondWord(nth);
  let slot = load<i32>(ids + PERSON_BYTES * <usize>nth + 8);
  let at = directory + <usize>slot * SLOT_BYTES;
  while (load<i32>(at) !== 0) {
    if (load<i32>(at) === a && load<i32>(at + 4) === b) return load<u32>(at + 24) & REMOVED ? -1 : slot;
    slot = slot + 1 === slots ? 0 : slot + 1;
    at = directory + <usize>slot * SLOT_BYTES;
  }
  return -1;
}

/** As the database keeps a person: see directory/person-key.ts. */
export function personNumber(nth: i32): u64 {
  return <u64>firstWord(nth) * 1000000000 + <u64>secondWord(nth);
}

export function isSeen(slot: i32): bool {
  const word: usize = 4 * (<usize>slot >> 5);
  return ((load<u32>(seen + word) | load<u32>(seenHere + word)) & (1 << (slot & 31))) !== 0;
}

export function setSeen(slot: i32): void {
  const word = seenHere + 4 * (<usize>slot >> 5);
  store<u32>(word, load<u32>(word) | (1 << (slot & 31)));
}
