// Many rows of the base as one row of a binary COPY, by columns: what the server spends on sending a row and a column is spent on
// thousands at once. store/base-store.ts asks for them in this form.

/**
 * Columns of a block. Numbers: of each row 16 bytes, the person and a place (from bit 0 region, 20 bank, 30 bytes of the account, 36
 * bytes of the name). Texts: of each row name and account. Exceptions: of rows with anything out of the ordinary, in order, 16 bytes
 * each: person, states (from bit 0 card, 3 account, 5 deceased, 6 removed), day of death since 2000-01-01. Nobody comes twice in a
 * version.
 */
export const BLOCK = { numbers: 0, texts: 1, exceptions: 2 };
export const BLOCK_COLUMNS = 3;
/** Behind them for a BaseImage: of each row 12 bytes, fingerprint and day of update since 1970-01-01, 0 unknown. */
export const IMAGE_COLUMN = 3;

export const NUMBERS_BYTES = 16;
export const IMAGE_BYTES = 12;
/** In place of the day of death where it is not known. */
export const DIED_UNKNOWN = 0x7fffffff;
