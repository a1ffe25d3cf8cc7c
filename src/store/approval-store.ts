// Statements on submissions and approvals: two people, bound to the digest of the batch's payments.

import type { Session } from './session.js';

export interface ApprovalRow {
  ordinal: number;
  submittedBy: string;
  submittedAt: Date;
  digest: Buffer;
  decision: 'approved' | 'rejected' | null;
  decidedBy: string | null;
  reason: string | null;
  decidedAt: Date | null;
}

export async function insertSubmission(
  session: Session,
  batch: number,
  submittedBy: string,
  digest: Uint8Array,
): Promise<void> {
  await session.query(
    `insert into submission (batch, ordinal, submitted_by, digest)
     select $1, coalesce(max(ordinal), 0) + 1, $2, $3 from submission where batch = $1`,
    [batch, submittedBy, Buffer.from(digest)],
  );
}

export async function insertDecision(
  session: Session,
  batch: number,
  ordinal: number,
  decision: 'approved' | 'rejected',
  decidedBy: string,
  reason: string | undefined,
): Promise<void> {
  await session.query(
    `insert into approval (batch, ordinal, submitted_by, digest, decision, decided_by, reason)
     select batch, ordinal, submitted_by, digest, $3, $4, $5 from submission where batch = $1 and ordinal = $2`,
    [batch, ordinal, decision, decidedBy, reason ?? null],
  );
}

/** Submissions of a batch with what was decided of them, oldest first. */
export async function readApprovals(session: Session, batch: number): Promise<ApprovalRow[]> {
  return await session.query<ApprovalRow>(
    `select s.ordinal, s.submitted_by as "submittedBy", s.submitted_at as "submittedAt", s.digest,
       a.decision, a.decided_by as "decidedBy", a.reason, a.decided_at as "decidedAt"
     from submission s left join approval a using (batch, ordinal) where s.batch = $1 order by s.ordinal`,
    [batch],
  );
}
