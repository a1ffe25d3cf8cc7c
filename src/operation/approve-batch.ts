// The checker approves what the maker submitted: another person, and exactly these payments.

import { EngineError } from '../base/error.js';
import { refuseOwnApproval } from '../batch/approval.js';
import { insertDecision } from '../store/approval-store.js';
import type { Context } from './context.js';
import { openSubmission } from './open-submission.js';
import { proveDigest } from './payment-digest.js';
import { type StepAnswer, stepBatch } from './step-batch.js';

export async function approveBatch(context: Context, input: { batch: number }): Promise<StepAnswer> {
  return await stepBatch(context, input.batch, 'approve', async (session, batch) => {
    const submission = await openSubmission(session, batch.number);
    refuseOwnApproval(batch.number, submission.submittedBy, context.actor);
    if (!submission.digest.equals(batch.digest))
      throw new EngineError('DIGEST_CHANGED', { batch: batch.number });
    await proveDigest(session, batch);
    await insertDecision(session, batch.number, submission.ordinal, 'approved', context.actor, undefined);
    return { digest: batch.digest.toString('hex') };
  });
}
