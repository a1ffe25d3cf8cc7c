// Payments as the database copies them out to the rows of each bank's file: every row is written by its bank's program into its
// bank's area, with its line and amount into the content that the database keeps, and counted. Rows that a program cannot
// write, and all else that is not the same for every row (full areas, ends of batches), is left to bank-file/write-segments.ts.

import { runProgram } from './payment-program';
import { accountTo, amountFen, bank, line, nameFrom, ROW_WHOLE, rowEnd, takeRow } from './payment-row';

/** Why writeRows came back. */
const NO_WHOLE_ROW: i32 = 0;
const TRAILER: i32 = 1;
const ROW_LEFT: i32 = 2;
const AREA_FULL: i32 = 3;
/** The bank's batch is over, or none was begun. */
const BATCH_OVER: i32 = 4;
const NO_SUCH_BANK: i32 = 5;
const NO_ROW: i32 = 6;

const BANKS: i32 = 1024;
/** A bank: see bank-file/bank-area.ts. */
const OUT: usize = 0;
const OUT_END: usize = 4;
const CONTENT: usize = 8;
const PROGRAM: usize = 12;
const SEQUENCE: usize = 16;
const IN_BATCH: usize = 20;
const ROWS_LEFT: usize = 24;
const FIRST_LINE: usize = 28;
const LAST_LINE: usize = 32;
const COUNT: usize = 36;
const AMOUNT: usize = 40;
const HASHES: usize = 48;
const AMOUNT_MAX: usize = 80;
const FIXED_ROOM: usize = 88;
const ROOM_PER_BYTE: usize = 92;
const HASH_COUNT: usize = 96;

const RESIDENT_ID_BYTES: usize = 18;

/** Addresses of the banks by their number, 0 for those without files. */
let banksAt: usize = 0;
let hashesAt: usize = 0;

export let stoppedRow: usize = 0;
export let stoppedRowEnd: usize = 0;
export let stoppedBank: i32 = 0;

export function setPaymentRoom(banks: usize, hashes: usize): void {
  banksAt = banks;
  hashesAt = hashes;
}

/** Writes the rows from `from` until something stops it; answers with what did. */
export function writeRows(from: usize, end: usize): i32 {
  let at = from;
  let why = NO_WHOLE_ROW;
  let goes = true;
  while (goes) {
    if (at + 2 <= end && load<u16>(at) === 0xffff) {
      why = TRAILER;
      break;
    }
    const taken = takeRow(at, end);
    if (taken !== ROW_WHOLE) {
      why = taken === 1 ? NO_WHOLE_ROW : NO_ROW;
      break;
    }
    why = writeRow();
    goes = why === NO_WHOLE_ROW;
    if (goes) at = rowEnd;
  }
  stoppedRow = at;
  stoppedRowEnd = rowEnd;
  stoppedBank = bank;
  return why;
}

function writeRow(): i32 {
  const area: usize = bank < BANKS ? <usize>load<u32>(banksAt + 4 * <usize>bank) : 0;
  if (area === 0) return NO_SUCH_BANK;
  if (load<u32>(area + ROWS_LEFT) === 0) return BATCH_OVER;
  const program: usize = load<u32>(area + PROGRAM);
  if (program === 0 || amountFen < 0 || amountFen > load<i64>(area + AMOUNT_MAX)) return ROW_LEFT;
  const out: usize = load<u32>(area + OUT);
  // The name and the account, and what lies between them.
  const texts = accountTo - nameFrom + RESIDENT_ID_BYTES;
  const room: usize = <usize>load<u32>(area + FIXED_ROOM) + texts * <usize>load<u32>(area + ROOM_PER_BYTE);
  if (room > <usize>load<u32>(area + OUT_END) - out) return AREA_FULL;
  const written = runProgram(program, out, load<u32>(area + SEQUENCE), load<u32>(area + IN_BATCH));
  if (written === 0) return ROW_LEFT;
  store<u32>(area + COUNT, load<u32>(area + COUNT) + 1);
  store<i64>(area + AMOUNT, load<i64>(area + AMOUNT) + amountFen);
  const hashes: usize = load<u32>(area + HASH_COUNT);
  for (let nth: usize = 0; nth < hashes; nth++) {
    const sum = area + HASHES + 8 * nth;
    store<u64>(sum, load<u64>(sum) + load<u64>(hashesAt + 8 * nth));
  }
  finishRow(area, written);
  return NO_WHOLE_ROW;
}

/** The row at hand stands in the bank's area up to `out`, whoever wrote it. */
export function finishRow(area: usize, out: usize): void {
  store<u32>(area + OUT, <u32>out);
  const content: usize = load<u32>(area + CONTENT);
  store<u32>(content, bswap(line));
  store<u64>(content + 4, bswap(<u64>amountFen));
  store<u32>(area + CONTENT, <u32>(content + 12));
  store<u32>(area + SEQUENCE, load<u32>(area + SEQUENCE) + 1);
  store<u32>(area + IN_BATCH, load<u32>(area + IN_BATCH) + 1);
  store<u32>(area + ROWS_LEFT, load<u32>(area + ROWS_LEFT) - 1);
  if (load<u32>(area + FIRST_LINE) === 0) store<u32>(area + FIRST_LINE, line);
  store<u32>(area + LAST_LINE, line);
}
