// One plain line of a roster: proven on bytes and integers, in the order of roster/check-line.ts. What cannot be decided here is left
// to that.

import { areDigits, numberOf } from './digits';
import { finishHigh, finishLow, SEED_HIGH, SEED_LOW, stepHigh, stepLow } from './hash';
import {
  ACCOUNT_CLOSED,
  ACCOUNT_DORMANT,
  ACCOUNT_FROZEN,
  ACCOUNT_LENGTH_MASK,
  ACCOUNT_LENGTH_SHIFT,
  ACCOUNT_STATE_MASK,
  ACCOUNT_STATE_SHIFT,
  BANK_MASK,
  CARD_CANCELLED,
  CARD_LOST,
  CARD_NOT_ACTIVATED,
  CARD_STATE_MASK,
  CARD_STATE_SHIFT,
  CLEAN,
  DECEASED,
  IRREGULAR_NAME,
  LONG_ACCOUNT,
  REGION_BITS,
  REGION_MASK,
  SHARED_ACCOUNT,
  SLOT_BYTES,
  UNUSUAL_NAME,
} from './layout';
import { endOf, startOf } from './lines';
import {
  ACCOUNT_MISMATCH,
  accountColumn,
  ageDay,
  amountColumn,
  askedAlways,
  CARDHOLDER_DECEASED,
  CODE_ACCOUNT_CLOSED,
  CODE_ACCOUNT_DORMANT,
  CODE_ACCOUNT_FROZEN,
  CODE_ACCOUNT_SHARED,
  CODE_CARD_CANCELLED,
  CODE_CARD_LOST,
  CODE_CARD_NOT_ACTIVATED,
  ceilingFen,
  DUPLICATE,
  departmentColumn,
  directory,
  leastByAge,
  marks,
  mostByAge,
  NAME_MISMATCH,
  NO_CODE,
  nameColumn,
  payeeColumn,
  paysBase,
  periodStartMonth,
  regionRules,
  unread,
  unreadCount,
} from './roster-base';
import { findPerson, firstWord, isSeen, secondWord, setSeen } from './roster-people';
import { enter, putFinding, putPayment } from './roster-rows';
import { addHeld, addPayment, addRejected } from './roster-sums';
import { hanziAt, hanziBytes, isHanzi, isText, isToken } from './text';

/** Number of the funding rule of a covered region, or -1; asked once for each region. */
declare function fundingRuleOf(region: i32): i32;

const REJECTED: i32 = 0;
const HELD: i32 = 1;
const WARNING: i32 = 2;

const AGES: i32 = 200;
const YUAN_DIGITS_MAX: usize = 9;

/** Whether the nth line of the group could be judged; if so, all that follows from it was written. */
export function judge(nth: i32, line: i32): bool {
  const a = firstWord(nth);
  // The birth date in the ID needs no look: the ID counts only when the base has it, and the base was checked.
  if (a === 0) return false;
  const slot = findPerson(nth);
  if (slot < 0) return false;
  const person = directory + <usize>slot * SLOT_BYTES;
  const flags = load<u32>(person + 24);
  const place = load<u32>(person + 28);
  const fen = readFen(startOf(nth, amountColumn), endOf(nth, amountColumn));
  if (fen <= 0 || fen > ceilingFen) return false;
  if (payeeColumn >= 0 && startOf(nth, payeeColumn) !== endOf(nth, payeeColumn)) return false;
  if (!isPlain(nth)) return false;
  const isRightName = hashName(nth, person);
  if (isRightName < 0) return false;

  const bank = flags & BANK_MASK;
  const isSeenBefore = isSeen(slot);
  let code = NO_CODE;
  let severity = REJECTED;
  let rule = -1;
  if (isSeenBefore) code = DUPLICATE;
  else if (isRightName === 0) code = NAME_MISMATCH;
  else if ((flags & CLEAN) === 0) code = refusalOf(flags, place);
  if (code === NO_CODE) {
    const account = matchAccount(nth, person, flags);
    if (account < 0 || (account === 0 && paysBase)) return false;
    if (account === 0) code = ACCOUNT_MISMATCH;
  }
  if (code === NO_CODE) {
    if (marks !== 0 && load<u32>(marks + 4 * <usize>slot) !== 0) return false;
    if (flags & (IRREGULAR_NAME | LONG_ACCOUNT | UNUSUAL_NAME) || load<u8>(askedAlways + bank) === 1)
      return false;
    rule = ruleOf(place & REGION_MASK);
    if (rule < 0 || !isStandard(fen, a, secondWord(nth))) return false;
    code = holdOf(flags);
    if (code !== NO_CODE) severity = HELD;
  }

  const warns = (flags & SHARED_ACCOUNT) !== 0;
  // A finding quotes the account as it was written, whatever it is.
  if ((warns || code !== NO_CODE) && !isTokenOrNone(nth, accountColumn)) return false;
  if (code === NO_CODE) {
    putPayment(nth, line, person, flags, fen, bank, place & REGION_MASK);
    addPayment(bank, fen, rule);
  } else {
    putFinding(nth, line, code, severity, fen, true);
    if (severity === HELD) addHeld(fen);
    else addRejected(fen);
  }
  if (warns) putFinding(nth, line, CODE_ACCOUNT_SHARED, WARNING, fen, code !== NO_CODE);
  setSeen(slot);
  enter(nth, line, slot, isSeenBefore);
  return true;
}

