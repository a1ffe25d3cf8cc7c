// The digest of a batch's payments, taken again from the database: what was approved is what is released.

import { EngineError } from '../base/error.js';
import { BatchDigest } from '../batch/batch-digest.js';
import { COPY_HEADER, COPY_TRAILER } from '../encoding/copy-rows.js';
import type { BatchRow, PaymentOrder } from '../store/batch-store.js';
import { readCatalogue } from '../store/catalogue-store.js';
import type { Session } from '../store/session.js';
import { readPayments } from './read-payments.js';

/** A digest that is fed with the pieces of a COPY TO of payments, header and trailer left out. */
export class CopiedDigest {
  readonly #digest: BatchDigest;
  /** The last bytes are held back, because the trailer is known only at the end. */
  #held: Uint8Array = new Uint8Array(0);
  #headerLeft = COPY_HEADER.length;

  constructor(digest: BatchDigest) {
    this.#digest = digest;
  }

  add(piece: Uint8Array): void {
    const skipped = Math.min(this.#headerLeft, piece.length);
    this.#headerLeft -= skipped;
    const rows = piece.subarray(skipped);
    if (rows.length < COPY_TRAILER.length) {
      const joined = Buffer.concat([this.#held, rows]);
      const sure = Math.max(0, joined.length - COPY_TRAILER.length);
      this.#digest.add(joined.subarray(0, sure));
      this.#held = joined.subarray(sure);
      return;
    }
    this.#digest.add(this.#held);
    this.#digest.add(rows.subarray(0, rows.length - COPY_TRAILER.length));
    this.#held = rows.slice(rows.length - COPY_TRAILER.length);
  }

  finish(): Uint8Array {
    return this.#digest.finish();
  }
}

export async function beginBatchDigest(session: Session, batch: BatchRow): Promise<CopiedDigest> {
  const catalogue = await readCatalogue(session, batch.catalogue);
  return new CopiedDigest(
    new BatchDigest({
      programme: batch.programme,
      period: batch.period,
      cycle: batch.cycle,
      region: batch.region ?? undefined,
      catalogueDigest: catalogue?.digest.toString('hex') ?? '',
      follows: batch.follows ?? undefined,
    }),
  );
}

/** The digest of the payments as they are now. */
export async function takeDigest(session: Session, batch: BatchRow): Promise<Uint8Array> {
  const asStored = await digestInOrder(session, batch, 'asStored');
  return batch.digest.equals(asStored) ? asStored : await digestInOrder(session, batch, 'byLine');
}

async function digestInOrder(session: Session, batch: BatchRow, order: PaymentOrder): Promise<Uint8Array> {
  const digest = await beginBatchDigest(session, batch);
  for await (const piece of readPayments(session, batch.number, order)) digest.add(piece);
  return digest.finish();
}

/** Throws DIGEST_CHANGED when the payments are not those that the batch was made of. */
export async function proveDigest(session: Session, batch: BatchRow): Promise<void> {
  refuseChangedDigest(batch, await takeDigest(session, batch));
}

export function refuseChangedDigest(batch: BatchRow, digest: Uint8Array): void {
  if (!batch.digest.equals(digest)) throw new EngineError('DIGEST_CHANGED', { batch: batch.number });
}
