// The row table: one entry for each row of a chunk, from the thread that checked it to the thread that merges. The compiled loops
// (kernel/assembly/cardholder-rows.ts, cardholder-merge.ts) write and read the same entries.

/** What a row is against the base, before repeats within the file are settled. */
export const ROW_NEW = 0;
export const ROW_CHANGED = 1;
export const ROW_UNCHANGED = 2;
/** Older than what the base holds, and different. */
export const ROW_STALE = 3;
export const ROW_REJECTED = 4;
/** New, with an identifier of another kind: it gets its serial when the chunks are merged. */
export const ROW_OTHER = 5;

/** Words of the row table: kind, slot + 1 (0: not in the base), key words, fingerprint, place in the file, rows. */
export const ROW_WORDS = 10;
export const ROW_KIND = 0;
export const ROW_SLOT = 1;
export const ROW_A = 2;
export const ROW_B = 3;
export const ROW_PRINT_LOW = 4;
export const ROW_PRINT_HIGH = 5;
export const ROW_FROM = 6;
export const ROW_TO = 7;
export const ROW_LINE = 8;
export const ROW_ROWS_END = 9;
