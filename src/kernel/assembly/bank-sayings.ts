// What a bank says of a row (its status, its code, its text), known by the bytes of the fields. What they mean is told from
// outside when they are seen for the first time: a bank says few different things.

import { areEqual, hashBytes } from './bytes';

/** Kinds of what is said, at most. */
const KINDS_MAX: i32 = 512;
const SLOTS: usize = 2048;
const NOTHING: usize = 0;
const SAID_BYTES: usize = 12;
/** Of an entry, before its fields. */
const HEAD_BYTES: usize = 16;

/** The fields that say something of the row at hand: which, start and end, 4 bytes each. */
let said: usize = 0;
let saidCount: i32 = 0;
/** Addresses of entries, by hash; open addressing. */
let table: usize = 0;
/** Entries one after another: hash 8, kind 4, count of fields 4, then which field 4, its length 4 and its bytes. */
let entries: usize = 0;
let entriesTo: usize = 0;
let entriesEnd: usize = 0;
/** The entry of the row before: most rows say the same. */
let last: usize = NOTHING;
let pendingHash: u64 = 0;
/** By kind: rows, rows without an amount, and the fen of the others. */
let counts: usize = 0;
let bareCounts: usize = 0;
let fenSums: usize = 0;

/** `tableAt` holds SLOTS words, the sums KINDS_MAX words or longs of zeros. */
export function setSayings(
  saidAt: usize,
  tableAt: usize,
  entriesFrom: usize,
  entriesUntil: usize,
  countsAt: usize,
  bareCountsAt: usize,
  fenSumsAt: usize,
): void {
  said = saidAt;
  table = tableAt;
  entries = entriesFrom;
  entriesEnd = entriesUntil;
  counts = countsAt;
  bareCounts = bareCountsAt;
  fenSums = fenSumsAt;
  forgetSayings();
}

export function forgetSayings(): void {
  memory.fill(table, 0, 4 * SLOTS);
  entriesTo = entries;
  last = NOTHING;
}

export function beginSaid(): void {
  saidCount = 0;
}

export function addSaid(field: u32, from: usize, to: usize): void {
  const at = said + SAID_BYTES * <usize>saidCount;
  store<u32>(at, field);
  store<u32>(at + 4, <u32>from);
  store<u32>(at + 8, <u32>to);
  saidCount++;
}

function saidField(index: i32): u32 {
  return load<u32>(said + SAID_BYTES * <usize>index);
}

function saidFrom(index: i32): usize {
  return load<u32>(said + SAID_BYTES * <usize>index + 4);
}

function saidTo(index: i32): usize {
  return load<u32>(said + SAID_BYTES * <usize>index + 8);
}

/** Kind of what the row at hand says, or -1 when nobody has said so before. */
export function kindOfSaid(): i32 {
  if (last !== NOTHING && isEntry(last)) return load<i32>(last + 8);
  let hash: u64 = saidCount;
  for (let index = 0; index < saidCount; index++)
    hash = hashBytes(hash ^ <u64>saidField(index), saidFrom(index), saidTo(index));
  let slot = <usize>hash & (SLOTS - 1);
  let entry: usize = load<u32>(table + 4 * slot);
  while (entry !== NOTHING) {
    if (load<u64>(entry) === hash && isEntry(entry)) {
      last = entry;
      return load<i32>(entry + 8);
    }
    slot = (slot + 1) & (SLOTS - 1);
    entry = load<u32>(table + 4 * slot);
  }
  pendingHash = hash;
  return -1;
}

function isEntry(entry: usize): bool {
  if (load<i32>(entry + 12) !== saidCount) return false;
  let at = entry + HEAD_BYTES;
  for (let index = 0; index < saidCount; index++) {
    const from = saidFrom(index);
    const length = saidTo(index) - from;
    if (load<u32>(at) !== saidField(index) || load<u32>(at + 4) !== <u32>length) return false;
    if (!areEqual(at + 8, from, length)) return false;
    at += 8 + length;
  }
  return true;
}

/** What the row at hand says, and kindOfSaid did not know, is of this kind. The row's bytes must still be there. */
export function learnSaid(kind: i32): void {
  let size = HEAD_BYTES;
  for (let index = 0; index < saidCount; index++) size += 8 + saidTo(index) - saidFrom(index);
  if (kind >= KINDS_MAX || entriesTo + size + 8 > entriesEnd) return;
  let slot = <usize>pendingHash & (SLOTS - 1);
  while (load<u32>(table + 4 * slot) !== <u32>NOTHING) slot = (slot + 1) & (SLOTS - 1);
  store<u32>(table + 4 * slot, <u32>entriesTo);
  store<u64>(entriesTo, pendingHash);
  store<i32>(entriesTo + 8, kind);
  store<i32>(entriesTo + 12, saidCount);
  let at = entriesTo + HEAD_BYTES;
  for (let index = 0; index < saidCount; index++) {
    const from = saidFrom(index);
    const length = saidTo(index) - from;
    store<u32>(at, saidField(index));
    store<u32>(at + 4, <u32>length);
    memory.copy(at + 8, from, length);
    at += 8 + length;
  }
  last = entriesTo;
  entriesTo += (size + 7) & ~(<usize>7);
}

/** Counts a row of this kind; no amount is below zero. */
export function countRow(kind: i32, fen: i64): void {
  const count = counts + 4 * <usize>kind;
  store<u32>(count, load<u32>(count) + 1);
  if (fen < 0) {
    const bare = bareCounts + 4 * <usize>kind;
    store<u32>(bare, load<u32>(bare) + 1);
    return;
  }
  const sum = fenSums + 8 * <usize>kind;
  store<i64>(sum, load<i64>(sum) + fen);
}
