// Banks and accounts of synthetic people: the nine banks of the contract (section 4) with uneven shares, and account
// numbers of 16 to 19 digits that no two people share unless they are meant to. The first six digits only look like
// a bank's; the numbers claim no Luhn digit, since passbook and settlement accounts have none.

import { hash, keyOf, permutation } from './random.js';

export interface SampleBank {
  code: string;
  /** Of 1000 people. */
  share: number;
  prefix: number;
  lengths: readonly number[];
}

export const SAMPLE_BANKS: readonly SampleBank[] = [
  { code: '102', share: 150, prefix: 621226, lengths: [19] },
  { code: '103', share: 190, prefix: 622848, lengths: [19] },
  { code: '104', share: 110, prefix: 621661, lengths: [19, 19, 18] },
  { code: '105', share: 120, prefix: 621700, lengths: [19, 16] },
  { code: '301', share: 25, prefix: 622260, lengths: [19, 17] },
  { code: '308', share: 15, prefix: 621483, lengths: [16] },
  { code: '314', share: 40, prefix: 622443, lengths: [18] },
  { code: '402', share: 270, prefix: 621458, lengths: [19] },
  { code: '403', share: 80, prefix: 621098, lengths: [19] },
];

/** Index in SAMPLE_BANKS of a code. */
export function bankIndex(code: string): number {
  return SAMPLE_BANKS.findIndex((bank) => bank.code === code);
}

/** Which bank by a number of 0 to 999. */
export const BANK_BY_SHARE: Uint8Array = Uint8Array.from(
  SAMPLE_BANKS.flatMap((bank, index) => Array.from({ length: bank.share }, () => index)),
);

/**
 * Banks whose payment files are GBK in the profiles that yika comes with (formats/banks.yaml; a test compares): they
 * cannot carry a rare character.
 */
export const NARROW_BANKS: readonly string[] = ['102', '103', '104', '105', '314', '402', '403'];

/** Digits of an account that come from its owner's number; 31 bits have ten. */
const OWNER_DIGITS = 10;
const OWNERS = 2 ** 31;
const PREFIX_DIGITS = 6;

/** Owners from here on have no row in the base: account numbers that nobody has. */
export const NOBODY = 2 ** 30;

/** 21 letters (no I, O, Q and the last two) and eight digits. */
const CARD_LETTERS = 'ABCDEFGHJKLMNPRSTUVWX';
const CARD_NUMBERS = CARD_LETTERS.length * 100_000_000;

/** A sink of digits, as ByteSink is. */
interface DigitSink {
  byte(value: number): void;
  number(value: number, digits: number): void;
}

export interface AccountWriter {
  account(sink: DigitSink, bank: SampleBank, owner: number): void;
  card(sink: DigitSink, owner: number): void;
}

export function accountWriter(seed: number): AccountWriter {
  const accountOf = permutation(OWNERS, keyOf(seed, 'account'));
  const cardOf = permutation(CARD_NUMBERS, keyOf(seed, 'card'));
  const tailKey = keyOf(seed, 'account tail');
  return {
    account(sink, bank, owner) {
      const tail = hash(tailKey, owner);
      const length = bank.lengths[tail % bank.lengths.length]!;
      sink.number(bank.prefix, PREFIX_DIGITS);
      sink.number(accountOf(owner), OWNER_DIGITS);
      const more = length - PREFIX_DIGITS - OWNER_DIGITS;
      if (more > 0) sink.number(tail % 10 ** more, more);
    },
    card(sink, owner) {
      const number = cardOf(owner);
      const letter = (number / 100_000_000) | 0;
      sink.byte(CARD_LETTERS.charCodeAt(letter));
      sink.number(number - letter * 100_000_000, 8);
    },
  };
}
