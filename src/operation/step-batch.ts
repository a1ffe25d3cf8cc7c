// What every step of a batch does alike: the batch is taken for oneself, its state checked, moved, and recorded.

import { EngineError } from '../base/error.js';
import { type BatchStep, stepOf } from '../batch/lifecycle.js';
import { type BatchRow, lockBatch, moveBatch } from '../store/batch-store.js';
import { addEvent } from '../store/event-store.js';
import type { Session } from '../store/session.js';
import type { Context } from './context.js';

export interface StepAnswer {
  batch: number;
  state: string;
  digest: string;
}

/** Locks the batch until the transaction ends. Throws BATCH_UNKNOWN. */
export async function takeBatch(session: Session, number: number): Promise<BatchRow> {
  const batch = await lockBatch(session, number);
  if (!batch) throw new EngineError('BATCH_UNKNOWN', { batch: number });
  return batch;
}

/** One step in one transaction; `work` does what the step needs beyond moving the batch. */
export async function stepBatch(
  context: Context,
  number: number,
  step: BatchStep,
  work: (session: Session, batch: BatchRow) => Promise<Record<string, unknown>>,
): Promise<StepAnswer> {
  return await context.database.withSession((session) =>
    session.transaction(async () => {
      const batch = await takeBatch(session, number);
      const state = stepOf(step, number, batch.state);
      const detail = await work(session, batch);
      await moveBatch(session, number, batch.state, state);
      await addEvent(session, { actor: context.actor, action: `batch.${step}`, batch: number, detail });
      return { batch: number, state, digest: batch.digest.toString('hex') };
    }),
  );
}
