// One payment to the bytes of its record or records: the operations that bank-file/row-program.ts put into memory, one after
// the other. Whatever they do not settle (a text that must be cut, a character that the bank does not take) leaves the row to the
// careful writer (bank-file/detail-writer.ts).

import { putDigits } from './decimal';
import {
  accountFrom,
  accountTo,
  amountFen,
  holder,
  line,
  nameFrom,
  nameTo,
  putResidentId,
  region,
} from './payment-row';
import { putBankText, textCharacters } from './payment-text';

// In the order of bank-file/row-program.ts.
const END: u32 = 0;
const BYTES: u32 = 1;
const ACCOUNT: u32 = 2;
const NAME: u32 = 3;
const RESIDENT_ID: u32 = 4;
const PLAIN_RESIDENT_ID: u32 = 5;
const NUMBER: u32 = 6;
const YUAN: u32 = 7;
const KIND: u32 = 8;
const BEGIN_FIELD: u32 = 9;
const END_FIELD: u32 = 10;
const SLICE: u32 = 11;
const TRY: u32 = 12;
const GO_TO: u32 = 13;
const QUOTE: u32 = 14;
const HASH: u32 = 15;
const BEGIN_ELEMENT: u32 = 16;
const OPENED_ELEMENT: u32 = 17;
const END_ELEMENT: u32 = 18;
const UNLESS_FIRST: u32 = 19;

// Sources of numbers.
const SEQUENCE: u32 = 0;
const IN_BATCH: u32 = 1;
const BATCH: u32 = 2;
const LINE: u32 = 3;
const REGION: u32 = 4;

const RESIDENT_ID_BYTES: i32 = 18;
/** More digits would not add up exactly. */
const HASH_DIGITS_MAX: usize = 15;
const QUOTE_MARK: u32 = 0x22;

/** Room for the ID at hand, and for the places of open elements. */
let idAt: usize = 0;
let placesAt: usize = 0;
/** Of the roster that the payments are of. */
let rosterBatch: u32 = 0;
/** Sums over fields of the row at hand, by the number of the hash; added up when the row is whole. */
let hashesAt: usize = 0;

export function setProgramRoom(id: usize, places: usize, hashes: usize): void {
  idAt = id;
  placesAt = places;
  hashesAt = hashes;
}

export function setRosterBatch(batch: u32): void {
  rosterBatch = batch;
}

