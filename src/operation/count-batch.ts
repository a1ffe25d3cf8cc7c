// Counts a batch again from its rows, and takes the digest of its payments on the way.

import { BlockInput } from '../encoding/copy-blocks.js';
import { CopyTuples } from '../encoding/copy-tuples.js';
import { createMemory } from '../kernel/memory.js';
import { BatchCount, type VisitGroup } from '../reconciliation/batch-count.js';
import { NewestOutcomes } from '../reconciliation/newest-outcomes.js';
import type { VisitPayment } from '../roster/payment-block.js';
import type { BatchRow, PaymentOrder } from '../store/batch-store.js';
import { readSegmentPlaces } from '../store/payment-file-store.js';
import type { Session } from '../store/session.js';
import { copyOutcomeBlocksOut, copyOutcomesInOrder } from '../store/verify-store.js';
import { beginBatchDigest } from './payment-digest.js';
import { readPayments } from './read-payments.js';

/** Of an outcome in a block: store/verify-store.ts. */
const OUTCOME_BYTES = 16;

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
  const visitPayment: VisitPayment = (line, bank, amountFen, region) =>
    count.payment(line, bank, amountFen, region);
  for await (const piece of readPayments(session, batch.number, order, visitPayment)) digest.add(piece);
  count.finish();
  return { count, digest: digest.finish() };
}

async function readOutcomes(session: Session, batch: number): Promise<NewestOutcomes> {
  return (await readOutcomesAsStored(session, batch)) ?? (await readOutcomesSorted(session, batch));
}

/** Undefined when they do not lie in the order in which they were said. */
async function readOutcomesAsStored(session: Session, batch: number): Promise<NewestOutcomes | undefined> {
  const outcomes = new NewestOutcomes();
  const memory = createMemory(0);
  const input = new BlockInput(memory, 1);
  let [lastFile, lastRow] = [0, -1];
  let isInOrder = true;
  for await (const piece of copyOutcomeBlocksOut(session, batch)) {
    input.take(piece);
    while (input.next()) {
      const at = (input.starts[0] as number) >>> 0;
      const view = new DataView(memory.buffer, at, input.lengths[0] as number);
      for (let place = 0; place < view.byteLength; place += OUTCOME_BYTES) {
        const [file, row] = [view.getInt32(place), view.getInt32(place + 4)];
        isInOrder &&= file > lastFile || (file === lastFile && row > lastRow);
        lastFile = file;
        lastRow = row;
        const low = view.getUint32(place + 12);
        outcomes.put(view.getInt32(place + 8) * 0x20000000 + (low >>> 3), low & 7);
      }
    }
  }
  input.finish();
  return isInOrder ? outcomes : undefined;
}

async function readOutcomesSorted(session: Session, batch: number): Promise<NewestOutcomes> {
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