/** Fen, or -1 for anything but up to nine digits, optionally a point and one or two digits. */
function readFen(from: usize, to: usize): i64 {
  let at = from;
  let yuan: i64 = 0;
  for (; at < to; at++) {
    const digit: u32 = <u32>load<u8>(at) - 0x30;
    if (digit > 9) break;
    yuan = yuan * 10 + digit;
  }
  if (at === from || at - from > YUAN_DIGITS_MAX) return -1;
  if (at === to) return yuan * 100;
  if (load<u8>(at) !== 0x2e) return -1;
  const decimals = to - at - 1;
  if (decimals < 1 || decimals > 2) return -1;
  const tenth: u32 = <u32>load<u8>(at + 1) - 0x30;
  if (tenth > 9) return -1;
  if (decimals === 1) return yuan * 100 + tenth * 10;
  const hundredth: u32 = <u32>load<u8>(at + 2) - 0x30;
  if (hundredth > 9) return -1;
  return yuan * 100 + tenth * 10 + hundredth;
}

/** Whether the columns that are only copied, or not even that, can be copied as they are. */
function isPlain(nth: i32): bool {
  if (!isTokenOrNone(nth, departmentColumn)) return false;
  for (let index = 0; index < unreadCount; index++) {
    const column = load<i32>(unread + 4 * <usize>index);
    if (!isText(startOf(nth, column), endOf(nth, column))) return false;
  }
  return true;
}

function isTokenOrNone(nth: i32, column: i32): bool {
  return column < 0 || isToken(startOf(nth, column), endOf(nth, column));
}

/** 1 when the name is the person's, 0 when it is another, -1 for a name that is not just hanzi. */
function hashName(nth: i32, person: usize): i32 {
  const from = startOf(nth, nameColumn);
  const to = endOf(nth, nameColumn);
  const width = hanziBytes();
  if (from === to || (to - from) % width !== 0) return -1;
  let low = SEED_LOW;
  let high = SEED_HIGH;
  for (let at = from; at < to; at += width) {
    const unit = hanziAt(at);
    if (!isHanzi(unit)) return -1;
    low = stepLow(low, unit);
    high = stepHigh(high, unit);
  }
  const isSame =
    finishLow(low, high) === load<u32>(person + 8) && finishHigh(low, high) === load<u32>(person + 12);
  return isSame ? 1 : 0;
}

/** 1 when the account is empty or the person's, 0 when it is another, -1 for one that only the careful path can compare. */
function matchAccount(nth: i32, person: usize, flags: u32): i32 {
  if (accountColumn < 0) return 1;
  const from = startOf(nth, accountColumn);
  const to = endOf(nth, accountColumn);
  if (from === to) return 1;
  if (flags & LONG_ACCOUNT || to - from > 19 || to - from < 6) return -1;
  const account = numberOf(from, to);
  if (!areDigits) return -1;
  const length = (flags >> ACCOUNT_LENGTH_SHIFT) & ACCOUNT_LENGTH_MASK;
  return <u32>(to - from) === length && account === load<u64>(person + 16) ? 1 : 0;
}

/** What is wrong with the person, the card or the account, in order of precedence. */
function refusalOf(flags: u32, place: u32): i32 {
  if (flags & DECEASED && place >> REGION_BITS < periodStartMonth) return CARDHOLDER_DECEASED;
  if (((flags >> CARD_STATE_SHIFT) & CARD_STATE_MASK) === CARD_CANCELLED) return CODE_CARD_CANCELLED;
  if (((flags >> ACCOUNT_STATE_SHIFT) & ACCOUNT_STATE_MASK) === ACCOUNT_CLOSED) return CODE_ACCOUNT_CLOSED;
  return NO_CODE;
}

function holdOf(flags: u32): i32 {
  if (flags & CLEAN) return NO_CODE;
  const card = (flags >> CARD_STATE_SHIFT) & CARD_STATE_MASK;
  if (card === CARD_LOST) return CODE_CARD_LOST;
  if (card === CARD_NOT_ACTIVATED) return CODE_CARD_NOT_ACTIVATED;
  const account = (flags >> ACCOUNT_STATE_SHIFT) & ACCOUNT_STATE_MASK;
  if (account === ACCOUNT_FROZEN) return CODE_ACCOUNT_FROZEN;
  return account === ACCOUNT_DORMANT ? CODE_ACCOUNT_DORMANT : NO_CODE;
}

/** The table keeps the rule and 2 more, so that memory that nobody wrote says: not asked yet. */
function ruleOf(region: u32): i32 {
  const at = regionRules + 2 * <usize>region;
  const known = load<i16>(at);
  if (known !== 0) return known - 2;
  const rule = fundingRuleOf(region);
  store<i16>(at, <i16>(rule + 2));
  return rule;
}

/** Whether the amount is right at the person's age: programme/age.ts says how the days are packed. */
function isStandard(fen: i64, a: i32, b: i32): bool {
  const birth = (a % 100) * 1000000 + b / 1000;
  if (ageDay < birth) return false;
  const age = (ageDay - birth) / 10000;
  if (age >= AGES) return false;
  return fen >= load<i64>(leastByAge + 8 * <usize>age) && fen <= load<i64>(mostByAge + 8 * <usize>age);
}
