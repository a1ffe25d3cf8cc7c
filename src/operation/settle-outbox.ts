// What a killed release left behind: files that were recorded get their place in the outbox; files that were not are
// taken away, since the release that wrote them never happened. Nothing is ever sent by this.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { folderPart } from '../exchange/data-folder.js';
import { dropAside, placeInOutbox, readAside } from '../exchange/outbox.js';
import { findPaymentFile, isReleaseIdle } from '../store/payment-file-store.js';
import type { Session } from '../store/session.js';
import type { Context } from './context.js';

/** Call outside of a release's transaction. A file that another release writes at this moment is left alone. */
export async function settleOutbox(context: Context, session: Session): Promise<void> {
  for (const name of await readAside(context.dataFolder)) {
    const known = await findPaymentFile(session, name);
    const isWhole = known?.digest.equals(await digestAside(context, name)) ?? false;
    if (isWhole) {
      await placeInOutbox(context.dataFolder, [name]);
      context.log.warn('a file of a killed release was placed in the outbox', { file: name });
    } else if (await isReleaseIdle(session)) {
      await dropAside(context.dataFolder, name);
      context.log.warn('a file of a killed release was taken away', { file: name });
    }
  }
}

async function digestAside(context: Context, name: string): Promise<Buffer> {
  const hash = createHash('sha256');
  const path = join(await folderPart(context.dataFolder, 'outbox/.aside'), name);
  for await (const piece of createReadStream(path)) hash.update(piece as Uint8Array);
  return hash.digest();
}
