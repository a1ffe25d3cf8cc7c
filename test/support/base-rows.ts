// Rows of the cardholder base, as blocks for the directory and as the directory that must come of them: made in the plainest way,
// one by one, from the modules that say what each word means.

import { accountWords } from '../../src/directory/account-words.js';
import type { DirectoryImage } from '../../src/directory/directory-builder.js';
import {
  ACCOUNT_LENGTH_SHIFT,
  ACCOUNT_STATE_SHIFT,
  CARD_STATE_SHIFT,
  CLEAN,
  DECEASED,
  deathMonth,
  homeSlot,
  IRREGULAR_NAME,
  LONG_ACCOUNT,
  OTHER_KIND,
  REGION_BITS,
  REMOVED,
  SHARED_ACCOUNT,
  SLOT_WORDS,
  slotCountFor,
  UNUSUAL_NAME,
} from '../../src/directory/layout.js';
import { hashText } from '../../src/directory/name-hash.js';
import { NO_DATE, RECORD, RECORD_HEAD_BYTES } from '../../src/directory/packed-record.js';
import { keyOfPerson } from '../../src/directory/person-key.js';
import { COPY_HEADER, COPY_TRAILER } from '../../src/encoding/copy-rows.js';
import { foldName } from '../../src/identity/person-name.js';

const DAY_MILLISECONDS = 86_400_000;

/** Days count from 1970-01-01, as in the records of a file; states are numbers. */
export interface BaseRow {
  person: bigint;
  name: string;
  region: number;
  cardNumber: string | undefined;
  cardState: number;
  bank: number;
  account: string;
  accountState: number;
  deceased: boolean;
  diedOn: number | undefined;
  removed: boolean;
  fingerprint: bigint;
  updatedOn: number | undefined;
}

/** A COPY of the rows in blocks of so many, as store/base-store.ts asks for them. */
export function blocksOf(rows: readonly BaseRow[], rowsInBlock: number): Uint8Array {
  const blocks: Uint8Array[] = [COPY_HEADER];
  for (let from = 0; from < rows.length; from += rowsInBlock) {
    const block = rows.slice(from, from + rowsInBlock).map((row) => [personBytes(row.person), recordOf(row)]);
    const column = Buffer.concat(block.flat());
    const length = Buffer.alloc(4);
    length.writeInt32BE(column.length);
    blocks.push(Buffer.from([0, 1]), length, column);
  }
  return Buffer.concat([...blocks, COPY_TRAILER]);
}

/** A row of a COPY into a version's table. */
export function copyRowOf(row: BaseRow): Buffer {
  const record = recordOf(row);
  const lengths = Buffer.alloc(4);
  lengths.writeInt32BE(record.length);
  return Buffer.concat([Buffer.from([0, 2, 0, 0, 0, 8]), personBytes(row.person), lengths, record]);
}

function personBytes(person: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(person);
  return bytes;
}

/** Packed in the plainest way. */
export function recordOf(row: BaseRow): Buffer {
  const head = Buffer.alloc(RECORD_HEAD_BYTES);
  const [name, account, cardNumber] = [row.name, row.account, row.cardNumber ?? ''].map((text) =>
    Buffer.from(text),
  ) as [Buffer, Buffer, Buffer];
  const states = row.cardState + row.accountState * 8 + Number(row.deceased) * 32 + Number(row.removed) * 64;
  head.writeUInt8(states, RECORD.states);
  head.writeUIntBE(row.region, RECORD.region, 3);
  head.writeUInt16BE(row.bank, RECORD.bank);
  head.writeInt32BE(row.diedOn ?? NO_DATE, RECORD.diedOn);
  head.writeInt32BE(row.updatedOn ?? NO_DATE, RECORD.updatedOn);
  head.writeBigInt64BE(BigInt.asIntN(64, row.fingerprint), RECORD.fingerprint);
  head.writeUInt8(account.length, RECORD.accountBytes);
  head.writeUInt8(cardNumber.length, RECORD.cardNumberBytes);
  head.writeUInt32BE(name.length, RECORD.nameBytes);
  return Buffer.concat([head, name, account, cardNumber]);
}

/** Words of the slots, people, and what stands beside the slots. */
export function expectedDirectory(
  rows: readonly BaseRow[],
  expectedPeople: number,
): { words: Uint32Array; people: number; image: DirectoryImage } {
  const slots = slotCountFor(expectedPeople);
  const found = new Uint32Array(slots * SLOT_WORDS);
  const fingerprints = new Uint32Array(slots * 2);
  const updatedOn = new Int32Array(slots);
  const holders = new Map<number, BaseRow>();
  for (const row of rows) {
    const { a, b } = keyOfPerson(row.person);
    let slot = homeSlot(a, b, slots);
    while (holders.has(slot) && holders.get(slot)?.person !== row.person) slot = (slot + 1) % slots;
    holders.set(slot, row);
    found.set(wordsOf(row), slot * SLOT_WORDS);
    fingerprints.set(
      [Number(BigInt.asUintN(32, row.fingerprint)), Number(BigInt.asUintN(32, row.fingerprint >> 32n))],
      slot * 2,
    );
    updatedOn[slot] = row.updatedOn ?? 0;
  }
  const living = [...holders].filter(([, row]) => !row.removed);
  const accounts = new Map<string, number>();
  for (const [, { account }] of living) accounts.set(account, (accounts.get(account) ?? 0) + 1);
  for (const [slot, row] of living) {
    const isShared = (accounts.get(row.account) as number) > 1;
    const isClean = !isShared && isUnobjectionable(row);
    const flags = found[slot * SLOT_WORDS + 6] as number;
    found[slot * SLOT_WORDS + 6] = flags | (isShared ? SHARED_ACCOUNT : 0) | (isClean ? CLEAN : 0);
  }
  return { words: found, people: living.length, image: { fingerprints, updatedOn } };
}

function isUnobjectionable(row: BaseRow): boolean {
  return (
    row.person > 0n &&
    (row.cardState === 0 || row.cardState === 3) &&
    row.accountState === 0 &&
    !row.deceased &&
    row.account.length <= 19 &&
    isUsual(row.name)
  );
}

/** 2 to 10 characters that GBK has as two-byte hanzi. */
function isUsual(name: string): boolean {
  return /^[\u4e00-\u9fa5]{2,10}$/.test(name);
}

function wordsOf(row: BaseRow): number[] {
  const { a, b } = keyOfPerson(row.person);
  const folded = foldName(row.name);
  const name = hashText(folded);
  const account = accountWords(row.account);
  let flags = row.bank | (row.account.length << ACCOUNT_LENGTH_SHIFT);
  flags |= (row.cardState << CARD_STATE_SHIFT) | (row.accountState << ACCOUNT_STATE_SHIFT);
  if (row.deceased) flags |= DECEASED;
  if (row.removed) flags |= REMOVED;
  if (folded !== row.name) flags |= IRREGULAR_NAME;
  if (!isUsual(row.name)) flags |= UNUSUAL_NAME;
  if (row.account.length > 19) flags |= LONG_ACCOUNT;
  const month = row.deceased && row.diedOn !== undefined ? monthOf(row.diedOn) : 0;
  return [
    a === OTHER_KIND ? OTHER_KIND : a,
    b,
    name.low,
    name.high,
    account.low,
    account.high,
    flags >>> 0,
    (row.region | (month << REGION_BITS)) >>> 0,
  ];
}

function monthOf(day: number): number {
  const date = new Date(day * DAY_MILLISECONDS);
  return deathMonth(date.getUTCFullYear(), date.getUTCMonth() + 1);
}
