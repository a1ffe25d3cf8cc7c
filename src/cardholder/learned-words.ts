// Texts that come again and again in one column (a bank's name, a branch's clearing code), remembered as bytes with what
// the careful reading made of them. A quarter of a city's cardholder file names the bank by more than its three digits.

/** Entries, a power of two; one that is needed again after another took its place is simply read again. */
const ENTRIES = 2048;
/** Longer texts are left to the careful path. */
const BYTES_MAX = 48;

export class LearnedWords {
  readonly #read: (bytes: Uint8Array) => number;
  readonly #texts = new Uint8Array(ENTRIES * BYTES_MAX);
  readonly #lengths = new Uint8Array(ENTRIES);
  readonly #values = new Int16Array(ENTRIES);

  /** `read` answers with a number from 0, or -1 for a text that says nothing. */
  constructor(read: (bytes: Uint8Array) => number) {
    this.#read = read;
  }

  /** Call when the encoding changes: the same bytes may then be another text. */
  forget(): void {
    this.#lengths.fill(0);
  }

  /** What `read` says of bytes[from, to); -1 also for an empty or a long text. */
  valueOf(bytes: Uint8Array, from: number, to: number): number {
    const length = to - from;
    if (length === 0 || length > BYTES_MAX) return -1;
    let hash = length;
    for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x9e3779b1);
    const entry = (hash ^ (hash >>> 15)) & (ENTRIES - 1);
    if (this.#isAt(entry, bytes, from, length)) return this.#values[entry] as number;
    const text = bytes.subarray(from, to);
    const value = this.#read(text);
    this.#texts.set(text, entry * BYTES_MAX);
    this.#lengths[entry] = length;
    this.#values[entry] = value;
    return value;
  }

  #isAt(entry: number, bytes: Uint8Array, from: number, length: number): boolean {
    if (this.#lengths[entry] !== length) return false;
    const texts = this.#texts;
    const start = entry * BYTES_MAX;
    for (let index = 0; index < length; index++) {
      if (texts[start + index] !== bytes[from + index]) return false;
    }
    return true;
  }
}
