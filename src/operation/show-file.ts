import { EngineError } from '../base/error.js';
import { digestInOutbox } from '../exchange/outbox.js';
import { findPaymentFile, readSegments } from '../store/payment-file-store.js';
import { countExceptionsOfReturn, readReturnsOf } from '../store/return-store.js';
import type { Context } from './context.js';
import { expectedReturn } from './expected-return.js';
import { type ListedFile, listedFile } from './list-files.js';

export interface ShownFile extends ListedFile {
  /** The name that the bank gives its answer; empty when it is not known. */
  expectedReturn: string;
  /** What stands in the outbox: the file as it was written, a changed one, or none. */
  inOutbox: 'whole' | 'changed' | 'missing';
  batches: { batch: number; count: number; amount: bigint; firstSequence: number }[];
  returns: {
    name: string;
    lines: number;
    importedBy: string;
    importedAt: Date;
    exceptions: Record<string, number>;
  }[];
}

export async function showFile(context: Context, input: { name: string }): Promise<ShownFile> {
  return await context.database.withSession(async (session) => {
    const file = await findPaymentFile(session, input.name);
    if (!file) throw new EngineError('PAYMENT_FILE_UNKNOWN', { file: input.name });
    const digest = await digestInOutbox(context.dataFolder, file.name);
    const returns = [];
    for (const row of await readReturnsOf(session, file.number)) {
      const { name, lines, importedBy, importedAt } = row;
      returns.push({
        name,
        lines,
        importedBy,
        importedAt,
        exceptions: await countExceptionsOfReturn(session, row.number),
      });
    }
    return {
      ...(await listedFile(context, file)),
      expectedReturn: await expectedReturn(context, file),
      inOutbox: digest === undefined ? 'missing' : file.digest.equals(digest) ? 'whole' : 'changed',
      batches: (await readSegments(session, file.number)).map(({ batch, count, amount, firstSequence }) => ({
        ...{ batch, count, amount, firstSequence },
      })),
      returns,
    };
  });
}
