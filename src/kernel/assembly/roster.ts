// The lines of a roster: bytes to payment rows, finding rows and sums, without a string. Only what can be proven is judged here: a
// plain line, and one that cannot be read. Every other line is left to the careful path (roster/check-line.ts), which says the same of
// all lines; a property test feeds both the same ugly ones.

import {
  beginLines,
  cutGroup,
  goOn,
  LINE_BYTES_MAX,
  leftAt,
  passLeft,
  stopAtLine,
  stopBehind,
  stopFull,
  stopFullAtLeft,
} from './line-walk';
import { groupCount, lineEnd, lineStart } from './lines';
import { judge } from './roster-judge';
import { readGroup } from './roster-people';
import { hasRoom, setChunkStart } from './roster-rows';
import { areGroupsFull } from './roster-sums';
import { judgeUnreadable, refuseUnreadable } from './roster-unreadable';

/** Before the first line of a chunk. */
export function beginRoster(from: usize): void {
  setChunkStart(from);
  beginLines();
}

/** Judges lines from `from`, the first of which is number `line`, until something stops it; answers with what did. */
export function checkLines(from: usize, end: usize, line: i32): i32 {
  let nth = goOn(from);
  let number = line;
  let isLeft = true;
  while (isLeft) {
    for (; nth < groupCount; nth++, number++) {
      const length = lineEnd(nth) - lineStart(nth);
      if (!hasRoom(min(length, LINE_BYTES_MAX)) || areGroupsFull()) return stopFull(nth, number);
      if (length > LINE_BYTES_MAX) return stopAtLine(nth, number);
      if (!judge(nth, number) && !refuseUnreadable(lineStart(nth), lineEnd(nth), number))
        return stopAtLine(nth, number);
    }
    isLeft = cutGroup(end);
    nth = 0;
    while (!isLeft && leftAt() < end) {
      if (!hasRoom(0)) return stopFullAtLeft(number);
      const next = judgeUnreadable(leftAt(), end, number);
      if (next === 0) return stopBehind(end, number);
      number++;
      passLeft(next);
      isLeft = cutGroup(end);
    }
    if (isLeft) readGroup();
  }
  return stopBehind(end, number);
}
