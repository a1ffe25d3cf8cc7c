// The bytes of a file, piece by piece, in a window that stands where it stands: compiled loops read them in place, and no piece
// costs fresh memory. Its digest is taken as they pass by.

import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import type { RoomySource } from '../bank-file/line-reader.js';
import { takeBytes } from '../kernel/memory.js';

/** As much as the second cache of most processors holds beside what is done with it. */
const PIECE_BYTES = 256 * 1024;
const ROOM_BEFORE = 64 * 1024;

export class FileWindow {
  readonly #room: Buffer;

  constructor(memory: WebAssembly.Memory) {
    const { buffer, byteOffset, byteLength } = takeBytes(memory, ROOM_BEFORE + PIECE_BYTES);
    this.#room = Buffer.from(buffer as unknown as ArrayBuffer, byteOffset, byteLength);
  }

  /** One file at a time. `digested` is told the SHA-256 when the file was read to its end. */
  read(path: string, digested: (digest: string) => void): RoomySource {
    const room = this.#room;
    return {
      roomBefore: ROOM_BEFORE,
      async *[Symbol.asyncIterator]() {
        const hash = createHash('sha256');
        const file = openSync(path, 'r');
        try {
          // A thread has nothing else to do meanwhile, and a hand-over costs more than the read.
          for (let bytes = PIECE_BYTES; bytes > 0; ) {
            bytes = readSync(file, room, ROOM_BEFORE, PIECE_BYTES, null);
            const piece = room.subarray(ROOM_BEFORE, ROOM_BEFORE + bytes);
            hash.update(piece);
            if (bytes > 0) yield piece;
          }
          digested(hash.digest('hex'));
        } finally {
          closeSync(file);
        }
      },
    };
  }
}
