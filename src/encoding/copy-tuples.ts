// Walks the rows of a binary COPY TO as they arrive, wherever the pieces are cut. Nothing is made per row: the visitor
// reads the fields from the buffer through the offsets.

import { assert } from '../base/assert.js';

const SIGNATURE_BYTES = 11;
const FIXED_HEADER_BYTES = 19;

/** Offset after the header of the binary COPY that begins at `from`, or -1 when it is not all there. */
export function copyHeaderEnd(view: DataView, from: number, to: number): number {
  if (to - from < FIXED_HEADER_BYTES) return -1;
  const isHeader = view.getUint8(from) === 0x50 && view.getUint8(from + SIGNATURE_BYTES - 1) === 0;
  assert(isHeader, 'not a binary COPY');
  const end = from + FIXED_HEADER_BYTES + view.getInt32(from + SIGNATURE_BYTES + 4);
  return end > to ? -1 : end;
}

/** Receives one row: field `i` is bytes[starts[i], starts[i] + lengths[i]), and null where lengths[i] is -1. */
export type RowVisitor = (bytes: Uint8Array, view: DataView) => void;

export class CopyTuples {
  readonly starts: Int32Array;
  readonly lengths: Int32Array;
  rows = 0;
  /** Range of the row at hand, its field count included. */
  rowFrom = 0;
  rowTo = 0;
  readonly #columns: number;
  #rest: Uint8Array = new Uint8Array(0);
  #isHeaderRead = false;
  #isEnded = false;

  /** `hasHeader` is false for rows that were cut out of a COPY. */
  constructor(columns: number, { hasHeader } = { hasHeader: true }) {
    this.#columns = columns;
    this.#isHeaderRead = !hasHeader;
    this.starts = new Int32Array(columns);
    this.lengths = new Int32Array(columns);
  }

  /** Visits every row that ends in this piece. `starts` and `lengths` hold for the row at hand only. */
  feed(piece: Uint8Array, visit: RowVisitor): void {
    const bytes = this.#rest.length === 0 ? piece : joined(this.#rest, piece);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = this.#isHeaderRead ? 0 : copyHeaderEnd(view, 0, bytes.length);
    if (at < 0) {
      this.#rest = bytes.slice();
      return;
    }
    this.#isHeaderRead = true;
    for (;;) {
      const next = this.#row(view, at);
      if (next < 0) break;
      this.rows++;
      this.rowFrom = at;
      this.rowTo = next;
      visit(bytes, view);
      at = next;
    }
    this.#rest = at === bytes.length ? new Uint8Array(0) : bytes.slice(at);
  }

  /** The COPY must have ended where a row ends, with the trailer. Another one may be fed afterwards. */
  finish(): void {
    assert(this.#isEnded, 'a COPY TO ended inside a row');
    this.#isEnded = false;
    this.#isHeaderRead = false;
    this.#rest = new Uint8Array(0);
  }

  /** Offset after the row at `at`, or -1 when it is not complete or the COPY has ended. */
  #row(view: DataView, at: number): number {
    const limit = view.byteLength;
    if (this.#isEnded || at + 2 > limit) return -1;
    const columns = view.getInt16(at);
    if (columns === -1) {
      this.#isEnded = true;
      return -1;
    }
    assert(columns === this.#columns, `a row of ${columns} columns where ${this.#columns} were asked for`);
    let position = at + 2;
    for (let column = 0; column < columns; column++) {
      if (position + 4 > limit) return -1;
      const length = view.getInt32(position);
      position += 4;
      this.starts[column] = position;
      this.lengths[column] = length;
      if (length > 0) position += length;
      if (position > limit) return -1;
    }
    return position;
  }
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
