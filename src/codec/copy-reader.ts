// PostgreSQL's binary COPY format, read: a window that is moved over the rows of a COPY TO, wherever the pieces of the
// stream were cut. Nothing is allocated for a row; whoever wants a value asks for it.

import { assert } from '../base/assert.js';
import { COPY_HEADER } from './copy-binary.js';

/** Signature (11 bytes), flags (4) and the length of the header extension (4). */
const HEADER_BYTES = COPY_HEADER.length;
const SIGNATURE_BYTES = 11;

/** More bytes are needed before the row is whole. */
const NEED_MORE = -1;

/** Goes over the rows; `visit` is called with the reader itself, whose window is valid until `visit` returns. */
export class CopyReader {
  /** The bytes that the row lies in. */
  bytes: Uint8Array = new Uint8Array(0);
  /** Where the value of each column begins. */
  readonly from: Int32Array;
  /** Where it ends; equal to `from` for NULL too, see isNull. */
  readonly to: Int32Array;
  readonly #isNull: Uint8Array;
  readonly #columns: number;
  readonly #visit: (row: CopyReader) => void;
  /** A row that the last piece ended in. */
  #carry: Buffer = Buffer.allocUnsafeSlow(1024);
  #carryLength = 0;
  #isHeaderRead = false;
  #isEnded = false;
  #rows = 0;

  constructor(columns: number, visit: (row: CopyReader) => void) {
    this.#columns = columns;
    this.#visit = visit;
    this.from = new Int32Array(columns);
    this.to = new Int32Array(columns);
    this.#isNull = new Uint8Array(columns);
  }

  /** The next piece of the stream; all rows that it completes are visited. */
  push(piece: Uint8Array): void {
    let at = this.#completeCarry(piece);
    if (at < 0) return;
    for (;;) {
      const end = this.#next(piece, at, piece.length);
      if (end === NEED_MORE) break;
      at = end;
    }
    this.#carryLength = 0;
    this.#addToCarry(piece, at, piece.length);
  }

  /** To be called when the stream has ended: the number of rows. A stream without a trailer was cut off. */
  finish(): number {
    assert(this.#isEnded && this.#carryLength === 0, 'the binary COPY ended before its trailer');
    return this.#rows;
  }

  isNull(column: number): boolean {
    return this.#isNull[column] === 1;
  }

  boolean(column: number): boolean {
    return this.bytes[this.from[column]!] === 1;
  }

  int2(column: number): number {
    const at = this.from[column]!;
    return ((this.bytes[at]! << 24) >> 16) | this.bytes[at + 1]!;
  }

  int4(column: number): number {
    return int4At(this.bytes, this.from[column]!);
  }

  /** A bigint column whose values are known to be safe integers. */
  int8(column: number): number {
    const at = this.from[column]!;
    return int4At(this.bytes, at) * 2 ** 32 + (int4At(this.bytes, at + 4) >>> 0);
  }

  bigint(column: number): bigint {
    const at = this.from[column]!;
    return (BigInt(int4At(this.bytes, at)) << 32n) | BigInt(int4At(this.bytes, at + 4) >>> 0);
  }

  text(column: number): string {
    const { buffer, byteOffset } = this.bytes;
    const from = this.from[column]!;
    return Buffer.from(buffer, byteOffset + from, this.to[column]! - from).toString('utf8');
  }

  /** Completes the row that the last piece ended in. Answers where to go on in the piece, -1 when it was used up. */
  #completeCarry(piece: Uint8Array): number {
    let at = 0;
    while (this.#carryLength > 0) {
      if (at === piece.length) return -1;
      const count = Math.min(piece.length - at, Math.max(256, this.#carryLength));
      this.#addToCarry(piece, at, at + count);
      at += count;
      const end = this.#next(this.#carry, 0, this.#carryLength);
      if (end === NEED_MORE) continue;
      at -= this.#carryLength - end;
      this.#carryLength = 0;
    }
    return at;
  }

  #addToCarry(piece: Uint8Array, from: number, to: number): void {
    const needed = this.#carryLength + to - from;
    if (needed > this.#carry.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#carry.length * 2));
      this.#carry.copy(larger, 0, 0, this.#carryLength);
      this.#carry = larger;
    }
    this.#carry.set(piece.subarray(from, to), this.#carryLength);
    this.#carryLength = needed;
  }

  /** Reads the header, a row or the trailer at `at` and answers where it ends. */
  #next(bytes: Uint8Array, at: number, to: number): number {
    if (!this.#isHeaderRead) return this.#readHeader(bytes, at, to);
    if (to - at < 2) return NEED_MORE;
    const columns = ((bytes[at]! << 24) >> 16) | bytes[at + 1]!;
    assert(!this.#isEnded, 'the binary COPY goes on after its trailer');
    if (columns === -1) {
      this.#isEnded = true;
      return at + 2;
    }
    assert(columns === this.#columns, 'a row of the binary COPY has another number of columns');
    const end = this.#window(bytes, at + 2, to);
    if (end === NEED_MORE) return NEED_MORE;
    this.bytes = bytes;
    this.#rows++;
    this.#visit(this);
    return end;
  }

  #window(bytes: Uint8Array, start: number, to: number): number {
    let at = start;
    for (let column = 0; column < this.#columns; column++) {
      if (to - at < 4) return NEED_MORE;
      const length = int4At(bytes, at);
      at += 4;
      this.#isNull[column] = length < 0 ? 1 : 0;
      this.from[column] = at;
      if (length > 0) at += length;
      if (at > to) return NEED_MORE;
      this.to[column] = at;
    }
    return at;
  }

  #readHeader(bytes: Uint8Array, at: number, to: number): number {
    if (to - at < HEADER_BYTES) return NEED_MORE;
    for (let index = 0; index < SIGNATURE_BYTES; index++) {
      assert(bytes[at + index] === COPY_HEADER[index], 'this is not a binary COPY');
    }
    const end = at + HEADER_BYTES + int4At(bytes, at + HEADER_BYTES - 4);
    if (end > to) return NEED_MORE;
    this.#isHeaderRead = true;
    return end;
  }
}

function int4At(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
}
