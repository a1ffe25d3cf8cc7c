// One plain line of a roster: every check in the order of roster/check-line.ts, on bytes and integers. What cannot be decided here is
// left to that.

import {
  ACCOUNT_CLOSED,
  ACCOUNT_DORMANT,
  ACCOUNT_FROZEN,
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
import { endOf, lineEnd, lineStart, startOf } from './lines';
import { mayBeNoLine } from './no-line';
import { ID_OTHER } from './resident-id';
import { amountProblemOf, detailOf, fundingRuleOf, nameProblemOf } from './roster-asked';
import {
  ABOVE_CEILING,
  ACCOUNT_MISMATCH,
  AGE_NOT_ELIGIBLE,
  AMOUNT_INVALID,
  AMOUNT_NOT_STANDARD,
  ASKED,
  accountColumn,
  ageDay,
  amountColumn,
  askedAlways,
  CARDHOLDER_DECEASED,
  CARDHOLDER_UNKNOWN,
  CODE_ACCOUNT_CLOSED,
  CODE_ACCOUNT_DORMANT,
  CODE_ACCOUNT_FROZEN,
  CODE_ACCOUNT_SHARED,
  CODE_CARD_CANCELLED,
  CODE_CARD_LOST,
  CODE_CARD_NOT_ACTIVATED,
  CODE_NAME_UNENCODABLE,
  ceilingFen,
  DECIMALS,
  DUPLICATE,
  directory,
  EMPTY,
  leastByAge,
  marks,
  mostByAge,
  NAME_MISMATCH,
  NAME_MISSING,
  NEGATIVE,
  NO_CODE,
  NO_DETAIL,
  nameColumn,
  paysBase,
  periodStartMonth,
  quantityColumn,
  REGION_NOT_COVERED,
  RESIDENT_ID_INVALID,
  regionRules,
  ZERO,
} from './roster-base';
import {
  FEN_DECIMALS,
  FEN_EMPTY,
  FEN_NEGATIVE,
  FEN_UNKNOWN,
  idProblem,
  isCommonName,
  isPlain,
  isTokenOrNone,
  matchAccount,
  NAME_EMPTY,
  nameHigh,
  nameLow,
  readFen,
  readName,
  UNKNOWN,
} from './roster-fields';
import { findPerson, firstWord, idKind, isSeen, secondWord, setSeen } from './roster-people';
import { enter, putFinding, putPayment } from './roster-rows';
import { addHeld, addPayment, addRejected } from './roster-sums';
import { isQuotable } from './text';

const REJECTED: i32 = 0;
const HELD: i32 = 1;
const WARNING: i32 = 2;

/** Banks whose format is asked for each name: roster/check-line.ts. */
const ASKED_ALWAYS: u32 = 1;

const AGES: i32 = 200;

/** Beside the code that a check answers with. */
let detail: i32 = NO_DETAIL;
let severity: i32 = REJECTED;
/** Number of the funding rule that pays. */
let rule: i32 = -1;

/** Whether the nth line of the group could be judged; if so, all that follows from it was written. */
export function judge(nth: i32, line: i32): bool {
  if (!isPlain(nth)) return false;
  const fen = readFen(startOf(nth, amountColumn), endOf(nth, amountColumn));
  const name = readName(nth);
  if (name === UNKNOWN) return false;
  let amountDetail = NO_DETAIL;
  if (fen === FEN_UNKNOWN) {
    amountDetail = unreadAmount(nth);
    if (amountDetail === UNKNOWN) return false;
  }
  severity = REJECTED;
  detail = idProblem(nth);
  if (detail === UNKNOWN) return false;
  if (detail !== NO_DETAIL) {
    if (idKind(nth) === ID_OTHER && mayBeNoLine(lineStart(nth), lineEnd(nth))) return false;
    return reject(nth, line, RESIDENT_ID_INVALID, fen, -1, 0, false);
  }

  const slot = findPerson(nth);
  const person = directory + <usize>max(slot, 0) * SLOT_BYTES;
  const flags = slot < 0 ? 0 : load<u32>(person + 24);
  const place = slot < 0 ? 0 : load<u32>(person + 28);
  const isRepeat = slot >= 0 && isSeen(slot);
  let code = name === NAME_EMPTY ? NAME_MISSING : NO_CODE;
  if (code === NO_CODE) code = amountProblem(fen, amountDetail);
  if (code === NO_CODE) {
    if (isRepeat) code = DUPLICATE;
    else if (slot < 0) code = CARDHOLDER_UNKNOWN;
    else if (nameLow !== load<u32>(person + 8) || nameHigh !== load<u32>(person + 12)) code = NAME_MISMATCH;
    else if ((flags & CLEAN) === 0) code = refusalOf(flags, place);
  }
  if (code === NO_CODE) {
    const account = matchAccount(nth, person, flags);
    if (account === UNKNOWN || (account === 0 && paysBase)) return false;
    if (account === 0) code = ACCOUNT_MISMATCH;
  }
  if (code === NO_CODE) {
    code = programmeProblem(nth, place & REGION_MASK, fen);
    if (code === UNKNOWN) return false;
  }
  if (code !== NO_CODE) return reject(nth, line, code, fen, slot, flags, isRepeat);

  const bank = flags & BANK_MASK;
  if (marks !== 0 && load<u32>(marks + 4 * <usize>slot) !== 0) return false;
  if (flags & (IRREGULAR_NAME | LONG_ACCOUNT)) return false;
  code = holdOf(flags);
  if (code === NO_CODE && isNameAsked(bank, flags)) {
    const length = nameProblemOf(bank, startOf(nth, nameColumn), endOf(nth, nameColumn));
    if (length < 0) return false;
    if (length > 0) {
      code = CODE_NAME_UNENCODABLE;
      detail = ASKED;
    }
  }
  if (code !== NO_CODE) {
    severity = HELD;
    return reject(nth, line, code, fen, slot, flags, false);
  }
  const warns = (flags & SHARED_ACCOUNT) !== 0;
  if (warns && !isTokenOrNone(nth, accountColumn)) return false;
  putPayment(nth, line, person, flags, fen, bank, place & REGION_MASK);
  addPayment(bank, fen, rule);
  if (warns) putFinding(nth, line, CODE_ACCOUNT_SHARED, WARNING, NO_DETAIL, fen, true, false);
  setSeen(slot);
  enter(nth, line, slot, false);
  return true;
}

/** Writes the finding of a line that is not paid, and the warning beside it. */
function reject(nth: i32, line: i32, code: i32, fen: i64, slot: i32, flags: u32, isRepeat: bool): bool {
  // A finding quotes the account as it was written, whatever it is.
  if (!isTokenOrNone(nth, accountColumn)) return false;
  const counted = max<i64>(fen, 0);
  const isKnown = slot >= 0;
  putFinding(nth, line, code, severity, detail, counted, isKnown, code !== RESIDENT_ID_INVALID);
  if (flags & SHARED_ACCOUNT)
    putFinding(nth, line, CODE_ACCOUNT_SHARED, WARNING, NO_DETAIL, counted, isKnown, true);
  if (severity === HELD) addHeld(counted);
  else addRejected(counted);
  if (isKnown) setSeen(slot);
  enter(nth, line, slot, isRepeat);
  return true;
}

/** Whether the bank's format must be asked about the name: see worker/name-check.ts. */
function isNameAsked(bank: u32, flags: u32): bool {
  const asked: u32 = load<u8>(askedAlways + bank);
  return asked === ASKED_ALWAYS || ((flags & UNUSUAL_NAME) !== 0 && (asked !== 0 || !isCommonName));
}

/** Detail of a text in place of an amount; UNKNOWN where the careful path must say, for an amount that is not read here too. */
function unreadAmount(nth: i32): i32 {
  const from = startOf(nth, amountColumn);
  const to = endOf(nth, amountColumn);
  if (!isQuotable(from, to)) return UNKNOWN;
  const problem = amountProblemOf(from, to);
  return problem < 0 ? UNKNOWN : problem;
}

/** `unread`: what is wrong with an amount that is none. */
function amountProblem(fen: i64, unread: i32): i32 {
  if (fen > 0 && fen <= ceilingFen) return NO_CODE;
  if (fen > 0) detail = ABOVE_CEILING;
  else if (fen === FEN_UNKNOWN) detail = unread;
  else if (fen === 0) detail = ZERO;
  else if (fen === FEN_EMPTY) detail = EMPTY;
  else if (fen === FEN_NEGATIVE) detail = NEGATIVE;
  else if (fen === FEN_DECIMALS) detail = DECIMALS;
  return AMOUNT_INVALID;
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

/** What the programme says against the person or the amount. */
function programmeProblem(nth: i32, region: u32, fen: i64): i32 {
  rule = ruleOf(region);
  if (rule < 0) return asked(REGION_NOT_COVERED, fen, region);
  const birth = (firstWord(nth) % 100) * 1000000 + secondWord(nth) / 1000;
  if (ageDay < birth) return UNKNOWN;
  const age = (ageDay - birth) / 10000;
  if (age >= AGES) return UNKNOWN;
  if (fen >= load<i64>(leastByAge + 8 * <usize>age) && fen <= load<i64>(mostByAge + 8 * <usize>age))
    return NO_CODE;
  if (quantityColumn >= 0 && startOf(nth, quantityColumn) !== endOf(nth, quantityColumn)) return UNKNOWN;
  const code = asked(AGE_NOT_ELIGIBLE, fen, age);
  return code === NO_CODE ? asked(AMOUNT_NOT_STANDARD, fen, age) : code;
}

function asked(code: i32, fen: i64, value: i32): i32 {
  const length = detailOf(code, <f64>fen, value);
  if (length < 0) return UNKNOWN;
  if (length === 0) return NO_CODE;
  detail = ASKED;
  return code;
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
