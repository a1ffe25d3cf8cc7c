// Cuts a file into chunks of whole records for the threads, before decoding. The main thread does this beside other
// work, so bytes without quotes are only searched (natively) and counted; see record-end.ts for what a record is.

import { BufferPool, type ByteBuffers } from '../base/buffer-pool.js';
import type { ByteSource } from './byte-source.js';
import { readFully } from './byte-source.js';
import { countLines } from './count-lines.js';
import { LongLineFilter } from './long-lines.js';
import { type Delimiter, LF, NEED_MORE, QUOTE, recordEnd } from './record-end.js';

/** Whole records, as they stand in the file. */
export interface RecordChunk {
  /** The beginning of a buffer of its own, which can be handed to a thread. */
  bytes: Uint8Array;
  /** 1-based physical line that the chunk begins on. */
  firstLine: number;
  /** 0-based place of the chunk in the file. */
  index: number;
  /** Without a quote in it, every line of the chunk is a record. */
  hasQuote: boolean;
}

export interface SplitOptions {
  delimiter: Delimiter;
  /** Bytes to read at a time; a chunk is longer only when one record is. */
  chunkBytes?: number;
  /** Bytes that were read from the source before, to look at the header; they come first. */
  head?: Uint8Array;
  /** Where buffers come from; whoever is done with a chunk gives its bytes back. */
  buffers?: ByteBuffers;
  /** The physical line that the first byte stands on; 1 when not given. */
  firstLine?: number;
}

/**
 * Large enough that waking a thread costs nothing beside the work (about 4 ms), small enough that chunks on their way, and
 * what the checks made of them, stay below 10 MB however long the file is.
 */
export const CHUNK_BYTES = 512 * 1024;

/** The chunks of a source in order. The source is left open at the end. */
export async function* splitChunks(source: ByteSource, options: SplitOptions): AsyncGenerator<RecordChunk> {
  const chunkBytes = options.chunkBytes ?? CHUNK_BYTES;
  const delimiter = options.delimiter.charCodeAt(0);
  const filter = new LongLineFilter();
  const head = options.head ?? new Uint8Array(0);
  const buffers = options.buffers ?? new BufferPool();
  const take = (size: number): Buffer => {
    const { buffer, byteOffset, length } = buffers.takeBytes(size);
    return Buffer.from(buffer, byteOffset, length);
  };
  let buffer = take(Math.max(chunkBytes, head.length));
  buffer.set(head);
  let length = filter.admit(buffer, 0, head.length);
  let firstLine = options.firstLine ?? 1;
  let index = 0;
  for (;;) {
    const filled = await fill(source, buffer, length, filter);
    length = filled.length;
    if (length === 0 && filled.isLast) return;
    const firstQuote = indexOfQuote(buffer, 0, length);
    const cut = filled.isLast ? length : cutAt(buffer, length, firstQuote, delimiter);
    if (cut === 0) {
      // A record is longer than the buffer. Twice as much each time, so that a long one is not searched over and over.
      const larger = take(buffer.length * 2);
      buffer.copy(larger, 0, 0, length);
      buffer = larger;
      continue;
    }
    const next = take(Math.max(chunkBytes, length - cut));
    buffer.copy(next, 0, cut, length);
    const bytes = buffer.subarray(0, cut);
    const lines = countLines(bytes, cut);
    yield { bytes, firstLine, index, hasQuote: firstQuote >= 0 && firstQuote < cut };
    if (filled.isLast) return;
    firstLine += lines;
    index++;
    filter.forget(cut);
    length -= cut;
    buffer = next;
  }
}

/** Fills the buffer to its end, or says that the source ended before. */
async function fill(
  source: ByteSource,
  buffer: Buffer,
  from: number,
  filter: LongLineFilter,
): Promise<{ length: number; isLast: boolean }> {
  let length = from;
  while (length < buffer.length) {
    const read = await readFully(source, buffer, length);
    if (read < buffer.length) return { length: filter.admit(buffer, length, read), isLast: true };
    length = filter.admit(buffer, length, read);
  }
  return { length, isLast: false };
}

/** The last record end in `buffer[0, length)` that is sure before the rest of the file is known; 0 when there is none. */
function cutAt(buffer: Buffer, length: number, firstQuote: number, delimiter: number): number {
  let quote = firstQuote;
  let record = 0;
  while (quote >= 0) {
    record = lineStart(buffer, record, quote);
    const end = recordEnd(buffer, record, length, delimiter, false);
    if (end === NEED_MORE) return record;
    record = end;
    quote = indexOfQuote(buffer, record, length);
  }
  return lineStart(buffer, record, length);
}

/** The start of the line that `at` lies on, no earlier than `from`. */
function lineStart(buffer: Buffer, from: number, at: number): number {
  return at === from ? from : Math.max(from, buffer.lastIndexOf(LF, at - 1) + 1);
}

function indexOfQuote(buffer: Buffer, from: number, to: number): number {
  const at = buffer.indexOf(QUOTE, from);
  return at < to ? at : -1;
}
