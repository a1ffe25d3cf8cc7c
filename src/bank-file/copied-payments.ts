// Payments as the database copies them out, as rows that the file writers take: texts stay in the copied bytes, the
// resident ID is computed beside them.

import { assert } from '../base/assert.js';
import { EngineError } from '../base/error.js';
import { personFirst, personRest } from '../directory/person-key.js';
import { CHECK_CHARACTERS, CHECK_WEIGHTS } from '../identity/resident-id.js';
import type { PaymentRow } from './payment-row.js';
import { NO_ROW } from './program.js';

// A row as COPY writes it in binary: the number of columns in 2 bytes, then each column with its length in 4 bytes before it:
// line 4, person 8, sequence 2, payee 8 or null, name, bank 2, account, amount 8, region 4, follows_line 4 or null,
// department_line or null (roster/payment-rows.ts).
const COLUMNS = 11;
const RESIDENT_ID_LENGTH = 18;
const ZERO = 0x30;

/** Room behind the rows for the resident ID of the row at hand, or an identifier of another kind. */
const IDENTIFIER_BYTES = 64;

export class CopiedPayments {
  readonly #others: ReadonlyMap<number, Uint8Array>;
  readonly #row: PaymentRow;
  #view: DataView = new DataView(new ArrayBuffer(0));
  #idAt = 0;

  /** `others`: texts and serials of identifiers of another kind. */
  constructor(others: readonly (readonly [string, number])[]) {
    const encoder = new TextEncoder();
    this.#others = new Map(others.map(([identifier, serial]) => [serial, encoder.encode(identifier)]));
    this.#row = { ...NO_ROW };
  }

  /** Visits whole rows without the header of a COPY; the row is one object, filled again each time. */
  forEach(rows: Uint8Array, batch: number, visit: (row: PaymentRow) => void): void {
    const room = rows.length + IDENTIFIER_BYTES;
    if (this.#row.bytes.length < room) {
      this.#row.bytes = new Uint8Array(room);
      this.#view = new DataView(this.#row.bytes.buffer);
    }
    this.#row.bytes.set(rows);
    this.#row.batch = batch;
    this.#idAt = rows.length;
    for (let at = 0; at < rows.length; ) {
      const next = this.#fill(at);
      // A trailer ends the rows of a COPY.
      if (next < 0) return;
      visit(this.#row);
      at = next;
    }
  }

  /** Takes the row at `at` and returns where the next one begins, or -1 at the trailer. */
  #fill(at: number): number {
    const view = this.#view;
    const row = this.#row;
    const columns = view.getInt16(at);
    if (columns === -1) return -1;
    assert(columns === COLUMNS, `a row of ${columns} columns where ${COLUMNS} were asked for`);
    row.line = view.getInt32(at + 6);
    const person = at + 14;
    const payee = at + 32;
    const hasPayee = view.getInt32(at + 28) > 0;
    row.nameFrom = payee + (hasPayee ? 8 : 0) + 4;
    row.nameTo = row.nameFrom + view.getInt32(row.nameFrom - 4);
    row.bank = view.getInt16(row.nameTo + 4);
    row.accountFrom = row.nameTo + 10;
    row.accountTo = row.accountFrom + view.getInt32(row.nameTo + 6);
    const amount = row.accountTo + 4;
    row.amountFen = view.getInt32(amount) * 0x100000000 + view.getUint32(amount + 4);
    row.region = view.getInt32(amount + 12);
    // The account is the payee's where someone receives for the person, so the ID beside it is the payee's too.
    this.#putResidentId(view, hasPayee ? payee : person);
    const follows = amount + 16;
    const department = follows + 4 + Math.max(0, view.getInt32(follows));
    return department + 4 + Math.max(0, view.getInt32(department));
  }

  /** GB 11643-1999: the 17 digits of the person's number and the check character. */
  #putResidentId(view: DataView, at: number): void {
    const row = this.#row;
    const high = view.getInt32(at);
    const low = view.getUint32(at + 4);
    row.residentIdFrom = this.#idAt;
    if (high < 0) {
      const serial = -(low | 0) >>> 0;
      const text = this.#others.get(serial);
      if (!text) throw new EngineError('INTERNAL', { problem: `identifier ${serial} is missing` });
      row.bytes.set(text, this.#idAt);
      row.residentIdTo = this.#idAt + text.length;
      return;
    }
    const first = personFirst(high, low);
    const rest = personRest(low, first);
    const last = Math.floor(rest / 100_000_000);
    row.bytes[this.#idAt + 8] = ZERO + last;
    const sum =
      this.#putEight(first, 0) +
      this.#putEight(rest - last * 100_000_000, 9) +
      last * (CHECK_WEIGHTS[8] as number);
    row.bytes[this.#idAt + 17] = CHECK_CHARACTERS.charCodeAt(sum % 11);
    row.residentIdTo = this.#idAt + RESIDENT_ID_LENGTH;
  }

  /** Writes eight digits of the ID from place `from`, two at a time, and returns their weighted sum. */
  #putEight(value: number, from: number): number {
    const { bytes } = this.#row;
    let rest = value;
    let sum = 0;
    for (let index = from + 6; index >= from; index -= 2) {
      const upper = (rest / 100) | 0;
      const pair = rest - upper * 100;
      const tens = (pair / 10) | 0;
      const ones = pair - tens * 10;
      bytes[this.#idAt + index] = ZERO + tens;
      bytes[this.#idAt + index + 1] = ZERO + ones;
      sum += tens * (CHECK_WEIGHTS[index] as number) + ones * (CHECK_WEIGHTS[index + 1] as number);
      rest = upper;
    }
    return sum;
  }
}
