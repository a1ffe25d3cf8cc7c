// The fast path of a cardholder file: rows of the plain kind (resident ID, hanzi name, states and dates as everybody
// writes them) from bytes to the record's COPY row and fingerprint, without a string. What it cannot read in full, for
// whatever reason, it leaves to the careful path (check-row.ts); a property test compares the two.

import { ACCOUNT_STATES, CARD_STATES } from '../directory/layout.js';
import {
  NAME_SEED_HIGH,
  NAME_SEED_LOW,
  nameFinishHigh,
  nameFinishLow,
  nameStepHigh as stepHigh,
  nameStepLow as stepLow,
} from '../directory/name-hash.js';
import { RESIDENT_ID_BYTES, ResidentIdReader } from '../directory/resident-id-bytes.js';
import type { EncodingSoFar } from '../encoding/detect.js';
import { areDigits, digitsOf, fourDigits } from '../encoding/four-digits.js';
import { decodeGb18030, encodeGb18030, gbTables } from '../encoding/gb18030.js';
import { LineGroup } from '../encoding/line-group.js';
import { decodeUtf8 } from '../encoding/utf8.js';
import { parseBankCode } from '../identity/bank-code.js';
import { dayNumber, daysInMonth } from '../identity/calendar-date.js';
import { BIRTH_YEAR_MIN } from '../identity/resident-id.js';
import { CARDHOLDER_COLUMNS, type CardholderRows } from './cardholder-rows.js';
import type { CardholderFieldPlaces } from './check-chunk.js';
import { ACCOUNT_STATE_WORDS, ALIVE_WORDS, CARD_STATE_WORDS } from './check-row.js';
import { LearnedWords } from './learned-words.js';

const ZERO = 0x30;
const HYPHEN = 0x2d;
/** A unit that no text holds: closes a text in the fingerprint, as in cardholder-record.ts. */
const TEXT_END = 0x10000;
const NO_DAY = -1_000_000;
/** All of a row but its texts, and what textFrom may write behind the last one. */
const ROW_BYTES = 160;

interface Word {
  bytes: Uint8Array;
  value: number;
}

