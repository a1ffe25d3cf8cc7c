// Goes over the records of a chunk without making anything: the careful path's way through the bytes, and the
// reference for any faster one.

import { contentEnd, type Delimiter, isBlank, LF, recordEnd } from './record-end.js';
import type { RecordChunk } from './split-chunks.js';

/** After `next()` said true, the record is `bytes[from, to)` without its line end, and begins on physical line `line`. */
export class RecordCursor {
  from = 0;
  to = 0;
  line = 0;
  readonly #bytes: Uint8Array;
  readonly #delimiter: number;
  readonly #hasQuote: boolean;
  #at = 0;
  #nextLine: number;

  constructor(chunk: Pick<RecordChunk, 'bytes' | 'firstLine' | 'hasQuote'>, delimiter: Delimiter) {
    this.#bytes = chunk.bytes;
    this.#delimiter = delimiter.charCodeAt(0);
    this.#hasQuote = chunk.hasQuote;
    this.#nextLine = chunk.firstLine;
  }

  /** The offset after the record and its line end. */
  get end(): number {
    return this.#at;
  }

  /** The physical line that follows the record. */
  get nextLine(): number {
    return this.#nextLine;
  }

  /** Moves to the next record; blank lines are passed over. */
  next(): boolean {
    const bytes = this.#bytes;
    while (this.#at < bytes.length) {
      this.from = this.#at;
      this.line = this.#nextLine;
      this.#at = this.#hasQuote
        ? recordEnd(bytes, this.from, bytes.length, this.#delimiter, true)
        : lineEnd(bytes, this.from);
      this.#nextLine += this.#hasQuote ? linesIn(bytes, this.from, this.#at) : 1;
      this.to = contentEnd(bytes, this.from, this.#at);
      if (!isBlank(bytes, this.from, this.to)) return true;
    }
    return false;
  }
}

function lineEnd(bytes: Uint8Array, from: number): number {
  const newline = bytes.indexOf(LF, from);
  return newline < 0 ? bytes.length : newline + 1;
}

/** Physical lines of a record; the last line of a file counts without a newline too. */
function linesIn(bytes: Uint8Array, from: number, end: number): number {
  let lines = 0;
  for (let at = from; at < end; lines++) at = lineEnd(bytes, at);
  return lines;
}
