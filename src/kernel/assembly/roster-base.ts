// What the lines of a roster are checked against, and where their columns stand.

// What the lines are checked against.
export let directory: usize = 0;
export let slots: i32 = 0;
export let seen: usize = 0;
export let seenHere: usize = 0;
export let marks: usize = 0;
export let askedAlways: usize = 0;
export let regionRules: usize = 0;

// Columns, -1 where there is none.
export let idColumn: i32 = -1;
export let nameColumn: i32 = -1;
export let accountColumn: i32 = -1;
export let amountColumn: i32 = -1;
export let payeeColumn: i32 = -1;
export let departmentColumn: i32 = -1;
export let quantityColumn: i32 = -1;
/** Columns that no check reads; their bytes must still be text, or the line is unreadable. */
export let unread: usize = 0;
export let unreadCount: i32 = 0;

// The programme.
export let ceilingFen: i64 = 0;
export let periodStartMonth: u32 = 0;
export let paysBase: bool = false;
/** The least and the most that may be paid by age in whole years, 8 bytes each; nothing where the least is more. */
export let leastByAge: usize = 0;
export let mostByAge: usize = 0;
export let ageDay: i32 = 0;

/** Numbers of the findings, 4 bytes each, in this order. */
export let codes: usize = 0;
export const RESIDENT_ID_INVALID: i32 = 0;
export const NAME_MISSING: i32 = 1;
export const AMOUNT_INVALID: i32 = 2;
export const DUPLICATE: i32 = 3;
export const CARDHOLDER_UNKNOWN: i32 = 4;
export const NAME_MISMATCH: i32 = 5;
export const CARDHOLDER_DECEASED: i32 = 6;
export const CODE_CARD_CANCELLED: i32 = 7;
export const CODE_ACCOUNT_CLOSED: i32 = 8;
export const ACCOUNT_MISMATCH: i32 = 9;
export const REGION_NOT_COVERED: i32 = 10;
export const AGE_NOT_ELIGIBLE: i32 = 11;
export const AMOUNT_NOT_STANDARD: i32 = 12;
export const CODE_CARD_LOST: i32 = 13;
export const CODE_CARD_NOT_ACTIVATED: i32 = 14;
export const CODE_ACCOUNT_FROZEN: i32 = 15;
export const CODE_ACCOUNT_DORMANT: i32 = 16;
export const CODE_ACCOUNT_SHARED: i32 = 17;
export const LINE_UNREADABLE: i32 = 18;
export const CODE_NAME_UNENCODABLE: i32 = 19;
export const NO_CODE: i32 = -1;

/** Details of findings, DETAIL_BYTES each: a length in one byte, then ASCII; in this order. The last one is written when asked for. */
export let details: usize = 0;
export const DETAIL_BYTES: usize = 128;
export const EMPTY: i32 = 0;
export const SPREADSHEET_EXPONENT: i32 = 1;
export const CHARACTERS: i32 = 2;
export const FIFTEEN_DIGITS: i32 = 3;
export const LENGTH: i32 = 4;
export const BIRTH_DATE: i32 = 5;
export const SPREADSHEET_ZEROS: i32 = 6;
export const CHECK_CHARACTER: i32 = 7;
export const ZERO: i32 = 8;
export const NEGATIVE: i32 = 9;
export const DECIMALS: i32 = 10;
export const ABOVE_CEILING: i32 = 11;
export const NOT_TEXT: i32 = 12;
export const TEXT_AFTER_QUOTE: i32 = 13;
/** Behind all those that are known beforehand, some of which only amountProblemOf names. */
export const ASKED: i32 = 23;
export const NO_DETAIL: i32 = -1;

export function setRosterBase(
  directoryAt: usize,
  slotCount: i32,
  seenAt: usize,
  seenHereAt: usize,
  marksAt: usize,
  askedAlwaysAt: usize,
  regionRulesAt: usize,
): void {
  directory = directoryAt;
  slots = slotCount;
  seen = seenAt;
  seenHere = seenHereAt;
  marks = marksAt;
  askedAlways = askedAlwaysAt;
  regionRules = regionRulesAt;
}

export function setRosterColumns(
  id: i32,
  name: i32,
  account: i32,
  amount: i32,
  payee: i32,
  department: i32,
  quantity: i32,
  unreadAt: usize,
  unreadColumns: i32,
): void {
  idColumn = id;
  nameColumn = name;
  accountColumn = account;
  amountColumn = amount;
  payeeColumn = payee;
  departmentColumn = department;
  quantityColumn = quantity;
  unread = unreadAt;
  unreadCount = unreadColumns;
}

export function setRosterRules(
  ceiling: f64,
  firstMonth: u32,
  payBase: bool,
  least: usize,
  most: usize,
  day: i32,
  codesAt: usize,
  detailsAt: usize,
): void {
  ceilingFen = <i64>ceiling;
  periodStartMonth = firstMonth;
  paysBase = payBase;
  leastByAge = least;
  mostByAge = most;
  ageDay = day;
  codes = codesAt;
  details = detailsAt;
}
