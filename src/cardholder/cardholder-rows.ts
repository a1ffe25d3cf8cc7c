// Cardholder records as COPY rows: the person, and all else packed (directory/packed-record.ts).

import { ACCOUNT_STATES, CARD_STATES } from '../directory/layout.js';
import {
  NO_DATE,
  RECORD,
  RECORD_ACCOUNT_STATE_SHIFT,
  RECORD_DECEASED,
  RECORD_HEAD_BYTES,
} from '../directory/packed-record.js';
import { PersonRows } from '../directory/person-rows.js';
import { type CardholderRecord, fingerprintOf } from './cardholder-record.js';

export const CARDHOLDER_COLUMNS = ['person', 'record'] as const;

const LENGTH_BYTES = 4;
/** Of a row besides its texts. */
const ROW_BYTES = 64;

export class CardholderRows extends PersonRows {
  put(a: number, b: number, record: CardholderRecord): void {
    this.reserve(ROW_BYTES);
    this.startRow(CARDHOLDER_COLUMNS.length);
    this.person(a, b);
    const from = this.length + LENGTH_BYTES;
    this.length = from + RECORD_HEAD_BYTES;
    const nameBytes = this.utf8(record.name);
    const accountBytes = this.utf8(record.account);
    const cardNumberBytes = this.utf8(record.cardNumber ?? '');
    const { view } = this;
    view.setInt32(from - LENGTH_BYTES, this.length - from);
    // The states stand in the byte before the three of the region.
    view.setUint32(from + RECORD.region - 1, record.region);
    view.setUint8(from + RECORD.states, statesOf(record));
    view.setUint16(from + RECORD.bank, record.bank);
    view.setInt32(from + RECORD.diedOn, record.diedOn ?? NO_DATE);
    view.setInt32(from + RECORD.updatedOn, record.updatedOn ?? NO_DATE);
    const fingerprint = fingerprintOf(record);
    view.setUint32(from + RECORD.fingerprint, fingerprint.high);
    view.setUint32(from + RECORD.fingerprint + 4, fingerprint.low);
    view.setUint8(from + RECORD.accountBytes, accountBytes);
    view.setUint8(from + RECORD.cardNumberBytes, cardNumberBytes);
    view.setUint32(from + RECORD.nameBytes, nameBytes);
  }
}

function statesOf(record: CardholderRecord): number {
  const cardState = CARD_STATES.indexOf(record.cardState);
  const accountState = ACCOUNT_STATES.indexOf(record.accountState);
  return cardState | (accountState << RECORD_ACCOUNT_STATE_SHIFT) | (record.deceased ? RECORD_DECEASED : 0);
}
