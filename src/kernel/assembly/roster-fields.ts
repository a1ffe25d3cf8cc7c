// The fields of one roster line, as far as they can be read here.

import { areDigits, numberOf } from './digits';
import { finishHigh, finishLow, SEED_HIGH, SEED_LOW, stepHigh, stepLow } from './hash';
import { ACCOUNT_LENGTH_MASK, ACCOUNT_LENGTH_SHIFT, LONG_ACCOUNT } from './layout';
import { endOf, startOf } from './lines';
import { hasBirthDate, ID_OTHER, ID_WRONG_CHECK } from './resident-id';
import {
  accountColumn,
  BIRTH_DATE,
  CHARACTERS,
  CHECK_CHARACTER,
  departmentColumn,
  EMPTY,
  FIFTEEN_DIGITS,
  idColumn,
  LENGTH,
  NO_DETAIL,
  nameColumn,
  payeeColumn,
  SPREADSHEET_EXPONENT,
  SPREADSHEET_ZEROS,
  unread,
  unreadCount,
} from './roster-base';
import { firstWord, idKind, secondWord } from './roster-people';
import {
  blankBytes,
  GBK_HANZI_TO,
  hanziAt,
  hanziBytes,
  isExtensionA,
  isHanzi,
  isMiddleDot,
  isSupplementary,
  isText,
  isToken,
  MIDDLE_DOT,
  MIDDLE_DOT_BYTES,
  SUPPLEMENTARY_BYTES,
  supplementaryAt,
} from './text';

/** What only the careful path can read. */
export const UNKNOWN: i32 = -2;

const YUAN_DIGITS_MAX: usize = 9;

/** What readFen answers besides fen. */
export const FEN_UNKNOWN: i64 = -1;
export const FEN_EMPTY: i64 = -2;
export const FEN_NEGATIVE: i64 = -3;
export const FEN_DECIMALS: i64 = -4;

/** Fen of up to nine digits, optionally with a minus sign before and a point and digits behind; or why it is none. */
export function readFen(from: usize, to: usize): i64 {
  if (from === to) return FEN_EMPTY;
  const isNegative = load<u8>(from) === 0x2d;
  const first = isNegative ? from + 1 : from;
  let at = first;
  let fen: i64 = 0;
  for (; at < to; at++) {
    const digit: u32 = <u32>load<u8>(at) - 0x30;
    if (digit > 9) break;
    fen = fen * 10 + digit;
  }
  if (at === first || at - first > YUAN_DIGITS_MAX) return FEN_UNKNOWN;
  fen *= 100;
  if (at < to) {
    if (load<u8>(at) !== 0x2e || at + 1 === to) return FEN_UNKNOWN;
    let worth: i64 = 10;
    for (let place = at + 1; place < to; place++) {
      const digit: u32 = <u32>load<u8>(place) - 0x30;
      if (digit > 9) return FEN_UNKNOWN;
      fen += digit * worth;
      worth /= 10;
    }
    if (to - at - 1 > 2) return FEN_DECIMALS;
  }
  return isNegative && fen !== 0 ? FEN_NEGATIVE : fen;
}

/** Whether the columns that are only copied, or not even that, can be copied as they are, and nobody else receives the money. */
export function isPlain(nth: i32): bool {
  if (payeeColumn >= 0 && startOf(nth, payeeColumn) !== endOf(nth, payeeColumn)) return false;
  if (!isTokenOrNone(nth, departmentColumn)) return false;
  for (let index = 0; index < unreadCount; index++) {
    const column = load<i32>(unread + 4 * <usize>index);
    if (!isText(startOf(nth, column), endOf(nth, column))) return false;
  }
  return true;
}

export function isTokenOrNone(nth: i32, column: i32): bool {
  return column < 0 || isToken(startOf(nth, column), endOf(nth, column));
}

/** Detail of what is wrong with the ID, as identity/resident-id.ts names it; NO_DETAIL when nothing is, UNKNOWN for one of another kind. */
export function idProblem(nth: i32): i32 {
  const kind = idKind(nth);
  if (kind === ID_OTHER) return shapeProblem(startOf(nth, idColumn), endOf(nth, idColumn));
  if (!hasBirthDate(firstWord(nth), secondWord(nth))) return BIRTH_DATE;
  if (kind !== ID_WRONG_CHECK) return NO_DETAIL;
  // A spreadsheet keeps 15 significant digits of a number and fills the last three with zeros.
  const isZeros = secondWord(nth) % 100 === 0 && load<u8>(endOf(nth, idColumn) - 1) === 0x30;
  return isZeros ? SPREADSHEET_ZEROS : CHECK_CHARACTER;
}

