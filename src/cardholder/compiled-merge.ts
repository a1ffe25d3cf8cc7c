// The compiled merging of a cardholder file (kernel/assembly/cardholder-merge.ts): settles rows of the plain kind in order of line
// and says where one begins that it leaves.

import { instantiateKernel, type KernelNumber } from '../kernel/kernel.js';
import { takeWords } from '../kernel/memory.js';
import type { NewPeople } from './new-people.js';

/** Of assembly/cardholder-merge.ts. */
const AHEAD = 16;

/** Names and types of assembly/cardholder-merge.ts. Addresses are bytes from the beginning of the memory. */
interface MergeKernel {
  mergeRows(from: number, to: number): number;
  setMerge(present: number, taken: number, homes: number): void;
  setPeople(at: number, slots: number, used: number, max: number): void;
  readonly peopleUsed: KernelNumber;
  readonly newRows: KernelNumber;
  readonly changedRows: KernelNumber;
  readonly unchangedRows: KernelNumber;
}

/** What rows were settled as. */
export interface SettledRows {
  new: number;
  changed: number;
  unchanged: number;
}

export class CompiledMerge {
  readonly #kernel: MergeKernel;
  readonly #people: NewPeople;

  /** `present` and `taken` (see merge-chunk.ts) lie in the memory, as `people` does. */
  constructor(
    kernel: WebAssembly.Module,
    memory: WebAssembly.Memory,
    people: NewPeople,
    present: Uint32Array,
    taken: Uint32Array,
  ) {
    this.#kernel = instantiateKernel<MergeKernel>(kernel, memory);
    this.#people = people;
    this.#kernel.setMerge(present.byteOffset, taken.byteOffset, takeWords(memory, AHEAD).byteOffset);
  }

  /** Settles entries of the table from word `from` on; answers with the word where the first stands that it leaves, or the end. */
  run(table: Uint32Array, from: number, settled: SettledRows): number {
    const it = this.#kernel;
    const people = this.#people;
    it.setPeople(people.at, people.slots, people.used, people.max);
    const base = table.byteOffset;
    const stopped = it.mergeRows(base + 4 * from, base + table.byteLength) >>> 0;
    people.used = it.peopleUsed.value;
    settled.new += it.newRows.value;
    settled.changed += it.changedRows.value;
    settled.unchanged += it.unchangedRows.value;
    return (stopped - base) / 4;
  }
}
