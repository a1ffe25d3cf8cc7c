// Where file bytes are collected: a Uint8Array that grows, with the length used. One sink serves millions of rows, so
// every writer appends in place and nothing is allocated per row.

const ENCODER = new TextEncoder();
const ZERO = 0x30;
/** Below this, digits are taken with integer arithmetic on one number; above it the number is cut in two. */
const BILLION = 1_000_000_000;

export class ByteSink {
  bytes: Uint8Array;
  length = 0;

  constructor(capacity = 64 * 1024) {
    this.bytes = new Uint8Array(capacity);
  }

  /** Makes room for `count` more bytes; call before writing to `bytes` directly. */
  ensure(count: number): void {
    const needed = this.length + count;
    if (needed <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }

  byte(value: number): void {
    if (this.length === this.bytes.length) this.ensure(1);
    this.bytes[this.length++] = value;
  }

  /** The low 32 bits, highest byte first. */
  int4(value: number): void {
    this.ensure(4);
    const { bytes, length } = this;
    bytes[length] = value >>> 24;
    bytes[length + 1] = value >>> 16;
    bytes[length + 2] = value >>> 8;
    bytes[length + 3] = value;
    this.length += 4;
  }

  repeat(value: number, count: number): void {
    if (count <= 0) return;
    this.ensure(count);
    const end = this.length + count;
    for (let at = this.length; at < end; at++) this.bytes[at] = value;
    this.length = end;
  }

  /** Copies `source[from, to)`; short ranges byte by byte, which beats `set` on fresh subarrays. */
  copy(source: Uint8Array, from: number, to: number): void {
    const count = to - from;
    this.ensure(count);
    const target = this.bytes;
    let at = this.length;
    if (count > 256) target.set(source.subarray(from, to), at);
    else for (let index = from; index < to; index++) target[at++] = source[index]!;
    this.length += count;
  }

  append(source: Uint8Array): void {
    this.copy(source, 0, source.length);
  }

  /** UTF-8 bytes of a text. */
  text(text: string): void {
    this.append(ENCODER.encode(text));
  }

  /** A non-negative safe integer, padded with zeros on the left to `width` digits when it is shorter. */
  digits(value: number, width = 1): void {
    this.ensure(20 + width);
    const high = Math.floor(value / BILLION);
    let count = high === 0 ? digitCount(value) : 9 + digitCount(high);
    if (count < width) count = width;
    const start = this.length;
    let at = start + count;
    let rest = value - high * BILLION;
    const target = this.bytes;
    const stop = high === 0 ? start : at - 9;
    while (at > stop) {
      const next = (rest / 10) | 0;
      target[--at] = ZERO + (rest - next * 10);
      rest = next;
    }
    rest = high;
    while (at > start) {
      const next = Math.floor(rest / 10);
      target[--at] = ZERO + (rest - next * 10);
      rest = next;
    }
    this.length = start + count;
  }

  /** A copy of what was written, with its own buffer (it may be kept). */
  take(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }

  reset(): void {
    this.length = 0;
  }
}

function digitCount(value: number): number {
  if (value < 10) return 1;
  if (value < 100) return 2;
  if (value < 1000) return 3;
  if (value < 10_000) return 4;
  if (value < 100_000) return 5;
  if (value < 1_000_000) return 6;
  if (value < 10_000_000) return 7;
  if (value < 100_000_000) return 8;
  return value < BILLION ? 9 : String(value).length;
}