function shapeProblem(from: usize, to: usize): i32 {
  if (from === to) return EMPTY;
  if (!isToken(from, to)) return UNKNOWN;
  const first: u32 = load<u8>(from);
  if ((first | 0x20) >= 0x61 && (first | 0x20) <= 0x7a) return UNKNOWN;
  if (isExponent(from, to)) return SPREADSHEET_EXPONENT;
  let digits: usize = 0;
  while (from + digits < to && <u32>load<u8>(from + digits) - 0x30 <= 9) digits++;
  const length = to - from;
  if (digits === length) return length === 15 ? FIFTEEN_DIGITS : LENGTH;
  return digits > 0 && digits + 1 === length && (load<u8>(to - 1) | 0x20) === 0x78 ? LENGTH : CHARACTERS;
}

/** A number as spreadsheets show long ones: 4.6E+17. */
function isExponent(from: usize, to: usize): bool {
  let at = from;
  if (<u32>load<u8>(at) - 0x30 > 9) return false;
  at++;
  if (at < to && load<u8>(at) === 0x2e) {
    at++;
    while (at < to && <u32>load<u8>(at) - 0x30 <= 9) at++;
  }
  if (at === to || (load<u8>(at) | 0x20) !== 0x65) return false;
  at++;
  if (at < to && load<u8>(at) === 0x2b) at++;
  const digits = to - at;
  if (digits < 1 || digits > 2) return false;
  for (; at < to; at++) if (<u32>load<u8>(at) - 0x30 > 9) return false;
  return true;
}

/** Hash of the name that readName read. */
export let nameLow: u32 = 0;
export let nameHigh: u32 = 0;

export const NAME_EMPTY: i32 = 0;
export const NAME_HANZI: i32 = 1;

/** Whether blanks stand in it, which names are compared and paid without. */
export let hasBlanks: bool = false;
/** Whether it is of hanzi of GBK and dots, and not long: a bank that takes one such name takes them all. */
export let isCommonName: bool = false;

const COMMON_NAME_MAX: i32 = 15;

/** NAME_EMPTY, NAME_HANZI, or UNKNOWN for a name that is not just hanzi, rare ones too, dots between them and blanks. */
export function readName(nth: i32): i32 {
  const from = startOf(nth, nameColumn);
  const to = endOf(nth, nameColumn);
  const width = hanziBytes();
  if (from === to) return NAME_EMPTY;
  let low = SEED_LOW;
  let high = SEED_HIGH;
  let units = 0;
  let isOfGbk = true;
  let isBlank = false;
  let hasSupplementary = false;
  hasBlanks = false;
  let at = from;
  while (at < to) {
    let unit = at + width > to ? 0 : hanziAt(at);
    const blank: usize = isHanzi(unit) ? 0 : blankBytes(at, unit);
    isBlank = blank > 0;
    if (isBlank) {
      // At its beginning it would have been trimmed.
      if (at === from) return UNKNOWN;
      hasBlanks = true;
      at += blank;
      continue;
    }
    if (isHanzi(unit)) {
      if (unit > GBK_HANZI_TO) isOfGbk = false;
      at += width;
    } else if (isExtensionA(unit)) {
      isOfGbk = false;
      at += width;
    } else if (isSupplementary(at, to)) {
      // Hashed as the two UTF-16 units that it is.
      isOfGbk = false;
      hasSupplementary = true;
      const point = supplementaryAt(at) - 0x10000;
      const first: i32 = 0xd800 | (point >>> 10);
      low = stepLow(low, first);
      high = stepHigh(high, first);
      unit = 0xdc00 | (point & 0x3ff);
      at += SUPPLEMENTARY_BYTES;
    } else {
      if (at + MIDDLE_DOT_BYTES > to || !isMiddleDot(at)) return UNKNOWN;
      unit = MIDDLE_DOT;
      at += MIDDLE_DOT_BYTES;
    }
    low = stepLow(low, unit);
    high = stepHigh(high, unit);
    units++;
  }
  // Such a name is copied as it stands.
  if (isBlank || (hasBlanks && hasSupplementary)) return UNKNOWN;
  nameLow = finishLow(low, high);
  nameHigh = finishHigh(low, high);
  isCommonName = isOfGbk && units <= COMMON_NAME_MAX;
  return NAME_HANZI;
}

/** 1 when the account is empty or the person's, 0 when it is another, UNKNOWN for one that only the careful path can compare. */
export function matchAccount(nth: i32, person: usize, flags: u32): i32 {
  if (accountColumn < 0) return 1;
  const from = startOf(nth, accountColumn);
  const to = endOf(nth, accountColumn);
  if (from === to) return 1;
  if (flags & LONG_ACCOUNT || to - from > 19 || to - from < 6) return UNKNOWN;
  const account = numberOf(from, to);
  if (!areDigits) return UNKNOWN;
  const length = (flags >> ACCOUNT_LENGTH_SHIFT) & ACCOUNT_LENGTH_MASK;
  return <u32>(to - from) === length && account === load<u64>(person + 16) ? 1 : 0;
}
