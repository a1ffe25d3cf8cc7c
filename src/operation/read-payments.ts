// The payments of a batch out of the database, in the form that they were copied in.

import { BlockInput } from '../encoding/copy-blocks.js';
import { COPY_HEADER, COPY_TRAILER } from '../encoding/copy-rows.js';
import { CopyTuples } from '../encoding/copy-tuples.js';
import { createMemory } from '../kernel/memory.js';
import { PAYMENT_BLOCK_COLUMNS, PaymentBlocks, type VisitPayment } from '../roster/payment-block.js';
import { PAYMENT_COLUMNS } from '../roster/payment-rows.js';
import {
  type BatchRow,
  copyPaymentBlocksOut,
  copyPaymentsOut,
  type PaymentOrder,
} from '../store/batch-store.js';
import type { Session } from '../store/session.js';
import { kernelModule } from '../worker/kernel-module.js';

const LINE = PAYMENT_COLUMNS.indexOf('line');
const BANK = PAYMENT_COLUMNS.indexOf('bank');
const AMOUNT = PAYMENT_COLUMNS.indexOf('amount');
const REGION = PAYMENT_COLUMNS.indexOf('region');

type Batch = Pick<BatchRow, 'number' | 'follows'>;

/**
 * Rows of a binary COPY, header and trailer too, in pieces that are good until the next one is asked for. `asStored` is for who proves the
 * digest: it comes by columns, in half of the server's time, and where a row is not as an import wrote it, the bytes are not those
 * of the table (roster/payment-block.ts). Lines that follow others have no room in that form. `visit` is told each payment of a piece
 * before the piece is given.
 */
export function readPayments(
  session: Session,
  batch: Batch,
  order: PaymentOrder,
  visit?: VisitPayment,
): AsyncIterable<Uint8Array> {
  if (order === 'asStored' && batch.follows === null) return readBlocks(session, batch.number, visit);
  return readRows(session, batch.number, order, visit);
}

async function* readBlocks(
  session: Session,
  batch: number,
  visit: VisitPayment | undefined,
): AsyncGenerator<Uint8Array> {
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
      if (!rows || !isWhole || rows.length === 0) continue;
      if (visit) blocks.visit(input.starts, input.lengths, visit);
      yield rows;
    }
  }
  input.finish();
  yield COPY_TRAILER;
}

async function* readRows(
  session: Session,
  batch: number,
  order: PaymentOrder,
  visit: VisitPayment | undefined,
): AsyncGenerator<Uint8Array> {
  const tuples = new CopyTuples(PAYMENT_COLUMNS.length);
  const { starts } = tuples;
  for await (const piece of copyPaymentsOut(session, batch, order)) {
    if (visit) {
      tuples.feed(piece, (_bytes, view) => {
        const amount = starts[AMOUNT] as number;
        visit(
          view.getInt32(starts[LINE] as number),
          view.getInt16(starts[BANK] as number),
          view.getInt32(amount) * 0x100000000 + view.getUint32(amount + 4),
          view.getInt32(starts[REGION] as number),
        );
      });
    }
    yield piece;
  }
  if (visit) tuples.finish();
}
