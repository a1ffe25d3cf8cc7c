// Lines of a roster that cannot be read: other fields than the header has, bytes that are no text, a closing quote with more behind it.
// Only what can be proven of a line by itself is judged here, as codec/record-end.ts and codec/read-records.ts would; a record that
// may go over several lines, a totals row or a blank one is left to them.

import { LINE_BYTES_MAX } from './line-walk';
import { delimiter, fields } from './lines';
import { mayBeNoLine } from './no-line';
import { detailOf } from './roster-asked';
import { ASKED, LINE_UNREADABLE, NO_DETAIL, NOT_TEXT, TEXT_AFTER_QUOTE } from './roster-base';
import { enterRecord, putUnreadable } from './roster-rows';
import { addRejected } from './roster-sums';
import { gbUnits, hanziAt, hanziBytes } from './text';

const CR: u32 = 0x0d;
const LF: u32 = 0x0a;
const QUOTE: u32 = 0x22;

/** Judges the line at `from`, number `line`; answers with the address behind its line end, or 0 when it is left to the careful path. */
export function judgeUnreadable(from: usize, end: usize, line: i32): usize {
  let next = from;
  while (next < end && <u32>load<u8>(next) !== LF) next++;
  const to = next > from && <u32>load<u8>(next - 1) === CR ? next - 1 : next;
  if (to - from > LINE_BYTES_MAX || !refuseUnreadable(from, to, line)) return 0;
  return next < end ? next + 1 : end;
}

/** Whether the line can surely not be read; then that is written. */
export function refuseUnreadable(from: usize, to: usize, line: i32): bool {
  const problem = problemOf(from, to);
  if (problem === NO_DETAIL) return false;
  putUnreadable(line, problem);
  addRejected(0);
  enterRecord(from, to, line);
  return true;
}

function problemOf(from: usize, to: usize): i32 {
  let hasQuote = false;
  let isText = true;
  let count = 1;
  for (let at = from; at < to; at++) {
    const byte: u32 = load<u8>(at);
    if (byte === delimiter) count++;
    if (byte < 0x80) {
      if (byte === QUOTE) hasQuote = true;
      if (byte === 0) isText = false;
      continue;
    }
    if (isNeverText(byte)) {
      isText = false;
      continue;
    }
    if (!isText) continue;
    if (at + hanziBytes() > to) return NO_DETAIL;
    const unit = hanziAt(at);
    if (gbUnits !== 0 ? unit === 0 : unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff)) return NO_DETAIL;
    at += hanziBytes() - 1;
  }
  if (hasQuote) return isText && isQuoteBroken(from, to) ? TEXT_AFTER_QUOTE : NO_DETAIL;
  if (!isText) return NOT_TEXT;
  if (count === fields || mayBeNoLine(from, to)) return NO_DETAIL;
  return detailOf(LINE_UNREADABLE, <f64>count, fields) > 0 ? ASKED : NO_DETAIL;
}

/** Bytes that UTF-8 never has (RFC 3629, 1). GB 18030 is left to the careful path. */
function isNeverText(byte: u32): bool {
  return gbUnits === 0 && (byte >= 0xf5 || byte === 0xc0 || byte === 0xc1);
}

/** Whether a quoted field ends on this line and more follows before the delimiter, the fields before it being in order. */
function isQuoteBroken(from: usize, to: usize): bool {
  // What stands for a line that was too long begins so.
  if (<u32>load<u8>(from) === QUOTE) return false;
  let at = from;
  while (at < to) {
    if (<u32>load<u8>(at) === QUOTE) {
      at = behindQuoted(at, to);
      if (at === 0) return false;
      if (at < to && <u32>load<u8>(at) !== delimiter) return <u32>load<u8>(at) !== CR;
    } else {
      while (at < to && <u32>load<u8>(at) !== delimiter) at++;
    }
    at++;
  }
  return false;
}

/** The address behind the closing quote of the field that opens at `at`; 0 when there is none on the line. */
function behindQuoted(at: usize, to: usize): usize {
  for (at++; at < to; at++) {
    if (<u32>load<u8>(at) !== QUOTE) continue;
    if (at + 1 === to || <u32>load<u8>(at + 1) !== QUOTE) return at + 1;
    at++;
  }
  return 0;
}
