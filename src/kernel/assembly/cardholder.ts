// The rows of a cardholder file: bytes to COPY rows and the row table, without a string. Only rows of the plain kind are taken
// (resident ID, hanzi name, states and dates as everybody writes them). Every other row is left to the careful path
// (cardholder/check-row.ts), which says the same of all rows; a property test feeds both the same ugly ones.

import { directory, prints, updates } from './cardholder-file';
import { readGroup, slotOf } from './cardholder-people';
import { enterRow, hasRoom, putRow } from './cardholder-rows';
import { printHigh, printLow, readRow, updatedOn } from './cardholder-values';
import { NO_DAY } from './dates';
import { beginLines, cutGroup, goOn, LINE_BYTES_MAX, stopAtLine, stopBehind, stopFull } from './line-walk';
import { groupCount, lineEnd, lineStart } from './lines';

// What a row is against the base: cardholder/row-table.ts.
const ROW_NEW: u32 = 0;
const ROW_CHANGED: u32 = 1;
const ROW_UNCHANGED: u32 = 2;
const ROW_STALE: u32 = 3;

/** Before the first row of a chunk. */
export function beginCardholders(): void {
  beginLines();
}

/** Takes rows from `from`, the first of which is line `line`, until something stops it; answers with what did. */
export function checkRows(from: usize, end: usize, line: i32): i32 {
  let nth = goOn(from);
  let number = line;
  let isLeft = true;
  while (isLeft) {
    for (; nth < groupCount; nth++, number++) {
      const length = lineEnd(nth) - lineStart(nth);
      if (!hasRoom(min(length, LINE_BYTES_MAX))) return stopFull(nth, number);
      if (length > LINE_BYTES_MAX || !readRow(nth)) return stopAtLine(nth, number);
      const slot = slotOf(nth);
      const kind = compareWithBase(slot);
      if (kind === ROW_NEW || kind === ROW_CHANGED) putRow(nth);
      enterRow(nth, number, kind, slot);
    }
    isLeft = cutGroup(end);
    nth = 0;
    if (isLeft) readGroup();
  }
  return stopBehind(end, number);
}

function compareWithBase(slot: i32): u32 {
  if (directory === 0 || slot < 0) return ROW_NEW;
  const print = prints + 8 * <usize>slot;
  if (load<u32>(print) === printLow && load<u32>(print + 4) === printHigh) return ROW_UNCHANGED;
  const known = load<i32>(updates + 4 * <usize>slot);
  return updatedOn !== NO_DAY && known !== 0 && updatedOn < known ? ROW_STALE : ROW_CHANGED;
}
