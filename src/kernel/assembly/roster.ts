// The lines of a roster: bytes to payment rows, finding rows and sums, without a string. Only what can be proven is judged here: a
// plain line of somebody whom the base has. Every other line is left to the careful path (roster/check-line.ts), which says the
// same of all lines; a property test feeds both the same ugly ones.

import { cutLines, groupCount, lineEnd, lineStart } from './lines';
import { judge } from './roster-judge';
import { readGroup } from './roster-people';
import { hasRoom, setChunkStart } from './roster-rows';
import { areGroupsFull } from './roster-sums';

/** Why checkLines came back. */
export const STOPPED_AT_END: i32 = 0;
/** The line at stoppedFrom is cut into as many fields as it must have, and left to the careful path. */
export const STOPPED_AT_LINE: i32 = 1;
/** What begins at stoppedNext is no plain line. */
export const STOPPED_AT_RECORD: i32 = 2;
/** What was written must be taken away first. */
export const STOPPED_FULL: i32 = 3;

export let stoppedFrom: usize = 0;
export let stoppedTo: usize = 0;
/** Where the next line begins, and its number. */
export let stoppedNext: usize = 0;
export let stoppedLine: i32 = 0;

/** Longer lines are rare, and would need more room. */
const LINE_BYTES_MAX: usize = 8192;
// The group of lines at hand, and which of them comes next.
let groupFrom: usize = 0;
let groupNext: usize = 0;
let nth: i32 = 0;
let isCut: bool = false;

/** Before the first line of a chunk. */
export function beginRoster(from: usize): void {
  setChunkStart(from);
  isCut = false;
}

/** Judges lines from `from`, the first of which is number `line`, until something stops it; answers with what did. */
export function checkLines(from: usize, end: usize, line: i32): i32 {
  if (!isCut || from !== groupFrom) {
    groupNext = from;
    groupFrom = from;
    nth = groupCount;
    isCut = true;
  }
  let number = line;
  while (nth < groupCount || groupFrom < end) {
    if (nth === groupCount) {
      groupNext = cutLines(groupFrom, end);
      nth = 0;
      if (groupCount === 0) {
        isCut = false;
        return stop(STOPPED_AT_RECORD, groupFrom, number);
      }
      readGroup();
    }
    for (; nth < groupCount; nth++, number++) {
      const start = lineStart(nth);
      const length = lineEnd(nth) - start;
      if (!hasRoom(min(length, LINE_BYTES_MAX)) || areGroupsFull()) {
        groupFrom = start;
        return stop(STOPPED_FULL, start, number);
      }
      if (length <= LINE_BYTES_MAX && judge(nth, number)) continue;
      stoppedFrom = start;
      stoppedTo = lineEnd(nth);
      nth++;
      groupFrom = nth === groupCount ? groupNext : lineStart(nth);
      return stop(STOPPED_AT_LINE, groupFrom, number + 1);
    }
    groupFrom = groupNext;
  }
  return stop(STOPPED_AT_END, groupFrom, number);
}

function stop(why: i32, next: usize, line: i32): i32 {
  stoppedNext = next;
  stoppedLine = line;
  return why;
}
