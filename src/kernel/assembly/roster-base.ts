// What the lines of a roster are checked against, and where their columns stand.

/** Amounts above stay on the careful path, so that the sums of a chunk fit: this times the lines of a chunk. */
const FEN_MAX: i64 = 100000000000;

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

// Numbers of the findings.
export let codes: usize = 0;
export const DUPLICATE: i32 = 0;
export const NAME_MISMATCH: i32 = 1;
export const CARDHOLDER_DECEASED: i32 = 2;
export const CODE_CARD_CANCELLED: i32 = 3;
export const CODE_ACCOUNT_CLOSED: i32 = 4;
export const ACCOUNT_MISMATCH: i32 = 5;
export const CODE_CARD_LOST: i32 = 6;
export const CODE_CARD_NOT_ACTIVATED: i32 = 7;
export const CODE_ACCOUNT_FROZEN: i32 = 8;
export const CODE_ACCOUNT_DORMANT: i32 = 9;
export const CODE_ACCOUNT_SHARED: i32 = 10;
export const NO_CODE: i32 = -1;

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
  unreadAt: usize,
  unreadColumns: i32,
): void {
  idColumn = id;
  nameColumn = name;
  accountColumn = account;
  amountColumn = amount;
  payeeColumn = payee;
  departmentColumn = department;
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
): void {
  ceilingFen = min(<i64>ceiling, FEN_MAX);
  periodStartMonth = firstMonth;
  paysBase = payBase;
  leastByAge = least;
  mostByAge = most;
  ageDay = day;
  codes = codesAt;
}
