// Rows to disk through two buffers that are filled and emptied, so that memory does not grow with the file. A file has its name
// only once it is whole.

import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { ByteSink } from './byte-sink.js';
import type { RowSource } from './roster-source.js';

export interface WrittenFile {
  path: string;
  rows: number;
  bytes: number;
}

export interface RowWatch {
  /** Called about once for every 4 MiB written. */
  onProgress?: (path: string, rowsDone: number, rowsAll: number) => void;
  /** An abort leaves no file behind and rejects with the signal's reason. */
  signal?: AbortSignal;
}

const SINK_BYTES = 4 * 1024 * 1024;

/** Writes a header and `rows` rows, and gives the file its name. One buffer is filled while the other is written. */
export async function writeRows(
  path: string,
  rows: number,
  watch: RowWatch,
  source: RowSource,
): Promise<WrittenFile> {
  return await writeAside(path, async (file) => {
    let sink = new ByteSink(SINK_BYTES);
    let other = new ByteSink(SINK_BYTES);
    let writing: Promise<void> = Promise.resolve();
    let bytes = 0;
    source.header(sink);
    for (let row = 0; row < rows; ) {
      row = fill(sink, source, row, rows);
      await writing;
      watch.signal?.throwIfAborted();
      writing = file.writeFile(sink.bytes.subarray(0, sink.length));
      // Awaited above or below; a failure in between must not count as unhandled.
      writing.catch(() => undefined);
      bytes += sink.length;
      watch.onProgress?.(path, row, rows);
      [sink, other] = [other, sink];
      sink.length = 0;
    }
    await writing;
    return { path, rows, bytes };
  });
}

export async function writeBytes(path: string, bytes: Uint8Array): Promise<void> {
  await writeAside(path, (file) => file.writeFile(bytes));
}

/** Writes rows until the sink is full or they have ended; answers with the next row. */
function fill(sink: ByteSink, source: RowSource, from: number, rows: number): number {
  let row = from;
  while (row < rows && !sink.isFull) source.row(sink, row++);
  return row;
}

async function writeAside<Result>(
  path: string,
  write: (file: FileHandle) => Promise<Result>,
): Promise<Result> {
  const aside = `${path}.part`;
  const file = await open(aside, 'w');
  try {
    const result = await write(file);
    await file.close();
    await rename(aside, path);
    return result;
  } catch (cause) {
    await file.close().catch(() => undefined);
    await rm(aside, { force: true });
    throw cause;
  }
}
