// Rows of a binary COPY that are blocks: each holds columns of thousands of rows (store/copy-blocks.ts).

import { assert } from '../base/assert.js';
import { takeBytes } from '../kernel/memory.js';
import { copyHeaderEnd } from './copy-tuples.js';

const FIRST_BYTES = 1024 * 1024;

/** Blocks as they arrive, wherever the pieces are cut, in memory that compiled loops read. */
export class BlockInput {
  /** Column i of the block at hand is memory[starts[i], starts[i] + lengths[i]). */
  readonly starts: Int32Array;
  readonly lengths: Int32Array;
  readonly #memory: WebAssembly.Memory;
  #bytes: Uint8Array;
  #view: DataView;
  #from = 0;
  #to = 0;
  #isHeaderRead = false;
  #isEnded = false;

  constructor(memory: WebAssembly.Memory, columns: number) {
    this.#memory = memory;
    this.#bytes = takeBytes(memory, FIRST_BYTES);
    this.#view = viewOf(this.#bytes);
    this.starts = new Int32Array(columns);
    this.lengths = new Int32Array(columns);
  }

  /** Adds a piece of the COPY. The block at hand is over. */
  take(piece: Uint8Array): void {
    const kept = this.#to - this.#from;
    const before = this.#bytes;
    if (kept + piece.length > before.length) {
      this.#bytes = takeBytes(this.#memory, 2 * (kept + piece.length));
      this.#view = viewOf(this.#bytes);
      this.#bytes.set(before.subarray(this.#from, this.#to));
    } else if (this.#from > 0) this.#bytes.copyWithin(0, this.#from, this.#to);
    this.#bytes.set(piece, kept);
    this.#from = 0;
    this.#to = kept + piece.length;
  }

  /** Goes on to the next block. False when it is not there as a whole, or the COPY has ended. */
  next(): boolean {
    if (!this.#isHeaderRead) {
      const end = copyHeaderEnd(this.#view, this.#from, this.#to);
      if (end < 0) return false;
      this.#from = end;
      this.#isHeaderRead = true;
    }
    const view = this.#view;
    if (this.#isEnded || this.#from + 2 > this.#to) return false;
    const columns = view.getInt16(this.#from);
    if (columns === -1) {
      this.#isEnded = true;
      return false;
    }
    assert(columns === this.starts.length, `a block of ${columns} columns`);
    let at = this.#from + 2;
    for (let column = 0; column < columns; column++) {
      if (at + 4 > this.#to) return false;
      const length = Math.max(0, view.getInt32(at));
      at += 4;
      this.starts[column] = this.#bytes.byteOffset + at;
      this.lengths[column] = length;
      at += length;
    }
    if (at > this.#to) return false;
    this.#from = at;
    return true;
  }

  /** The COPY must have ended with its trailer. Another one may come. */
  finish(): void {
    assert(this.#isEnded, 'a COPY TO ended inside a block');
    this.#isEnded = false;
    this.#isHeaderRead = false;
    this.#from = 0;
    this.#to = 0;
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
