// The payments of a batch out of the database, in the form that they were copied in.

import { BlockInput } from '../directory/directory-block.js';
import { COPY_HEADER, COPY_TRAILER } from '../encoding/copy-rows.js';
import { createMemory } from '../kernel/memory.js';
import { PAYMENT_BLOCK_COLUMNS, PaymentBlocks } from '../roster/payment-block.js';
import {
  type BatchRow,
  copyPaymentBlocksOut,
  copyPaymentsOut,
  type PaymentOrder,
} from '../store/batch-store.js';
import type { Session } from '../store/session.js';
import { kernelModule } from '../worker/kernel-module.js';

/**
 * Rows of a binary COPY, header and trailer too, in pieces that are good until the next one is asked for. `asStored` is for who proves the
 * digest: it comes by columns, in half of the server's time, and where a row is not as an import wrote it, the bytes are not those
 * of the table (roster/payment-block.ts). Lines that follow others have no room in that form.
 */
export function readPayments(
  session: Session,
  batch: Pick<BatchRow, 'number' | 'follows'>,
  order: PaymentOrder,
): AsyncIterable<Uint8Array> {
  if (order === 'byLine' || batch.follows !== null) return copyPaymentsOut(session, batch.number, order);
  return readBlocks(session, batch.number);
}

async function* readBlocks(session: Session, batch: number): AsyncGenerator<Uint8Array> {
  const memory = createMemory(0);
  const input = new BlockInput(memory, PAYMENT_BLOCK_COLUMNS);
  const blocks = new PaymentBlocks(kernelModule(), memory);
  let isWhole = true;
  yield COPY_HEADER;
  for await (const piece of copyPaymentBlocksOut(session, batch)) {
    input.take(piece);
    while (input.next()) {
      const rows = blocks.rowsOf(input.starts, input.lengths);
      // What follows is read all the same, because the session has it on its way.
      isWhole &&= rows !== undefined;
      if (rows && isWhole && rows.length > 0) yield rows;
    }
  }
  input.finish();
  yield COPY_TRAILER;
}
