// What the compiled path of a roster writes: payment rows, finding rows, and the line table.

import {
  putColumns,
  putDecimal,
  putHanzi,
  putInt2,
  putInt4,
  putInt8,
  putNull,
  putText,
  putTextOrNull,
  putWithoutBlanks,
} from './copy-rows';
import { ACCOUNT_LENGTH_MASK, ACCOUNT_LENGTH_SHIFT } from './layout';
import { endOf, lineEnd, lineStart, startOf } from './lines';
import {
  accountColumn,
  amountColumn,
  codes,
  DETAIL_BYTES,
  departmentColumn,
  details,
  idColumn,
  LINE_UNREADABLE,
  NO_DETAIL,
  nameColumn,
} from './roster-base';
import { hasBlanks } from './roster-fields';
import { personNumber } from './roster-people';
import { countFinding } from './roster-sums';

const PAYMENT_COLUMNS: i32 = 11;
const FINDING_COLUMNS: i32 = 11;
const TABLE_BYTES: usize = 24;
const SLOT_DUPLICATE: u32 = 0x40000000;
/** Of a row besides its texts, and what putText may write behind them. */
const ROW_BYTES: usize = 320;

// What is written: payment rows, finding rows, the line table; and the offsets that the table speaks of.
let payments: usize = 0;
let paymentsEnd: usize = 0;
let findings: usize = 0;
let findingsEnd: usize = 0;
let table: usize = 0;
let tableEnd: usize = 0;
export let paymentsAt: usize = 0;
export let findingsAt: usize = 0;
export let tableAt: usize = 0;
let chunkFrom: usize = 0;
let paymentsBefore: u32 = 0;
let findingsBefore: u32 = 0;

export function setRosterRoom(
  paymentsFrom: usize,
  paymentsTo: usize,
  findingsFrom: usize,
  findingsTo: usize,
  tableFrom: usize,
  tableTo: usize,
): void {
  payments = paymentsFrom;
  paymentsEnd = paymentsTo;
  findings = findingsFrom;
  findingsEnd = findingsTo;
  table = tableFrom;
  tableEnd = tableTo;
}

/** Offsets in the table count from here. */
export function setChunkStart(from: usize): void {
  chunkFrom = from;
}

/** What was written was taken away: `paymentBytes` and `findingBytes` of the chunk so far stand elsewhere. */
export function emptyRoster(paymentBytes: u32, findingBytes: u32): void {
  paymentsAt = payments;
  findingsAt = findings;
  tableAt = table;
  paymentsBefore = paymentBytes;
  findingsBefore = findingBytes;
}

/** Whether a line of so many bytes has room, whatever becomes of it. */
export function hasRoom(lineBytes: usize): bool {
  const room = ROW_BYTES + 2 * lineBytes;
  return (
    paymentsAt + room <= paymentsEnd &&
    findingsAt + 2 * room <= findingsEnd &&
    tableAt + TABLE_BYTES <= tableEnd
  );
}

/** A row of roster/payment-rows.ts: a first payment to the person themselves. */
export function putPayment(
  nth: i32,
  line: i32,
  person: usize,
  flags: u32,
  fen: i64,
  bank: u32,
  region: u32,
): void {
  let at = putColumns(paymentsAt, PAYMENT_COLUMNS);
  at = putInt4(at, line);
  at = putInt8(at, personNumber(nth));
  at = putInt2(at, 0);
  at = putNull(at);
  at = hasBlanks
    ? putWithoutBlanks(at, startOf(nth, nameColumn), endOf(nth, nameColumn))
    : putHanzi(at, startOf(nth, nameColumn), endOf(nth, nameColumn));
  at = putInt2(at, bank);
  if (accountColumn >= 0 && startOf(nth, accountColumn) !== endOf(nth, accountColumn)) {
    at = putText(at, startOf(nth, accountColumn), endOf(nth, accountColumn));
  } else {
    at = putDecimal(at, load<u64>(person + 16), (flags >> ACCOUNT_LENGTH_SHIFT) & ACCOUNT_LENGTH_MASK);
  }
  at = putInt8(at, fen);
  at = putInt4(at, region);
  at = putNull(at);
  paymentsAt = putDepartmentLine(at, nth);
}

