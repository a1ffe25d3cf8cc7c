// Many rows of the base as one row of a binary COPY, by columns: what the server spends on sending a row and a column is spent on
// thousands at once. store/base-store.ts asks for them in this form.

import { assert } from '../base/assert.js';
import { copyHeaderEnd } from '../encoding/copy-tuples.js';
import { takeBytes } from '../kernel/memory.js';

/**
 * Columns of a block. Numbers: of each row 16 bytes, the person and a place (from bit 0 region, 20 bank, 30 bytes of the account, 36
 * bytes of the name). Texts: of each row name and account. Exceptions: of rows with anything out of the ordinary, in order, 16 bytes
 * each: person, states (from bit 0 card, 3 account, 5 deceased, 6 removed), day of death since 2000-01-01. Nobody comes twice in a
 * version.
 */
export const BLOCK = { numbers: 0, texts: 1, exceptions: 2 };
export const BLOCK_COLUMNS = 3;
/** Behind them for a BaseImage: of each row 12 bytes, fingerprint and day of update since 1970-01-01, 0 unknown. */
export const IMAGE_COLUMN = 3;

export const NUMBERS_BYTES = 16;
export const IMAGE_BYTES = 12;
/** In place of the day of death where it is not known. */
export const DIED_UNKNOWN = 0x7fffffff;

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
