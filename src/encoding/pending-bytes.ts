// Bytes that arrive in pieces and are read from the front, in memory that compiled loops read.

import { takeBytes } from '../kernel/memory.js';

const FIRST_BYTES = 1024 * 1024;

export class PendingBytes {
  bytes: Uint8Array;
  view: DataView;
  /** What waits is bytes[from, to). Whoever reads it moves `from`. */
  from = 0;
  to = 0;
  readonly #memory: WebAssembly.Memory;

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory;
    this.bytes = takeBytes(memory, FIRST_BYTES);
    this.view = viewOf(this.bytes);
  }

  /** Adds a piece. What waits may stand elsewhere afterwards. */
  take(piece: Uint8Array): void {
    const kept = this.to - this.from;
    const before = this.bytes;
    if (kept + piece.length > before.length) {
      this.bytes = takeBytes(this.#memory, 2 * (kept + piece.length));
      this.view = viewOf(this.bytes);
      this.bytes.set(before.subarray(this.from, this.to));
    } else if (this.from > 0) this.bytes.copyWithin(0, this.from, this.to);
    this.bytes.set(piece, kept);
    this.from = 0;
    this.to = kept + piece.length;
  }

  clear(): void {
    this.from = 0;
    this.to = 0;
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
