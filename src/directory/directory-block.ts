// Many rows of the base as one row of a binary COPY: what the server spends on sending a row and a column is spent on thousands at once.
// store/base-store.ts asks for them in this form.

/**
 * A block's one column: of each row the person (eight bytes, as the column has it) and the record (packed-record.ts), which says itself
 * how long it is. Nobody comes twice in a version.
 */
export const RECORDS_COLUMN = 0;
export const BLOCK_COLUMNS = 1;
