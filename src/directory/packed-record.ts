// How a cardholder's record lies in the base: what the database itself need not know stands in one value, because COPY pays for each
// column more than for its bytes. Whoever changes this adds a migration; store/migrations/0006-cardholders-packed.sql says the same in
// SQL, and kernel/assembly/packed-record.ts in the compiled loops.

/** Places of the head's numbers, the highest byte first. */
export const RECORD = {
  /** One byte: from bit 0 state of the card, 3 of the account, 5 deceased, 6 removed from the base. */
  states: 0,
  /** Three bytes. */
  region: 1,
  /** Two bytes. */
  bank: 4,
  /** Four bytes each: days since 1970-01-01, or NO_DATE. */
  diedOn: 6,
  updatedOn: 10,
  /** Eight bytes: see fingerprintOf in cardholder/cardholder-record.ts. */
  fingerprint: 14,
  /** Bytes of each text, in one, one and four bytes. A card number of none is not known. */
  accountBytes: 22,
  cardNumberBytes: 23,
  nameBytes: 24,
} as const;

/** Behind the head: name, account, card number, in UTF-8. */
export const RECORD_HEAD_BYTES = 28;

export const RECORD_ACCOUNT_STATE_SHIFT = 3;
export const RECORD_DECEASED = 1 << 5;
export const RECORD_REMOVED = 1 << 6;

/** In place of a day. */
export const NO_DATE = -0x80000000;
