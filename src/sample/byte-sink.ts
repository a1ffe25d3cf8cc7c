// A buffer that rows are written into byte by byte; whoever owns it empties it to disk. Rows make no strings on the
// way: at millions of rows that is the difference between seconds and minutes.

/** No row is longer: the longest fields of a cardholder row add up to less than 400 bytes, quoted and in GB 18030. */
export const ROW_BYTES_MAX = 1024;

export class ByteSink {
  readonly bytes: Uint8Array;
  length = 0;

  constructor(capacity: number) {
    this.bytes = new Uint8Array(capacity + ROW_BYTES_MAX);
  }

  /** Time to empty it: one more row may not fit. */
  get isFull(): boolean {
    return this.length > this.bytes.length - ROW_BYTES_MAX;
  }

  byte(value: number): void {
    this.bytes[this.length++] = value;
  }

  /** Copies a piece; a loop beats `set` for the few bytes of a name or a bank code. */
  piece(source: Uint8Array, from: number, to: number): void {
    const { bytes } = this;
    let at = this.length;
    for (let index = from; index < to; index++) bytes[at++] = source[index]!;
    this.length = at;
  }

  /** A whole number below 2^31 with leading zeros, `digits` long. */
  number(value: number, digits: number): void {
    const { bytes } = this;
    const from = this.length;
    const end = from + digits;
    let rest = value;
    for (let at = end - 1; at >= from; at--) {
      const next = (rest / 10) | 0;
      bytes[at] = 48 + (rest - next * 10);
      rest = next;
    }
    this.length = end;
  }

  /** A whole number without leading zeros. */
  count(value: number): void {
    let digits = 1;
    for (let bound = 10; value >= bound; bound *= 10) digits++;
    this.number(value, digits);
  }

  /** YYYYMMDD as YYYY-MM-DD. */
  date(digits: number): void {
    this.number(Math.floor(digits / 10_000), 4);
    this.byte(45);
    this.number(Math.floor(digits / 100) % 100, 2);
    this.byte(45);
    this.number(digits % 100, 2);
  }

  /** Fen as yuan with two decimals. */
  yuan(fen: number): void {
    const whole = Math.floor(fen / 100);
    this.count(whole);
    this.byte(46);
    this.number(fen - whole * 100, 2);
  }
}
