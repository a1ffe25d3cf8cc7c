// People of a cardholder file who are not in the base yet, or whom the file changes: key words and the fingerprint of the
// row that was taken. Open addressing that grows; only the merging thread uses it, in order of line.

import { homeSlot } from '../directory/layout.js';

const WORDS = 4;
const LOAD_MAX = 0.7;

export class NewPeople {
  #slots: number;
  #words: Uint32Array;
  #used = 0;

  constructor(expected: number) {
    this.#slots = Math.max(1024, Math.ceil(expected / LOAD_MAX));
    this.#words = new Uint32Array(this.#slots * WORDS);
  }

  get size(): number {
    return this.#used;
  }

  /** Asks memory for the places of people who are about to be taken in. Changes nothing. */
  touch(a: number, b: number): number {
    return this.#words[homeSlot(a, b, this.#slots) * WORDS] as number;
  }

  /** Takes the person in, or says that an earlier row did: with the same content, or with another. */
  take(a: number, b: number, printLow: number, printHigh: number): 'taken' | 'same' | 'different' {
    if (this.#used + 1 > this.#slots * LOAD_MAX) this.#grow();
    const at = this.#placeOf(a, b);
    const words = this.#words;
    if (words[at] !== 0) {
      return words[at + 2] === printLow && words[at + 3] === printHigh ? 'same' : 'different';
    }
    this.#put(at, a, b, printLow, printHigh);
    return 'taken';
  }

  /** Takes the person in and answers true; changes nothing where an earlier row did. */
  takeFirst(a: number, b: number, printLow: number, printHigh: number): boolean {
    if (this.#used + 1 > this.#slots * LOAD_MAX) this.#grow();
    const at = this.#placeOf(a, b);
    if (this.#words[at] !== 0) return false;
    this.#put(at, a, b, printLow, printHigh);
    return true;
  }

  #put(at: number, a: number, b: number, printLow: number, printHigh: number): void {
    const words = this.#words;
    words[at] = a;
    words[at + 1] = b;
    words[at + 2] = printLow;
    words[at + 3] = printHigh;
    this.#used++;
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

  #grow(): void {
    const old = this.#words;
    this.#slots = Math.ceil(this.#slots * 1.6);
    this.#words = new Uint32Array(this.#slots * WORDS);
    for (let from = 0; from < old.length; from += WORDS) {
      if (old[from] === 0) continue;
      const at = this.#placeOf(old[from] as number, old[from + 1] as number);
      for (let word = 0; word < WORDS; word++) this.#words[at + word] = old[from + word] as number;
    }
  }
}
