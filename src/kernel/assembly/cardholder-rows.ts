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
import { putBytes, putColumns, putHanzi, putInt8 } from './copy-rows';
import { NO_DAY } from './dates';
import { endOf, lineEnd, lineStart, startOf } from './lines';
import {
  NO_DATE,
  RECORD_ACCOUNT_BYTES,
  RECORD_ACCOUNT_STATE_SHIFT,
  RECORD_BANK,
  RECORD_CARD_NUMBER_BYTES,
  RECORD_DECEASED,
  RECORD_DIED_ON,
  RECORD_FINGERPRINT,
  RECORD_NAME_BYTES,
  RECORD_UPDATED_ON,
} from './packed-record';

const CARDHOLDER_COLUMNS: i32 = 2;
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
  const record = at + 4;
  let states = <u32>cardState | ((<u32>accountState) << RECORD_ACCOUNT_STATE_SHIFT);
  if (isDeceased) states |= RECORD_DECEASED;
  store<u32>(record, bswap<u32>((states << 24) | <u32>region));
  store<u16>(record + RECORD_BANK, bswap<u16>(<u16>bank));
  putDay(record + RECORD_DIED_ON, diedOn);
  putDay(record + RECORD_UPDATED_ON, updatedOn);
  store<u64>(record + RECORD_FINGERPRINT, bswap<u64>(((<u64>printHigh) << 32) | <u64>printLow));
  // A name brings its length before it, as the head has it.
  rowsAt = putHanzi(record + RECORD_NAME_BYTES, startOf(nth, nameColumn), endOf(nth, nameColumn));
  store<u8>(record + RECORD_ACCOUNT_BYTES, putField(nth, accountColumn));
  store<u8>(record + RECORD_CARD_NUMBER_BYTES, cardNumberColumn < 0 ? 0 : putField(nth, cardNumberColumn));
  store<u32>(at, bswap<u32>(<u32>(rowsAt - record)));
}

function putDay(at: usize, day: i32): void {
  store<u32>(at, bswap<u32>(day === NO_DAY ? NO_DATE : day));
}

/** Adds the field as it stands to the row; answers with its length. */
function putField(nth: i32, column: i32): u32 {
  const before = rowsAt;
  rowsAt = putBytes(before, startOf(nth, column), endOf(nth, column));
  return <u32>(rowsAt - before);
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
