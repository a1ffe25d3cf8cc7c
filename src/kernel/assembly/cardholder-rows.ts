// What the compiled path of a cardholder file writes: COPY rows (cardholder/cardholder-rows.ts) and the row table
// (cardholder/row-table.ts).

import { accountColumn, cardNumberColumn, nameColumn } from './cardholder-file';
import { firstWord, secondWord } from './cardholder-people';
import {
  accountState,
  bank,
  cardState,
  diedOn,
  isDeceased,
  printHigh,
  printLow,
  region,
  updatedOn,
} from './cardholder-values';
import {
  putBoolean,
  putColumns,
  putDate,
  putHanzi,
  putInt2,
  putInt4,
  putInt8,
  putNull,
  putText,
  putTextOrNull,
} from './copy-rows';
import { NO_DAY } from './dates';
import { endOf, lineEnd, lineStart, startOf } from './lines';

const CARDHOLDER_COLUMNS: i32 = 12;
export const ENTRY_BYTES: usize = 40;
/** Of a row besides its texts, and what putText may write behind them. */
const ROW_BYTES: usize = 192;

let rows: usize = 0;
let rowsEnd: usize = 0;
let tableEnd: usize = 0;
/** Where the next row and the next entry go. */
export let rowsAt: usize = 0;
export let entriesAt: usize = 0;
let chunkFrom: usize = 0;

/** Rows go to `rowsNext` and on, offsets in the table count from `rowsFrom` and from the beginning of the chunk. */
export function setCardholderRoom(
  rowsFrom: usize,
  rowsNext: usize,
  rowsTo: usize,
  tableNext: usize,
  tableTo: usize,
  chunkStart: usize,
): void {
  rows = rowsFrom;
  rowsAt = rowsNext;
  rowsEnd = rowsTo;
  entriesAt = tableNext;
  tableEnd = tableTo;
  chunkFrom = chunkStart;
}

/** Whether a row of so many bytes has room, whatever becomes of it. */
export function hasRoom(lineBytes: usize): bool {
  return rowsAt + ROW_BYTES + 2 * lineBytes <= rowsEnd && entriesAt + ENTRY_BYTES <= tableEnd;
}

/** The row that was read, of the nth line of the group. */
export function putRow(nth: i32): void {
  let at = putColumns(rowsAt, CARDHOLDER_COLUMNS);
  at = putInt8(at, <u64>firstWord(nth) * 1000000000 + <u64>secondWord(nth));
  at = putHanzi(at, startOf(nth, nameColumn), endOf(nth, nameColumn));
  at = putInt4(at, region);
  if (cardNumberColumn < 0) at = putNull(at);
  else at = putTextOrNull(at, startOf(nth, cardNumberColumn), endOf(nth, cardNumberColumn));
  at = putInt2(at, cardState);
  at = putInt2(at, bank);
  at = putText(at, startOf(nth, accountColumn), endOf(nth, accountColumn));
  at = putInt2(at, accountState);
  at = putBoolean(at, isDeceased);
  at = diedOn === NO_DAY ? putNull(at) : putDate(at, diedOn);
  at = updatedOn === NO_DAY ? putNull(at) : putDate(at, updatedOn);
  rowsAt = putInt8(at, ((<u64>printHigh) << 32) | <u64>printLow);
}

export function enterRow(nth: i32, line: i32, kind: u32, slot: i32): void {
  store<u32>(entriesAt, kind);
  store<i32>(entriesAt + 4, slot + 1);
  store<i32>(entriesAt + 8, firstWord(nth));
  store<i32>(entriesAt + 12, secondWord(nth));
  store<u32>(entriesAt + 16, printLow);
  store<u32>(entriesAt + 20, printHigh);
  store<u32>(entriesAt + 24, <u32>(lineStart(nth) - chunkFrom));
  store<u32>(entriesAt + 28, <u32>(lineEnd(nth) - chunkFrom));
  store<i32>(entriesAt + 32, line);
  store<u32>(entriesAt + 36, <u32>(rowsAt - rows));
  entriesAt += ENTRY_BYTES;
}
