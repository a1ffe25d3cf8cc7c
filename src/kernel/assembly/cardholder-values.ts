// What a row of a cardholder file says, as integers, and its fingerprint: the steps of cardholder/cardholder-record.ts on the bytes.

import {
  accountColumn,
  accountStateColumn,
  aliveColumn,
  bankColumn,
  cardNumberColumn,
  cardStateColumn,
  diedOnColumn,
  nameColumn,
  regionColumn,
  unread,
  unreadCount,
  updatedOnColumn,
} from './cardholder-file';
import { firstWord, secondWord } from './cardholder-people';
import { dayOf, isDay, NO_DAY, WRONG_DAY } from './dates';
import { allDigits, areDigits, numberOf } from './digits';
import { finishHigh, finishLow, SEED_HIGH, SEED_LOW, stepHigh, stepLow } from './hash';
import { endOf, startOf } from './lines';
import {
  hanziAt,
  hanziBytes,
  isExtensionA,
  isHanzi,
  isMiddleDot,
  isText,
  isToken,
  MIDDLE_DOT,
  MIDDLE_DOT_BYTES,
} from './text';
import { bankOf, wordOf } from './words';

const BIRTH_YEAR_MIN: i32 = 1850;
const REGION_DIGITS: usize = 6;
const REGION_MIN: i32 = 100000;
const CARD_NUMBER_MAX: usize = 32;
const ACCOUNT_MIN: usize = 6;
const ACCOUNT_MAX: usize = 32;
/** A unit that no text holds: closes a text in the fingerprint. */
const TEXT_END: i32 = 0x10000;
/** Of the text of a state: length, then its bytes. */
const STATE_TEXT_BYTES: usize = 32;

// Lists of the words for each state (words.ts), and the texts of the states as the fingerprint knows them.
let cardStateWords: usize = 0;
let accountStateWords: usize = 0;
let aliveWords: usize = 0;
let cardStateTexts: usize = 0;
let accountStateTexts: usize = 0;

// The row that was read. NO_DAY where it has no date.
export let region: i32 = 0;
export let bank: i32 = 0;
export let cardState: i32 = 0;
export let accountState: i32 = 0;
export let isDeceased: bool = false;
export let diedOn: i32 = 0;
export let updatedOn: i32 = 0;
export let printLow: u32 = 0;
export let printHigh: u32 = 0;

export function setCardholderWords(
  cardStates: usize,
  accountStates: usize,
  alive: usize,
  cardTexts: usize,
  accountTexts: usize,
): void {
  cardStateWords = cardStates;
  accountStateWords = accountStates;
  aliveWords = alive;
  cardStateTexts = cardTexts;
  accountStateTexts = accountTexts;
}

/** Whether the nth row of the group could be read, all of it. */
export function readRow(nth: i32): bool {
  return (
    isRightPerson(firstWord(nth), secondWord(nth)) && readValues(nth) && areTexts(nth) && fingerprint(nth)
  );
}

/** A tail of zeros is looked at by the careful path: it may be a spreadsheet's damage. */
function isRightPerson(a: i32, b: i32): bool {
  if (a === 0 || b % 1000 === 0) return false;
  const year = (a % 100) * 100 + b / 10000000;
  return year >= BIRTH_YEAR_MIN && isDay(year, (b / 100000) % 100, (b / 1000) % 100);
}

function readValues(nth: i32): bool {
  const regionFrom = startOf(nth, regionColumn);
  if (endOf(nth, regionColumn) - regionFrom !== REGION_DIGITS) return false;
  region = <i32>numberOf(regionFrom, regionFrom + REGION_DIGITS);
  if (!areDigits || region < REGION_MIN) return false;
  bank = bankOf(startOf(nth, bankColumn), endOf(nth, bankColumn));
  cardState = word(nth, cardStateColumn, cardStateWords);
  accountState = word(nth, accountStateColumn, accountStateWords);
  const isDead = word(nth, aliveColumn, aliveWords);
  if ((bank | cardState | accountState | isDead) < 0) return false;
  diedOn = day(nth, diedOnColumn);
  updatedOn = day(nth, updatedOnColumn);
  // A row that was updated on 1970-01-01, day 0, would be compared as one that does not say.
  if (diedOn === WRONG_DAY || updatedOn === WRONG_DAY || updatedOn === 0) return false;
  isDeceased = isDead === 1 || diedOn !== NO_DAY;
  return true;
}

