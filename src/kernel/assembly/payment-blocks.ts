// Payments that the database sent by columns, many at once, as the rows of a COPY that they stand for: see
// roster/payment-block.ts.

import { putDetailed, takenTo } from './payment-details';

const PAIR_BYTES: usize = 16;
const AMOUNT_BYTES: usize = 8;

/**
 * Writes the rows of a block at `at`, which has room for them, and answers with the address behind; 0 when the columns do not fit
 * together.
 */
export function putPaymentBlock(
  at: usize,
  pairs: usize,
  pairsEnd: usize,
  values: usize,
  valuesEnd: usize,
): usize {
  for (; pairs + PAIR_BYTES <= pairsEnd; pairs += PAIR_BYTES) {
    if (values + AMOUNT_BYTES > valuesEnd) return 0;
    const places = bswap<u64>(load<u64>(pairs + 8));
    at = putDetailed(
      at,
      <u32>(places & 0x7fffffff),
      bswap<u64>(load<u64>(pairs)),
      bswap<u64>(load<u64>(values)),
      <i32>((places >> 41) & 0x7fff),
      <i32>((places >> 31) & 1023),
      values + AMOUNT_BYTES,
      valuesEnd,
    );
    if (at === 0) return 0;
    values = takenTo;
  }
  return pairs === pairsEnd && values === valuesEnd ? at : 0;
}
