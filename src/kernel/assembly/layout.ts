// The numbers of directory/layout.ts and directory/name-hash.ts that compiled loops need; a test compares them.

export const SLOT_BYTES: usize = 32;
export const OTHER_KIND: u32 = 0x80000000;
export const BANK_MASK: u32 = 1023;
export const ACCOUNT_LENGTH_SHIFT: u32 = 10;
export const ACCOUNT_LENGTH_MASK: u32 = 63;
export const CARD_STATE_SHIFT: u32 = 16;
export const CARD_STATE_MASK: u32 = 7;
export const ACCOUNT_STATE_SHIFT: u32 = 19;
export const ACCOUNT_STATE_MASK: u32 = 3;
export const DECEASED: u32 = 1 << 21;
export const SHARED_ACCOUNT: u32 = 1 << 22;
export const REMOVED: u32 = 1 << 23;
export const IRREGULAR_NAME: u32 = 1 << 24;
export const LONG_ACCOUNT: u32 = 1 << 25;
export const UNUSUAL_NAME: u32 = 1 << 26;
export const CLEAN: u32 = 1 << 27;
export const REGION_BITS: u32 = 20;
export const REGION_MASK: u32 = (1 << 20) - 1;

export const CARD_LOST: u32 = 1;
export const CARD_CANCELLED: u32 = 2;
export const CARD_NOT_ACTIVATED: u32 = 4;
export const ACCOUNT_DORMANT: u32 = 1;
export const ACCOUNT_FROZEN: u32 = 2;
export const ACCOUNT_CLOSED: u32 = 3;
