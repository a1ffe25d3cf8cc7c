// Going over the lines of a chunk group by group, and where that stopped: what the loops of a roster and of a cardholder file share.

import { cutLines, groupCount, lineEnd, lineStart } from './lines';

/** Why a loop came back. */
export const STOPPED_AT_END: i32 = 0;
/** The line at stoppedFrom is cut into as many fields as it must have, and left to the careful path. */
export const STOPPED_AT_LINE: i32 = 1;
/** What begins at stoppedNext is no plain line. */
export const STOPPED_AT_RECORD: i32 = 2;
/** What was written must be taken away first. */
export const STOPPED_FULL: i32 = 3;

/** Longer lines are rare, and would need more room. */
export const LINE_BYTES_MAX: usize = 8192;

export let stoppedFrom: usize = 0;
export let stoppedTo: usize = 0;
/** Where the next line begins, and its number. */
export let stoppedNext: usize = 0;
export let stoppedLine: i32 = 0;

// The group of lines at hand, and which of them comes next.
let groupFrom: usize = 0;
let groupNext: usize = 0;
let nextOfGroup: i32 = 0;
let isCut: bool = false;

/** Before the first line of a chunk. */
export function beginLines(): void {
  isCut = false;
}

/** Goes on at `from`; answers with the line's place in the group at hand, or groupCount when a group must be cut first. */
export function goOn(from: usize): i32 {
  if (isCut && from === groupFrom) return nextOfGroup;
  groupFrom = from;
  groupNext = from;
  return groupCount;
}

/** Cuts the group behind the one at hand. False at the end, and before what is no plain line. */
export function cutGroup(end: usize): bool {
  groupFrom = groupNext;
  isCut = false;
  if (groupFrom >= end) return false;
  groupNext = cutLines(groupFrom, end);
  isCut = groupCount > 0;
  return isCut;
}

/** Where the line stands that no group could be cut before; the end when none is left. */
export function leftAt(): usize {
  return groupFrom;
}

/** It was judged by itself: groups go on at `next`. */
export function passLeft(next: usize): void {
  groupNext = next;
}

/** It comes again, as line number `line`, when there is room. */
export function stopFullAtLeft(line: i32): i32 {
  return stop(STOPPED_FULL, groupFrom, line);
}

/** No group could be cut. */
export function stopBehind(end: usize, line: i32): i32 {
  return stop(groupFrom < end ? STOPPED_AT_RECORD : STOPPED_AT_END, groupFrom, line);
}

/** The nth line of the group, number `line`, comes again when there is room. */
export function stopFull(nth: i32, line: i32): i32 {
  nextOfGroup = nth;
  groupFrom = lineStart(nth);
  return stop(STOPPED_FULL, groupFrom, line);
}

/** The nth line of the group, number `line`, is left to the careful path. */
export function stopAtLine(nth: i32, line: i32): i32 {
  stoppedFrom = lineStart(nth);
  stoppedTo = lineEnd(nth);
  nextOfGroup = nth + 1;
  groupFrom = nextOfGroup === groupCount ? groupNext : lineStart(nextOfGroup);
  return stop(STOPPED_AT_LINE, groupFrom, line + 1);
}

function stop(why: i32, next: usize, line: i32): i32 {
  stoppedNext = next;
  stoppedLine = line;
  return why;
}
