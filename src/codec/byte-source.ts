// Bytes that are pulled, not pushed: whoever splits a file owns the buffer that the file is read into, so that a chunk
// can be handed to a thread without a copy, and nothing piles up when the threads are busy.

/** A file's bytes, uncompressed. */
export interface ByteSource {
  /** Fills `target` from `at` on with at least one byte and answers how many; 0 at the end. */
  read(target: Uint8Array, at: number): Promise<number>;
  /** Safe to call twice, and before the end was reached. */
  close(): Promise<void>;
}

/** A source over pieces that come from elsewhere: a decompressor, standard input, a worksheet. */
export class PieceSource implements ByteSource {
  readonly #pieces: AsyncIterator<Uint8Array>;
  readonly #onClose: () => Promise<void> | void;
  #piece: Uint8Array = new Uint8Array(0);
  #used = 0;

  constructor(pieces: AsyncIterable<Uint8Array>, onClose: () => Promise<void> | void = () => {}) {
    this.#pieces = pieces[Symbol.asyncIterator]();
    this.#onClose = onClose;
  }

  async read(target: Uint8Array, at: number): Promise<number> {
    while (this.#used === this.#piece.length) {
      const next = await this.#pieces.next();
      if (next.done === true) return 0;
      this.#piece = next.value;
      this.#used = 0;
    }
    const count = Math.min(target.length - at, this.#piece.length - this.#used);
    target.set(this.#piece.subarray(this.#used, this.#used + count), at);
    this.#used += count;
    return count;
  }

  async close(): Promise<void> {
    await this.#pieces.return?.();
    await this.#onClose();
  }
}

/** Reads until `target` is full or the source ends; answers the offset reached. */
export async function readFully(source: ByteSource, target: Uint8Array, at: number): Promise<number> {
  let length = at;
  while (length < target.length) {
    const count = await source.read(target, length);
    if (count === 0) break;
    length += count;
  }
  return length;
}
