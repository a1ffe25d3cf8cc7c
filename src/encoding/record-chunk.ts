// What the checks in the threads are handed: whole records of a file as bytes, and a way to read one of them carefully.
// The codec makes both; the checks know nothing of files.

import type { EncodingSoFar } from './detect.js';

export interface RecordChunk {
  /** 0-based place in the file. */
  index: number;
  bytes: Uint8Array;
  /** 1-based physical line that the chunk begins on. */
  firstLine: number;
  /** Without a quote in it, every line of the chunk is a record. */
  hasQuote: boolean;
  encoding: EncodingSoFar;
}

export interface RecordReader {
  /** Fields of one record, what is wrong with it, or undefined for a record that is no line (a totals row). */
  fields(
    bytes: Uint8Array,
    from: number,
    to: number,
    encoding: EncodingSoFar,
  ): string[] | { problem: string } | undefined;
  /** Calls visit for each record of the chunk that is not blank: its byte range and its line in the file. */
  forEachRecord(chunk: RecordChunk, visit: (from: number, to: number, line: number) => void): void;
}
