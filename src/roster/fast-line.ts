// The fast path of a roster: proves on bytes and integers that a line is clean and writes its payment, without a string.
// It only ever accepts. A line of which it cannot prove that, for whatever reason, takes the careful path
// (check-line.ts); a property test feeds both the same ugly lines.

import { isAccountOf, putAccount } from '../directory/account-bytes.js';
import type { Directory } from '../directory/directory.js';
import {
  ACCOUNT_LENGTH_MASK,
  ACCOUNT_LENGTH_SHIFT,
  BANK_MASK,
  CLEAN,
  homeSlot,
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
import { RESIDENT_ID_BYTES, ResidentIdReader } from '../directory/resident-id-bytes.js';
import type { EncodingSoFar } from '../encoding/detect.js';
import { gbTables } from '../encoding/gb18030.js';
import { GROUP_LINES, LineGroup } from '../encoding/line-group.js';
import type { CheckContext } from './check-line.js';
import { PAYMENT_FIXED_BYTES, type PaymentRows } from './payment-rows.js';
import type { RosterColumns } from './roster-line.js';

const ZERO = 0x30;
const DOT = 0x2e;
/** Amounts above stay on the careful path, so that the sums of a chunk are safe integers: 10^11 fen × 60,000 lines. */
const FAST_FEN_MAX = 100_000_000_000;
const FAST_YUAN_DIGITS_MAX = 9;

export class FastLine {
  readonly group: LineGroup;
  /** What the line that was proven says: slot of the person, amount, bank, number of the funding rule. */
  slot = 0;
  amountFen = 0;
  bank = 0;
  fundingRule = 0;
  readonly #context: CheckContext;
  readonly #columns: RosterColumns;
  readonly #directory: Directory;
  readonly #words: Int32Array;
  readonly #askedAlways: Uint8Array;
  /** Bits by slot of people on earlier lines: the chunks before, and this one. Asked for ahead, never judged here. */
  readonly #seen: Uint32Array;
  readonly #seenHere: Uint32Array;
  /** Columns that no check reads; their bytes must still be text, or the line is unreadable. */
  readonly #unread: readonly number[];
  readonly #id = new ResidentIdReader();
  // Of each line of the group: key words (the first 0 when the ID is not right) and home slot.
  readonly #a = new Int32Array(GROUP_LINES);
  readonly #b = new Int32Array(GROUP_LINES);
  readonly #home = new Int32Array(GROUP_LINES);
  #bytes: Uint8Array = new Uint8Array(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  #isGb = false;
  #toUnit: Uint16Array = new Uint16Array(0);
  #touched = 0;

  constructor(
    context: CheckContext,
    columns: RosterColumns,
    delimiter: number,
    seen: Uint32Array,
    seenHere: Uint32Array,
  ) {
    this.#context = context;
    this.#columns = columns;
    this.#directory = context.directory;
    this.#words = context.directory.signed;
    this.#askedAlways = context.askedAlways;
    this.#seen = seen;
    this.#seenHere = seenHere;
    this.#unread = unreadColumns(columns);
    this.group = new LineGroup(delimiter, columns.count);
  }

  begin(bytes: Uint8Array, encoding: EncodingSoFar): void {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#isGb = encoding === 'gb18030';
    if (this.#isGb) this.#toUnit = gbTables().toUnit;
  }

  /**
   * Reads the group's IDs and touches all that is looked up by person, so that memory fetches it side by side: waiting for
   * it line by line was a quarter of the time against 5,000,000 cardholders.
   */
  ready(): void {
    const { group } = this;
    const { starts, ends, fields, count } = group;
    const [as, bs, homes, words] = [this.#a, this.#b, this.#home, this.#words];
    const { slots } = this.#directory;
    const id = this.#id;
    for (let nth = 0, field = this.#columns.residentId; nth < count; nth++, field += fields) {
      const from = starts[field] as number;
      const isId =
        (ends[field] as number) - from === RESIDENT_ID_BYTES && id.read(this.#view, from) && id.a > 0;
      as[nth] = isId ? id.a : 0;
      bs[nth] = id.b;
      homes[nth] = homeSlot(id.a, id.b, slots);
    }
    const [seen, seenHere] = [this.#seen, this.#seenHere];
    const last = (slots - 1) * SLOT_WORDS;
    let touched = 0;
    for (let nth = 0; nth < count; nth++) {
      const home = homes[nth] as number;
      const at = home * SLOT_WORDS;
      touched ^= (words[at] as number) ^ (words[Math.min(at + 2 * SLOT_WORDS, last)] as number);
      touched ^= (seen[home >>> 5] as number) ^ (seenHere[home >>> 5] as number);
    }
    this.#touched ^= touched;
  }

  /**
   * Whether the nth line of the group is surely clean, whoever else is on the roster. Long, because each step needs the
   * last one's integers.
   */
  isClean(nth: number): boolean {
    const { starts, ends, fields } = this.group;
    const field = nth * fields;
    const columns = this.#columns;
    const words = this.#words;
    const { rules, marks } = this.#context;

    // The birth date in the ID needs no look: the ID is accepted only when the base has it, and the base was checked.
    const a = this.#a[nth] as number;
    const b = this.#b[nth] as number;
    if (a === 0) return false;
    const slot = this.#directory.findFrom(this.#home[nth] as number, a, b);
    if (slot < 0) return false;
    const at = slot * SLOT_WORDS;
    const flags = words[at + 6] as number;
    if ((flags & CLEAN) === 0 || this.#askedAlways[flags & BANK_MASK] === 1) return false;
    if (marks.words && marks.words[slot] !== 0) return false;

    const amount = field + columns.amount;
    const amountFen = this.#readAmount(starts[amount] as number, ends[amount] as number);
    if (amountFen <= 0 || amountFen > rules.ceilingFen || amountFen > FAST_FEN_MAX) return false;
    const fundingRule = rules.fundingRuleWhereCovered((words[at + 7] as number) & REGION_MASK);
    if (fundingRule < 0) return false;
    const birth = (a % 100) * 1_000_000 + Math.floor(b / 1000);
    if (!rules.isStandard(amountFen, birth)) return false;

    const payee = field + columns.payeeId;
    if (columns.payeeId >= 0 && starts[payee] !== ends[payee]) return false;
    if (columns.account >= 0) {
      const account = field + columns.account;
      if (!this.#isAccount(starts[account] as number, ends[account] as number, at, flags)) return false;
    }
    const name = field + columns.name;
    if (!this.#isName(starts[name] as number, ends[name] as number, at)) return false;
    const department = field + columns.departmentLine;
    if (
      columns.departmentLine >= 0 &&
      !this.#isToken(starts[department] as number, ends[department] as number)
    )
      return false;
    for (const unread of this.#unread) {
      if (!this.#isText(starts[field + unread] as number, ends[field + unread] as number)) return false;
    }
    this.slot = slot;
    this.amountFen = amountFen;
    this.bank = flags & BANK_MASK;
    this.fundingRule = fundingRule;
    return true;
  }

  /** Writes the payment of the line that was proven last. */
  put(rows: PaymentRows, nth: number, line: number): void {
    const { starts, ends, fields } = this.group;
    const columns = this.#columns;
    const field = nth * fields;
    const words = this.#words;
    const view = this.#view;
    const { length } = this.#bytes;
    const at = this.slot * SLOT_WORDS;
    const nameFrom = starts[field + columns.name] as number;
    const nameTo = ends[field + columns.name] as number;
    const departmentFrom =
      columns.departmentLine < 0 ? 0 : (starts[field + columns.departmentLine] as number);
    const departmentTo = columns.departmentLine < 0 ? 0 : (ends[field + columns.departmentLine] as number);
    const digits = ((words[at + 6] as number) >>> ACCOUNT_LENGTH_SHIFT) & ACCOUNT_LENGTH_MASK;
    rows.reserve(PAYMENT_FIXED_BYTES + 2 * (nameTo - nameFrom) + digits + departmentTo - departmentFrom);
    rows.putPlainHead(line, this.#a[nth] as number, this.#b[nth] as number);
    if (this.#isGb) this.#putGbName(rows, nameFrom, nameTo);
    else rows.textFrom(view, nameFrom, nameTo, length);
    rows.int2(this.bank);
    const account = columns.account < 0 ? 0 : (starts[field + columns.account] as number);
    if (columns.account >= 0 && ends[field + columns.account] !== account) {
      rows.textFrom(view, account, account + digits, length);
    } else {
      const start = rows.beginText();
      putAccount(rows.bytes, start, (words[at + 4] as number) >>> 0, (words[at + 5] as number) >>> 0, digits);
      rows.length = start + digits;
      rows.endText(start);
    }
    rows.putPlainTail(this.amountFen, (words[at + 7] as number) & REGION_MASK);
    if (departmentTo === departmentFrom) rows.null();
    else rows.textFrom(view, departmentFrom, departmentTo, length);
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

  /** Whether bytes[from, to) are nothing, or the digits of the account in the slot at `at`. */
  #isAccount(from: number, to: number, at: number, flags: number): boolean {
    if (from === to) return true;
    if (to - from !== ((flags >>> ACCOUNT_LENGTH_SHIFT) & ACCOUNT_LENGTH_MASK)) return false;
    return isAccountOf(
      this.#view,
      from,
      to,
      (this.#words[at + 4] as number) >>> 0,
      (this.#words[at + 5] as number) >>> 0,
    );
  }

  /** Whether bytes[from, to) are plain hanzi whose hash is that of the slot at `at`. */
  #isName(from: number, to: number, at: number): boolean {
    const bytes = this.#bytes;
    const width = this.#isGb ? 2 : 3;
    if (to === from || (to - from) % width !== 0) return false;
    let low = NAME_SEED_LOW;
    let high = NAME_SEED_HIGH;
    for (let index = from; index < to; index += width) {
      const unit = this.#isGb
        ? (this.#toUnit[((bytes[index] as number) << 8) | (bytes[index + 1] as number)] as number)
        : utf8Unit(bytes[index] as number, bytes[index + 1] as number, bytes[index + 2] as number);
      if (unit < 0x4e00 || unit > 0x9fff) return false;
      low = nameStepLow(low, unit);
      high = nameStepHigh(high, unit);
    }
    const words = this.#words;
    return (
      (nameFinishLow(low, high) | 0) === words[at + 2] && (nameFinishHigh(low, high) | 0) === words[at + 3]
    );
  }

  /** Printable ASCII without blanks, or empty: what can be copied as it is. */
  #isToken(from: number, to: number): boolean {
    const bytes = this.#bytes;
    for (let at = from; at < to; at++) {
      const byte = bytes[at] as number;
      if (byte <= 0x20 || byte >= 0x7f) return false;
    }
    return true;
  }

  /** Whether bytes[from, to) are surely text: ASCII and the common two- or three-byte characters. */
  #isText(from: number, to: number): boolean {
    const bytes = this.#bytes;
    for (let at = from; at < to; at++) {
      const byte = bytes[at] as number;
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

  #putGbName(rows: PaymentRows, from: number, to: number): void {
    const bytes = this.#bytes;
    const start = rows.beginText();
    const target = rows.bytes;
    let at = start;
    for (let index = from; index < to; index += 2) {
      const unit = this.#toUnit[((bytes[index] as number) << 8) | (bytes[index + 1] as number)] as number;
      target[at++] = 0xe0 | (unit >>> 12);
      target[at++] = 0x80 | ((unit >>> 6) & 0x3f);
      target[at++] = 0x80 | (unit & 0x3f);
    }
    rows.length = at;
    rows.endText(start);
  }
}

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
