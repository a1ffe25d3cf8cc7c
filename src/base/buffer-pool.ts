// Buffers used again. What a chunk is read into, and what the checks make of it, goes from thread to thread and back; left
// to the garbage collector, tens of megabytes of it pile up, and collecting it cost 0.35 µs a line on the main thread.

/** More than are ever on their way at once; beyond it a buffer is left to the garbage collector. */
const FREE_MAX = 16;

/** Whatever hands out bytes to write into. */
export interface ByteBuffers {
  /** At least so many. */
  takeBytes(size: number): Uint8Array;
}

export class BufferPool implements ByteBuffers {
  readonly #free: ArrayBuffer[] = [];

  /** The smallest free buffer of at least `size` bytes, or a new one of exactly that size. Its content is whatever it was. */
  take(size: number): ArrayBuffer {
    const free = this.#free;
    let best = -1;
    for (let at = 0; at < free.length; at++) {
      const length = (free[at] as ArrayBuffer).byteLength;
      if (length >= size && (best < 0 || length < (free[best] as ArrayBuffer).byteLength)) best = at;
    }
    if (best < 0) return new ArrayBuffer(size);
    return free.splice(best, 1)[0] as ArrayBuffer;
  }

  takeBytes(size: number): Uint8Array {
    return new Uint8Array(this.take(size));
  }

  /** Takes a buffer back; nobody may look at it afterwards. */
  give(buffer: ArrayBufferLike): void {
    if (buffer instanceof ArrayBuffer && buffer.byteLength > 0 && this.#free.length < FREE_MAX) {
      this.#free.push(buffer);
    }
  }
}