/**
 * A row of roster/finding-rows.ts. `hasPerson`: the base has the person. `isProper`: the ID in its proper spelling, as a line that was
 * refused or held names the person; otherwise as the department wrote it.
 */
export function putFinding(
  nth: i32,
  line: i32,
  code: i32,
  severity: i32,
  detail: i32,
  fen: i64,
  hasPerson: bool,
  isProper: bool,
): void {
  const number = load<i32>(codes + 4 * <usize>code);
  let at = putColumns(findingsAt, FINDING_COLUMNS);
  at = putInt4(at, line);
  at = putInt2(at, number);
  at = putInt2(at, severity);
  at = detail === NO_DETAIL ? putNull(at) : putDetail(at, detail);
  at = hasPerson ? putInt8(at, personNumber(nth)) : putNull(at);
  at = putTextOrNull(at, startOf(nth, idColumn), endOf(nth, idColumn));
  if (isProper && load<u8>(at - 1) === 0x78) store<u8>(at - 1, 0x58);
  if (startOf(nth, nameColumn) === endOf(nth, nameColumn)) at = putNull(at);
  else at = putHanzi(at, startOf(nth, nameColumn), endOf(nth, nameColumn));
  if (accountColumn < 0) at = putNull(at);
  else at = putTextOrNull(at, startOf(nth, accountColumn), endOf(nth, accountColumn));
  at = fen > 0 ? putInt8(at, fen) : putNull(at);
  if (startOf(nth, amountColumn) === endOf(nth, amountColumn)) at = putNull(at);
  else at = putHanzi(at, startOf(nth, amountColumn), endOf(nth, amountColumn));
  findingsAt = putDepartmentLine(at, nth);
  countFinding(number, severity);
}

/** The finding of a line that has no fields. */
export function putUnreadable(line: i32, detail: i32): void {
  const number = load<i32>(codes + 4 * <usize>LINE_UNREADABLE);
  let at = putColumns(findingsAt, FINDING_COLUMNS);
  at = putInt4(at, line);
  at = putInt2(at, number);
  at = putInt2(at, 0);
  at = putDetail(at, detail);
  for (let column = 4; column < FINDING_COLUMNS; column++) at = putNull(at);
  findingsAt = at;
  countFinding(number, 0);
}

function putDetail(at: usize, detail: i32): usize {
  const text = details + DETAIL_BYTES * <usize>detail;
  return putText(at, text + 1, text + 1 + load<u8>(text));
}

function putDepartmentLine(at: usize, nth: i32): usize {
  if (departmentColumn < 0) return putNull(at);
  return putTextOrNull(at, startOf(nth, departmentColumn), endOf(nth, departmentColumn));
}

/** An entry of the line table: see roster/check-chunk.ts. `slot` is -1 for nobody of the base. */
export function enter(nth: i32, line: i32, slot: i32, isDuplicate: bool): void {
  putEntry(<u32>(slot + 1) | (isDuplicate ? SLOT_DUPLICATE : 0), lineStart(nth), lineEnd(nth), line);
}

/** The entry of a line without fields, which names nobody. */
export function enterRecord(from: usize, to: usize, line: i32): void {
  putEntry(0, from, to, line);
}

function putEntry(slot: u32, from: usize, to: usize, line: i32): void {
  store<u32>(tableAt, slot);
  store<u32>(tableAt + 4, <u32>(from - chunkFrom));
  store<u32>(tableAt + 8, <u32>(to - chunkFrom));
  store<i32>(tableAt + 12, line);
  store<u32>(tableAt + 16, paymentsBefore + <u32>(paymentsAt - payments));
  store<u32>(tableAt + 20, findingsBefore + <u32>(findingsAt - findings));
  tableAt += TABLE_BYTES;
}
