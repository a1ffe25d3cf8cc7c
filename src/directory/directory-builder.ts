// Builds a directory from blocks of the base, oldest version first: a later record of a person replaces the earlier. Rows are read and
// put in by compiled loops (kernel/assembly/directory-rows.ts); of rows that these leave, name and account are read here.

import { assert } from '../base/assert.js';
import { BlockInput } from '../encoding/copy-blocks.js';
import { instantiateKernel, type KernelNumber } from '../kernel/kernel.js';
import { createMemory, MEMORY_BASE, takeBytes, takeWords } from '../kernel/memory.js';
import { Directory, directoryBytes, writeHeader } from './directory.js';
import { BLOCK_COLUMNS, RECORDS_COLUMN } from './directory-block.js';
import { HEADER_BYTES, SLOT_BYTES, slotCountFor } from './layout.js';
import { readLeftRow } from './left-row.js';

/** Names and types of assembly/directory-*.ts. */
interface DirectoryKernel {
  setDirectorySlots(
    slots: number,
    count: number,
    keys: number,
    fingerprints: number,
    updateDays: number,
  ): void;
  beginRows(from: number, to: number): void;
  /** See ROWS_… */
  putRows(): number;
  putLeftRow(
    nameLow: number,
    nameHigh: number,
    accountLow: number,
    accountHigh: number,
    flags: number,
  ): number;
  setAccountTable(table: number, homes: number): void;
  markSlots(from: number, to: number): void;
  readonly people: KernelNumber;
  readonly rowsPut: KernelNumber;
  readonly rowFrom: KernelNumber;
  readonly rowMiddle: KernelNumber;
  readonly rowTo: KernelNumber;
}

const ROWS_AT_END = 0;
const ROWS_AT_LEFT = 1;
const ROWS_FULL = 2;

/** Rows whose slots memory is asked for together, and bytes that each needs for it: assembly/directory-slots.ts. */
const GROUP_ROWS = 32;
const KEY_BYTES = 12;
/** As many slots, and a word each: assembly/directory-finish.ts. */
const GROUP_SLOTS = 32;
/** A loop is compiled better once it was called a few times, so no call does all. */
const SLOTS_A_CALL = 65_536;
const SYSTEM_PAGE_WORDS = 1024;
const TOO_SMALL = 'the directory was built for fewer people than the base holds';

/** What a new file is compared with besides, by slot: fingerprint (two words) and day of update since 1970-01-01. */
export interface DirectoryImage {
  readonly fingerprints: Uint32Array;
  readonly updatedOn: Int32Array;
}

export class DirectoryBuilder {
  /** Cardholders' rows that were put in so far. */
  rows = 0;
  /** Lies in the directory's memory. */
  readonly image: DirectoryImage | undefined;
  readonly #memory: WebAssembly.Memory;
  readonly #kernel: DirectoryKernel;
  readonly #slots: number;
  readonly #othersText: Uint8Array;
  readonly #baseVersion: number;

  /**
   * `expectedPeople`: how many different people will be put in, at most; a bound known from the base's own counts.
   * `others`: identifiers of another kind with their serials. `keepsImage`: a new file will be compared with the base.
   */
  constructor(options: {
    kernel: WebAssembly.Module;
    expectedPeople: number;
    baseVersion: number;
    others: readonly (readonly [string, number])[];
    keepsImage?: boolean;
  }) {
    this.#slots = slotCountFor(options.expectedPeople);
    this.#baseVersion = options.baseVersion;
    this.#othersText = new TextEncoder().encode(options.others.length ? JSON.stringify(options.others) : '');
    const memory = createMemory(directoryBytes(this.#slots, this.#othersText.length));
    this.#memory = memory;
    this.#kernel = instantiateKernel<DirectoryKernel>(options.kernel, memory);
    settle(new Uint32Array(memory.buffer, MEMORY_BASE, directoryBytes(this.#slots, 0) / 4));
    if (options.keepsImage) {
      const days = settle(takeWords(memory, this.#slots));
      this.image = {
        fingerprints: settle(takeWords(memory, this.#slots * 2)),
        updatedOn: new Int32Array(days.buffer, days.byteOffset, days.length),
      };
    }
    this.#kernel.setDirectorySlots(
      MEMORY_BASE + HEADER_BYTES,
      this.#slots,
      takeBytes(memory, GROUP_ROWS * KEY_BYTES).byteOffset,
      this.image?.fingerprints.byteOffset ?? 0,
      this.image?.updatedOn.byteOffset ?? 0,
    );
  }

  /** Blocks are read into it, and put in from there. */
  createInput(): BlockInput {
    return new BlockInput(this.#memory, BLOCK_COLUMNS);
  }

  /** Puts the block at hand in. */
  put({ starts, lengths }: BlockInput): void {
    const it = this.#kernel;
    const from = starts[RECORDS_COLUMN] as number;
    it.beginRows(from, from + (lengths[RECORDS_COLUMN] as number));
    for (let why = it.putRows(); why !== ROWS_AT_END; why = it.putRows()) {
      assert(why !== ROWS_FULL, TOO_SMALL);
      assert(why === ROWS_AT_LEFT, 'a record of the base is malformed');
      this.#putLeft();
    }
    this.rows += it.rowsPut.value;
  }

  finish(): Directory {
    this.#markPeople();
    const othersAt = MEMORY_BASE + HEADER_BYTES + this.#slots * SLOT_BYTES;
    new Uint8Array(this.#memory.buffer, othersAt).set(this.#othersText);
    writeHeader(this.#memory, {
      slots: this.#slots,
      people: this.#kernel.people.value,
      baseVersion: this.#baseVersion,
      othersBytes: this.#othersText.length,
    });
    return new Directory(this.#memory);
  }

  #putLeft(): void {
    const it = this.#kernel;
    const bytes = (from: KernelNumber, to: KernelNumber): Uint8Array =>
      new Uint8Array(this.#memory.buffer, from.value >>> 0, to.value - from.value).slice();
    const row = readLeftRow(bytes(it.rowFrom, it.rowMiddle), bytes(it.rowMiddle, it.rowTo));
    const isPut = it.putLeftRow(row.nameLow, row.nameHigh, row.accountLow, row.accountHigh, row.flags);
    assert(isPut !== 0, TOO_SMALL);
  }

  /** Marks people with one account, and those whom nothing can be said against. */
  #markPeople(): void {
    const it = this.#kernel;
    const table = settle(takeWords(this.#memory, this.#slots));
    it.setAccountTable(table.byteOffset, takeWords(this.#memory, GROUP_SLOTS).byteOffset);
    for (let from = 0; from < this.#slots; from += SLOTS_A_CALL) {
      it.markSlots(from, Math.min(from + SLOTS_A_CALL, this.#slots));
    }
  }
}

/**
 * Writes a zero to each page: what is read before it is written is given a page of zeros by the system first, and then another
 * one.
 */
function settle(words: Uint32Array): Uint32Array {
  for (let at = 0; at < words.length; at += SYSTEM_PAGE_WORDS) words[at] = 0;
  return words;
}
