// Rows of XML by the patterns of rows before them (bank-file/xml-row-pattern.ts): what stands between the values is compared, and
// the values are read as those of a text file are.

import { beginRow, isFull, putRow, readField, SAID } from './bank-rows';
import { kindOfSaid } from './bank-sayings';
import { areEqual } from './bytes';

/** As bank-rows.ts has them. */
const STOPPED_AT_END: i32 = 0;
const STOPPED_AT_LINE: i32 = 1;
const STOPPED_AT_SAYING: i32 = 2;
const STOPPED_FULL: i32 = 3;

// A pattern: pieces, line feeds, the piece with the last of them, bytes from it to the piece's end, 4 bytes each; then the pieces:
// address and length of what must stand there, kind of the value behind it (-1: nobody asks for it), and what is said more of it.
const HEAD_BYTES: usize = 16;
const PIECE_BYTES: usize = 16;

/** A row whose value is not plain. */
const UNREADABLE: usize = 1;
const NO_ROW: usize = 0;

const LESS: u32 = 0x3c;
const AMPERSAND: u32 = 0x26;
const BRACKET: u32 = 0x5d;

/** Addresses of patterns. */
let patterns: usize = 0;
let patternCount: i32 = 0;
/** The pattern that fitted last is tried first. */
let lastPattern: i32 = 0;

export let xmlStoppedNext: usize = 0;
/** Line feeds of the rows read, and where the line begins on which the last of them ends; 0 where none of them has any. */
export let xmlFeeds: i32 = 0;
export let xmlLineStart: usize = 0;

export function setXmlPatterns(patternsAt: usize, count: i32): void {
  patterns = patternsAt;
  patternCount = count;
  lastPattern = 0;
}

/** Reads rows from `from` until something stops it; answers with what did, as readRows does. */
export function readXmlRows(from: usize, end: usize): i32 {
  let at = from;
  let why = STOPPED_AT_END;
  xmlFeeds = 0;
  xmlLineStart = 0;
  while (at < end && why === STOPPED_AT_END) {
    if (isFull()) why = STOPPED_FULL;
    else {
      const next = readRow(at, end);
      if (next === NO_ROW || next === UNREADABLE) why = STOPPED_AT_LINE;
      else {
        const kind = kindOfSaid();
        if (kind < 0) why = STOPPED_AT_SAYING;
        else {
          putRow(kind);
          countFeeds();
          at = next;
        }
      }
    }
  }
  xmlStoppedNext = at;
  return why;
}

function readRow(at: usize, end: usize): usize {
  for (let tried = 0; tried < patternCount; tried++) {
    const nth = (lastPattern + tried) % patternCount;
    const next = readBy(load<u32>(patterns + 4 * <usize>nth), at, end);
    if (next === NO_ROW) continue;
    lastPattern = nth;
    return next;
  }
  return NO_ROW;
}

/** Where the last line feed of the row at hand stands, behind it. */
let feedAt: usize = 0;

function readBy(pattern: usize, at: usize, end: usize): usize {
  const pieces = load<i32>(pattern);
  const feedPiece = load<i32>(pattern + 8);
  let isReadable = true;
  let next = at;
  beginRow();
  for (let nth = 0; nth < pieces; nth++) {
    const piece = pattern + HEAD_BYTES + PIECE_BYTES * <usize>nth;
    const length: usize = load<u32>(piece + 4);
    if (next + length > end || !areEqual(load<u32>(piece), next, length)) return NO_ROW;
    next += length;
    if (nth === feedPiece) feedAt = next - <usize>load<u32>(pattern + 12);
    if (nth === pieces - 1) return isReadable ? next : UNREADABLE;
    const from = next;
    let high: u32 = 0;
    let byte: u32 = 0;
    for (; next < end; next++) {
      byte = load<u8>(next);
      if (byte < 0x20 || byte === LESS || byte === AMPERSAND || byte === BRACKET) break;
      high |= byte;
    }
    if (next === end || byte !== LESS) return NO_ROW;
    const kind = load<i32>(piece + 8);
    // What is said was looked at when it was learned.
    if (high >= 0x80 && kind !== SAID) isReadable = false;
    else if (kind >= 0 && isReadable) isReadable = readField(kind, from, next, load<u32>(piece + 12), 0);
  }
  return NO_ROW;
}

function countFeeds(): void {
  const feeds = load<i32>(load<u32>(patterns + 4 * <usize>lastPattern) + 4);
  xmlFeeds += feeds;
  if (feeds > 0) xmlLineStart = feedAt;
}
