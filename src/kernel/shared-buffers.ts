// Buffers in the shared memory, used again: what is read into one is checked where it lies, whichever thread does it, and what
// comes of it is sent from where it was written.

import { takeBytes } from './memory.js';

/** Sizes are rounded up, so that chunks of a few bytes more or less use the same buffers. */
const ROUND_BYTES = 64 * 1024;

export class SharedBuffers {
  readonly #memory: WebAssembly.Memory;
  readonly #free: Uint8Array[] = [];
  /** Whole buffers by address, of all that were ever handed out. */
  readonly #whole = new Map<number, Uint8Array>();

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory;
  }

  /** So many bytes of the smallest free buffer that has them, or of a new one. Their content is whatever it was. */
  takeBytes(size: number): Uint8Array {
    const free = this.#free;
    let best = -1;
    for (let at = 0; at < free.length; at++) {
      const { length } = free[at] as Uint8Array;
      if (length >= size && (best < 0 || length < (free[best] as Uint8Array).length)) best = at;
    }
    const whole = best < 0 ? this.#create(size) : (free.splice(best, 1)[0] as Uint8Array);
    return whole.subarray(0, size);
  }

  /** Takes a buffer back, or one that a thread took; nobody may look at it afterwards. `bytes` may be its beginning only. */
  give(bytes: Uint8Array): void {
    const at = bytes.byteOffset;
    const whole = this.#whole.get(at) ?? bytes;
    this.#whole.set(at, whole);
    this.#free.push(whole);
  }

  #create(size: number): Uint8Array {
    const whole = takeBytes(this.#memory, Math.ceil(size / ROUND_BYTES) * ROUND_BYTES);
    this.#whole.set(whole.byteOffset, whole);
    return whole;
  }
}
