// Payments between the form that the digest is taken over (roster/payment-rows.ts) and the one that the database keeps
// (roster/packed-payments.ts): rows of a binary COPY both.

import { putBytes, putColumns, putInt2, putInt4, putInt8, putNull, putText } from './copy-rows';

const ROW_COLUMNS: i32 = 11;
const PACKED_COLUMNS: i32 = 6;
/** Of a packed row up to its details: line, person, amount, sequence, bank, and the length of the details. */
const PACKED_HEAD_BYTES: usize = 50;
/** Of the details up to the first value that may be missing. */
const DETAILS_HEAD_BYTES: usize = 11;
const HAS_PAYEE: u32 = 1;
const HAS_FOLLOWED: u32 = 2;
const HAS_DEPARTMENT: u32 = 4;
const NULL: u32 = 0xffffffff;
const INT3_MAX: u32 = 0xffffff;

/** Where the next row begins that packPayments or unpackPayments would take, or the next details that putDetailed would. */
export let takenTo: usize = 0;

function int4At(at: usize): u32 {
  return bswap(load<u32>(at));
}

function int3At(at: usize): u32 {
  return bswap(load<u32>(at)) >> 8;
}

/** Writes a byte too many, which the next value writes again. */
function putInt3(at: usize, value: u32): usize {
  store<u32>(at, bswap(value << 8));
  return at + 3;
}

/**
 * Packs the whole rows that stand from `from` to `to` to `out`, where as many bytes have room as the rows take, and answers with the
 * address behind; 0 when they are no payment rows.
 */
export function packPayments(from: usize, to: usize, out: usize): usize {
  let at = from;
  while (at < to) {
    out = packPayment(at, to, out);
    if (out === 0) return 0;
    at = takenTo;
  }
  return at === to ? out : 0;
}

function packPayment(at: usize, end: usize, out: usize): usize {
  if (at + 36 > end || <i32>bswap<u16>(load<u16>(at)) !== ROW_COLUMNS) return 0;
  if (int4At(at + 2) !== 4 || int4At(at + 10) !== 8 || int4At(at + 22) !== 2) return 0;
  const line = int4At(at + 6);
  const person = bswap<u64>(load<u64>(at + 14));
  const sequence = <i32>bswap<u16>(load<u16>(at + 26));
  const hasPayee = int4At(at + 28) !== NULL;
  if (hasPayee && int4At(at + 28) !== 8) return 0;
  const payee = at + 32;
  const name = payee + (hasPayee ? 12 : 4);
  if (name > end) return 0;
  const nameBytes = int4At(name - 4);
  if (nameBytes > INT3_MAX || name + nameBytes + 10 > end || int4At(name + nameBytes) !== 2) return 0;
  const bank = <i32>bswap<u16>(load<u16>(name + nameBytes + 4));
  const account = name + nameBytes + 10;
  const accountBytes = int4At(account - 4);
  if (accountBytes > 255) return 0;
  const amount = account + accountBytes + 4;
  const region = amount + 12;
  const followed = region + 8;
  if (followed > end || int4At(amount - 4) !== 8 || int4At(region - 4) !== 4) return 0;
  if (int4At(region) > INT3_MAX) return 0;
  const hasFollowed = int4At(followed - 4) !== NULL;
  if (hasFollowed && int4At(followed - 4) !== 4) return 0;
  // Only a payment that repeats follows one, and each that does.
  if (hasFollowed !== (sequence !== 0)) return 0;
  const department = followed + (hasFollowed ? 8 : 4);
  if (department > end) return 0;
  const hasDepartment = int4At(department - 4) !== NULL;
  const departmentBytes = hasDepartment ? int4At(department - 4) : 0;
  if (departmentBytes > INT3_MAX || department + departmentBytes > end) return 0;
  takenTo = department + departmentBytes;

  out = putColumns(out, PACKED_COLUMNS);
  out = putInt4(out, line);
  out = putInt8(out, person);
  out = putInt8(out, bswap<u64>(load<u64>(amount)));
  out = putInt2(out, sequence);
  out = putInt2(out, bank);
  const details = out + 4;
  const flags =
    (hasPayee ? HAS_PAYEE : 0) | (hasFollowed ? HAS_FOLLOWED : 0) | (hasDepartment ? HAS_DEPARTMENT : 0);
  store<u32>(details, bswap((flags << 24) | int4At(region)));
  store<u8>(details + 4, accountBytes);
  let place = putInt3(details + 5, nameBytes);
  place = putInt3(place, departmentBytes);
  if (hasPayee) {
    store<u64>(place, load<u64>(payee));
    place += 8;
  }
  if (hasFollowed) {
    store<u32>(place, load<u32>(followed));
    place += 4;
  }
  place = putBytes(place, name, name + nameBytes);
  place = putBytes(place, account, account + accountBytes);
  place = putBytes(place, department, department + departmentBytes);
  store<u32>(out, bswap(<u32>(place - details)));
  return place;
}

