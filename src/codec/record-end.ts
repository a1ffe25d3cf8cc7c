// Where a record ends: the one rule that the splitter, the cursor over a chunk and the record parser share.
//
// A record is RFC 4180's: it ends at LF or CRLF or at the end of the file; a field that begins with a quote ends at the
// next quote that is not doubled, and may hold newlines; a quote anywhere else in a field is a character like any other.
// A broken quote must not swallow the file, so: a record goes over several lines only if every quoted field in it is
// closed, each closing quote is followed by a delimiter or the end of the line, and the whole has at most
// RECORD_BREAKS_MAX line breaks and RECORD_SPAN_BYTES_MAX bytes. Otherwise its first line is a record on its own,
// unreadable, and reading goes on with the next line.
//
// Works on bytes before decoding: in UTF-8 and GB 18030 no byte of a longer character is a quote, delimiter, CR or LF.

export type Delimiter = ',' | '\t' | ';';

export const DELIMITERS: readonly Delimiter[] = [',', '\t', ';'];

export const LF = 0x0a;
export const CR = 0x0d;
export const QUOTE = 0x22;

/** Line breaks inside one record. A cell with more lines is not met in a roster; swallowing more would hide people. */
export const RECORD_BREAKS_MAX = 16;

/** Bytes of a record with line breaks: an Excel cell ends at 32,767 characters, which is 64 KiB in GBK. */
export const RECORD_SPAN_BYTES_MAX = 64 * 1024;

/** Bytes of one line, its newline not counted. A longer one is not kept: it becomes TOO_LONG_RECORD. */
export const LINE_BYTES_MAX = 1024 * 1024;

/** What stands in a chunk for a line over LINE_BYTES_MAX: broken under every delimiter, so it can only be unreadable. */
export const TOO_LONG_RECORD = '"line too long"!';

/** More bytes are needed to say where the record ends. */
export const NEED_MORE = -1;

/**
 * The offset after the record that begins at `from`, newline included. `isLast` says that no byte follows `to`; without
 * it NEED_MORE is an answer.
 */
export function recordEnd(
  bytes: Uint8Array,
  from: number,
  to: number,
  delimiter: number,
  isLast: boolean,
): number {
  const newline = indexOfLf(bytes, from, to);
  if (newline < 0 && !isLast) return NEED_MORE;
  const lineEnd = newline < 0 ? to : newline + 1;
  // A search of its own is cheaper than reading the fields of a line without quotes.
  if (!hasQuote(bytes, from, lineEnd)) return lineEnd;
  const spanTo = Math.max(lineEnd, Math.min(to, from + RECORD_SPAN_BYTES_MAX));
  const end = quotedRecordEnd(bytes, from, spanTo, delimiter, isLast && spanTo === to);
  if (end === BROKEN) return lineEnd;
  if (end >= 0) return end;
  // Only a byte beyond the span shows that the record is too long: the file may end just there.
  return isLast || to - from > RECORD_SPAN_BYTES_MAX ? lineEnd : NEED_MORE;
}

const BROKEN = -2;

/** As recordEnd, but BROKEN where a quote is, and NEED_MORE where `to` came first. */
function quotedRecordEnd(
  bytes: Uint8Array,
  from: number,
  to: number,
  delimiter: number,
  isLast: boolean,
): number {
  let breaks = 0;
  let at = from;
  while (at < to) {
    if (bytes[at] !== QUOTE) {
      at = fieldEnd(bytes, at, to, delimiter);
      if (at >= to) break;
      if (bytes[at] === LF) return at + 1;
      at++;
      continue;
    }
    // The closing quote: the first that is not doubled.
    for (at++; at < to; at++) {
      const byte = bytes[at];
      if (byte === LF && ++breaks > RECORD_BREAKS_MAX) return BROKEN;
      if (byte !== QUOTE) continue;
      if (at + 1 < to && bytes[at + 1] === QUOTE) at++;
      else break;
    }
    if (at + 1 >= to) return isLast && at < to ? to : NEED_MORE;
    const next = bytes[at + 1];
    if (next === LF) return at + 2;
    if (next === CR) {
      if (at + 2 >= to) return isLast ? to : NEED_MORE;
      return bytes[at + 2] === LF ? at + 3 : BROKEN;
    }
    if (next !== delimiter) return BROKEN;
    at += 2;
  }
  return isLast ? to : NEED_MORE;
}

function fieldEnd(bytes: Uint8Array, from: number, to: number, delimiter: number): number {
  let at = from;
  while (at < to && bytes[at] !== delimiter && bytes[at] !== LF) at++;
  return at;
}

function hasQuote(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] === QUOTE) return true;
  return false;
}

function indexOfLf(bytes: Uint8Array, from: number, to: number): number {
  const at = bytes.indexOf(LF, from);
  return at < to ? at : -1;
}

/** The offset after the last byte of a record's content: `end` without LF, CRLF or, at the end of the file, CR. */
export function contentEnd(bytes: Uint8Array, from: number, end: number): number {
  let to = end;
  if (to > from && bytes[to - 1] === LF) to--;
  if (to > from && bytes[to - 1] === CR) to--;
  return to;
}

/**
 * Whether a record is a blank line, which is no record though it counts as a line: nothing in it but spaces, tabs, and
 * the commas or semicolons of empty cells, which spreadsheets write below the last row.
 */
export function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const byte = bytes[at];
    if (byte !== 0x20 && byte !== 0x09 && byte !== 0x2c && byte !== 0x3b && byte !== CR && byte !== LF) {
      return false;
    }
  }
  return true;
}
