// The row tables of a cardholder file in order of line: who comes for the first time. Only plain cases are settled: people whom
// neither the base nor an earlier row has, and people of the base whose first row this is. Every other row is left to
// cardholder/merge-chunk.ts.

import { ENTRY_BYTES } from './cardholder-rows';
import { homeSlot } from './hash';

const ROW_NEW: u32 = 0;
const ROW_CHANGED: u32 = 1;
const ROW_UNCHANGED: u32 = 2;

/** Of a person in the table of cardholder/new-people.ts: key words and fingerprint. */
const PERSON_BYTES: usize = 16;
/** So many rows ask memory at once for what they will look up. */
const AHEAD: usize = 16;

let people: usize = 0;
let peopleSlots: i32 = 0;
let peopleMax: i32 = 0;
export let peopleUsed: i32 = 0;
/** One bit a slot of the directory: see cardholder/merge-chunk.ts. */
let present: usize = 0;
let taken: usize = 0;
/** AHEAD home slots. */
let homes: usize = 0;
export let newRows: i32 = 0;
export let changedRows: i32 = 0;
export let unchangedRows: i32 = 0;
/** Keeps the compiler from leaving out what is read ahead. */
export let touchedPeople: u32 = 0;

export function setMerge(presentAt: usize, takenAt: usize, homesAt: usize): void {
  present = presentAt;
  taken = takenAt;
  homes = homesAt;
}

/** The table holds `max` people before it must grow. */
export function setPeople(at: usize, slots: i32, used: i32, max: i32): void {
  people = at;
  peopleSlots = slots;
  peopleUsed = used;
  peopleMax = max;
}

/** Goes over entries from `from`; answers with the address of the first that it leaves, or `to`. Counts what it settled. */
export function mergeRows(from: usize, to: usize): usize {
  newRows = 0;
  changedRows = 0;
  unchangedRows = 0;
  for (let group = from; group < to; group += AHEAD * ENTRY_BYTES) {
    const end = min(to, group + AHEAD * ENTRY_BYTES);
    askAhead(group, end);
    let home = homes;
    for (let at = group; at < end; at += ENTRY_BYTES) {
      if (!settle(at, load<i32>(home))) return at;
      home += 4;
    }
  }
  return to;
}

/** Waiting row by row made the merging thread, which orders all others, the slowest of an import of 5,000,000. */
function askAhead(from: usize, to: usize): void {
  let sum: u32 = 0;
  let home = homes;
  for (let at = from; at < to; at += ENTRY_BYTES) {
    const slot = load<u32>(at + 4);
    if (slot === 0 || load<u32>(at) === ROW_CHANGED) {
      const place = homeSlot(load<u32>(at + 8), load<u32>(at + 12), peopleSlots);
      store<i32>(home, place);
      sum ^= load<u32>(people + PERSON_BYTES * <usize>place);
    }
    if (slot !== 0) sum ^= load<u32>(present + wordOf(slot - 1)) ^ load<u32>(taken + wordOf(slot - 1));
    home += 4;
  }
  touchedPeople ^= sum;
}

function settle(at: usize, home: i32): bool {
  const kind = load<u32>(at);
  const slot = load<u32>(at + 4);
  if (slot === 0) {
    if (kind !== ROW_NEW || !takeFirst(at, home)) return false;
    newRows++;
    return true;
  }
  const word = wordOf(slot - 1);
  const bit: u32 = 1 << ((slot - 1) & 31);
  if (load<u32>(taken + word) & bit) return false;
  if (kind === ROW_CHANGED && takeFirst(at, home)) changedRows++;
  else if (kind === ROW_UNCHANGED) unchangedRows++;
  else return false;
  store<u32>(present + word, load<u32>(present + word) | bit);
  store<u32>(taken + word, load<u32>(taken + word) | bit);
  return true;
}

/** Takes the person in, unless an earlier row did or the table is full. */
function takeFirst(at: usize, home: i32): bool {
  if (peopleUsed >= peopleMax) return false;
  const a = load<u32>(at + 8);
  const b = load<u32>(at + 12);
  let slot = home;
  let place = people + PERSON_BYTES * <usize>slot;
  while (load<u32>(place) !== 0) {
    if (load<u32>(place) === a && load<u32>(place + 4) === b) return false;
    slot = slot + 1 === peopleSlots ? 0 : slot + 1;
    place = people + PERSON_BYTES * <usize>slot;
  }
  v128.store(place, v128.load(at + 8));
  peopleUsed++;
  return true;
}

function wordOf(slot: u32): usize {
  return 4 * (<usize>slot >> 5);
}
