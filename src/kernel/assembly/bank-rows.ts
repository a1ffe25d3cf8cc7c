// The rows of a bank's text file, read by the program that bank-file/compiled-rows.ts makes of its format: numbers in columns,
// without a string. Only what can be proven is read here; every other row is left to bank-file/text-file-reader.ts, which alone
// refuses. A property test feeds both the same ugly rows.

import { cutLine, fieldFrom, fieldTo, hasHigh, isFixed, lineFrom, lineNext, lineTo } from './bank-line';
import { addSaid, beginSaid, countRow, kindOfSaid } from './bank-sayings';
import { areBlank, areEqual } from './bytes';
import { areDigits, numberOf } from './digits';
import { isText } from './text';

/** Why readRows came back. */
export const STOPPED_AT_END: i32 = 0;
/** The row at stoppedNext is not plain. */
export const STOPPED_AT_LINE: i32 = 1;
/** The row at stoppedNext says what nobody has said before: learnSaid may be told what it means. */
export const STOPPED_AT_SAYING: i32 = 2;
/** What was read must be taken away first. */
export const STOPPED_FULL: i32 = 3;

// Steps, 24 bytes each: what the field is, where it begins (its number, where fields are delimited), its width, and two words that
// say more of it. In the order of bank-file/compiled-rows.ts.
const STEP_BYTES: usize = 24;
/** Must be the bytes at `more`, `most` of them. */
const CONSTANT: i32 = 0;
const SEQUENCE: i32 = 1;
/** Digits that nobody asks for. */
const NUMBER: i32 = 2;
const REFERENCE: i32 = 3;
/** `more`: flags. */
const AMOUNT: i32 = 4;
/** Texts that nobody asks for, in ASCII and in the file's encoding. */
const ASCII_TEXT: i32 = 5;
const TEXT: i32 = 6;
/** What the bank says, in field number `more`: known by its bytes. */
export const SAID: i32 = 7;
const BLANK: i32 = 8;

/** Yuan, which may have a point; fen otherwise. */
const AMOUNT_YUAN: u32 = 1;
/** Zero stands where there is no amount. */
const AMOUNT_ZERO_IS_NONE: u32 = 2;
/** Zeros before it are padding, which goes away even where one of them is the yuan: that is no amount. */
const AMOUNT_ZERO_PADDED: u32 = 4;

const BLANK_BYTE: u32 = 0x20;
const POINT: u32 = 0x2e;
const REFERENCE_DIGITS: usize = 15;
const LINE_MODULUS: u64 = 100000000;
/** Longer ones are no sequence of a file of ours. */
const SEQUENCE_MAX: u64 = 999999999;
const FEN_MAX: u64 = 9007199254740991;

let steps: usize = 0;
let stepCount: i32 = 0;
let checksUtf8: bool = false;

// Columns of the rows read, and how many they hold.
let batches: usize = 0;
let lines: usize = 0;
let sequences: usize = 0;
let amounts: usize = 0;
let kinds: usize = 0;
let rowsMax: i32 = 0;
export let rowCount: i32 = 0;
export let stoppedNext: usize = 0;

// The row at hand.
let batch: i32 = 0;
let line: i32 = 0;
let sequence: i32 = -1;
let fen: i64 = -1;

export function setBankRows(stepsAt: usize, count: i32, isUtf8: bool): void {
  steps = stepsAt;
  stepCount = count;
  checksUtf8 = isUtf8;
}

/** Columns: words, doubles for amounts. */
export function setBankRoom(
  batchesAt: usize,
  linesAt: usize,
  sequencesAt: usize,
  amountsAt: usize,
  kindsAt: usize,
  rows: i32,
): void {
  batches = batchesAt;
  lines = linesAt;
  sequences = sequencesAt;
  amounts = amountsAt;
  kinds = kindsAt;
  rowsMax = rows;
}

/** What was read was taken away. */
export function emptyBankRows(): void {
  rowCount = 0;
}

/** Reads rows from `from` until something stops it; answers with what did. */
export function readRows(from: usize, end: usize): i32 {
  let at = from;
  let why = STOPPED_AT_END;
  while (at < end && why === STOPPED_AT_END) {
    if (isFull()) why = STOPPED_FULL;
    else if (!cutLine(at, end) || !readFields()) why = STOPPED_AT_LINE;
    else {
      const kind = kindOfSaid();
      if (kind < 0) why = STOPPED_AT_SAYING;
      else {
        putRow(kind);
        at = lineNext;
      }
    }
  }
  stoppedNext = at;
  return why;
}

export function isFull(): bool {
  return rowCount === rowsMax;
}

