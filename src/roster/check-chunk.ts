// Checks one chunk of a roster in a thread: bytes in; payment rows, finding rows and totals out. Two paths with one
// result. The fast path only ever *accepts*: it proves, on bytes and integers, that a line is clean and becomes a
// payment without any finding. A line of which it cannot prove that, for whatever reason, takes the careful path
// (check-line.ts). About 95 % of a real roster is clean, and 1 µs a line is what the month's run time is made of.

import type { Directory } from '../directory/directory.js';
import {
  ACCOUNT_LENGTH_MASK,
  ACCOUNT_LENGTH_SHIFT,
  BANK_MASK,
  CLEAN,
  REGION_MASK,
  SLOT_WORDS,
} from '../directory/layout.js';
import {
  NAME_SEED_HIGH,
  NAME_SEED_LOW,
  nameFinishHigh,
  nameFinishLow,
  nameStepHigh,
  nameStepLow,
} from '../directory/name-hash.js';
import { BILLION } from '../directory/person-key.js';
import type { EncodingSoFar } from '../encoding/detect.js';
import { gbTables } from '../encoding/gb18030.js';
import { forEachRecord, type RecordChunk, type RecordReader } from '../encoding/record-chunk.js';
import { type CheckContext, checkLine, slotOfLine, unreadableLine } from './check-line.js';
import { FindingRows } from './finding-rows.js';
import { PAYMENT_COLUMNS, PAYMENT_FIXED_BYTES, PaymentRows } from './payment-rows.js';
import type { LineVerdict, RosterColumns, RosterFields } from './roster-line.js';
import { Tally, type TallyData } from './tally.js';

export interface ChunkSettings {
  columns: RosterColumns;
  delimiter: number;
  /** One bit a slot, set by the merging thread for people who stand in earlier chunks. */
  seen: Uint32Array;
  reader: RecordReader;
  /** Leaves the fast path out: what the property test compares it with. */
  carefulOnly?: boolean;
}

/** Words of the line table, one entry a line: what the merging thread needs to settle duplicates and deferred lines. */
export const TABLE_WORDS = 6;
export const TABLE_SLOT = 0;
export const TABLE_FROM = 1;
export const TABLE_TO = 2;
export const TABLE_LINE = 3;
export const TABLE_PAYMENTS_END = 4;
export const TABLE_FINDINGS_END = 5;
/** On the slot word: the line was already judged a duplicate, or waits for the base's spelling. */
export const SLOT_DUPLICATE = 0x40000000;
export const SLOT_DEFERRED = 0x80000000;
export const SLOT_MASK = 0x3fffffff;

export interface ChunkResult {
  index: number;
  bytes: Uint8Array;
  encoding: EncodingSoFar;
  payments: Uint8Array;
  findings: Uint8Array;
  /** Lines that wait for the base's spelling. */
  deferred: number;
  /** TABLE_WORDS words a line; slot word 0 means: no person of the base. */
  table: Uint32Array;
  tally: TallyData;
}

const FIELDS_MAX = 64;
const INITIAL_BYTES = 64 * 1024;
/** Entries of the table in front of the tally's map; a prime, so that round amounts spread. */
const GROUP_CACHE = 251;
const QUOTE = 0x22;
const ZERO = 0x30;
const DOT = 0x2e;
/** Amounts above stay on the careful path, so that the sums of a chunk are safe integers: 10^11 fen × 60,000 lines. */
const FAST_FEN_MAX = 100_000_000_000;
const FAST_YUAN_DIGITS_MAX = 9;

