// Rows of a binary COPY that are blocks: each holds columns of thousands of rows (store/copy-blocks.ts).

import { assert } from '../base/assert.js';
import { copyHeaderEnd } from './copy-tuples.js';
import { PendingBytes } from './pending-bytes.js';

/** Blocks as they arrive, wherever the pieces are cut, in memory that compiled loops read. */
export class BlockInput {
  /** Column i of the block at hand is memory[starts[i], starts[i] + lengths[i]). */
  readonly starts: Int32Array;
  readonly lengths: Int32Array;
  readonly #pending: PendingBytes;
  #isHeaderRead = false;
  #isEnded = false;

  constructor(memory: WebAssembly.Memory, columns: number) {
    this.#pending = new PendingBytes(memory);
    this.starts = new Int32Array(columns);
    this.lengths = new Int32Array(columns);
  }

  /** Adds a piece of the COPY. The block at hand is over. */
  take(piece: Uint8Array): void {
    this.#pending.take(piece);
  }

  /** Goes on to the next block. False when it is not there as a whole, or the COPY has ended. */
  next(): boolean {
    const { bytes, view, to } = this.#pending;
    if (!this.#isHeaderRead) {
      const end = copyHeaderEnd(view, this.#pending.from, to);
      if (end < 0) return false;
      this.#pending.from = end;
      this.#isHeaderRead = true;
    }
    const { from } = this.#pending;
    if (this.#isEnded || from + 2 > to) return false;
    const columns = view.getInt16(from);
    if (columns === -1) {
      this.#isEnded = true;
      return false;
    }
    assert(columns === this.starts.length, `a block of ${columns} columns`);
    let at = from + 2;
    for (let column = 0; column < columns; column++) {
      if (at + 4 > to) return false;
      const length = Math.max(0, view.getInt32(at));
      at += 4;
      this.starts[column] = bytes.byteOffset + at;
      this.lengths[column] = length;
      at += length;
    }
    if (at > to) return false;
    this.#pending.from = at;
    return true;
  }

  /** The COPY must have ended with its trailer. Another one may come. */
  finish(): void {
    assert(this.#isEnded, 'a COPY TO ended inside a block');
    this.#isEnded = false;
    this.#isHeaderRead = false;
    this.#pending.clear();
  }
}