/** Forgets the row before. */
export function beginRow(): void {
  batch = 0;
  line = 0;
  sequence = -1;
  fen = -1;
  beginSaid();
}

/** The row that was read is one of this kind. */
export function putRow(kind: i32): void {
  const word: usize = 4 * <usize>rowCount;
  store<i32>(batches + word, batch);
  store<i32>(lines + word, line);
  store<i32>(sequences + word, sequence);
  store<f64>(amounts + 2 * word, <f64>fen);
  store<i32>(kinds + word, kind);
  rowCount++;
  countRow(kind, fen);
}

function readFields(): bool {
  if (checksUtf8 && hasHigh && !isText(lineFrom, lineTo)) return false;
  const fixed = isFixed();
  beginRow();
  for (let nth = 0; nth < stepCount; nth++) {
    const step = steps + STEP_BYTES * <usize>nth;
    const place = load<i32>(step + 4);
    const from = fixed ? lineFrom + <usize>place : fieldFrom(place);
    const to = fixed ? from + <usize>load<u32>(step + 8) : fieldTo(place);
    if (!readField(load<i32>(step), from, to, load<u32>(step + 12), load<u32>(step + 16))) return false;
  }
  return true;
}

/** False when the field of the row at hand is not plain. */
export function readField(kind: i32, from: usize, to: usize, more: u32, most: u32): bool {
  switch (kind) {
    case CONSTANT:
      return to - from === <usize>most && areEqual(<usize>more, from, to - from);
    case SEQUENCE:
      return readNumber(from, to, true);
    case NUMBER:
      return readNumber(from, to, false);
    case REFERENCE:
      return readReference(from, to);
    case AMOUNT:
      return readFen(from, to, more);
    case ASCII_TEXT:
      return isAscii(from, to);
    case TEXT:
      return isText(from, to);
    case SAID:
      addSaid(more, from, to);
      return true;
    case BLANK:
      return areBlank(from, to);
    default:
      return false;
  }
}

// Where the field at hand stands without its blanks.
let start: usize = 0;
let stop: usize = 0;

function strip(from: usize, to: usize): void {
  start = from;
  stop = to;
  while (stop > start && <u32>load<u8>(stop - 1) === BLANK_BYTE) stop--;
  while (start < stop && <u32>load<u8>(start) === BLANK_BYTE) start++;
}

function readNumber(from: usize, to: usize, isSequence: bool): bool {
  strip(from, to);
  if (start === stop) return true;
  if (stop - start > 19) return false;
  const number = numberOf(start, stop);
  if (!areDigits || number > SEQUENCE_MAX) return false;
  if (isSequence) sequence = <i32>number;
  return true;
}

function readReference(from: usize, to: usize): bool {
  strip(from, to);
  if (stop - start !== REFERENCE_DIGITS) return false;
  const number = numberOf(start, stop);
  if (!areDigits || number < LINE_MODULUS) return false;
  batch = <i32>(number / LINE_MODULUS);
  line = <i32>(number % LINE_MODULUS);
  return true;
}

/** Yuan with a point or without, or fen; more than two decimals are left to amount-text.ts. */
function readFen(from: usize, to: usize, type: u32): bool {
  strip(from, to);
  if (start === stop) return true;
  if (stop - start > 18) return false;
  let whole = stop;
  let decimals: usize = 0;
  if (type & AMOUNT_YUAN) {
    if (stop - start > 3 && <u32>load<u8>(stop - 3) === POINT) decimals = 2;
    else if (stop - start > 2 && <u32>load<u8>(stop - 2) === POINT) decimals = 1;
    if (decimals > 0) whole = stop - decimals - 1;
  }
  let value = numberOf(start, whole);
  if (!areDigits) return false;
  if (decimals > 0) {
    const part = numberOf(stop - decimals, stop);
    if (!areDigits || value > FEN_MAX / 100 || (value === 0 && type & AMOUNT_ZERO_PADDED)) return false;
    value = value * 100 + (decimals === 1 ? part * 10 : part);
  } else if (type & AMOUNT_YUAN) {
    if (value > FEN_MAX / 100) return false;
    value *= 100;
  }
  if (value > FEN_MAX) return false;
  if (value > 0 || (type & AMOUNT_ZERO_IS_NONE) === 0) fen = <i64>value;
  return true;
}

function isAscii(from: usize, to: usize): bool {
  let at = from;
  for (; at + 8 <= to; at += 8) if (load<u64>(at) & 0x8080808080808080) return false;
  for (; at < to; at++) if (load<u8>(at) >= 0x80) return false;
  return true;
}
