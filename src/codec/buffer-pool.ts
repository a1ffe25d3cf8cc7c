// Read buffers used again. A chunk's buffer travels to a thread and back; without this each chunk would leave half a
// megabyte to the garbage collector, which lets tens of megabytes of them pile up.

export class BufferPool {
  readonly #free: ArrayBuffer[] = [];

  take(size: number): Buffer {
    const at = this.#free.findIndex((buffer) => buffer.byteLength === size);
    const [found] = at < 0 ? [] : this.#free.splice(at, 1);
    return found ? Buffer.from(found) : Buffer.allocUnsafeSlow(size);
  }

  /** Takes a chunk's bytes back; nobody may look at them afterwards. */
  give(bytes: Uint8Array): void {
    if (bytes.buffer instanceof ArrayBuffer && bytes.byteOffset === 0) this.#free.push(bytes.buffer);
  }
}
