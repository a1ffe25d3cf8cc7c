// What the rows of a cardholder file are compared with, and where their columns stand.

/** Address of the directory's slots; 0 before the first import. Beside each slot: fingerprint (8 bytes) and day of update (4). */
export let directory: usize = 0;
export let slots: i32 = 0;
export let prints: usize = 0;
export let updates: usize = 0;

// Columns, -1 where there is none.
export let idColumn: i32 = -1;
export let nameColumn: i32 = -1;
export let regionColumn: i32 = -1;
export let cardNumberColumn: i32 = -1;
export let cardStateColumn: i32 = -1;
export let bankColumn: i32 = -1;
export let accountColumn: i32 = -1;
export let accountStateColumn: i32 = -1;
export let aliveColumn: i32 = -1;
export let diedOnColumn: i32 = -1;
export let updatedOnColumn: i32 = -1;
/** Columns that nothing is read from; their bytes must still be text, or the row is unreadable. */
export let unread: usize = 0;
export let unreadCount: i32 = 0;

export function setCardholderBase(
  directoryAt: usize,
  slotCount: i32,
  printsAt: usize,
  updatesAt: usize,
): void {
  directory = directoryAt;
  slots = slotCount;
  prints = printsAt;
  updates = updatesAt;
}

export function setCardholderColumns(
  id: i32,
  name: i32,
  region: i32,
  cardNumber: i32,
  cardState: i32,
  bank: i32,
  account: i32,
  accountState: i32,
  alive: i32,
  diedOn: i32,
  updatedOn: i32,
  unreadAt: usize,
  unreadColumns: i32,
): void {
  idColumn = id;
  nameColumn = name;
  regionColumn = region;
  cardNumberColumn = cardNumber;
  cardStateColumn = cardState;
  bankColumn = bank;
  accountColumn = account;
  accountStateColumn = accountState;
  aliveColumn = alive;
  diedOnColumn = diedOn;
  updatedOnColumn = updatedOn;
  unread = unreadAt;
  unreadCount = unreadColumns;
}
