// Replaces ranges of a buffer, in ascending order, without copying what stays.

import { assert } from './assert.js';

export class Splicer {
  readonly #bytes: Uint8Array;
  readonly #pieces: Uint8Array[] = [];
  #done = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  replace(from: number, to: number, replacement: Uint8Array): void {
    assert(from >= this.#done && to >= from, 'pieces are replaced in order');
    this.#keep(from);
    if (replacement.length > 0) this.#pieces.push(replacement);
    this.#done = to;
  }

  remove(from: number, to: number): void {
    if (to > from) this.replace(from, to, new Uint8Array(0));
  }

  /** The pieces that make up the result, in order; views of the buffer where nothing was replaced. */
  finish(): Uint8Array[] {
    this.#keep(this.#bytes.length);
    return this.#pieces;
  }

  #keep(to: number): void {
    if (to > this.#done) this.#pieces.push(this.#bytes.subarray(this.#done, to));
    this.#done = to;
  }
}
