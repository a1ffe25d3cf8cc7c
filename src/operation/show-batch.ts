// All there is to know of a batch: what was checked, who decided, which files pay it, how far the banks are.

import { EngineError } from '../base/error.js';
import { readApprovals } from '../store/approval-store.js';
import {
  readBatch,
  readBatchBanks,
  readBatchFunding,
  readFindingCounts,
  type Sum,
} from '../store/batch-store.js';
import { readEvents } from '../store/event-store.js';
import { readPaymentFiles } from '../store/payment-file-store.js';
import { countExceptionsOfBatch } from '../store/return-store.js';
import type { Context } from './context.js';
import { type ListedBatch, listedBatch } from './list-batches.js';
import { readBalance } from './reconcile-batch.js';

export interface ShownBatch extends ListedBatch {
  digest: string;
  baseVersion: number;
  catalogueVersion: number;
  reason: string | null;
  findings: { code: string; severity: string; count: number }[];
  banks: Record<string, Sum>;
  funding: Record<string, bigint>;
  instructed: Sum;
  paid: Sum;
  failed: Sum;
  outstanding: Sum;
  exceptions: Record<string, number>;
  files: {
    name: string;
    bank: string;
    format: string;
    state: string;
    count: number;
    amount: bigint;
    digest: string;
  }[];
  approvals: {
    submittedBy: string;
    submittedAt: Date;
    digest: string;
    decision: string | null;
    decidedBy: string | null;
    decidedAt: Date | null;
    reason: string | null;
  }[];
  events: { at: Date; actor: string; action: string; detail: Record<string, unknown> }[];
}

export async function showBatch(context: Context, input: { batch: number }): Promise<ShownBatch> {
  return await context.database.withSession(async (session) => {
    const batch = await readBatch(session, input.batch);
    if (!batch) throw new EngineError('BATCH_UNKNOWN', { batch: input.batch });
    const banks = await readBatchBanks(session, batch.number);
    const funding = await readBatchFunding(session, batch.number);
    const files = await readPaymentFiles(session, batch.number);
    const approvals = await readApprovals(session, batch.number);
    const events = await readEvents(session, batch.number);
    return {
      ...listedBatch(batch),
      digest: batch.digest.toString('hex'),
      baseVersion: batch.baseVersion,
      catalogueVersion: batch.catalogue,
      reason: batch.reason,
      findings: await readFindingCounts(session, batch.number),
      banks: Object.fromEntries(banks.map(({ bank, count, amount }) => [bank, { count, amount }])),
      funding: Object.fromEntries(funding.map(({ source, amount }) => [source, amount])),
      ...(await readBalance(session, batch)),
      exceptions: await countExceptionsOfBatch(session, batch.number),
      files: files.map((file) => ({
        ...{ name: file.name, bank: String(file.bank), format: file.format, state: file.state },
        ...{ count: file.count, amount: file.amount, digest: file.digest.toString('hex') },
      })),
      approvals: approvals.map(({ ordinal: _ordinal, ...approval }) => ({
        ...approval,
        digest: approval.digest.toString('hex'),
      })),
      events: events.map(({ at, actor, action, detail }) => ({ at, actor, action, detail })),
    };
  });
}
