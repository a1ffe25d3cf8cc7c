// A file whose delivery is unknown goes out again only because a person says so, and only while the bank has not
// answered it: the same bytes under the same name, so that the bank can recognise what it has already taken.

import { EngineError } from '../base/error.js';
import { addEvent } from '../store/event-store.js';
import { findPaymentFile, lockPaymentFile } from '../store/payment-file-store.js';
import type { Context } from './context.js';
import { type ListedFile, listedFile } from './list-files.js';
import { refuseChanged } from './mark-sent.js';
import { restoreFile } from './restore-file.js';

export async function resendFile(context: Context, input: { name: string }): Promise<ListedFile> {
  return await context.database.withSession((session) =>
    session.transaction(async () => {
      const found = await findPaymentFile(session, input.name);
      const file = found && (await lockPaymentFile(session, found.number));
      if (!file) throw new EngineError('PAYMENT_FILE_UNKNOWN', { file: input.name });
      if (file.state !== 'sent') {
        const problem = file.state === 'answered' ? 'answered' : 'notSent';
        throw new EngineError('PAYMENT_FILE_REFUSED', { file: file.name, problem, state: file.state });
      }
      await restoreFile(context, session, file);
      await refuseChanged(context, file);
      await addEvent(session, { actor: context.actor, action: 'file.resend', file: file.number });
      return await listedFile(context, file);
    }),
  );
}
