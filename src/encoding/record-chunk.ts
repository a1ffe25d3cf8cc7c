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
  /**
   * Offset after the record that begins at `from`, line end included. Only a record that begins on a line with a quote
   * can go over several lines.
   */
  recordEnd(bytes: Uint8Array, from: number): number;
}

const LF = 0x0a;
const CR = 0x0d;

/** Why a compiled path came back, and where it stands. One object, filled again each time. */
export interface CompiledStop {
  /** `line`: the line at [from, to) is a record by itself, left to the careful path; `record`: what begins at `next` may be none. */
  kind: 'end' | 'line' | 'record';
  from: number;
  to: number;
  /** Offset of what was not looked at yet, and the number of the line there. */
  next: number;
  line: number;
}

/** A compiled path: it goes over plain lines by itself as long as it can judge them. */
export interface CompiledPath {
  /** Takes lines from offset `from` on, the first of which has number `line`. */
  run(from: number, line: number): CompiledStop;
}

/**
 * Goes over the records of a chunk that are not blank: the compiled path takes what it can, the rest is cut by the reader's rule
 * and given to `visit`.
 */
export function forEachRecord(
  chunk: RecordChunk,
  reader: RecordReader,
  path: CompiledPath | undefined,
  visit: (from: number, to: number, line: number) => void,
): void {
  const { bytes } = chunk;
  let from = 0;
  let line = chunk.firstLine;
  while (from < bytes.length) {
    if (path) {
      const stop = path.run(from, line);
      from = stop.next;
      line = stop.line;
      if (stop.kind === 'line') {
        if (!isBlankRecord(bytes, stop.from, stop.to)) visit(stop.from, stop.to, line - 1);
        continue;
      }
      if (stop.kind === 'end') return;
    }
    const { to, next, lines } = recordAt(chunk, reader, from);
    if (!isBlankRecord(bytes, from, to)) visit(from, to, line);
    from = next;
    line += lines;
  }
}

/** The end of the record that begins at `from`, without and with its line end, and how many lines it is. */
function recordAt(
  { bytes, hasQuote }: RecordChunk,
  reader: RecordReader,
  from: number,
): { to: number; next: number; lines: number } {
  const newline = bytes.indexOf(LF, from);
  let next = newline < 0 ? bytes.length : newline + 1;
  let lines = 1;
  const end = hasQuote ? reader.recordEnd(bytes, from) : next;
  if (end !== next) {
    lines = 0;
    for (let at = from; at < end; lines++) {
      const found = bytes.indexOf(LF, at);
      at = found < 0 ? bytes.length : found + 1;
    }
    next = end;
  }
  let to = next;
  if (to > from && bytes[to - 1] === LF) to--;
  if (to > from && bytes[to - 1] === CR) to--;
  return { to, next, lines };
}

/** Blank: nothing but spaces, tabs and delimiters. Such a line is no record, though it counts as a line. */
function isBlankRecord(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number;
    if (byte !== 0x20 && byte !== 0x09 && byte !== 0x2c && byte !== 0x3b && byte !== CR) return false;
  }
  return true;
}
