import { assert } from '../base/assert.js';
import { type ApprovalRow, readApprovals } from '../store/approval-store.js';
import type { Session } from '../store/session.js';

/** The newest submission of a batch: the one that a decision is about. */
export async function openSubmission(session: Session, batch: number): Promise<ApprovalRow> {
  const submission = (await readApprovals(session, batch)).at(-1);
  assert(submission, `batch ${batch} is submitted without a submission`);
  return submission;
}
