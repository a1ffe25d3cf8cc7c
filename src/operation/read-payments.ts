// The payments of a batch out of the database, in the form that the digest is taken over.

import { BlockInput } from '../encoding/copy-blocks.js';
import { COPY_HEADER, COPY_TRAILER } from '../encoding/copy-rows.js';
import { CopyTuples } from '../encoding/copy-tuples.js';
import { createMemory } from '../kernel/memory.js';
import { unpackPayments } from '../roster/packed-payments.js';
import { PAYMENT_BLOCK_COLUMNS, PaymentBlocks, type VisitPayment } from '../roster/payment-block.js';
import { PAYMENT_COLUMNS } from '../roster/payment-rows.js';
import { copyPaymentBlocksOut, copyPaymentsOut, type PaymentOrder } from '../store/batch-store.js';
import { copySegmentOut, type SegmentRow } from '../store/payment-file-store.js';
import type { Session } from '../store/session.js';
import { kernelModule } from '../worker/kernel-module.js';

const LINE = PAYMENT_COLUMNS.indexOf('line');
const BANK = PAYMENT_COLUMNS.indexOf('bank');
const AMOUNT = PAYMENT_COLUMNS.indexOf('amount');
const REGION = PAYMENT_COLUMNS.indexOf('region');

/**
 * Rows of a binary COPY (roster/payment-rows.ts), header and trailer too, in pieces that are good until the next one is asked for. Whoever
 * reads them proves the digest: of a payment that somebody has changed so that it cannot be unpacked, and of those behind it, there are no
 * rows. `visit` is told each payment of a piece before the piece is given.
 */
export function readPayments(
  session: Session,
  batch: number,
  order: PaymentOrder,
  visit?: VisitPayment,
): AsyncIterable<Uint8Array> {
  if (order === 'asStored') return readBlocks(session, batch, visit);
  const rows = unpackPayments(copyPaymentsOut(session, batch, order), kernelModule(), createMemory(0));
  return visit ? visited(rows, visit) : rows;
}

/** The payments of one segment of a file, as readPayments gives them. */
export function readSegment(
  session: Session,
  bank: number,
  segment: Pick<SegmentRow, 'batch' | 'firstLine' | 'lastLine'>,
): AsyncIterable<Uint8Array> {
  return unpackPayments(copySegmentOut(session, bank, segment), kernelModule(), createMemory(0));
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

async function* visited(rows: AsyncIterable<Uint8Array>, visit: VisitPayment): AsyncGenerator<Uint8Array> {
  const tuples = new CopyTuples(PAYMENT_COLUMNS.length);
  const { starts } = tuples;
  for await (const piece of rows) {
    tuples.feed(piece, (_bytes, view) => {
      const amount = starts[AMOUNT] as number;
      visit(
        view.getInt32(starts[LINE] as number),
        view.getInt16(starts[BANK] as number),
        view.getInt32(amount) * 0x100000000 + view.getUint32(amount + 4),
        view.getInt32(starts[REGION] as number),
      );
    });
    yield piece;
  }
  tuples.finish();
}