export class ChunkChecker {
  readonly #context: CheckContext;
  readonly #settings: ChunkSettings;
  readonly #words: Uint32Array;
  readonly #askedAlways: Uint8Array;
  readonly #directory: Directory;
  #isGb = false;
  #encoding: EncodingSoFar = 'ascii';
  /** Columns that no check reads; their bytes must still be text, or the line is unreadable. */
  readonly #unread: readonly number[];
  #toUnit: Uint16Array = new Uint16Array(0);
  /** Start of each field of the record at hand, and one after its last byte. */
  readonly #starts = new Int32Array(FIELDS_MAX + 1);
  readonly #ends = new Int32Array(FIELDS_MAX + 1);
  readonly #seenHere: Uint32Array;
  #bytes: Uint8Array = new Uint8Array(0);
  // Kept from chunk to chunk; what leaves the thread is a copy of just the written part.
  readonly #payments = new PaymentRows(INITIAL_BYTES);
  readonly #findings = new FindingRows(INITIAL_BYTES);
  #table = new Uint32Array(INITIAL_BYTES / 4);
  #tableLength = 0;
  #tally: Tally;
  // Sums of the fast path, kept as numbers and added to the tally once a chunk.
  #fastCount = 0;
  #fastFen = 0;
  readonly #bankCounts = new Float64Array(1024);
  readonly #bankFen = new Float64Array(1024);
  readonly #groupFen = new Float64Array(GROUP_CACHE);
  readonly #groupRule = new Int32Array(GROUP_CACHE);
  readonly #groupCount = new Int32Array(GROUP_CACHE);
  #deferred = 0;

  constructor(context: CheckContext, settings: ChunkSettings) {
    this.#context = context;
    this.#settings = settings;
    this.#directory = context.directory;
    this.#words = context.directory.words;
    this.#askedAlways = context.askedAlways;
    this.#unread = unreadColumns(settings.columns);
    this.#seenHere = new Uint32Array(settings.seen.length);
    this.#tally = new Tally(context.rules.funding);
  }

  check(chunk: RecordChunk): ChunkResult {
    this.#begin(chunk);
    forEachRecord(
      chunk,
      this.#settings.reader,
      this.#settings.carefulOnly ? () => false : (from, to, line) => this.#tryFast(from, to, line),
      (from, to, line) => this.#careful(from, to, line),
    );
    return this.#finish(chunk);
  }

  #begin(chunk: RecordChunk): void {
    this.#bytes = chunk.bytes;
    this.#encoding = chunk.encoding;
    this.#isGb = chunk.encoding === 'gb18030';
    if (this.#isGb) this.#toUnit = gbTables().toUnit;
    this.#payments.length = 0;
    this.#findings.length = 0;
    this.#tableLength = 0;
    this.#deferred = 0;
    this.#tally = new Tally(this.#context.rules.funding);
  }

