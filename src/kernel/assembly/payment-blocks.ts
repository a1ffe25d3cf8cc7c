// Payments that the database sent by columns, many at once, as the rows of a COPY that they stand for: see
// roster/payment-block.ts.

import { putColumns, putInt2, putInt4, putInt8, putNull, putText } from './copy-rows';

const PAYMENT_COLUMNS: i32 = 11;
const PAIR_BYTES: usize = 16;
const NUMBER_BYTES: usize = 8;

/**
 * Writes `count` rows at `at`, which has room for them, and answers with the address behind; 0 when the columns do not fit together,
 * because a row holds what its bits have no room for. Columns are given by where they begin, texts by where they end too.
 */
export function putPaymentBlock(
  at: usize,
  count: i32,
  pairs: usize,
  numbers: usize,
  texts: usize,
  textsEnd: usize,
  departments: usize,
  departmentsEnd: usize,
  payees: usize,
  payeesEnd: usize,
): usize {
  for (let nth: usize = 0; nth < <usize>count; nth++) {
    const first = bswap<u64>(load<u64>(pairs + PAIR_BYTES * nth + 8));
    const second = bswap<u64>(load<u64>(numbers + NUMBER_BYTES * nth));
    const nameBytes = <usize>((second >> 56) & 127);
    const accountBytes = <usize>((second >> 50) & 63);
    const departmentBytes = <usize>((first >> 57) & 63);
    const hasPayee = first >> 63 !== 0;
    if (
      texts + nameBytes + accountBytes > textsEnd ||
      departments + departmentBytes > departmentsEnd ||
      (hasPayee && payees + NUMBER_BYTES > payeesEnd)
    )
      return 0;
    at = putColumns(at, PAYMENT_COLUMNS);
    at = putInt4(at, <i32>(first & 0x7ffffff));
    at = putInt8(at, bswap<u64>(load<u64>(pairs + PAIR_BYTES * nth)));
    at = putInt2(at, 0);
    if (hasPayee) {
      at = putInt8(at, bswap<u64>(load<u64>(payees)));
      payees += NUMBER_BYTES;
    } else at = putNull(at);
    at = putText(at, texts, texts + nameBytes);
    at = putInt2(at, <i32>((first >> 27) & 1023));
    at = putText(at, texts + nameBytes, texts + nameBytes + accountBytes);
    texts += nameBytes + accountBytes;
    at = putInt8(at, second & 0x3ffffffffffff);
    at = putInt4(at, <i32>((first >> 37) & 0xfffff));
    at = putNull(at);
    if (departmentBytes === 0) at = putNull(at);
    else at = putText(at, departments, departments + departmentBytes);
    departments += departmentBytes;
  }
  return texts === textsEnd && departments === departmentsEnd && payees === payeesEnd ? at : 0;
}
