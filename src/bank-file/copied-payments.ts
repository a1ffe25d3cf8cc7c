// Payments as the database copies them out, as rows that the file writers take: texts stay in the copied bytes, the
// resident ID is computed beside them.

import { EngineError } from '../base/error.js';
import { personFirst, personRest } from '../directory/person-key.js';
import { CopyTuples } from '../encoding/copy-tuples.js';
import { CHECK_CHARACTERS, CHECK_WEIGHTS } from '../identity/resident-id.js';
import type { PaymentRow } from './payment-row.js';

// Columns of a payment row by number: see roster/payment-rows.ts.
const LINE = 0;
const PERSON = 1;
const PAYEE = 3;
const NAME = 4;
const BANK = 5;
const ACCOUNT = 6;
const AMOUNT = 7;
const REGION = 8;
const COLUMNS = 11;
const RESIDENT_ID_LENGTH = 18;
const ZERO = 0x30;

/** Room behind the rows for the resident ID of the row at hand, or an identifier of another kind. */
const IDENTIFIER_BYTES = 64;

export class CopiedPayments {
  readonly #others: ReadonlyMap<number, Uint8Array>;
  readonly #row: PaymentRow;
  #idAt = 0;

  /** `others`: texts and serials of identifiers of another kind. */
  constructor(others: readonly (readonly [string, number])[]) {
    const encoder = new TextEncoder();
    this.#others = new Map(others.map(([identifier, serial]) => [serial, encoder.encode(identifier)]));
    this.#row = {
      bytes: new Uint8Array(0),
      ...{ nameFrom: 0, nameTo: 0, accountFrom: 0, accountTo: 0, residentIdFrom: 0, residentIdTo: 0 },
      ...{ bank: 0, amountFen: 0, batch: 0, line: 0, region: 0 },
    };
  }

  /** Visits whole rows without the header of a COPY; the row is one object, filled again each time. */
  forEach(rows: Uint8Array, batch: number, visit: (row: PaymentRow) => void): void {
    const room = rows.length + IDENTIFIER_BYTES;
    if (this.#row.bytes.length < room) this.#row.bytes = new Uint8Array(room);
    const { bytes } = this.#row;
    bytes.set(rows);
    this.#row.batch = batch;
    this.#idAt = rows.length;
    const tuples = new CopyTuples(COLUMNS, { hasHeader: false });
    tuples.feed(bytes.subarray(0, rows.length), (_bytes, view) => {
      this.#fill(view, tuples);
      visit(this.#row);
    });
  }

  #fill(view: DataView, { starts, lengths }: CopyTuples): void {
    const row = this.#row;
    row.line = view.getInt32(starts[LINE] as number);
    row.nameFrom = starts[NAME] as number;
    row.nameTo = row.nameFrom + (lengths[NAME] as number);
    row.accountFrom = starts[ACCOUNT] as number;
    row.accountTo = row.accountFrom + (lengths[ACCOUNT] as number);
    row.bank = view.getInt16(starts[BANK] as number);
    const amount = starts[AMOUNT] as number;
    row.amountFen = view.getInt32(amount) * 0x100000000 + view.getUint32(amount + 4);
    row.region = view.getInt32(starts[REGION] as number);
    // The account is the payee's where someone receives for the person, so the ID beside it is the payee's too.
    this.#putResidentId(view, starts[lengths[PAYEE] === 8 ? PAYEE : PERSON] as number);
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
    let rest = personRest(low, first);
    let upper = first;
    let sum = 0;
    for (let index = 16; index >= 0; index--) {
      const source = index >= 8 ? rest : upper;
      const digit = source % 10;
      row.bytes[this.#idAt + index] = ZERO + digit;
      sum += digit * (CHECK_WEIGHTS[index] as number);
      if (index >= 8) rest = (rest / 10) | 0;
      else upper = (upper / 10) | 0;
    }
    row.bytes[this.#idAt + 17] = CHECK_CHARACTERS.charCodeAt(sum % 11);
    row.residentIdTo = this.#idAt + RESIDENT_ID_LENGTH;
  }
}