  #finish(chunk: RecordChunk): ChunkResult {
    for (let at = 0; at < this.#tableLength; at += TABLE_WORDS) {
      const slot = ((this.#table[at] as number) & SLOT_MASK) - 1;
      if (slot >= 0) this.#seenHere[slot >>> 5] = 0;
    }
    for (let at = 0; at < GROUP_CACHE; at++) this.#flushGroup(at);
    this.#tally.lines += this.#fastCount;
    this.#tally.accepted.count += this.#fastCount;
    this.#tally.accepted.amount += BigInt(this.#fastFen);
    this.#fastCount = 0;
    this.#fastFen = 0;
    for (let bank = 0; bank < 1024; bank++) {
      const count = this.#bankCounts[bank] as number;
      if (count === 0) continue;
      this.#tally.addBank(bank, count, BigInt(this.#bankFen[bank] as number));
      this.#bankCounts[bank] = 0;
      this.#bankFen[bank] = 0;
    }
    return {
      index: chunk.index,
      bytes: chunk.bytes,
      encoding: chunk.encoding,
      payments: this.#payments.written().slice(),
      findings: this.#findings.written().slice(),
      deferred: this.#deferred,
      table: this.#table.slice(0, this.#tableLength),
      tally: this.#tally.data(),
    };
  }

  #enter(slotWord: number, from: number, to: number, line: number): void {
    if (this.#tableLength + TABLE_WORDS > this.#table.length) {
      const grown = new Uint32Array(this.#table.length * 2);
      grown.set(this.#table);
      this.#table = grown;
    }
    const table = this.#table;
    const at = this.#tableLength;
    table[at] = slotWord;
    table[at + TABLE_FROM] = from;
    table[at + TABLE_TO] = to;
    table[at + TABLE_LINE] = line;
    table[at + TABLE_PAYMENTS_END] = this.#payments.length;
    table[at + TABLE_FINDINGS_END] = this.#findings.length;
    this.#tableLength = at + TABLE_WORDS;
  }

  /** Splits a record at its delimiters. False when it has a quote or not as many fields as the header. */
  #split(from: number, to: number): boolean {
    const bytes = this.#bytes;
    const { delimiter, columns } = this.#settings;
    const starts = this.#starts;
    const ends = this.#ends;
    let field = 0;
    starts[0] = from;
    for (let at = from; at < to; at++) {
      const byte = bytes[at] as number;
      if (byte === delimiter) {
        ends[field] = at;
        if (++field >= FIELDS_MAX) return false;
        starts[field] = at + 1;
      } else if (byte === QUOTE) return false;
    }
    ends[field] = to;
    return field + 1 === columns.count;
  }

  /**
   * Accepts the record if it is clean, and says whether it did. Reads nothing twice and makes no objects. Long, because
   * each step needs the last one's integers and splitting it costs calls per line.
   */
  #tryFast(from: number, to: number, line: number): boolean {
    if (!this.#split(from, to)) return false;
    const bytes = this.#bytes;
    const starts = this.#starts;
    const ends = this.#ends;
    const { columns, seen } = this.#settings;
    const { rules } = this.#context;

    // The ID: 17 digits as two integers and the check character (GB 11643). Its birth date needs no look: the ID is
    // accepted only when the base has it, and the base was checked.
    const id = starts[columns.residentId] as number;
    if ((ends[columns.residentId] as number) - id !== 18) return false;
    let a = 0;
    let sum = 0;
    for (let index = 0; index < 8; index++) {
      const digit = (bytes[id + index] as number) - ZERO;
      if (digit < 0 || digit > 9) return false;
      a = a * 10 + digit;
      sum += digit * (WEIGHTS[index] as number);
    }
    let b = 0;
    for (let index = 8; index < 17; index++) {
      const digit = (bytes[id + index] as number) - ZERO;
      if (digit < 0 || digit > 9) return false;
      b = b * 10 + digit;
      sum += digit * (WEIGHTS[index] as number);
    }
    const check = bytes[id + 17] as number;
    if ((check === 0x78 ? 0x58 : check) !== CHECKS[sum % 11]) return false;

    const slot = this.#directory.find(a, b);
    if (slot < 0) return false;
    const words = this.#words;
    const at = slot * SLOT_WORDS;
    const flags = words[at + 6] as number;
    if ((flags & CLEAN) === 0 || this.#askedAlways[flags & BANK_MASK] === 1) return false;
    const bit = 1 << (slot & 31);
    if (((seen[slot >>> 5] as number) | (this.#seenHere[slot >>> 5] as number)) & bit) return false;
    if (this.#context.marks.words && this.#context.marks.words[slot] !== 0) return false;

    const amountFen = this.#readAmount(starts[columns.amount] as number, ends[columns.amount] as number);
    if (amountFen <= 0 || amountFen > rules.ceilingFen || amountFen > FAST_FEN_MAX) return false;
    const region = (words[at + 7] as number) & REGION_MASK;
    const fundingRule = rules.fundingRuleWhereCovered(region);
    if (fundingRule < 0) return false;
    const birth = (a % 100) * 1_000_000 + Math.floor(b / 1000);
    if (!rules.isStandard(amountFen, birth)) return false;

    if (columns.payeeId >= 0 && starts[columns.payeeId] !== ends[columns.payeeId]) return false;
    const length = (flags >>> ACCOUNT_LENGTH_SHIFT) & ACCOUNT_LENGTH_MASK;
    const accountFrom = columns.account < 0 ? 0 : (starts[columns.account] as number);
    const accountTo = columns.account < 0 ? 0 : (ends[columns.account] as number);
    if (accountTo !== accountFrom && !this.#isAccount(accountFrom, accountTo, at, length)) return false;
    const nameFrom = starts[columns.name] as number;
    const nameTo = ends[columns.name] as number;
    if (!this.#isName(nameFrom, nameTo, words[at + 2] as number, words[at + 3] as number)) return false;
    const department = columns.departmentLine;
    const departmentFrom = department < 0 ? 0 : (starts[department] as number);
    const departmentTo = department < 0 ? 0 : (ends[department] as number);
    if (!isPlainToken(bytes, departmentFrom, departmentTo)) return false;

    for (const field of this.#unread) {
      if (!this.#isText(starts[field] as number, ends[field] as number)) return false;
    }

    const bank = flags & BANK_MASK;
    const rows = this.#payments;
    rows.reserve(PAYMENT_FIXED_BYTES + 2 * (nameTo - nameFrom) + length + departmentTo - departmentFrom);
    rows.startRow(PAYMENT_COLUMNS.length);
    rows.int4(line);
    rows.person(a, b);
    rows.int2(0);
    rows.null();
    this.#putName(nameFrom, nameTo);
    rows.int2(bank);
    if (accountTo !== accountFrom) rows.text(bytes, accountFrom, accountTo);
    else this.#putAccount(words[at + 4] as number, words[at + 5] as number, length);
    rows.int8Of(amountFen);
    rows.int4(region);
    rows.null();
    if (departmentTo === departmentFrom) rows.null();
    else rows.text(bytes, departmentFrom, departmentTo);

    this.#seenHere[slot >>> 5] = ((this.#seenHere[slot >>> 5] as number) | bit) >>> 0;
    this.#enter(slot + 1, from, to, line);
    this.#fastCount++;
    this.#fastFen += amountFen;
    this.#bankCounts[bank] = (this.#bankCounts[bank] as number) + 1;
    this.#bankFen[bank] = (this.#bankFen[bank] as number) + amountFen;
    this.#countGroup(amountFen, fundingRule);
    return true;
  }

  /** Counts equal payments in a small table in front of the tally's map: most rosters have a handful of amounts. */
  #countGroup(amountFen: number, rule: number): void {
    const at = (amountFen + rule * 7) % GROUP_CACHE;
    if (this.#groupFen[at] !== amountFen || this.#groupRule[at] !== rule) {
      this.#flushGroup(at);
      this.#groupFen[at] = amountFen;
      this.#groupRule[at] = rule;
    }
    this.#groupCount[at] = (this.#groupCount[at] as number) + 1;
  }

  #flushGroup(at: number): void {
    const count = this.#groupCount[at] as number;
    if (count > 0) this.#tally.addGroup(this.#groupFen[at] as number, this.#groupRule[at] as number, count);
    this.#groupCount[at] = 0;
  }

  /** Fen, or -1 for anything but up to nine digits, optionally a point and one or two digits. */
  #readAmount(from: number, to: number): number {
    const bytes = this.#bytes;
    let at = from;
    let yuan = 0;
    for (; at < to; at++) {
      const digit = (bytes[at] as number) - ZERO;
      if (digit < 0 || digit > 9) break;
      yuan = yuan * 10 + digit;
    }
    if (at === from || at - from > FAST_YUAN_DIGITS_MAX) return -1;
    if (at === to) return yuan * 100;
    if (bytes[at] !== DOT) return -1;
    const decimals = to - at - 1;
    const tenth = (bytes[at + 1] as number) - ZERO;
    if (decimals < 1 || decimals > 2 || tenth < 0 || tenth > 9) return -1;
    if (decimals === 1) return yuan * 100 + tenth * 10;
    const hundredth = (bytes[at + 2] as number) - ZERO;
    if (hundredth < 0 || hundredth > 9) return -1;
    return yuan * 100 + tenth * 10 + hundredth;
  }

  /** Whether bytes[from, to) are the digits of the account in the slot at `at`. */
  #isAccount(from: number, to: number, at: number, length: number): boolean {
    if (to - from !== length) return false;
    const bytes = this.#bytes;
    // Three groups of small integers: 5, 5 and 9 digits from the right end of at most 19.
    const ninth = Math.max(from, to - 9);
    const fifth = Math.max(from, to - 14);
    let first = 0;
    let second = 0;
    let lower = 0;
    for (let index = from; index < fifth; index++) first = first * 10 + (bytes[index] as number) - ZERO;
    for (let index = fifth; index < ninth; index++) second = second * 10 + (bytes[index] as number) - ZERO;
    for (let index = ninth; index < to; index++) lower = lower * 10 + (bytes[index] as number) - ZERO;
    // upper < 10^10, so low and high words are exact by the same steps as person-key.ts.
    const upper = first * 100_000 + second;
    const low = (Math.imul(upper, BILLION) + lower) >>> 0;
    if (low !== this.#words[at + 4]) return false;
    const scaled = Math.floor(upper / 0x4000) * BILLION;
    const rest = (upper % 0x4000) * BILLION + lower + (scaled % 0x40000) * 0x4000;
    if (Math.floor(scaled / 0x40000) + Math.floor(rest / 0x100000000) !== this.#words[at + 5]) return false;
    for (let index = from; index < to; index++) {
      const digit = (bytes[index] as number) - ZERO;
      if (digit < 0 || digit > 9) return false;
    }
    return true;
  }

  /** Whether bytes[from, to) are plain hanzi whose hash is the base's. */
  #isName(from: number, to: number, wantedLow: number, wantedHigh: number): boolean {
    const bytes = this.#bytes;
    const width = this.#isGb ? 2 : 3;
    if (to === from || (to - from) % width !== 0) return false;
    let low = NAME_SEED_LOW;
    let high = NAME_SEED_HIGH;
    for (let at = from; at < to; at += width) {
      const unit = this.#isGb
        ? (this.#toUnit[((bytes[at] as number) << 8) | (bytes[at + 1] as number)] as number)
        : utf8Unit(bytes[at] as number, bytes[at + 1] as number, bytes[at + 2] as number);
      if (unit < 0x4e00 || unit > 0x9fff) return false;
      low = nameStepLow(low, unit);
      high = nameStepHigh(high, unit);
    }
    return nameFinishLow(low, high) === wantedLow && nameFinishHigh(low, high) === wantedHigh;
  }

  /** Whether bytes[from, to) are surely text: ASCII and the common two- or three-byte characters. */
  #isText(from: number, to: number): boolean {
    const bytes = this.#bytes;
    for (let at = from; at < to; at++) {
      const byte = bytes[at] as number;
      // A NUL is no text to the careful path, since the database's text cannot hold it.
      if (byte === 0) return false;
      if (byte < 0x80) continue;
      if (this.#isGb) {
        if (at + 1 >= to || this.#toUnit[(byte << 8) | (bytes[at + 1] as number)] === 0) return false;
        at++;
        continue;
      }
      if (at + 2 >= to) return false;
      const unit = utf8Unit(byte, bytes[at + 1] as number, bytes[at + 2] as number);
      if (unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff)) return false;
      at += 2;
    }
    return true;
  }

  #putName(from: number, to: number): void {
    const rows = this.#payments;
    if (!this.#isGb) {
      rows.text(this.#bytes, from, to);
      return;
    }
    const start = rows.beginText();
    const target = rows.bytes;
    let at = start;
    for (let index = from; index < to; index += 2) {
      const code = ((this.#bytes[index] as number) << 8) | (this.#bytes[index + 1] as number);
      const unit = this.#toUnit[code] as number;
      target[at++] = 0xe0 | (unit >>> 12);
      target[at++] = 0x80 | ((unit >>> 6) & 0x3f);
      target[at++] = 0x80 | (unit & 0x3f);
    }
    rows.length = at;
    rows.endText(start);
  }

  /** Writes the account of the directory: high:low as `length` decimal digits. */
  #putAccount(low: number, high: number, length: number): void {
    const rows = this.#payments;
    const start = rows.beginText();
    let upper = Math.floor((high * 0x100000000 + low) / BILLION);
    let lower = (low - Math.imul(upper, BILLION)) | 0;
    // The quotient of two doubles may be off by one; the true rest lies in 0 to 999,999,999.
    if (lower < 0) {
      upper--;
      lower += BILLION;
    } else if (lower >= BILLION) {
      upper++;
      lower -= BILLION;
    }
    const target = rows.bytes;
    const split = Math.max(start, start + length - 9);
    for (let at = start + length - 1; at >= split; at--) {
      target[at] = ZERO + (lower % 10);
      lower = (lower / 10) | 0;
    }
    for (let at = split - 1; at >= start; at--) {
      target[at] = ZERO + (upper % 10);
      upper = Math.floor(upper / 10);
    }
    rows.length = start + length;
    rows.endText(start);
  }

  #careful(from: number, to: number, line: number): void {
    const record = { bytes: this.#bytes, from, to, encoding: this.#encoding };
    const judged = judgeRecord(record, this.#settings, this.#context, (slot) => this.#isSeen(slot));
    if (!judged) return;
    const { verdict, fields, slot, duplicate } = judged;
    if (verdict.kind === 'accepted') this.#payments.put(line, verdict.payment, fields?.departmentLine ?? '');
    if (verdict.kind !== 'deferred') this.#findings.put(line, verdict, fields);
    this.#tally.add(verdict);
    if (verdict.kind === 'deferred') this.#deferred++;
    if (slot >= 0) {
      this.#seenHere[slot >>> 5] = ((this.#seenHere[slot >>> 5] as number) | (1 << (slot & 31))) >>> 0;
    }
    const marks = (duplicate ? SLOT_DUPLICATE : 0) | (verdict.kind === 'deferred' ? SLOT_DEFERRED : 0);
    this.#enter(((slot + 1) | marks) >>> 0, from, to, line);
  }

  #isSeen(slot: number): boolean {
    const word = (this.#settings.seen[slot >>> 5] as number) | (this.#seenHere[slot >>> 5] as number);
    return (word & (1 << (slot & 31))) !== 0;
  }
}

/** A record as a range of bytes. */
export interface RecordRange {
  bytes: Uint8Array;
  from: number;
  to: number;
  encoding: EncodingSoFar;
}

export interface Judged {
  verdict: LineVerdict;
  fields: RosterFields | undefined;
  slot: number;
  duplicate: boolean;
}

/** The careful path over a record's bytes; undefined for a record that is no line. */
export function judgeRecord(
  record: RecordRange,
  settings: ChunkSettings,
  context: CheckContext,
  isSeen: (slot: number) => boolean,
): Judged | undefined {
  const cells = settings.reader.fields(record.bytes, record.from, record.to, record.encoding);
  if (cells === undefined) return undefined;
  if (!Array.isArray(cells)) {
    return { verdict: unreadableLine(cells.problem), fields: undefined, slot: -1, duplicate: false };
  }
  const { columns } = settings;
  if (cells.length !== columns.count) {
    const problem = `fieldCount=${cells.length}/${columns.count}`;
    return { verdict: unreadableLine(problem), fields: undefined, slot: -1, duplicate: false };
  }
  const cell = (index: number): string => (index < 0 ? '' : (cells[index] as string).trim());
  const fields: RosterFields = {
    residentId: cell(columns.residentId),
    name: cell(columns.name),
    account: cell(columns.account),
    amount: cell(columns.amount),
    quantity: cell(columns.quantity),
    payeeId: cell(columns.payeeId),
    departmentLine: cell(columns.departmentLine),
  };
  const slot = slotOfLine(fields.residentId, context.directory);
  const duplicate = slot >= 0 && isSeen(slot);
  return { verdict: checkLine(fields, duplicate, context), fields, slot, duplicate };
}

/** GB 11643-1999: weights of the 17 digits, and the check character's ASCII code by the sum modulo 11. */
const WEIGHTS = Uint8Array.of(7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2);
const CHECKS = Uint8Array.from('10X98765432', (character) => character.charCodeAt(0));

function unreadColumns(columns: RosterColumns): number[] {
  const { residentId, name, account, amount, payeeId, departmentLine } = columns;
  const read = new Set([residentId, name, account, amount, payeeId, departmentLine]);
  return Array.from({ length: columns.count }, (_, index) => index).filter((index) => !read.has(index));
}

/** UTF-16 unit of a three-byte UTF-8 sequence, or 0 when the bytes are not one. */
function utf8Unit(first: number, second: number, third: number): number {
  if ((first & 0xf0) !== 0xe0 || (second & 0xc0) !== 0x80 || (third & 0xc0) !== 0x80) return 0;
  return ((first & 15) << 12) | ((second & 63) << 6) | (third & 63);
}

/** Printable ASCII without blanks, or empty: what can be copied as it is. */
function isPlainToken(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number;
    if (byte <= 0x20 || byte >= 0x7f) return false;
  }
  return true;
}
