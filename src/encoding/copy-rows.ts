// Rows of PostgreSQL's binary COPY format (PostgreSQL documentation, COPY, "Binary Format"): written into one growing
// buffer, without an allocation per row. Whoever writes a row first reserves room for all of it.

const encoder = new TextEncoder();
const SHORT_TEXT = 48;

export class CopyRows {
  bytes: Uint8Array;
  length = 0;
  protected view: DataView;

  constructor(capacity: number) {
    this.bytes = new Uint8Array(capacity);
    this.view = new DataView(this.bytes.buffer);
  }

  /** Begins anew in another buffer; what was written before stays in the one before. */
  beginIn(buffer: ArrayBuffer): void {
    this.bytes = new Uint8Array(buffer);
    this.view = new DataView(buffer);
    this.length = 0;
  }

  /** The rows written so far; a view, not a copy. */
  written(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  reserve(bytes: number): void {
    const needed = this.length + bytes;
    if (needed <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
    this.view = new DataView(grown.buffer);
  }

  startRow(columns: number): void {
    this.view.setInt16(this.length, columns);
    this.length += 2;
  }

  int2(value: number): void {
    this.view.setInt32(this.length, 2);
    this.view.setInt16(this.length + 4, value);
    this.length += 6;
  }

  int4(value: number): void {
    this.view.setInt32(this.length, 4);
    this.view.setInt32(this.length + 4, value);
    this.length += 8;
  }

  /** A 64-bit number as two halves; `low` may be given as a signed or an unsigned word. */
  int8(high: number, low: number): void {
    this.view.setInt32(this.length, 8);
    this.view.setInt32(this.length + 4, high);
    this.view.setInt32(this.length + 8, low);
    this.length += 12;
  }

  /** A safe integer, not negative. */
  int8Of(value: number): void {
    this.int8(Math.floor(value / 0x100000000), value | 0);
  }

  null(): void {
    this.view.setInt32(this.length, -1);
    this.length += 4;
  }

  /** A text of any kind; reserves its own room and leaves 64 bytes for the numbers that follow. */
  textOf(text: string): void {
    this.reserve(4);
    const at = this.length;
    this.length += 4;
    const written = this.utf8(text);
    this.view.setInt32(at, written);
  }

  /**
   * The bytes of a text alone; answers how many. Reserves as textOf does. The database's text cannot hold U+0000, which stands in damaged
   * files only: it is dropped.
   */
  protected utf8(text: string): number {
    this.reserve(text.length * 3 + 64);
    const before = this.length;
    if (text.length > SHORT_TEXT || !this.#putShort(text)) {
      const clean = text.includes('\u0000') ? text.replaceAll('\u0000', '') : text;
      this.length += encoder.encodeInto(clean, this.bytes.subarray(before)).written;
    }
    return this.length - before;
  }

  /** Calling the encoder costs more than writing a short text by hand. False for what only the encoder gets right. */
  #putShort(text: string): boolean {
    const { bytes } = this;
    let at = this.length;
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index);
      if (unit < 0x80) {
        if (unit === 0) return false;
        bytes[at++] = unit;
      } else if (unit < 0x800) {
        bytes[at++] = 0xc0 | (unit >>> 6);
        bytes[at++] = 0x80 | (unit & 0x3f);
      } else {
        if (unit >= 0xd800 && unit <= 0xdfff) return false;
        bytes[at++] = 0xe0 | (unit >>> 12);
        bytes[at++] = 0x80 | ((unit >>> 6) & 0x3f);
        bytes[at++] = 0x80 | (unit & 0x3f);
      }
    }
    this.length = at;
    return true;
  }

  textOrNull(text: string | undefined): void {
    if (text === undefined || text === '') {
      this.reserve(64);
      this.null();
    } else this.textOf(text);
  }
}

/** What stands before the first row of a binary COPY, and after the last. */
export const COPY_HEADER = Uint8Array.from([
  ...[0x50, 0x47, 0x43, 0x4f, 0x50, 0x59, 0x0a, 0xff, 0x0d, 0x0a, 0x00],
  ...[0, 0, 0, 0, 0, 0, 0, 0],
]);
export const COPY_TRAILER = Uint8Array.of(0xff, 0xff);