/**
 * Unpacks the rows that stand whole from `from` to `to`, or up to the trailer of a COPY, to `out`, where a quarter more bytes have room
 * than the rows take. Answers with the address behind; 0 when a row is no packed payment.
 */
export function unpackPayments(from: usize, to: usize, out: usize): usize {
  let at = from;
  takenTo = at;
  while (at + 2 <= to && load<u16>(at) !== 0xffff) {
    if (<i32>bswap<u16>(load<u16>(at)) !== PACKED_COLUMNS) return 0;
    if (at + PACKED_HEAD_BYTES > to) break;
    if (
      int4At(at + 2) !== 4 ||
      int4At(at + 10) !== 8 ||
      int4At(at + 22) !== 8 ||
      int4At(at + 34) !== 2 ||
      int4At(at + 40) !== 2
    )
      return 0;
    const details = at + PACKED_HEAD_BYTES;
    const bytes = <usize>int4At(details - 4);
    if (bytes > to - details) break;
    const end = details + bytes;
    const next = putDetailed(
      out,
      int4At(at + 6),
      bswap<u64>(load<u64>(at + 14)),
      bswap<u64>(load<u64>(at + 26)),
      <i32>bswap<u16>(load<u16>(at + 38)),
      <i32>bswap<u16>(load<u16>(at + 44)),
      details,
      end,
    );
    if (next === 0 || takenTo !== end) return 0;
    out = next;
    at = end;
  }
  takenTo = at;
  return out;
}

/** Writes the payment row whose details begin at `details` and end at `end` or before it; 0 when they go on. */
export function putDetailed(
  out: usize,
  line: u32,
  person: u64,
  amount: u64,
  sequence: i32,
  bank: i32,
  details: usize,
  end: usize,
): usize {
  if (details + DETAILS_HEAD_BYTES > end) return 0;
  const head = int4At(details);
  const flags = head >> 24;
  const accountBytes = <usize>load<u8>(details + 4);
  const nameBytes = <usize>int3At(details + 5);
  const departmentBytes = <usize>int3At(details + 8);
  const payee = details + DETAILS_HEAD_BYTES;
  const followed = payee + (flags & HAS_PAYEE ? 8 : 0);
  const name = followed + (flags & HAS_FOLLOWED ? 4 : 0);
  takenTo = name + nameBytes + accountBytes + departmentBytes;
  if (takenTo > end) return 0;
  out = putColumns(out, ROW_COLUMNS);
  out = putInt4(out, line);
  out = putInt8(out, person);
  out = putInt2(out, sequence);
  out = flags & HAS_PAYEE ? putInt8(out, bswap<u64>(load<u64>(payee))) : putNull(out);
  out = putText(out, name, name + nameBytes);
  out = putInt2(out, bank);
  const account = name + nameBytes;
  out = putText(out, account, account + accountBytes);
  out = putInt8(out, amount);
  out = putInt4(out, head & INT3_MAX);
  out = flags & HAS_FOLLOWED ? putInt4(out, int4At(followed)) : putNull(out);
  if ((flags & HAS_DEPARTMENT) === 0) return putNull(out);
  const department = account + accountBytes;
  return putText(out, department, department + departmentBytes);
}
