// DEFLATE (RFC 1951) with the fixed Huffman codes and the nearest earlier match: small, and the same bytes everywhere.
// zlib's output differs between its versions and builds, and the committed samples are compared byte by byte.

const MATCH_MIN = 3;
const MATCH_MAX = 258;
const DISTANCE_MAX = 32_768;
const END_OF_BLOCK = 256;

/** First length or distance of each code, and its extra bits (RFC 1951, 3.2.5). */
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5];
const DISTANCE_EXTRA = [0, 0, 0, 0, ...Array.from({ length: 26 }, (_, index) => (index >> 1) + 1)];
const LENGTH_CODES: readonly Code[] = [...codesFrom(MATCH_MIN, LENGTH_EXTRA), { first: MATCH_MAX, extra: 0 }];
const DISTANCE_CODES: readonly Code[] = codesFrom(1, DISTANCE_EXTRA);

interface Code {
  first: number;
  extra: number;
}

export function deflate(bytes: Uint8Array): Uint8Array {
  const bits = new BitWriter(bytes.length);
  const lastAt = new Map<number, number>();
  bits.put(1, 1);
  bits.put(1, 2);
  for (let at = 0; at < bytes.length; ) {
    const key = at + 2 < bytes.length ? (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]! : -1;
    const earlier = lastAt.get(key);
    if (key >= 0) lastAt.set(key, at);
    if (earlier === undefined || at - earlier > DISTANCE_MAX) {
      putSymbol(bits, bytes[at]!);
      at++;
      continue;
    }
    const length = matchLength(bytes, earlier, at);
    putLength(bits, length);
    putDistance(bits, at - earlier);
    at += length;
  }
  putSymbol(bits, END_OF_BLOCK);
  return bits.finish();
}

function codesFrom(first: number, extras: readonly number[]): Code[] {
  let next = first;
  return extras.map((extra) => {
    const code = { first: next, extra };
    next += 2 ** extra;
    return code;
  });
}

function matchLength(bytes: Uint8Array, earlier: number, at: number): number {
  const max = Math.min(MATCH_MAX, bytes.length - at);
  let length = MATCH_MIN;
  while (length < max && bytes[earlier + length] === bytes[at + length]) length++;
  return length;
}

/** Literal, length or end of block, in the fixed code (RFC 1951, 3.2.6). */
function putSymbol(bits: BitWriter, symbol: number): void {
  if (symbol < 144) bits.putCode(0x30 + symbol, 8);
  else if (symbol < 256) bits.putCode(0x190 + symbol - 144, 9);
  else if (symbol < 280) bits.putCode(symbol - 256, 7);
  else bits.putCode(0xc0 + symbol - 280, 8);
}

function putLength(bits: BitWriter, length: number): void {
  const index = LENGTH_CODES.findLastIndex(({ first }) => first <= length);
  const { first, extra } = LENGTH_CODES[index]!;
  putSymbol(bits, 257 + index);
  bits.put(length - first, extra);
}

function putDistance(bits: BitWriter, distance: number): void {
  const index = DISTANCE_CODES.findLastIndex(({ first }) => first <= distance);
  const { first, extra } = DISTANCE_CODES[index]!;
  bits.putCode(index, 5);
  bits.put(distance - first, extra);
}

class BitWriter {
  readonly #bytes: Uint8Array;
  #length = 0;
  #held = 0;
  #count = 0;

  /** Nine bits a literal are the most that fixed codes take. */
  constructor(inputLength: number) {
    this.#bytes = new Uint8Array(Math.ceil((inputLength * 9) / 8) + 16);
  }

  /** Lowest bit first. */
  put(value: number, bits: number): void {
    for (let bit = 0; bit < bits; bit++) {
      this.#held |= ((value >>> bit) & 1) << this.#count++;
      if (this.#count < 8) continue;
      this.#bytes[this.#length++] = this.#held;
      this.#held = 0;
      this.#count = 0;
    }
  }

  /** Huffman codes stand with their highest bit first. */
  putCode(code: number, bits: number): void {
    for (let bit = bits - 1; bit >= 0; bit--) this.put((code >>> bit) & 1, 1);
  }

  finish(): Uint8Array {
    if (this.#count > 0) this.#bytes[this.#length++] = this.#held;
    return this.#bytes.slice(0, this.#length);
  }
}
