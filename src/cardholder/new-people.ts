// People of a cardholder file who are not in the base yet, or whom the file changes: key words and the fingerprint of the
// row that was taken. Open addressing that grows; only the merging thread uses it, in order of line. It lies in the shared memory,
// where the compiled merging (compiled-merge.ts) takes people in too.

import { homeSlot } from '../directory/layout.js';
import { takeWords } from '../kernel/memory.js';

const WORDS = 4;
const LOAD_MAX = 0.7;
const SLOTS_MIN = 1024;

export class NewPeople {
  readonly #memory: WebAssembly.Memory;
  #slots: number;
  #words: Uint32Array;
  /** How many people are in it. */
  used = 0;

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory;
    this.#slots = SLOTS_MIN;
    this.#words = takeWords(memory, this.#slots * WORDS);
  }

  /** Makes room for so many people at once, while there are none yet. */
  expect(people: number): void {
    const slots = Math.ceil(people / LOAD_MAX);
    if (this.used > 0 || slots <= this.#slots) return;
    this.#slots = slots;
    this.#words = takeWords(this.#memory, slots * WORDS);
  }

  /** Address of the table. */
  get at(): number {
    return this.#words.byteOffset;
  }

  get slots(): number {
    return this.#slots;
  }

  /** So many people make it full; take() makes it grow then. */
  get max(): number {
    return Math.floor(this.#slots * LOAD_MAX);
  }

  /** Takes the person in, or says that an earlier row did: with the same content, or with another. */
  take(a: number, b: number, printLow: number, printHigh: number): 'taken' | 'same' | 'different' {
    if (this.used + 1 > this.max) this.#grow();
    const at = this.#placeOf(a, b);
    const words = this.#words;
    if (words[at] !== 0) {
      return words[at + 2] === printLow && words[at + 3] === printHigh ? 'same' : 'different';
    }
    words[at] = a;
    words[at + 1] = b;
    words[at + 2] = printLow;
    words[at + 3] = printHigh;
    this.used++;
    return 'taken';
  }

  has(a: number, b: number): boolean {
    return this.#words[this.#placeOf(a, b)] !== 0;
  }

  #placeOf(a: number, b: number): number {
    let slot = homeSlot(a, b, this.#slots);
    let at = slot * WORDS;
    while (this.#words[at] !== 0 && !(this.#words[at] === a && this.#words[at + 1] === b)) {
      slot = slot + 1 === this.#slots ? 0 : slot + 1;
      at = slot * WORDS;
    }
    return at;
  }

  /** What it leaves behind is lost, as memory is not given back; so it grows by as much again. */
  #grow(): void {
    const old = this.#words;
    this.#slots *= 2;
    this.#words = takeWords(this.#memory, this.#slots * WORDS);
    for (let from = 0; from < old.length; from += WORDS) {
      if (old[from] === 0) continue;
      const at = this.#placeOf(old[from] as number, old[from + 1] as number);
      for (let word = 0; word < WORDS; word++) this.#words[at + word] = old[from + word] as number;
    }
  }
}
