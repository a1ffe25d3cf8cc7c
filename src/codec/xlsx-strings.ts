// The shared strings of a workbook: every text cell's text, once. A roster of a million people has three million of
// them, so they are kept as bytes in one block and made into strings one at a time.

import { type XlsxPackage, xlsxInvalid } from './xlsx-package.js';

/** 512 MiB hold the texts of 1,048,576 rows, the most a sheet has, at 500 bytes each. */
const STRINGS_BYTES_MAX = 512 * 1024 * 1024;

export class SharedStrings {
  #bytes: Buffer = Buffer.allocUnsafeSlow(64 * 1024);
  #ends = new Uint32Array(1024);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  get byteLength(): number {
    return this.#count === 0 ? 0 : this.#ends[this.#count - 1]!;
  }

  add(text: string): void {
    const from = this.byteLength;
    this.#reserve(from + text.length * 3);
    const to = from + this.#bytes.write(text, from, 'utf8');
    if (this.#count === this.#ends.length) this.#ends = doubled(this.#ends);
    this.#ends[this.#count++] = to;
  }

  /** Undefined when there is no such string. */
  at(index: number): string | undefined {
    if (!(index >= 0 && index < this.#count)) return undefined;
    return this.#bytes.toString('utf8', index === 0 ? 0 : this.#ends[index - 1]!, this.#ends[index]!);
  }

  #reserve(length: number): void {
    if (length <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(length, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.byteLength);
    this.#bytes = larger;
  }
}

/** Reads the shared strings part; rich text is joined, phonetic guides (rPh) are no part of the text. */
export async function readSharedStrings(
  pack: XlsxPackage,
  part: string | undefined,
  file: string,
): Promise<SharedStrings> {
  const strings = new SharedStrings();
  if (part === undefined) return strings;
  const text = new RichText();
  const reading = pack.parse(part, {
    open: (name) => {
      if (name === 'si') text.clear();
      text.open(name);
    },
    close: (name) => {
      text.close(name);
      if (name === 'si') strings.add(text.value);
    },
    text: (piece) => text.add(piece),
  });
  for await (const _ of reading) {
    if (strings.byteLength > STRINGS_BYTES_MAX) throw xlsxInvalid(file, 'strings-too-large', part);
  }
  return strings;
}

/** Gathers the text of `<t>` elements, inside `<si>` or `<is>`. */
export class RichText {
  value = '';
  #isInText = false;
  #isInPhonetic = false;

  clear(): void {
    this.value = '';
  }

  open(name: string): void {
    if (name === 't') this.#isInText = true;
    else if (name === 'rPh') this.#isInPhonetic = true;
  }

  close(name: string): void {
    if (name === 't') this.#isInText = false;
    else if (name === 'rPh') this.#isInPhonetic = false;
  }

  add(piece: string): void {
    if (this.#isInText && !this.#isInPhonetic) this.value += piece;
  }
}

function doubled(ends: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(ends.length * 2);
  larger.set(ends);
  return larger;
}
