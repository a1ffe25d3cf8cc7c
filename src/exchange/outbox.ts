// Where payment files wait to go out. A file is written aside, synced, recorded in the database, and only then given its
// name in the outbox: what stands there is whole and recorded.

import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, type FileHandle, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../base/error.js';
import { folderPart } from './data-folder.js';
import { FILE_MODE, moveInto, syncFolder } from './write-whole.js';

/** A file on its way into the outbox. Pieces are written as they come; the digest is of all bytes in order. */
export class AsideFile {
  readonly name: string;
  readonly #handle: FileHandle;
  readonly #hash: Hash = createHash('sha256');
  #size = 0;
  /** Gathers small pieces, such as headers; what filled the other one is being written. */
  #small = Buffer.allocUnsafe(SMALL_BYTES);
  #other = Buffer.allocUnsafe(SMALL_BYTES);
  #length = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(name: string, handle: FileHandle) {
    this.name = name;
    this.#handle = handle;
  }

  /**
   * The bytes may be used again when a later call of this or of flush() resolves; so that the next piece is made while this one is
   * written. An error of writing them comes with that call.
   */
  async write(bytes: Uint8Array): Promise<void> {
    this.#hash.update(bytes);
    await this.#writing;
    if (bytes.length <= SMALL_BYTES - this.#length) {
      this.#small.set(bytes, this.#length);
      this.#length += bytes.length;
    } else this.#begin(bytes);
  }

  /** Waits until all that was given is written. */
  async flush(): Promise<void> {
    await this.#writing;
    this.#begin();
    await this.#writing;
  }

  async finish(): Promise<{ digest: Uint8Array; size: bigint }> {
    await this.flush();
    await this.#handle.sync();
    await this.#handle.close();
    return { digest: this.#hash.digest(), size: BigInt(this.#size) };
  }

  async abandon(): Promise<void> {
    await this.#writing.catch(() => undefined);
    await this.#handle.close();
  }

  /** Begins to write what was gathered, and the bytes behind it. */
  #begin(bytes?: Uint8Array): void {
    const pieces: Uint8Array[] = [];
    if (this.#length > 0) pieces.push(this.#small.subarray(0, this.#length));
    if (bytes !== undefined) pieces.push(bytes);
    this.#writing = this.#writeAll(pieces);
    // Thrown where it is awaited; here it must only not count as unhandled.
    this.#writing.catch(() => undefined);
    [this.#small, this.#other] = [this.#other, this.#small];
    this.#length = 0;
  }

  async #writeAll(pieces: readonly Uint8Array[]): Promise<void> {
    for (const piece of pieces) {
      for (let done = 0; done < piece.length; ) {
        const { bytesWritten } = await this.#handle.write(piece, done, piece.length - done, this.#size);
        done += bytesWritten;
        this.#size += bytesWritten;
      }
    }
  }
}

const SMALL_BYTES = 8 * 1024;

export async function createAside(dataFolder: string, name: string): Promise<AsideFile> {
  const folder = await folderPart(dataFolder, 'outbox/.aside');
  return new AsideFile(name, await open(join(folder, name), 'w', FILE_MODE));
}

/** Makes what was written aside durable, before it is recorded. */
export async function syncAside(dataFolder: string): Promise<void> {
  await syncFolder(await folderPart(dataFolder, 'outbox/.aside'));
}

export async function outboxPath(dataFolder: string, name: string): Promise<string> {
  return join(await folderPart(dataFolder, 'outbox'), name);
}

/** Gives recorded files their place in the outbox. Doing it again changes nothing. */
export async function placeInOutbox(dataFolder: string, names: readonly string[]): Promise<void> {
  const aside = await folderPart(dataFolder, 'outbox/.aside');
  for (const name of names) {
    const from = join(aside, name);
    if (await exists(from)) await moveInto(from, await outboxPath(dataFolder, name));
  }
}

/** Files that were written aside and not placed: of a run that was killed. */
export async function readAside(dataFolder: string): Promise<string[]> {
  return await readdir(await folderPart(dataFolder, 'outbox/.aside'));
}

export async function dropAside(dataFolder: string, name: string): Promise<void> {
  await rm(join(await folderPart(dataFolder, 'outbox/.aside'), name), { force: true });
}

/** SHA-256 of a file in the outbox, or undefined when it is not there (any more). */
export async function digestInOutbox(dataFolder: string, name: string): Promise<Buffer | undefined> {
  const path = await outboxPath(dataFolder, name);
  if (!(await exists(path))) return undefined;
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece as Uint8Array);
  return hash.digest();
}

export async function refuseForeignFile(dataFolder: string, name: string): Promise<void> {
  if (await exists(await outboxPath(dataFolder, name))) {
    throw new EngineError('OUTPUT_UNAVAILABLE', { file: name, problem: 'exists' });
  }
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}
