// Someone says that a payment file went out to the bank. The file must still be the one that was written.

import { EngineError } from '../base/error.js';
import { digestInOutbox } from '../exchange/outbox.js';
import { addEvent } from '../store/event-store.js';
import {
  findPaymentFile,
  lockPaymentFile,
  type PaymentFileRow,
  setFileState,
} from '../store/payment-file-store.js';
import type { Context } from './context.js';
import { type ListedFile, listedFile } from './list-files.js';
import { moveSentBatches } from './move-sent-batches.js';
import { settleOutbox } from './settle-outbox.js';

export async function markSent(context: Context, input: { name: string }): Promise<ListedFile> {
  return await context.database.withSession(async (session) => {
    await settleOutbox(context, session);
    return await session.transaction(async () => {
      const found = await findPaymentFile(session, input.name);
      const file = found && (await lockPaymentFile(session, found.number));
      if (!file) throw new EngineError('PAYMENT_FILE_UNKNOWN', { file: input.name });
      if (file.state !== 'written') {
        throw new EngineError('PAYMENT_FILE_REFUSED', {
          file: file.name,
          problem: 'alreadySent',
          state: file.state,
        });
      }
      await refuseChanged(context, file);
      await setFileState(session, file.number, ['written'], 'sent');
      await addEvent(session, { actor: context.actor, action: 'file.sent', file: file.number });
      await moveSentBatches(context, session, file.number);
      return await listedFile(context, { ...file, state: 'sent' });
    });
  });
}

/** Throws PAYMENT_FILE_CHANGED when the outbox does not hold the bytes that were written. */
export async function refuseChanged(context: Context, file: PaymentFileRow): Promise<void> {
  const digest = await digestInOutbox(context.dataFolder, file.name);
  if (!digest || !file.digest.equals(digest)) {
    const problem = digest ? 'changed' : 'missing';
    throw new EngineError('PAYMENT_FILE_CHANGED', { file: file.name, problem });
  }
}
