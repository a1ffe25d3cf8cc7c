// Opens a file that came in, whatever it is: plain text, gzip, or a workbook, told by its first bytes and not by its
// name. Answers bytes or a sheet; what is in them is for open-table.ts.

import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { EngineError } from '../base/error.js';
import { type ByteSource, PieceSource, readFully } from './byte-source.js';
import { fileError, systemCode } from './file-error.js';
import type { Sheet } from './xlsx-source.js';

export type Source =
  | { kind: 'text'; name: string; compression: 'none' | 'gzip'; bytes: ByteSource }
  | { kind: 'sheet'; name: string; sheet: Sheet };

/** The path that stands for standard input. */
export const STDIN_PATH = '-';

const MAGIC_BYTES = 8;
const GUNZIP_BYTES = 256 * 1024;

/**
 * Opens the file at `path`; `-` is standard input. Whoever opened it closes it. Throws FILE_NOT_FOUND, FILE_UNREADABLE,
 * FILE_EMPTY, GZIP_INVALID or XLSX_INVALID with the base name of the file; GZIP_INVALID can come while reading too.
 */
export async function openSource(path: string): Promise<Source> {
  return path === STDIN_PATH ? openStream(process.stdin, 'stdin') : openFile(path);
}

async function openFile(path: string): Promise<Source> {
  const name = basename(path);
  let handle: FileHandle | undefined;
  try {
    handle = await open(path);
    const magic = Buffer.alloc(MAGIC_BYTES);
    const { bytesRead } = await handle.read(magic, 0, MAGIC_BYTES, 0);
    if (bytesRead === 0) throw new EngineError('FILE_EMPTY', { file: name });
    if (isWorkbook(magic, name)) {
      await handle.close();
      const { openSheet } = await import('./xlsx-source.js');
      return { kind: 'sheet', name, sheet: await openSheet(path) };
    }
    if (!isGzip(magic))
      return { kind: 'text', name, compression: 'none', bytes: new FileSource(handle, path) };
    const compressed = handle.createReadStream({ start: 0, autoClose: false });
    return await openGzip(compressed, name, path, closing(handle));
  } catch (error) {
    await handle?.close();
    throw fileError(error, path);
  }
}

/** As openSource, for bytes that come as a stream; a workbook needs a file, because its directory stands at its end. */
export async function openStream(stream: Readable, name: string): Promise<Source> {
  const input = new PieceSource(stream);
  const magic = Buffer.alloc(MAGIC_BYTES);
  const length = await readFully(input, magic, 0);
  if (length === 0) throw new EngineError('FILE_EMPTY', { file: name });
  if (isWorkbook(magic, name)) throw new EngineError('XLSX_INVALID', { file: name, problem: 'from-stdin' });
  const whole = piecesOf(magic.subarray(0, length), input);
  if (isGzip(magic)) return openGzip(Readable.from(whole), name, name, () => input.close());
  return { kind: 'text', name, compression: 'none', bytes: new PieceSource(whole, () => input.close()) };
}

async function openGzip(
  compressed: Readable,
  name: string,
  path: string,
  onClose: () => Promise<void>,
): Promise<Source> {
  const source = new PieceSource(gunzipped(compressed, name, path), onClose);
  try {
    const magic = Buffer.alloc(MAGIC_BYTES);
    const length = await readFully(source, magic, 0);
    if (length === 0) throw new EngineError('FILE_EMPTY', { file: name });
    if (isWorkbook(magic, name)) {
      throw new EngineError('XLSX_INVALID', { file: name, problem: 'inside-gzip' });
    }
    const whole = piecesOf(magic.subarray(0, length), source);
    return { kind: 'text', name, compression: 'gzip', bytes: new PieceSource(whole, () => source.close()) };
  } catch (error) {
    await source.close();
    throw error;
  }
}

async function* gunzipped(compressed: Readable, name: string, path: string): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: GUNZIP_BYTES });
  // What goes wrong comes out of the iteration below; pipeline only has to tear both ends down.
  pipeline(compressed, gunzip, () => {});
  try {
    yield* gunzip;
  } catch (error) {
    const reason = systemCode(error);
    if (reason?.startsWith('Z_') !== true) throw fileError(error, path);
    const problem = reason === 'Z_BUF_ERROR' ? 'ends-too-early' : 'damaged';
    throw new EngineError('GZIP_INVALID', { file: name, problem }, { cause: error });
  }
}

async function* piecesOf(head: Uint8Array, rest: ByteSource): AsyncGenerator<Uint8Array> {
  yield head;
  for (;;) {
    const piece = Buffer.allocUnsafeSlow(GUNZIP_BYTES);
    const count = await rest.read(piece, 0);
    if (count === 0) return;
    yield piece.subarray(0, count);
  }
}

/** A plain file, read straight into the splitter's buffer. */
class FileSource implements ByteSource {
  readonly #handle: FileHandle;
  readonly #path: string;
  readonly #close: () => Promise<void>;
  #position = 0;

  constructor(handle: FileHandle, path: string) {
    this.#handle = handle;
    this.#path = path;
    this.#close = closing(handle);
  }

  async read(target: Uint8Array, at: number): Promise<number> {
    try {
      const { bytesRead } = await this.#handle.read(target, at, target.length - at, this.#position);
      this.#position += bytesRead;
      return bytesRead;
    } catch (error) {
      throw fileError(error, this.#path);
    }
  }

  async close(): Promise<void> {
    await this.#close();
  }
}

/** Closes once, however often it is called. */
function closing(handle: FileHandle): () => Promise<void> {
  let closed: Promise<void> | undefined;
  return () => (closed ??= handle.close());
}

function isGzip(magic: Uint8Array): boolean {
  return magic[0] === 0x1f && magic[1] === 0x8b;
}

/** A zip file; the container of .xls and of workbooks with a password is refused by name. */
function isWorkbook(magic: Buffer, file: string): boolean {
  if (magic.toString('hex').startsWith('d0cf11e0a1b11ae1')) {
    throw new EngineError('XLSX_INVALID', { file, problem: 'xls-or-password' });
  }
  return magic.readUInt32BE(0) === 0x504b0304 || magic.readUInt32BE(0) === 0x504b0506;
}
