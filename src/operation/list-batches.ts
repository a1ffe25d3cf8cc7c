import { type BatchRow, readBatches, type Sum } from '../store/batch-store.js';
import type { Context } from './context.js';

export interface ListedBatch {
  batch: number;
  kind: string;
  state: string;
  programme: string;
  period: string;
  region: number | null;
  follows: number | null;
  roster: string;
  lines: number;
  accepted: Sum;
  held: Sum;
  rejected: Sum;
  createdBy: string;
  createdAt: Date;
}

export async function listBatches(context: Context): Promise<{ batches: ListedBatch[] }> {
  const rows = await context.database.withSession(readBatches);
  return { batches: rows.map(listedBatch) };
}

export function listedBatch(row: BatchRow): ListedBatch {
  return {
    batch: row.number,
    kind: row.kind,
    state: row.state,
    programme: row.programme,
    period: row.period,
    region: row.region,
    follows: row.follows,
    roster: row.rosterName,
    lines: row.lines,
    accepted: { count: row.acceptedCount, amount: row.acceptedAmount },
    held: { count: row.heldCount, amount: row.heldAmount },
    rejected: { count: row.rejectedCount, amount: row.rejectedAmount },
    createdBy: row.createdBy,
    createdAt: row.createdAt,
  };
}
