// Someone sends a submitted or approved batch back to the maker, with a reason. Rejecting is open to the submitter too:
// it pays nobody.

import { actorKey } from '../batch/approval.js';
import { insertDecision } from '../store/approval-store.js';
import type { Context } from './context.js';
import { openSubmission } from './open-submission.js';
import { type StepAnswer, stepBatch } from './step-batch.js';

export async function rejectBatch(
  context: Context,
  input: { batch: number; reason: string },
): Promise<StepAnswer> {
  return await stepBatch(context, input.batch, 'reject', async (session, batch) => {
    const submission = await openSubmission(session, batch.number);
    // A decision is another person's word; a maker who takes the work back is recorded in the history alone.
    const isOwn = actorKey(submission.submittedBy) === actorKey(context.actor);
    if (submission.decision === null && !isOwn) {
      await insertDecision(
        session,
        batch.number,
        submission.ordinal,
        'rejected',
        context.actor,
        input.reason,
      );
    }
    return { reason: input.reason };
  });
}
