// Bytes that must wait until something else is finished, on disk, so that memory does not grow with them. The file has
// no name any more once it is open: a killed run leaves nothing behind.

import { randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { folderPart } from './data-folder.js';
import { FILE_MODE } from './write-whole.js';

const READ_BYTES = 1024 * 1024;
/** Small pieces are gathered up to this size before they are written. */
const GATHER_BYTES = 1024 * 1024;

export class Spool {
  readonly #handle: FileHandle;
  #gathered: Uint8Array[] = [];
  #gatheredBytes = 0;
  #written = 0;

  static async open(dataFolder: string): Promise<Spool> {
    const path = join(await folderPart(dataFolder, 'tmp'), `spool-${randomUUID()}`);
    const handle = await open(path, 'wx+', FILE_MODE);
    await unlink(path);
    return new Spool(handle);
  }

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (bytes.length === 0) return;
    this.#gathered.push(bytes);
    this.#gatheredBytes += bytes.length;
    if (this.#gatheredBytes >= GATHER_BYTES) await this.#flush();
  }

  async *read(): AsyncGenerator<Uint8Array> {
    await this.#flush();
    for (let at = 0; at < this.#written; ) {
      const buffer = Buffer.allocUnsafeSlow(READ_BYTES);
      const { bytesRead } = await this.#handle.read(buffer, 0, Math.min(READ_BYTES, this.#written - at), at);
      yield buffer.subarray(0, bytesRead);
      at += bytesRead;
    }
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  async #flush(): Promise<void> {
    const parts = this.#gathered;
    this.#gathered = [];
    this.#gatheredBytes = 0;
    for (const part of parts) {
      let done = 0;
      while (done < part.length) {
        const { bytesWritten } = await this.#handle.write(part, done, part.length - done, this.#written);
        done += bytesWritten;
        this.#written += bytesWritten;
      }
    }
  }
}
