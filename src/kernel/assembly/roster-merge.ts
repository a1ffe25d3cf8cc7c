// The line table of a chunk, walked when the chunks are put in order: see roster/merge-chunk.ts and roster/check-chunk.ts.

const TABLE_BYTES: usize = 24;
const SLOT_DUPLICATE: u32 = 0x40000000;
const SLOT_DEFERRED: u32 = 0x80000000;
const SLOT_MASK: u32 = 0x3fffffff;

/**
 * Notes the people of the entries from `first` on as seen, up to the first that must be judged again: one that waits for the base's
 * spelling, or whose person an earlier chunk has. Answers with its number, or with `count`.
 */
export function mergeLines(table: usize, first: i32, count: i32, seen: usize): i32 {
  let nth = first;
  for (; nth < count; nth++) {
    const word = load<u32>(table + TABLE_BYTES * <usize>nth);
    if (word & SLOT_DEFERRED) break;
    const slot = (word & SLOT_MASK) - 1;
    if (slot === 0xffffffff) continue;
    const at = seen + 4 * (<usize>slot >> 5);
    const bits = load<u32>(at);
    const bit: u32 = 1 << (slot & 31);
    if (bits & bit && !(word & SLOT_DUPLICATE)) break;
    store<u32>(at, bits | bit);
  }
  return nth;
}

/** Clears what the people of a table set in the thread's own bits. */
export function forgetLines(table: usize, count: i32, seenHere: usize): void {
  for (let nth = 0; nth < count; nth++) {
    const slot = (load<u32>(table + TABLE_BYTES * <usize>nth) & SLOT_MASK) - 1;
    if (slot !== 0xffffffff) store<u32>(seenHere + 4 * (<usize>slot >> 5), 0);
  }
}