/** Number of the state that the field names, of the empty word where there is no such column; -1 for none. */
function word(nth: i32, column: i32, words: usize): i32 {
  return column < 0 ? wordOf(words, 0, 0) : wordOf(words, startOf(nth, column), endOf(nth, column));
}

function day(nth: i32, column: i32): i32 {
  return column < 0 ? NO_DAY : dayOf(startOf(nth, column), endOf(nth, column));
}

/** Whether account and card number can be copied as they are, and nothing else of the row is no text. */
function areTexts(nth: i32): bool {
  const accountFrom = startOf(nth, accountColumn);
  const accountTo = endOf(nth, accountColumn);
  const digits = accountTo - accountFrom;
  if (digits < ACCOUNT_MIN || digits > ACCOUNT_MAX || !allDigits(accountFrom, accountTo)) return false;
  if (cardNumberColumn >= 0) {
    const from = startOf(nth, cardNumberColumn);
    const to = endOf(nth, cardNumberColumn);
    if (to - from > CARD_NUMBER_MAX || !isToken(from, to)) return false;
  }
  for (let index = 0; index < unreadCount; index++) {
    const column = load<i32>(unread + 4 * <usize>index);
    if (!isText(startOf(nth, column), endOf(nth, column))) return false;
  }
  return true;
}

/** False for a name that is not hanzi, of the older extension too, with middle dots between them. */
function fingerprint(nth: i32): bool {
  const from = startOf(nth, nameColumn);
  const to = endOf(nth, nameColumn);
  if (from === to) return false;
  const width = hanziBytes();
  const dead: i32 = isDeceased ? 1 : 0;
  let low = stepLow(stepLow(stepLow(stepLow(SEED_LOW, region), bank), dead), diedOn);
  let high = stepHigh(stepHigh(stepHigh(stepHigh(SEED_HIGH, region), bank), dead), diedOn);
  let at = from;
  while (at < to) {
    let unit = hanziAt(at);
    if (isHanzi(unit) || isExtensionA(unit)) at += width;
    else if (at > from && at + MIDDLE_DOT_BYTES < to && isMiddleDot(at)) {
      unit = MIDDLE_DOT;
      at += MIDDLE_DOT_BYTES;
    } else return false;
    low = stepLow(low, unit);
    high = stepHigh(high, unit);
  }
  if (at !== to) return false;
  low = stepLow(low, TEXT_END);
  high = stepHigh(high, TEXT_END);
  // What follows is ASCII: card number, state of the card, account, state of the account.
  for (let text = 0; text < 4; text++) {
    let end: usize = 0;
    at = 0;
    if (text === 0) {
      if (cardNumberColumn >= 0) {
        at = startOf(nth, cardNumberColumn);
        end = endOf(nth, cardNumberColumn);
      }
    } else if (text === 2) {
      at = startOf(nth, accountColumn);
      end = endOf(nth, accountColumn);
    } else {
      const state = text === 1 ? cardState : accountState;
      at = (text === 1 ? cardStateTexts : accountStateTexts) + STATE_TEXT_BYTES * <usize>state + 4;
      end = at + <usize>load<u32>(at - 4);
    }
    for (; at < end; at++) {
      const unit: i32 = load<u8>(at);
      low = stepLow(low, unit);
      high = stepHigh(high, unit);
    }
    low = stepLow(low, TEXT_END);
    high = stepHigh(high, TEXT_END);
  }
  printLow = finishLow(low, high);
  printHigh = finishHigh(low, high);
  return true;
}
