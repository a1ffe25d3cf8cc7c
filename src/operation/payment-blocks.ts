// The payments of batches, cut into blocks that threads write files from.

import type { PaymentBlock } from '../bank-file/write-segments.js';
import { assert } from '../base/assert.js';
import type { BufferPool } from '../base/buffer-pool.js';
import { COPY_HEADER } from '../encoding/copy-rows.js';
import { CopyScan } from '../encoding/copy-scan.js';
import { PAYMENT_COLUMNS } from '../roster/payment-rows.js';
import { type BatchRow, copyPaymentsOut, type PaymentOrder } from '../store/batch-store.js';
import type { Session } from '../store/session.js';
import { beginBatchDigest, refuseChangedDigest } from './payment-digest.js';

/** Rows are handed to threads in blocks of about this size. */
const BLOCK_BYTES = 1024 * 1024;
const BANK_COLUMN = PAYMENT_COLUMNS.indexOf('bank');

/** The payments of approved batches. Proves the digest of each batch, and with it the order of its lines, at its end. */
export async function* batchBlocks(
  session: Session,
  batches: readonly BatchRow[],
  order: PaymentOrder,
  buffers: BufferPool,
): AsyncGenerator<PaymentBlock> {
  const numbering = new BlockNumbering(buffers);
  for (const batch of batches) {
    const digest = await beginBatchDigest(session, batch);
    yield* numbering.blocks(batch.number, copyPaymentsOut(session, batch.number, order), (piece) =>
      digest.add(piece),
    );
    refuseChangedDigest(batch, digest.finish());
  }
}

/** Cuts copied payments into blocks of whole rows, each with the count of every bank's rows before it. */
export class BlockNumbering {
  readonly #scan = new CopyScan(PAYMENT_COLUMNS.length, BANK_COLUMN);
  readonly #buffers: BufferPool;
  #index = 0;

  constructor(buffers: BufferPool) {
    this.#buffers = buffers;
  }

  async *blocks(
    batch: number,
    pieces: AsyncIterable<Uint8Array>,
    watch: (piece: Uint8Array) => void = () => undefined,
  ): AsyncGenerator<PaymentBlock> {
    this.#scan.isEnded = false;
    let buffer = this.#buffer(BLOCK_BYTES);
    let length = 0;
    let headerLeft = COPY_HEADER.length;
    for await (const piece of pieces) {
      watch(piece);
      const skipped = Math.min(headerLeft, piece.length);
      headerLeft -= skipped;
      for (let from = skipped; from < piece.length; ) {
        const taken = Math.min(piece.length - from, buffer.length - length);
        buffer.set(piece.subarray(from, from + taken), length);
        length += taken;
        from += taken;
        if (length < buffer.length) continue;
        const [block, rest] = this.#cut(batch, buffer, length);
        // A row that is longer than a whole buffer gets a longer one.
        buffer = this.#buffer(block ? BLOCK_BYTES : buffer.length * 2);
        buffer.set(rest);
        length = rest.length;
        if (block) yield block;
      }
    }
    const [block] = this.#cut(batch, buffer, length);
    if (block) yield block;
    assert(this.#scan.isEnded, 'a COPY TO ended inside a row');
  }

  #buffer(size: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#buffers.take(size));
  }

  /** The whole rows as a block, in a buffer that can go to a thread, and what is left behind them. */
  #cut(batch: number, buffer: Uint8Array, length: number): [PaymentBlock | undefined, Uint8Array] {
    const rowsBefore: [number, number][] = [];
    this.#scan.counts.forEach((rows, bank) => {
      if (rows > 0) rowsBefore.push([bank, rows]);
    });
    const end = this.#scan.walk(new DataView(buffer.buffer), 0, length);
    const rest = buffer.subarray(end, length);
    if (end === 0) return [undefined, rest];
    return [{ index: this.#index++, batch, bytes: buffer.subarray(0, end), rowsBefore }, rest.slice()];
  }
}
