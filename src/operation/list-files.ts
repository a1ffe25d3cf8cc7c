import { outboxPath } from '../exchange/outbox.js';
import type { Sum } from '../store/batch-store.js';
import { type PaymentFileRow, readPaymentFiles } from '../store/payment-file-store.js';
import type { Context } from './context.js';

export interface ListedFile {
  number: number;
  name: string;
  path: string;
  bank: string;
  format: string;
  state: string;
  payDate: string;
  part: number;
  parts: number;
  count: number;
  amount: bigint;
  size: number;
  digest: string;
  paid: Sum;
  failed: Sum;
  outstanding: Sum;
  writtenBy: string;
  writtenAt: Date;
}

export async function listFiles(
  context: Context,
  input: { batch?: number | undefined },
): Promise<{ files: ListedFile[] }> {
  const rows = await context.database.withSession((session) => readPaymentFiles(session, input.batch));
  return { files: await Promise.all(rows.map((row) => listedFile(context, row))) };
}

export async function listedFile(context: Context, row: PaymentFileRow): Promise<ListedFile> {
  const { number, name, format, state, payDate, part, parts, count, amount, writtenBy, writtenAt } = row;
  return {
    ...{
      number,
      name,
      path: await outboxPath(context.dataFolder, name),
      bank: String(row.bank),
      format,
      state,
    },
    ...{ payDate, part, parts, count, amount, size: Number(row.size), digest: row.digest.toString('hex') },
    paid: { count: row.paidCount, amount: row.paidAmount },
    failed: { count: row.failedCount, amount: row.failedAmount },
    outstanding: {
      count: count - row.paidCount - row.failedCount,
      amount: amount - row.paidAmount - row.failedAmount,
    },
    ...{ writtenBy, writtenAt },
  };
}
