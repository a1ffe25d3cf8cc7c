// Counts a batch again from its rows, and takes the digest of its payments on the way.

import { CopyTuples } from '../encoding/copy-tuples.js';
import { BatchCount, type VisitGroup } from '../reconciliation/batch-count.js';
import { NewestOutcomes } from '../reconciliation/newest-outcomes.js';
import { PAYMENT_COLUMNS } from '../roster/payment-rows.js';
import type { BatchRow, PaymentOrder } from '../store/batch-store.js';
import { readSegmentPlaces } from '../store/payment-file-store.js';
import type { Session } from '../store/session.js';
import { copyOutcomesInOrder } from '../store/verify-store.js';
import { beginBatchDigest } from './payment-digest.js';
import { readPayments } from './read-payments.js';

const LINE = PAYMENT_COLUMNS.indexOf('line');
const BANK = PAYMENT_COLUMNS.indexOf('bank');
const AMOUNT = PAYMENT_COLUMNS.indexOf('amount');
const REGION = PAYMENT_COLUMNS.indexOf('region');

export interface CountedBatch {
  count: BatchCount;
  /** Of the payments in order of line. */
  digest: Uint8Array;
}

/**
 * Reads the payments as they are stored; where their digest then is not the batch's, again in order of line. `begin` is
 * called before each reading and answers with what is told the groups.
 */
export async function countBatch(
  session: Session,
  batch: BatchRow,
  isReleased: boolean,
  begin: () => VisitGroup,
): Promise<CountedBatch> {
  const asStored = await countInOrder(session, batch, isReleased, begin(), 'asStored');
  if (batch.digest.equals(asStored.digest)) return asStored;
  return await countInOrder(session, batch, isReleased, begin(), 'byLine');
}

async function countInOrder(
  session: Session,
  batch: BatchRow,
  isReleased: boolean,
  visit: VisitGroup,
  order: PaymentOrder,
): Promise<CountedBatch> {
  const outcomes = isReleased ? await readOutcomes(session, batch.number) : undefined;
  const segments = isReleased ? await readSegmentPlaces(session, batch.number) : [];
  const count = new BatchCount(outcomes, segments, visit);
  const digest = await beginBatchDigest(session, batch);
  const tuples = new CopyTuples(PAYMENT_COLUMNS.length);
  const { starts } = tuples;
  for await (const piece of readPayments(session, batch, order)) {
    digest.add(piece);
    tuples.feed(piece, (_bytes, view) => {
      const amount = starts[AMOUNT] as number;
      count.payment(
        view.getInt32(starts[LINE] as number),
        view.getInt16(starts[BANK] as number),
        view.getInt32(amount) * 0x100000000 + view.getUint32(amount + 4),
        view.getInt32(starts[REGION] as number),
      );
    });
  }
  tuples.finish();
  count.finish();
  return { count, digest: digest.finish() };
}

async function readOutcomes(session: Session, batch: number): Promise<NewestOutcomes> {
  const outcomes = new NewestOutcomes();
  const tuples = new CopyTuples(2);
  for await (const piece of copyOutcomesInOrder(session, batch)) {
    tuples.feed(piece, (_bytes, view) => {
      outcomes.put(view.getInt32(tuples.starts[0] as number), view.getInt16(tuples.starts[1] as number));
    });
  }
  tuples.finish();
  return outcomes;
}
