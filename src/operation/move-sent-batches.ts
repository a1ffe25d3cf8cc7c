// A batch is sent when every file that pays it was sent, or was answered, which proves it.

import { lockBatch, moveBatch } from '../store/batch-store.js';
import { addEvent } from '../store/event-store.js';
import { readBatchesAllSent } from '../store/payment-file-store.js';
import type { Session } from '../store/session.js';
import type { Context } from './context.js';

export async function moveSentBatches(context: Context, session: Session, file: number): Promise<void> {
  for (const batch of await readBatchesAllSent(session, file)) {
    const row = await lockBatch(session, batch);
    if (row?.state !== 'released') continue;
    await moveBatch(session, batch, 'released', 'sent');
    await addEvent(session, { actor: context.actor, action: 'batch.sent', batch });
  }
}
