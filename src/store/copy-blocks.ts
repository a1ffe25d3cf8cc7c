// A COPY of many rows in one, by columns. The server pays for each row and each column that it sends (a buffer of 1 KiB, a call, a message)
// more than for putting the values of thousands of rows together.

/** Pages of the table a block: some thousands of rows. Between 32 and 256 it made no difference. */
const BLOCK_PAGES = 64;

/** `one` and `other` of each row by turns, both not null, as one column. */
export type Pairs = (one: string, other: string) => string;

/**
 * Statement that copies a table out in the order in which it is stored, a row for each block of pages. `columns`: aggregates over the rows of
 * a block. Every `of`th block from the nth on.
 */
export function blocksOf(
  table: string,
  columns: (pairs: Pairs) => readonly string[],
  { nth, of } = { nth: 0, of: 1 },
): string {
  const at = (page: string) => `('(' || ${page} || ',0)')::tid`;
  const rows = `from ${table} where ctid >= ${at('page')} and ctid < ${at(`(page + ${BLOCK_PAGES})`)}`;
  // For the price of one aggregate: `one` stands as its delimiter, which is left out before the first value.
  const pairs: Pairs = (one, other) => `(select ${one} ${rows} limit 1) || string_agg(${other}, ${one})`;
  return `copy (select block.* from generate_series(${nth * BLOCK_PAGES},
      pg_relation_size('${table}') / current_setting('block_size')::int8, ${of * BLOCK_PAGES}) as page,
    lateral (select ${columns(pairs).join(', ')} ${rows}) as block
  ) to stdout (format binary)`;
}
