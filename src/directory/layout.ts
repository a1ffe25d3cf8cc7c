// How the directory lies in memory: an open-addressing table of 32-byte slots (eight 32-bit words), half a cache line
// each, so that a look-up costs one cache miss. The same bytes stand in shared memory and in the file between runs.
//
//   word 0   first 8 digits of the resident ID; for identifiers of another kind OTHER_KIND
//   word 1   digits 9 to 17;                    for identifiers of another kind their serial
//   word 2-3 64-bit hash of the folded name (a false match is out of the question: 2^-64 a pair)
//   word 4-5 account: up to 19 digits as one 64-bit number, else (LONG_ACCOUNT) a 64-bit hash of its text
//   word 6   bank (10 bits), length of the account (6 bits), states and flags
//   word 7   region (20 bits), month of death (12 bits)

export const SLOT_WORDS = 8;
export const SLOT_BYTES = SLOT_WORDS * 4;
export const HEADER_BYTES = 64;

/** First word of people whose identifier is of another kind; no resident ID has it, 8 digits end below 2^27. */
export const OTHER_KIND = 0x80000000;

export const BANK_BITS = 10;
export const BANK_MASK = (1 << BANK_BITS) - 1;
export const ACCOUNT_LENGTH_SHIFT = 10;
export const ACCOUNT_LENGTH_MASK = 63;
export const CARD_STATE_SHIFT = 16;
export const CARD_STATE_MASK = 7;
export const ACCOUNT_STATE_SHIFT = 19;
export const ACCOUNT_STATE_MASK = 3;

export const DECEASED = 1 << 21;
/** Another cardholder has the same account. */
export const SHARED_ACCOUNT = 1 << 22;
/** The person was in an earlier version of the base and is no longer in it. */
export const REMOVED = 1 << 23;
/** The base spells the name in another way than its folded form, so the spelling must be asked of the database. */
export const IRREGULAR_NAME = 1 << 24;
/** The account has more than 19 digits, so its text must be asked of the database. */
export const LONG_ACCOUNT = 1 << 25;
/** The name is not just 2 to 10 two-byte GBK hanzi, so each bank's format must be asked whether it can carry it. */
export const UNUSUAL_NAME = 1 << 26;
/** Nothing about this person can be a finding by itself: alive, card and account in order, name and account plain. */
export const CLEAN = 1 << 27;

export const REGION_BITS = 20;
export const REGION_MASK = (1 << REGION_BITS) - 1;

/** Card states by number, as word 6 keeps them. The texts are those of the contract and of the database. */
export const CARD_STATES = ['active', 'lost', 'cancelled', 'replaced', 'not_activated'] as const;
export type CardState = (typeof CARD_STATES)[number];

export const ACCOUNT_STATES = ['normal', 'dormant', 'frozen', 'closed'] as const;
export type AccountState = (typeof ACCOUNT_STATES)[number];

/**
 * Month of a date as the directory keeps it: months since 1900-01, from 1; 0 when the day of death is not known.
 * A period always begins on the first of a month, so "dead before the period begins" is decided exactly by months.
 */
export function deathMonth(year: number, month: number): number {
  const months = (year - 1900) * 12 + month;
  return months < 1 ? 1 : Math.min(months, 4095);
}

/** Share of the slots in use: at 0.68 a look-up looks at 2.1 slots when found, and 10 million people take 470 MB. */
export const LOAD_FACTOR = 0.68;

export function slotCountFor(people: number): number {
  return Math.max(1024, Math.ceil(people / LOAD_FACTOR));
}

/** Home slot of a person: both words mixed, then scaled to the table (any size, not only powers of two). */
export function homeSlot(a: number, b: number, slots: number): number {
  let hash = Math.imul(a ^ (a >>> 15), 0x2c1b3c6d) ^ Math.imul(b ^ (b >>> 13), 0x297a2d39);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return Math.floor(((hash ^ (hash >>> 16)) >>> 0) * (slots / 4294967296));
}
