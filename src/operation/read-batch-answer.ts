// The answer of an import, read again from the database.

import { EngineError } from '../base/error.js';
import { FINDING_CODE_LIST } from '../base/finding.js';
import { readBatch, readBatchBanks, readBatchFunding, readFindingCounts } from '../store/batch-store.js';
import type { Session } from '../store/session.js';
import type { BatchAnswer } from './load-batch.js';

export async function readBatchAnswer(session: Session, number: number): Promise<BatchAnswer> {
  const batch = await readBatch(session, number);
  if (!batch) throw new EngineError('BATCH_UNKNOWN', { batch: number });
  const counts = await readFindingCounts(session, number);
  const banks = await readBatchBanks(session, number);
  const funding = await readBatchFunding(session, number);
  const findings: Record<string, number> = {};
  for (const code of FINDING_CODE_LIST) {
    const count = counts.filter((row) => row.code === code).reduce((sum, row) => sum + row.count, 0);
    if (count > 0) findings[code] = count;
  }
  return {
    batch: batch.number,
    state: batch.state,
    programme: batch.programme,
    period: batch.period,
    digest: batch.digest.toString('hex'),
    baseVersion: batch.baseVersion,
    lines: batch.lines,
    accepted: { count: batch.acceptedCount, amount: batch.acceptedAmount },
    held: { count: batch.heldCount, amount: batch.heldAmount },
    rejected: { count: batch.rejectedCount, amount: batch.rejectedAmount },
    findings,
    banks: Object.fromEntries(banks.map(({ bank, count, amount }) => [bank, { count, amount }])),
    funding: Object.fromEntries(funding.map(({ source, amount }) => [source, amount])),
    ...(batch.follows === null ? {} : { follows: batch.follows }),
    seconds: 0,
  };
}
