// One record of the cardholder base, checked and in its canonical form.

import type { AccountState, CardState } from '../directory/layout.js';
import {
  NAME_SEED_HIGH,
  NAME_SEED_LOW,
  nameFinishHigh,
  nameFinishLow,
  nameStepHigh,
  nameStepLow,
} from '../directory/name-hash.js';

export interface CardholderRecord {
  name: string;
  region: number;
  cardNumber: string | undefined;
  cardState: CardState;
  bank: number;
  account: string;
  accountState: AccountState;
  deceased: boolean;
  /** Days since 1970-01-01. */
  diedOn: number | undefined;
  updatedOn: number | undefined;
}

/**
 * 64-bit hash of everything but updated_on, as two words. A date that moves while nothing else does is no change of the
 * record. Texts are closed by a unit that no text holds, so that neighbouring fields cannot run into each other.
 */
export function fingerprintOf(record: CardholderRecord): { low: number; high: number } {
  let low = NAME_SEED_LOW;
  let high = NAME_SEED_HIGH;
  const numbers = [record.region, record.bank, record.deceased ? 1 : 0, record.diedOn ?? -1_000_000];
  const texts = [record.name, record.cardNumber ?? '', record.cardState, record.account, record.accountState];
  for (const number of numbers) {
    low = nameStepLow(low, number);
    high = nameStepHigh(high, number);
  }
  for (const text of texts) {
    for (let index = 0; index < text.length; index++) {
      low = nameStepLow(low, text.charCodeAt(index));
      high = nameStepHigh(high, text.charCodeAt(index));
    }
    low = nameStepLow(low, 0x10000);
    high = nameStepHigh(high, 0x10000);
  }
  return { low: nameFinishLow(low, high), high: nameFinishHigh(low, high) };
}
