// What was instructed against what the banks said. A batch is reconciled when nothing is outstanding any more.

import { BATCH_STEPS, stepOf } from '../batch/lifecycle.js';
import { type BatchRow, moveBatch, type Sum } from '../store/batch-store.js';
import { addEvent } from '../store/event-store.js';
import { readSegmentsOfBatch } from '../store/payment-file-store.js';
import { countExceptionsOfBatch } from '../store/return-store.js';
import type { Session } from '../store/session.js';
import type { Context } from './context.js';
import { takeBatch } from './step-batch.js';

export interface ReconcileAnswer {
  batch: number;
  state: string;
  instructed: Sum;
  paid: Sum;
  failed: Sum;
  outstanding: Sum;
  exceptions: Record<string, number>;
}

export async function reconcileBatch(context: Context, input: { batch: number }): Promise<ReconcileAnswer> {
  return await context.database.withSession((session) =>
    session.transaction(async () => {
      const batch = await takeBatch(session, input.batch);
      stepOf('reconcile', batch.number, batch.state);
      const balance = await readBalance(session, batch);
      const exceptions = await countExceptionsOfBatch(session, batch.number);
      const isSettled = balance.outstanding.count === 0;
      const state = isSettled
        ? BATCH_STEPS.reconcile.to
        : batch.state === 'reconciled'
          ? 'sent'
          : batch.state;
      if (state !== batch.state) {
        await moveBatch(session, batch.number, batch.state, state);
        const detail = { state, paid: balance.paid.count, failed: balance.failed.count };
        await addEvent(session, {
          actor: context.actor,
          action: 'batch.reconcile',
          batch: batch.number,
          detail,
        });
      }
      return { batch: batch.number, state, ...balance, exceptions };
    }),
  );
}

/** instructed = paid + failed + outstanding, from the running totals that each return file moved. */
export async function readBalance(
  session: Session,
  batch: BatchRow,
): Promise<Pick<ReconcileAnswer, 'instructed' | 'paid' | 'failed' | 'outstanding'>> {
  const paid: Sum = { count: 0, amount: 0n };
  const failed: Sum = { count: 0, amount: 0n };
  const instructed: Sum = { count: 0, amount: 0n };
  for (const segment of await readSegmentsOfBatch(session, batch.number)) {
    add(instructed, segment.count, segment.amount);
    add(paid, segment.paidCount, segment.paidAmount);
    add(failed, segment.failedCount, segment.failedAmount);
  }
  const outstanding = {
    count: instructed.count - paid.count - failed.count,
    amount: instructed.amount - paid.amount - failed.amount,
  };
  return { instructed, paid, failed, outstanding };
}

function add(sum: Sum, count: number, amount: bigint): void {
  sum.count += count;
  sum.amount += amount;
}
