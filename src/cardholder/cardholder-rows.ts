// Cardholder records as COPY rows.

import { ACCOUNT_STATES, CARD_STATES } from '../directory/layout.js';
import { PersonRows } from '../directory/person-rows.js';
import { type CardholderRecord, fingerprintOf } from './cardholder-record.js';

export const CARDHOLDER_COLUMNS = [
  'person',
  'name',
  'region',
  'card_number',
  'card_state',
  'bank',
  'account',
  'account_state',
  'deceased',
  'died_on',
  'updated_on',
  'fingerprint',
] as const;

const NUMBERS_BYTES = 128;

export class CardholderRows extends PersonRows {
  put(a: number, b: number, record: CardholderRecord): void {
    this.reserve(NUMBERS_BYTES);
    this.startRow(CARDHOLDER_COLUMNS.length);
    this.person(a, b);
    this.textOf(record.name);
    this.int4(record.region);
    this.textOrNull(record.cardNumber);
    this.int2(CARD_STATES.indexOf(record.cardState));
    this.int2(record.bank);
    this.textOf(record.account);
    this.reserve(NUMBERS_BYTES);
    this.int2(ACCOUNT_STATES.indexOf(record.accountState));
    this.boolean(record.deceased);
    this.#dateOrNull(record.diedOn);
    this.#dateOrNull(record.updatedOn);
    const fingerprint = fingerprintOf(record);
    this.int8(fingerprint.high | 0, fingerprint.low | 0);
  }

  #dateOrNull(day: number | undefined): void {
    if (day === undefined) this.null();
    else this.date(day);
  }
}
