// The payments of batches as the database copies them out: what payment files are written from.

import { COPY_HEADER } from '../encoding/copy-rows.js';
import type { BatchRow, PaymentOrder } from '../store/batch-store.js';
import type { SegmentRow } from '../store/payment-file-store.js';
import type { Session } from '../store/session.js';
import { beginBatchDigest, refuseChangedDigest } from './payment-digest.js';
import { readPayments, readSegment } from './read-payments.js';

export interface CopiedBatch {
  batch: number;
  /** Whole rows of a binary COPY without its header, in pieces that are good until the next one is asked for. */
  rows: AsyncIterable<Uint8Array>;
}

/** Approved batches. Each proves its digest at its end, and with it the order of its lines. */
export async function* approvedBatches(
  session: Session,
  batches: readonly BatchRow[],
  order: PaymentOrder,
): AsyncGenerator<CopiedBatch> {
  for (const batch of batches) yield { batch: batch.number, rows: provenRows(session, batch, order) };
}

async function* provenRows(
  session: Session,
  batch: BatchRow,
  order: PaymentOrder,
): AsyncGenerator<Uint8Array> {
  const digest = await beginBatchDigest(session, batch);
  yield* withoutHeader(readPayments(session, batch.number, order), (piece) => digest.add(piece));
  refuseChangedDigest(batch, digest.finish());
}

/** The payments of one bank that stand in a file. */
export async function* copiedSegments(
  session: Session,
  bank: number,
  segments: readonly SegmentRow[],
): AsyncGenerator<CopiedBatch> {
  for (const segment of segments)
    yield { batch: segment.batch, rows: withoutHeader(readSegment(session, bank, segment)) };
}

async function* withoutHeader(
  pieces: AsyncIterable<Uint8Array>,
  watch: (piece: Uint8Array) => void = () => undefined,
): AsyncGenerator<Uint8Array> {
  let headerLeft = COPY_HEADER.length;
  for await (const piece of pieces) {
    watch(piece);
    const skipped = Math.min(headerLeft, piece.length);
    headerLeft -= skipped;
    if (skipped < piece.length) yield piece.subarray(skipped);
  }
}