/** Writes the row at hand at `at` and answers where it ends, or with 0 when the row is left to the careful writer. */
export function runProgram(program: usize, at: usize, sequence: u32, inBatch: u32): usize {
  let pc = program;
  let out = at;
  /** Where the field at hand begins, how many characters it has so far, and what is tried when one is refused. */
  let start = out;
  let characters: i32 = 0;
  let instead: usize = 0;
  for (let op = load<u32>(pc); op !== END; op = load<u32>(pc)) {
    switch (op) {
      case BYTES: {
        const length: usize = load<u32>(pc + 4);
        characters += load<u32>(pc + 8);
        copyBytes(out, pc + 12, length);
        out += length;
        pc += 12 + ((length + 3) & ~3);
        break;
      }
      case ACCOUNT: {
        const length = accountTo - accountFrom;
        copyBytes(out, accountFrom, length);
        out += length;
        characters += <i32>length;
        pc += 4;
        break;
      }
      case NAME:
      case RESIDENT_ID: {
        let from = nameFrom;
        let to = nameTo;
        if (op === RESIDENT_ID) {
          if (holder < 0) return 0;
          putResidentId(idAt);
          from = idAt;
          to = idAt + RESIDENT_ID_BYTES;
        }
        const end = putBankText(out, from, to, load<u32>(pc + 4));
        if (end !== 0) {
          out = end;
          characters += textCharacters;
          pc += 8;
        } else {
          if (instead === 0) return 0;
          pc = instead;
          instead = 0;
          out = start;
          characters = 0;
        }
        break;
      }
      case PLAIN_RESIDENT_ID: {
        if (holder < 0) return 0;
        putResidentId(out);
        out += RESIDENT_ID_BYTES;
        characters += RESIDENT_ID_BYTES;
        pc += 4;
        break;
      }
      case NUMBER: {
        const value =
          numberOf(load<u32>(pc + 4), sequence, inBatch) * load<u32>(pc + 8) + <u64>load<i32>(pc + 12);
        const before = out;
        out = putDigits(out, value, load<i32>(pc + 16));
        const digits = <i32>(out - before);
        if (digits > load<i32>(pc + 20)) return 0;
        characters += digits;
        pc += 24;
        break;
      }
      case YUAN: {
        const before = out;
        const yuan = <u64>amountFen / 100;
        const fen: u32 = <u32>(<u64>amountFen - yuan * 100);
        out = putDigits(out, yuan, load<i32>(pc + 4));
        if (load<u32>(pc + 8) !== 0) store<u8>(out++, 0x2e);
        store<u8>(out, 0x30 + fen / 10);
        store<u8>(out + 1, 0x30 + (fen % 10));
        out += 2;
        for (let zeros = load<u32>(pc + 12); zeros > 0; zeros--) store<u8>(out++, 0x30);
        characters += <i32>(out - before);
        pc += 16;
        break;
      }
      case KIND: {
        if (holder < 0) return 0;
        putResidentId(idAt);
        const text = load<u32>(pc + 4 + 4 * kindOf(load<u8>(idAt), load<u8>(idAt + 1)));
        if (text === 0) return 0;
        const length: usize = load<u32>(text);
        copyBytes(out, text + 8, length);
        out += length;
        characters += load<u32>(text + 4);
        pc += 28;
        break;
      }
      case BEGIN_FIELD:
        start = out;
        characters = 0;
        pc += 4;
        break;
      case END_FIELD: {
        const isBytes = load<u32>(pc + 8) !== 0;
        const size = isBytes ? <i32>(out - start) : characters;
        const most = load<i32>(pc + 4);
        if ((most > 0 && size > most) || size < load<i32>(pc + 12)) return 0;
        if (load<u32>(pc + 16) !== 0 && out === start) return 0;
        const missing = load<i32>(pc + 20) - size;
        if (missing > 0) out = pad(start, out, missing, load<u32>(pc + 24), load<u32>(pc + 28) !== 0);
        pc += 32;
        break;
      }
      case SLICE: {
        const skipped: usize = load<u32>(pc + 4);
        const end = min(out, start + <usize>load<u32>(pc + 8));
        const kept = end > start + skipped ? end - start - skipped : 0;
        memory.copy(start, start + skipped, kept);
        out = start + kept;
        characters = <i32>kept;
        pc += 12;
        break;
      }
      case TRY:
        instead = load<u32>(pc + 4);
        pc += 8;
        break;
      case GO_TO:
        instead = 0;
        pc = load<u32>(pc + 4);
        break;
      case QUOTE: {
        const isNeeded =
          load<u32>(pc + 4) !== 0 ||
          holds(start, out, load<u32>(pc + 8), load<u32>(pc + 12) !== 0) ||
          holds(start, out, QUOTE_MARK, load<u32>(pc + 12) !== 0);
        if (isNeeded) {
          memory.copy(start + 1, start, out - start);
          store<u8>(start, QUOTE_MARK);
          store<u8>(out + 1, QUOTE_MARK);
          out += 2;
        }
        pc += 16;
        break;
      }
      case HASH:
        if (out - start > HASH_DIGITS_MAX) return 0;
        store<u64>(hashesAt + 8 * <usize>load<u32>(pc + 4), digitsIn(start, out));
        pc += 8;
        break;
      case BEGIN_ELEMENT:
        store<u32>(placesAt + 8 * <usize>load<u32>(pc + 4), <u32>out);
        pc += 8;
        break;
      case OPENED_ELEMENT:
        store<u32>(placesAt + 8 * <usize>load<u32>(pc + 4) + 4, <u32>out);
        pc += 8;
        break;
      case END_ELEMENT: {
        const places = placesAt + 8 * <usize>load<u32>(pc + 4);
        const length: usize = load<u32>(pc + 8);
        if (out > <usize>load<u32>(places + 4)) {
          copyBytes(out, pc + 12, length);
          out += length;
        } else out = load<u32>(places);
        pc += 12 + ((length + 3) & ~3);
        break;
      }
      case UNLESS_FIRST: {
        const length: usize = load<u32>(pc + 8);
        if (numberOf(load<u32>(pc + 4), sequence, inBatch) > 1) {
          copyBytes(out, pc + 12, length);
          out += length;
        }
        pc += 12 + ((length + 3) & ~3);
        break;
      }
      default:
        return 0;
    }
  }
  return out;
}

/** Sixteen bytes at a time: up to 15 behind are written too, which what follows writes again. */
function copyBytes(to: usize, from: usize, length: usize): void {
  for (let done: usize = 0; done < length; done += 16) v128.store(to + done, v128.load(from + done));
}

function numberOf(source: u32, sequence: u32, inBatch: u32): u64 {
  switch (source) {
    case SEQUENCE:
      return sequence;
    case IN_BATCH:
      return inBatch;
    case BATCH:
      return rosterBatch;
    case LINE:
      return line;
    case REGION:
      return region;
    default:
      return <u64>amountFen;
  }
}

function pad(start: usize, end: usize, count: i32, byte: u32, isRight: bool): usize {
  if (isRight) {
    memory.copy(start + count, start, end - start);
    memory.fill(start, <u8>byte, count);
  } else {
    const bytes = i8x16.splat(<i8>byte);
    for (let done: i32 = 0; done < count; done += 16) v128.store(end + done, bytes);
  }
  return end + count;
}

/** Kinds of identity numbers in the order of bank-file/row-value.ts: the number begins with a digit here. */
function kindOf(first: u32, second: u32): usize {
  if (first === 0x39) return 4;
  if (first !== 0x38) return 0;
  if (second === 0x31) return 1;
  return second === 0x32 ? 2 : second === 0x33 ? 3 : 0;
}

/** Whether an ASCII character stands in what was written; the second byte of a GBK character is not one. */
function holds(from: usize, to: usize, byte: u32, isGb: bool): bool {
  for (let at = from; at < to; at++) {
    const value: u32 = load<u8>(at);
    if (value === byte) return true;
    if (isGb && value >= 0x81) {
      const trail: u32 = load<u8>(at + 1);
      if (trail >= 0x40) at += 1;
      else if (trail >= 0x30 && trail <= 0x39) at += 3;
    }
  }
  return false;
}

/** The number that the digits among the bytes are. */
function digitsIn(from: usize, to: usize): u64 {
  let value: u64 = 0;
  for (let at = from; at < to; at++) {
    const digit: u32 = <u32>load<u8>(at) - 0x30;
    if (digit <= 9) value = value * 10 + digit;
  }
  return value;
}
