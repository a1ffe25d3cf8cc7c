// From the base's rows, as the database copies them out, to the directory. Oldest version first.

import { CopyTuples } from '../encoding/copy-tuples.js';
import { digitsOf } from '../encoding/four-digits.js';
import { foldName } from '../identity/person-name.js';
import { accountWords, numberHigh, numberLow, PLAIN_ACCOUNT_DIGITS } from './account-words.js';
import type { DirectoryBuilder } from './directory-builder.js';
import {
  ACCOUNT_LENGTH_SHIFT,
  ACCOUNT_STATE_SHIFT,
  CARD_STATE_SHIFT,
  DECEASED,
  deathMonth,
  IRREGULAR_NAME,
  LONG_ACCOUNT,
  OTHER_KIND,
  REGION_BITS,
  REMOVED,
  UNUSUAL_NAME,
} from './layout.js';
import {
  hashText,
  NAME_SEED_HIGH,
  NAME_SEED_LOW,
  nameFinishHigh,
  nameFinishLow,
  nameStepHigh,
  nameStepLow,
} from './name-hash.js';
import { personFirst, personRest } from './person-key.js';

/** Columns to copy out of a version of the base, in this order. */
export const DIRECTORY_COLUMNS = [
  'person',
  'name',
  'region',
  'card_state',
  'bank',
  'account',
  'account_state',
  'deceased',
  'died_on',
  'removed',
] as const;

/** Every unified hanzi up to here has a two-byte code in GBK (GB 18030, two-byte part: U+4E00 to U+9FA5). */
const GBK_HANZI_TO = 0x9fa5;
const USUAL_NAME_MIN = 2;
const USUAL_NAME_MAX = 10;
const DAY_MILLISECONDS = 86_400_000;
const POSTGRES_EPOCH = Date.UTC(2000, 0, 1);

const decoder = new TextDecoder();

export class DirectoryFeed {
  readonly tuples: CopyTuples;
  readonly #builder: DirectoryBuilder;
  #nameLow = 0;
  #nameHigh = 0;
  #accountLow = 0;
  #accountHigh = 0;

  /** `extraColumns`: columns copied out behind DIRECTORY_COLUMNS, read by the visitor of feed(). */
  constructor(builder: DirectoryBuilder, extraColumns = 0) {
    this.#builder = builder;
    this.tuples = new CopyTuples(DIRECTORY_COLUMNS.length + extraColumns);
  }

  /** `visit` sees each row before it is put in; the builder says later where it was put. */
  feed(piece: Uint8Array, visit?: (view: DataView) => void): void {
    this.tuples.feed(piece, (bytes, view) => {
      visit?.(view);
      this.#row(bytes, view);
    });
  }

  /** Call after all pieces of a version; the next version may follow. */
  endVersion(): void {
    this.tuples.finish();
    this.#builder.flush();
  }

  #row(bytes: Uint8Array, view: DataView): void {
    const { starts, lengths } = this.tuples;
    const start = (column: number): number => starts[column] as number;
    const high = view.getInt32(start(0));
    const low = view.getUint32(start(0) + 4);
    const isOther = high < 0;
    const a = isOther ? OTHER_KIND : personFirst(high, low);
    const b = isOther ? -(low | 0) >>> 0 : personRest(low, a);
    let flags = this.#name(bytes, start(1), start(1) + (lengths[1] as number));
    const accountLength = lengths[5] as number;
    flags |= this.#account(bytes, view, start(5), accountLength);
    flags |= view.getInt16(start(4));
    flags |= accountLength << ACCOUNT_LENGTH_SHIFT;
    flags |= view.getInt16(start(3)) << CARD_STATE_SHIFT;
    flags |= view.getInt16(start(6)) << ACCOUNT_STATE_SHIFT;
    let month = 0;
    if (bytes[start(7)] === 1) {
      flags |= DECEASED;
      if (lengths[8] === 4) month = monthOfDay(view.getInt32(start(8)));
    }
    if (bytes[start(9)] === 1) flags |= REMOVED;
    const place = view.getInt32(start(2)) | (month << REGION_BITS);
    this.#builder.put(
      a,
      b,
      this.#nameLow,
      this.#nameHigh,
      this.#accountLow,
      this.#accountHigh,
      flags >>> 0,
      place >>> 0,
    );
  }

  /** Hashes the folded name; answers the name's flags. Names of plain hanzi, nearly all, are hashed from the bytes. */
  #name(bytes: Uint8Array, from: number, to: number): number {
    let low = NAME_SEED_LOW;
    let high = NAME_SEED_HIGH;
    let isUsual = (to - from) % 3 === 0;
    for (let at = from; at < to && isUsual; at += 3) {
      const first = bytes[at] as number;
      const unit =
        ((first & 15) << 12) | (((bytes[at + 1] as number) & 63) << 6) | ((bytes[at + 2] as number) & 63);
      isUsual = (first & 0xf0) === 0xe0 && unit >= 0x4e00 && unit <= GBK_HANZI_TO;
      low = nameStepLow(low, unit);
      high = nameStepHigh(high, unit);
    }
    if (isUsual) {
      this.#nameLow = nameFinishLow(low, high);
      this.#nameHigh = nameFinishHigh(low, high);
      const length = (to - from) / 3;
      return length >= USUAL_NAME_MIN && length <= USUAL_NAME_MAX ? 0 : UNUSUAL_NAME;
    }
    const name = decoder.decode(bytes.subarray(from, to));
    const folded = foldName(name);
    const hash = hashText(folded);
    this.#nameLow = hash.low;
    this.#nameHigh = hash.high;
    return UNUSUAL_NAME | (folded === name ? 0 : IRREGULAR_NAME);
  }

  #account(bytes: Uint8Array, view: DataView, from: number, length: number): number {
    if (length > PLAIN_ACCOUNT_DIGITS) {
      const hash = accountWords(decoder.decode(bytes.subarray(from, from + length)));
      this.#accountLow = hash.low;
      this.#accountHigh = hash.high;
      return LONG_ACCOUNT;
    }
    const split = Math.max(from, from + length - 9);
    const upper = digitsOf(view, from, split);
    const lower = digitsOf(view, split, from + length);
    this.#accountLow = numberLow(upper, lower);
    this.#accountHigh = numberHigh(upper, lower);
    return 0;
  }
}

function monthOfDay(day: number): number {
  const date = new Date(POSTGRES_EPOCH + day * DAY_MILLISECONDS);
  return deathMonth(date.getUTCFullYear(), date.getUTCMonth() + 1);
}
