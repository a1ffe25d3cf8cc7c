// The maker hands a checked batch in for approval. What is submitted is the digest that the import took of the payments while it
// stored them; whether the rows still have it is proved where it counts, when they are approved and when they are released.

import { EngineError } from '../base/error.js';
import { insertSubmission } from '../store/approval-store.js';
import type { Context } from './context.js';
import { type StepAnswer, stepBatch } from './step-batch.js';

export async function submitBatch(context: Context, input: { batch: number }): Promise<StepAnswer> {
  return await stepBatch(context, input.batch, 'submit', async (session, batch) => {
    if (batch.acceptedCount === 0) throw new EngineError('BATCH_EMPTY', { batch: batch.number });
    await insertSubmission(session, batch.number, context.actor, batch.digest);
    return { digest: batch.digest.toString('hex') };
  });
}
