// The end of a batch: nothing is outstanding, and every fen is proved once more from the rows themselves.

import { EngineError } from '../base/error.js';
import { stepOf } from '../batch/lifecycle.js';
import { moveBatch } from '../store/batch-store.js';
import { addEvent } from '../store/event-store.js';
import type { Context } from './context.js';
import { type ReconcileAnswer, readBalance } from './reconcile-batch.js';
import { takeBatch } from './step-batch.js';
import { verifyBatch } from './verify-batch.js';

export type CloseAnswer = Omit<ReconcileAnswer, 'exceptions'>;

export async function closeBatch(context: Context, input: { batch: number }): Promise<CloseAnswer> {
  return await context.database.withSession((session) =>
    session.transaction(async () => {
      const batch = await takeBatch(session, input.batch);
      const balance = await readBalance(session, batch);
      if (['released', 'sent', 'reconciled'].includes(batch.state) && balance.outstanding.count > 0) {
        const { count } = balance.outstanding;
        throw new EngineError('BATCH_OUTSTANDING', { batch: batch.number, outstanding: count });
      }
      const state = stepOf('close', batch.number, batch.state);
      const failed = (await verifyBatch(session, batch)).find((check) => !check.ok);
      if (failed) {
        throw new EngineError('CONTROL_TOTAL_MISMATCH', {
          ...{ what: failed.name, expected: failed.expected, actual: failed.actual },
        });
      }
      await moveBatch(session, batch.number, batch.state, state);
      await addEvent(session, { actor: context.actor, action: 'batch.close', batch: batch.number });
      return { batch: batch.number, state, ...balance };
    }),
  );
}