export class FastRow {
  /** Key words of the person, fingerprint and day of update (0 unknown) of the row that was read. */
  a = 0;
  b = 0;
  printLow = 0;
  printHigh = 0;
  updatedOn = 0;
  readonly #places: CardholderFieldPlaces;
  readonly group: LineGroup;
  readonly #id = new ResidentIdReader();
  /** Where the fields of the row at hand begin in the group's tables. */
  #base = 0;
  readonly #unread: readonly number[];
  #bytes: Uint8Array = new Uint8Array(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  #encoding: EncodingSoFar | undefined;
  #isGb = false;
  #toUnit: Uint16Array = new Uint16Array(0);
  readonly #banks = new LearnedWords((bytes) => {
    const text = this.#isGb ? decodeGb18030(bytes) : decodeUtf8(bytes);
    return text === undefined ? -1 : (parseBankCode(text) ?? -1);
  });
  #cardStates: Word[] = [];
  #accountStates: Word[] = [];
  #aliveWords: Word[] = [];
  readonly #cardTexts = CARD_STATES.map(ascii);
  readonly #accountTexts = ACCOUNT_STATES.map(ascii);
  // What the row says, as integers.
  #region = 0;
  #bank = 0;
  #cardState = 0;
  #accountState = 0;
  #deceased = 0;
  #diedOn = NO_DAY;

  constructor(places: CardholderFieldPlaces, delimiter: number) {
    this.#places = places;
    this.group = new LineGroup(delimiter, places.count);
    const read = new Set(
      Object.entries(places).flatMap(([name, place]) => (name === 'count' ? [] : [place])),
    );
    this.#unread = Array.from({ length: places.count }, (_, index) => index).filter(
      (index) => !read.has(index),
    );
  }

  begin(bytes: Uint8Array, encoding: EncodingSoFar): void {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (encoding === this.#encoding) return;
    this.#encoding = encoding;
    this.#isGb = encoding === 'gb18030';
    this.#banks.forget();
    if (this.#isGb) this.#toUnit = gbTables().toUnit;
    this.#cardStates = wordsOf(CARD_STATE_WORDS, (state) => CARD_STATES.indexOf(state), this.#isGb);
    this.#accountStates = wordsOf(ACCOUNT_STATE_WORDS, (state) => ACCOUNT_STATES.indexOf(state), this.#isGb);
    this.#aliveWords = wordsOf(ALIVE_WORDS, Number, this.#isGb);
  }

  /** Reads the nth row of the group; false when the careful path must. */
  read(nth: number): boolean {
    this.#base = nth * this.group.fields;
    return this.#readId() && this.#readValues() && this.#fingerprint();
  }

  /** Writes the row that was read. */
  put(rows: CardholderRows): void {
    const { name, cardNumber, account } = this.#places;
    const view = this.#view;
    const nameFrom = this.#start(name);
    const nameTo = this.#end(name);
    const cardFrom = cardNumber < 0 ? 0 : this.#start(cardNumber);
    const cardTo = cardNumber < 0 ? 0 : this.#end(cardNumber);
    rows.reserve(ROW_BYTES + 3 * (nameTo - nameFrom) + cardTo - cardFrom);
    rows.startRow(CARDHOLDER_COLUMNS.length);
    rows.person(this.a, this.b);
    this.#putName(rows, nameFrom, nameTo);
    rows.int4(this.#region);
    if (cardFrom === cardTo) rows.null();
    else rows.textFrom(view, cardFrom, cardTo, this.#bytes.length);
    rows.int2(this.#cardState);
    rows.int2(this.#bank);
    rows.textFrom(view, this.#start(account), this.#end(account), this.#bytes.length);
    rows.int2(this.#accountState);
    rows.boolean(this.#deceased === 1);
    if (this.#diedOn === NO_DAY) rows.null();
    else rows.date(this.#diedOn);
    if (this.updatedOn === 0) rows.null();
    else rows.date(this.updatedOn);
    rows.int8(this.printHigh | 0, this.printLow | 0);
  }

  /** GB 11643-1999: 17 digits, a possible birth date, the check character. */
  #readId(): boolean {
    const from = this.#start(this.#places.residentId);
    const id = this.#id;
    if (this.#end(this.#places.residentId) - from !== RESIDENT_ID_BYTES || !id.read(this.#view, from))
      return false;
    const { a, b } = id;
    const year = (a % 100) * 100 + Math.floor(b / 10_000_000);
    const month = Math.floor(b / 100_000) % 100;
    const day = Math.floor(b / 1000) % 100;
    this.a = a;
    this.b = b;
    // A tail of zeros is looked at by the careful path: it may be a spreadsheet's damage.
    return (
      b % 1000 !== 0 &&
      year >= BIRTH_YEAR_MIN &&
      month >= 1 &&
      month <= 12 &&
      day >= 1 &&
      day <= daysInMonth(year, month)
    );
  }

  #start(place: number): number {
    return this.group.starts[this.#base + place] as number;
  }

  #end(place: number): number {
    return this.group.ends[this.#base + place] as number;
  }

  #readValues(): boolean {
    const places = this.#places;
    this.#region = this.#digits(places.region, 6);
    this.#bank = this.#banks.valueOf(this.#bytes, this.#start(places.bank), this.#end(places.bank));
    this.#cardState = this.#word(places.cardState, this.#cardStates);
    this.#accountState = this.#word(places.accountState, this.#accountStates);
    const dead = this.#word(places.alive, this.#aliveWords);
    this.#diedOn = this.#day(places.diedOn);
    const updatedOn = this.#day(places.updatedOn);
    this.updatedOn = updatedOn === NO_DAY ? 0 : updatedOn;
    if (this.#region < 100_000 || this.#bank < 0) return false;
    if (this.#cardState < 0 || this.#accountState < 0 || dead < 0) return false;
    if (Number.isNaN(this.#diedOn) || Number.isNaN(updatedOn)) return false;
    this.#deceased = dead === 1 || this.#diedOn !== NO_DAY ? 1 : 0;
    if (!this.#isAccount() || !this.#isToken(places.cardNumber)) return false;
    for (const place of this.#unread) if (!this.#isAscii(place)) return false;
    return true;
  }

  /** A number of just so many digits, or -1. */
  #digits(place: number, length: number): number {
    const from = this.#start(place);
    return this.#end(place) - from === length ? digitsOf(this.#view, from, from + length) : -1;
  }

  /** Number of the state that the field names, 0 where there is no such column or it is empty and may be, or -1. */
  #word(place: number, words: readonly Word[]): number {
    const from = place < 0 ? 0 : this.#start(place);
    const length = place < 0 ? 0 : this.#end(place) - from;
    const text = this.#bytes;
    for (let nth = 0; nth < words.length; nth++) {
      const { bytes, value } = words[nth] as Word;
      if (bytes.length !== length) continue;
      let index = 0;
      while (index < length && text[from + index] === bytes[index]) index++;
      if (index === length) return value;
    }
    return -1;
  }

  /** Days since 1970 of YYYY-MM-DD or YYYYMMDD, NO_DAY when empty, NaN for anything else. */
  #day(place: number): number {
    if (place < 0 || this.#start(place) === this.#end(place)) return NO_DAY;
    const from = this.#start(place);
    const length = this.#end(place) - from;
    const year = length >= 8 ? fourDigits(this.#view, from) : -1;
    let monthAndDay = -1;
    if (length === 8) monthAndDay = fourDigits(this.#view, from + 4);
    else if (length === 10 && this.#bytes[from + 4] === HYPHEN && this.#bytes[from + 7] === HYPHEN) {
      monthAndDay = this.#pair(from + 5) * 100 + this.#pair(from + 8);
    }
    if (year < 1900 || !(monthAndDay >= 0)) return Number.NaN;
    const month = (monthAndDay / 100) | 0;
    const day = monthAndDay % 100;
    if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return Number.NaN;
    return dayNumber({ year, month, day });
  }

  /** Two digits, or NaN. */
  #pair(from: number): number {
    const tens = (this.#bytes[from] as number) - ZERO;
    const ones = (this.#bytes[from + 1] as number) - ZERO;
    return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
  }

  #isAccount(): boolean {
    const from = this.#start(this.#places.account);
    const to = this.#end(this.#places.account);
    return to - from >= 6 && to - from <= 32 && areDigits(this.#view, from, to);
  }

  /** Printable ASCII without blanks, of at most 32 characters, or empty. */
  #isToken(place: number): boolean {
    if (place < 0) return true;
    const from = this.#start(place);
    const to = this.#end(place);
    for (let at = from; at < to; at++) {
      const byte = this.#bytes[at] as number;
      if (byte <= 0x20 || byte >= 0x7f) return false;
    }
    return to - from <= 32;
  }

  #isAscii(place: number): boolean {
    const to = this.#end(place);
    for (let at = this.#start(place); at < to; at++) if ((this.#bytes[at] as number) >= 0x80) return false;
    return true;
  }

  /**
   * The same steps as fingerprintOf, on the bytes. False for a name that is not plain hanzi. The two lanes stay in local
   * variables throughout: as fields of the object they took twice as long.
   */
  #fingerprint(): boolean {
    const { name, cardNumber, account } = this.#places;
    const width = this.#isGb ? 2 : 3;
    const nameFrom = this.#start(name);
    const nameTo = this.#end(name);
    if (nameFrom === nameTo || (nameTo - nameFrom) % width !== 0) return false;
    const bytes = this.#bytes;
    const [region, bank, deceased, diedOn] = [this.#region, this.#bank, this.#deceased, this.#diedOn];
    let low = stepLow(stepLow(stepLow(stepLow(NAME_SEED_LOW, region), bank), deceased), diedOn);
    let high = stepHigh(stepHigh(stepHigh(stepHigh(NAME_SEED_HIGH, region), bank), deceased), diedOn);
    for (let at = nameFrom; at < nameTo; at += width) {
      const unit = this.#unitAt(at);
      if (unit < 0x4e00 || unit > 0x9fff) return false;
      low = stepLow(low, unit);
      high = stepHigh(high, unit);
    }
    low = stepLow(low, TEXT_END);
    high = stepHigh(high, TEXT_END);
    if (cardNumber >= 0) {
      const to = this.#end(cardNumber);
      for (let at = this.#start(cardNumber); at < to; at++) {
        low = stepLow(low, bytes[at] as number);
        high = stepHigh(high, bytes[at] as number);
      }
    }
    low = stepLow(low, TEXT_END);
    high = stepHigh(high, TEXT_END);
    const cardState = this.#cardTexts[this.#cardState] as Uint8Array;
    for (let at = 0; at < cardState.length; at++) {
      low = stepLow(low, cardState[at] as number);
      high = stepHigh(high, cardState[at] as number);
    }
    low = stepLow(low, TEXT_END);
    high = stepHigh(high, TEXT_END);
    const accountTo = this.#end(account);
    for (let at = this.#start(account); at < accountTo; at++) {
      low = stepLow(low, bytes[at] as number);
      high = stepHigh(high, bytes[at] as number);
    }
    low = stepLow(low, TEXT_END);
    high = stepHigh(high, TEXT_END);
    const accountState = this.#accountTexts[this.#accountState] as Uint8Array;
    for (let at = 0; at < accountState.length; at++) {
      low = stepLow(low, accountState[at] as number);
      high = stepHigh(high, accountState[at] as number);
    }
    low = stepLow(low, TEXT_END);
    high = stepHigh(high, TEXT_END);
    this.printLow = nameFinishLow(low, high);
    this.printHigh = nameFinishHigh(low, high);
    return true;
  }

  #unitAt(at: number): number {
    const bytes = this.#bytes;
    const first = bytes[at] as number;
    const second = bytes[at + 1] as number;
    if (this.#isGb) return this.#toUnit[(first << 8) | second] as number;
    const third = bytes[at + 2] as number;
    if ((first & 0xf0) !== 0xe0 || (second & 0xc0) !== 0x80 || (third & 0xc0) !== 0x80) return 0;
    return ((first & 15) << 12) | ((second & 63) << 6) | (third & 63);
  }

  #putName(rows: CardholderRows, from: number, to: number): void {
    if (!this.#isGb) {
      rows.textFrom(this.#view, from, to, this.#bytes.length);
      return;
    }
    const start = rows.beginText();
    let at = start;
    for (let index = from; index < to; index += 2) {
      const unit = this.#unitAt(index);
      rows.bytes[at++] = 0xe0 | (unit >>> 12);
      rows.bytes[at++] = 0x80 | ((unit >>> 6) & 0x3f);
      rows.bytes[at++] = 0x80 | (unit & 0x3f);
    }
    rows.length = at;
    rows.endText(start);
  }
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function wordsOf<Value>(
  words: Readonly<Record<string, Value>>,
  numberOf: (value: Value) => number,
  isGb: boolean,
): Word[] {
  return Object.entries(words).map(([word, value]) => ({
    bytes: isGb ? encodeGb18030(word) : ascii(word),
    value: numberOf(value),
  }));
}
