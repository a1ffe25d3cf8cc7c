// Which payments go into which file of which bank, with the totals that stand in the headers, before a byte is written.

import type { BankProfile } from '../bank-file/bank-profile.js';
import { compilePaymentFormat } from '../bank-file/compile-payment.js';
import type { FormatDefinition } from '../bank-file/definition.js';
import { refuseUnknownParameters } from '../bank-file/file-context.js';
import { type PlannedFile, planFile } from '../bank-file/plan-file.js';
import type { BankPlan } from '../bank-file/write-segments.js';
import { EngineError } from '../base/error.js';
import { CopyTuples } from '../encoding/copy-tuples.js';
import { type BatchRow, type PaymentOrder, readBatchBanks, type Sum } from '../store/batch-store.js';
import { copyAmountsOut, readWithoutHelpers, takeFileNumbers } from '../store/payment-file-store.js';
import type { Session } from '../store/session.js';
import type { Context } from './context.js';

interface BankTotals extends Sum {
  bank: number;
  profile: BankProfile;
  definition: FormatDefinition;
}

/** `programmes`: names for the purpose text, of the batches in order. */
export async function planRelease(
  context: Context,
  session: Session,
  batches: readonly BatchRow[],
  programmes: readonly string[],
  payDate: string,
  order: PaymentOrder,
): Promise<BankPlan[]> {
  const totals = await readTotals(context, session, batches);
  const amounts = await readAmounts(session, batches, totals, order);
  let number = await takeFileNumbers(session);
  return totals.map((total): BankPlan => {
    const rows = amounts.get(total.bank);
    const { limits } = compilePaymentFormat(total.definition);
    const files = planFile(limits, total.count, rows && ((index) => rows[index] as number));
    return {
      bank: total.bank,
      definition: total.definition,
      files: files.map((planned) => {
        const batchAmounts = planned.batches.map((batch) => sumOf(batch, rows, total.amount));
        const context = {
          fileNumber: number++,
          bank: String(total.bank),
          payDate,
          part: planned.part,
          parts: planned.parts,
          count: planned.count,
          amountFen: batchAmounts.reduce((sum, amount) => sum + amount, 0n),
          batches: batches.map((batch) => batch.number),
          programmes,
          parameters: total.profile.parameters,
          allParts: { count: total.count, fen: String(total.amount) },
          batchCount: planned.batches.length,
        };
        return { planned, context, batchAmounts };
      }),
    };
  });
}

async function readTotals(
  context: Context,
  session: Session,
  batches: readonly BatchRow[],
): Promise<BankTotals[]> {
  const { formats, profiles } = await context.formats();
  const totals = new Map<number, BankTotals>();
  for (const { number } of batches) {
    for (const { bank, count, amount } of await readBatchBanks(session, number)) {
      const profile = profiles.get(bank);
      const definition = profile && formats.get(profile.format);
      if (!profile || !definition) {
        throw profile === undefined
          ? new EngineError('BANK_WITHOUT_FORMAT', { bank })
          : new EngineError('FORMAT_UNKNOWN', { format: profile.format, bank });
      }
      refuseUnknownParameters(definition, profile.bank, profile.parameters);
      const total = totals.get(bank) ?? { bank, profile, definition, count: 0, amount: 0n };
      total.count += count;
      total.amount += amount;
      totals.set(bank, total);
    }
  }
  return [...totals.values()].sort((one, other) => one.bank - other.bank);
}

/** Amounts of the banks whose payments are divided, row by row; one file with one batch needs only the bank's total. */
async function readAmounts(
  session: Session,
  batches: readonly BatchRow[],
  totals: readonly BankTotals[],
  order: PaymentOrder,
): Promise<Map<number, Float64Array>> {
  const divided = totals.filter(isDivided);
  const amounts = new Map(divided.map(({ bank, count }) => [bank, new Float64Array(count)]));
  if (divided.length === 0) return amounts;
  const filled = new Map(divided.map(({ bank }) => [bank, 0]));
  await readWithoutHelpers(session);
  for (const { number } of batches) {
    const tuples = new CopyTuples(2);
    const pieces: Uint8Array[] = [];
    for await (const piece of copyAmountsOut(session, number, [...amounts.keys()], order)) pieces.push(piece);
    tuples.feed(Buffer.concat(pieces), (_bytes, view) => {
      const bank = view.getInt16(tuples.starts[0] as number);
      const mine = amounts.get(bank) as Float64Array;
      let index = filled.get(bank) as number;
      const from = tuples.starts[1] as number;
      const to = from + (tuples.lengths[1] as number);
      for (let at = from; at < to; at += 8, index++)
        mine[index] = view.getInt32(at) * 0x100000000 + view.getUint32(at + 4);
      filled.set(bank, index);
    });
    tuples.finish();
  }
  return amounts;
}

function isDivided({ definition, count, amount }: BankTotals): boolean {
  const { limits } = compilePaymentFormat(definition);
  const isOver = (value: number | bigint, limit: number | bigint | undefined): boolean =>
    limit !== undefined && value > limit;
  return (
    isOver(count, limits.rowsPerBatch) ||
    isOver(count, limits.rowsPerFile) ||
    isOver(amount, limits.amountPerBatchFen) ||
    isOver(amount, limits.amountPerFileFen)
  );
}

function sumOf(batch: PlannedFile['batches'][number], rows: Float64Array | undefined, total: bigint): bigint {
  if (!rows) return total;
  let sum = 0n;
  let group = 0;
  for (let index = batch.first; index < batch.first + batch.count; index++) {
    group += rows[index] as number;
    // Sums of a few amounts are exact as numbers; a bigint a row would cost ten times as much.
    if (group > 2 ** 50) {
      sum += BigInt(group);
      group = 0;
    }
  }
  return sum + BigInt(group);
}
