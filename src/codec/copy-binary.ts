// PostgreSQL's binary COPY format, written (PostgreSQL documentation, COPY, binary format): threads put rows into one
// growing buffer, and nothing is allocated for a row. Reading is in copy-reader.ts.

/** Signature, flags and length of the header extension: what a binary COPY begins with. */
export const COPY_HEADER: Uint8Array = Uint8Array.of(
  ...Buffer.from('PGCOPY\n', 'latin1'),
  0xff,
  0x0d,
  0x0a,
  0x00,
  ...[0, 0, 0, 0],
  ...[0, 0, 0, 0],
);

/** A row of -1 columns: what a binary COPY ends with. */
export const COPY_TRAILER: Uint8Array = Uint8Array.of(0xff, 0xff);

const TWO_32 = 2 ** 32;

/** Up to here a loop is faster than setting up a native copy. */
const LOOP_BYTES_MAX = 48;

/** Rows in binary COPY format. Text must be valid UTF-8 without NUL: the server refuses the whole COPY for less. */
export class CopyWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;
  #rows = 0;

  constructor(capacity = 1024 * 1024) {
    this.#bytes = new Uint8Array(capacity);
  }

  /** Bytes written so far. */
  get length(): number {
    return this.#length;
  }

  /** Rows begun so far. */
  get rows(): number {
    return this.#rows;
  }

  /** What was written, on an ArrayBuffer of its own that can be transferred. The writer begins again, empty. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.#bytes.subarray(0, this.#length);
    this.#bytes = new Uint8Array(this.#bytes.length);
    this.clear();
    return taken;
  }

  /** What was written, valid until the next call of any other method. */
  view(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Forgets what was written and keeps the memory. */
  clear(): void {
    this.#length = 0;
    this.#rows = 0;
  }

  header(): void {
    this.#append(COPY_HEADER, 0, COPY_HEADER.length);
  }

  trailer(): void {
    this.#append(COPY_TRAILER, 0, COPY_TRAILER.length);
  }

  /** Begins a row; so many values must follow. */
  startRow(columns: number): void {
    this.#reserve(2);
    this.#put2(columns);
    this.#rows++;
  }

  null(): void {
    this.#reserve(4);
    this.#put4(-1);
  }

  boolean(value: boolean): void {
    this.#reserve(5);
    this.#put4(1);
    this.#bytes[this.#length++] = value ? 1 : 0;
  }

  /** smallint, -32768 to 32767. */
  int2(value: number): void {
    this.#reserve(6);
    this.#put4(2);
    this.#put2(value);
  }

  /** integer, 32 bits. */
  int4(value: number): void {
    this.#reserve(8);
    this.#put4(4);
    this.#put4(value);
  }

  /** bigint; a number must be a safe integer. */
  int8(value: number | bigint): void {
    if (typeof value === 'number') this.int8FromParts(Math.floor(value / TWO_32), value);
    else this.int8FromParts(Number(BigInt.asIntN(32, value >> 32n)), Number(BigInt.asUintN(32, value)));
  }

  /** bigint: `high` × 2^32 + `low`, of which the lower 32 bits are taken each. */
  int8FromParts(high: number, low: number): void {
    this.#reserve(12);
    this.#put4(8);
    this.#put4(high);
    this.#put4(low);
  }

  /** text or bytea: `bytes[from, to)`. */
  text(bytes: Uint8Array, from: number, to: number): void {
    this.#reserve(4);
    this.#put4(to - from);
    this.#append(bytes, from, to);
  }

  /** text, for values that are strings already; the hot path has bytes. */
  textString(value: string): void {
    this.#reserve(4 + value.length * 3);
    const lengthAt = this.#length;
    this.#length += 4;
    const bytes = this.#bytes;
    let at = this.#length;
    for (let index = 0; index < value.length; index++) {
      const unit = value.charCodeAt(index);
      if (unit >= 0x80) {
        // Not ASCII: written again from the start, by the native encoder.
        at = this.#length + encoder.encodeInto(value, bytes.subarray(this.#length)).written;
        break;
      }
      bytes[at++] = unit;
    }
    this.#length = lengthAt;
    this.#put4(at - lengthAt - 4);
    this.#length = at;
  }

  #append(bytes: Uint8Array, from: number, to: number): void {
    const count = to - from;
    this.#reserve(count);
    if (count > LOOP_BYTES_MAX) {
      this.#bytes.set(bytes.subarray(from, to), this.#length);
      this.#length += count;
      return;
    }
    const target = this.#bytes;
    let at = this.#length;
    for (let index = from; index < to; index++) target[at++] = bytes[index]!;
    this.#length = at;
  }

  #put2(value: number): void {
    const at = this.#length;
    this.#bytes[at] = value >> 8;
    this.#bytes[at + 1] = value;
    this.#length = at + 2;
  }

  #put4(value: number): void {
    const at = this.#length;
    const bytes = this.#bytes;
    bytes[at] = value >>> 24;
    bytes[at + 1] = value >>> 16;
    bytes[at + 2] = value >>> 8;
    bytes[at + 3] = value;
    this.#length = at + 4;
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.view());
    this.#bytes = larger;
  }
}

const encoder = new TextEncoder();
