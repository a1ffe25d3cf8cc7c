// What is known of people besides the base when a roster is checked: who already stands in a live batch of the same
// cycle, who is paid under a programme that excludes this one, and who is on the hold list. One 32-bit word a slot of the directory, in
// shared memory; the memory exists only when there is something to mark.

import { assert } from '../base/assert.js';
import type { Directory } from '../directory/directory.js';
import { takeWords } from '../kernel/memory.js';

const BATCH_BITS = 14;
const EXCLUSION_BITS = 8;
const SEQUENCE_BITS = 8;
const BATCH_MASK = (1 << BATCH_BITS) - 1;
const EXCLUSION_MASK = (1 << EXCLUSION_BITS) - 1;
const SEQUENCE_MASK = (1 << SEQUENCE_BITS) - 1;
const EXCLUSION_SHIFT = BATCH_BITS;
const SEQUENCE_SHIFT = BATCH_BITS + EXCLUSION_BITS;
const HELD = 1 << 30;

/** Live batches in one cycle, at most: bits of a mark. A cycle of a province has hundreds (one a county or town). */
export const CYCLE_BATCHES_MAX = BATCH_MASK;
export const EXCLUSIONS_MAX = EXCLUSION_MASK;
/** How often a person can be paid again in one cycle (top-ups, corrections, reissues). */
export const SEQUENCE_MAX = SEQUENCE_MASK;

export interface Exclusion {
  programme: string;
  batch: number;
}

/** Plain data that crosses to the threads; the arrays lie in shared memory. */
export interface MarksData {
  words: Uint32Array | undefined;
  /** By slot, the line of the person's newest payment in the cycle; kept only when this batch follows another. */
  lines: Uint32Array | undefined;
  batches: number[];
  exclusions: Exclusion[];
  /** The batch whose payments this one follows. */
  follows: number | undefined;
}

export interface Mark {
  /** The live batch that the person's newest payment of this cycle stands in. */
  paidIn: number | undefined;
  sequence: number;
  line: number;
  excludedBy: Exclusion | undefined;
  held: boolean;
}

const NO_MARK: Mark = { paidIn: undefined, sequence: -1, line: 0, excludedBy: undefined, held: false };

export function readMark(marks: MarksData, slot: number): Mark {
  const word = marks.words?.[slot] ?? 0;
  if (word === 0) return NO_MARK;
  const batch = word & BATCH_MASK;
  const exclusion = (word >>> EXCLUSION_SHIFT) & EXCLUSION_MASK;
  return {
    paidIn: batch === 0 ? undefined : marks.batches[batch - 1],
    sequence: batch === 0 ? -1 : (word >>> SEQUENCE_SHIFT) & SEQUENCE_MASK,
    line: marks.lines?.[slot] ?? 0,
    excludedBy: exclusion === 0 ? undefined : marks.exclusions[exclusion - 1],
    held: (word & HELD) !== 0,
  };
}

/** Collects marks; the shared memory is taken when the first mark is set. */
export class MarksBuilder {
  readonly #memory: WebAssembly.Memory;
  readonly #slots: number;
  readonly #data: MarksData;
  readonly #batchIndex = new Map<number, number>();

  /** The words lie in the directory's memory. */
  constructor({ memory, slots }: Directory, follows: number | undefined) {
    this.#memory = memory;
    this.#slots = slots;
    this.#data = { words: undefined, lines: undefined, batches: [], exclusions: [], follows };
  }

  /** A person's newest payment wins: the one with the highest sequence. */
  paid(slot: number, batch: number, line: number, sequence: number): void {
    const words = this.#words();
    const word = words[slot] as number;
    const known = (word & BATCH_MASK) !== 0;
    if (known && ((word >>> SEQUENCE_SHIFT) & SEQUENCE_MASK) > sequence) return;
    assert(sequence <= SEQUENCE_MAX, `sequence ${sequence} does not fit a mark`);
    const kept = word & (HELD | (EXCLUSION_MASK << EXCLUSION_SHIFT));
    words[slot] = (kept | this.#indexOf(batch) | (sequence << SEQUENCE_SHIFT)) >>> 0;
    if (this.#data.lines) this.#data.lines[slot] = line;
  }

  excluded(slot: number, exclusion: number): void {
    const words = this.#words();
    const word = words[slot] as number;
    if ((word >>> EXCLUSION_SHIFT) & EXCLUSION_MASK) return;
    words[slot] = (word | ((exclusion + 1) << EXCLUSION_SHIFT)) >>> 0;
  }

  held(slot: number): void {
    const words = this.#words();
    words[slot] = ((words[slot] as number) | HELD) >>> 0;
  }

  /** Number of an exclusion, to be given to excluded(). */
  addExclusion(exclusion: Exclusion): number {
    assert(this.#data.exclusions.length < EXCLUSIONS_MAX, 'too many excluding batches for a mark');
    return this.#data.exclusions.push(exclusion) - 1;
  }

  finish(): MarksData {
    return this.#data;
  }

  #words(): Uint32Array {
    if (!this.#data.words) {
      this.#data.words = takeWords(this.#memory, this.#slots);
      if (this.#data.follows !== undefined) {
        this.#data.lines = takeWords(this.#memory, this.#slots);
      }
    }
    return this.#data.words;
  }

  #indexOf(batch: number): number {
    let index = this.#batchIndex.get(batch);
    if (index === undefined) {
      index = this.#data.batches.push(batch);
      assert(index <= CYCLE_BATCHES_MAX, 'too many live batches in one cycle for a mark');
      this.#batchIndex.set(batch, index);
    }
    return index;
  }
}
