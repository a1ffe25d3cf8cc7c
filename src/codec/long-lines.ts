// Keeps a line without an end from filling the memory: a line over LINE_BYTES_MAX is replaced, as it comes in, by a
// record that is unreadable by construction. Line numbers do not change, because its newline stays.

import { LF, LINE_BYTES_MAX, TOO_LONG_RECORD } from './record-end.js';

const MARKER = Buffer.from(TOO_LONG_RECORD, 'latin1');

/** Watches a buffer that is filled at its end and cut at its start. */
export class LongLineFilter {
  /** No line that begins before this offset is too long. Always the start of a line. */
  #checkedTo = 0;
  #isSkipping = false;

  /**
   * The bytes `[from, to)` were just read into the buffer. Answers where the buffer ends now: `to`, unless bytes of an
   * overlong line were taken out.
   */
  admit(buffer: Uint8Array, from: number, to: number): number {
    let end = this.#isSkipping ? this.#skip(buffer, from, to) : to;
    while (end - this.#checkedTo > LINE_BYTES_MAX) {
      const last = buffer.lastIndexOf(LF, this.#checkedTo + LINE_BYTES_MAX);
      if (last >= this.#checkedTo) this.#checkedTo = last + 1;
      else end = this.#replace(buffer, end);
    }
    return end;
  }

  /** The first `count` bytes, whole lines, have left the buffer and the others moved down. */
  forget(count: number): void {
    this.#checkedTo = Math.max(0, this.#checkedTo - count);
  }

  #skip(buffer: Uint8Array, from: number, to: number): number {
    const newline = indexOfLf(buffer, from, to);
    if (newline < 0) return from;
    buffer.copyWithin(from, newline, to);
    this.#isSkipping = false;
    return to - (newline - from);
  }

  /** Puts the marker in place of the line at #checkedTo, whose newline may not have come yet. */
  #replace(buffer: Uint8Array, to: number): number {
    const at = this.#checkedTo;
    const newline = indexOfLf(buffer, at + LINE_BYTES_MAX, to);
    buffer.set(MARKER, at);
    const markerEnd = at + MARKER.length;
    if (newline < 0) {
      this.#isSkipping = true;
      return markerEnd;
    }
    buffer.copyWithin(markerEnd, newline, to);
    return to - (newline - markerEnd);
  }
}

function indexOfLf(bytes: Uint8Array, from: number, to: number): number {
  const at = bytes.indexOf(LF, from);
  return at < to ? at : -1;
}
