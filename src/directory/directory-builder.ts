// Builds a directory from cardholder records, oldest version first: a later record of a person replaces the earlier.

import { assert } from '../base/assert.js';
import { createMemory, MEMORY_BASE } from '../kernel/memory.js';
import { Directory, directoryBytes, writeHeader } from './directory.js';
import {
  ACCOUNT_LENGTH_MASK,
  ACCOUNT_LENGTH_SHIFT,
  ACCOUNT_STATE_MASK,
  ACCOUNT_STATE_SHIFT,
  CARD_STATE_MASK,
  CARD_STATE_SHIFT,
  CLEAN,
  DECEASED,
  HEADER_BYTES,
  homeSlot,
  IRREGULAR_NAME,
  LONG_ACCOUNT,
  OTHER_KIND,
  REMOVED,
  SHARED_ACCOUNT,
  SLOT_BYTES,
  SLOT_WORDS,
  slotCountFor,
  UNUSUAL_NAME,
} from './layout.js';
import { forEachRepeat } from './shared-accounts.js';

/** Records put in together, so that memory fetches their slots side by side; one by one, waiting for it was half of the time. */
const GROUP = 16;
const ACTIVE = 0;
const REPLACED = 3;
const NORMAL = 0;

export class DirectoryBuilder {
  readonly #memory: WebAssembly.Memory;
  readonly #words: Uint32Array;
  readonly #slots: number;
  readonly #othersText: Uint8Array;
  readonly #baseVersion: number;
  readonly #placed: (slot: number) => void;
  /** Records that wait to be put in, SLOT_WORDS each, and their home slots. */
  readonly #waiting = new Uint32Array(GROUP * SLOT_WORDS);
  readonly #homes = new Int32Array(GROUP);
  #waitingCount = 0;
  #touched = 0;
  #used = 0;
  #people = 0;

  /**
   * `expectedPeople`: how many different people will be put in, at most; a bound known from the base's own counts.
   * `others`: identifiers of another kind with their serials. `placed` is told the slot of each record, in the order in which
   * they were put in.
   */
  constructor(options: {
    expectedPeople: number;
    baseVersion: number;
    others: readonly (readonly [string, number])[];
    placed?: (slot: number) => void;
  }) {
    this.#slots = slotCountFor(options.expectedPeople);
    this.#othersText = new TextEncoder().encode(options.others.length ? JSON.stringify(options.others) : '');
    this.#memory = createMemory(directoryBytes(this.#slots, this.#othersText.length));
    this.#words = new Uint32Array(this.#memory.buffer, MEMORY_BASE + HEADER_BYTES, this.#slots * SLOT_WORDS);
    this.#baseVersion = options.baseVersion;
    this.#placed = options.placed ?? (() => undefined);
  }

  /**
   * Puts one record in. `flags` holds bank, length of the account, states and name flags as layout.ts says, without
   * SHARED_ACCOUNT and CLEAN, which are settled in finish().
   */
  put(
    a: number,
    b: number,
    nameLow: number,
    nameHigh: number,
    accountLow: number,
    accountHigh: number,
    flags: number,
    place: number,
  ): void {
    const waiting = this.#waiting;
    const at = this.#waitingCount * SLOT_WORDS;
    waiting[at] = a;
    waiting[at + 1] = b;
    waiting[at + 2] = nameLow;
    waiting[at + 3] = nameHigh;
    waiting[at + 4] = accountLow;
    waiting[at + 5] = accountHigh;
    waiting[at + 6] = flags;
    waiting[at + 7] = place;
    this.#homes[this.#waitingCount] = homeSlot(a, b, this.#slots);
    if (++this.#waitingCount === GROUP) this.flush();
  }

  /** Puts in the records that wait. */
  flush(): void {
    const words = this.#words;
    const homes = this.#homes;
    const count = this.#waitingCount;
    let touched = 0;
    for (let nth = 0; nth < count; nth++) touched ^= words[(homes[nth] as number) * SLOT_WORDS] as number;
    this.#touched ^= touched;
    for (let nth = 0; nth < count; nth++) this.#placed(this.#place(nth));
    this.#waitingCount = 0;
  }

  #place(nth: number): number {
    const words = this.#words;
    const waiting = this.#waiting;
    const from = nth * SLOT_WORDS;
    const a = waiting[from] as number;
    const b = waiting[from + 1] as number;
    const flags = waiting[from + 6] as number;
    let slot = this.#homes[nth] as number;
    let at = slot * SLOT_WORDS;
    while (words[at] !== 0 && !(words[at] === a && words[at + 1] === b)) {
      slot = slot + 1 === this.#slots ? 0 : slot + 1;
      at = slot * SLOT_WORDS;
    }
    if (words[at] === 0) {
      this.#used++;
      assert(this.#used < this.#slots, 'the directory was built for fewer people than the base holds');
      this.#people++;
    } else if ((words[at + 6] as number) & REMOVED) this.#people++;
    if (flags & REMOVED) this.#people--;
    for (let word = 0; word < SLOT_WORDS; word++) words[at + word] = waiting[from + word] as number;
    return slot;
  }

  /** Begins with the directory; whoever builds it may take more behind. */
  get memory(): WebAssembly.Memory {
    return this.#memory;
  }

  get slots(): number {
    return this.#slots;
  }

  finish(): Directory {
    this.flush();
    this.#markSharedAccounts();
    this.#markClean();
    const othersAt = MEMORY_BASE + HEADER_BYTES + this.#slots * SLOT_BYTES;
    new Uint8Array(this.#memory.buffer, othersAt).set(this.#othersText);
    writeHeader(this.#memory, {
      slots: this.#slots,
      people: this.#people,
      baseVersion: this.#baseVersion,
      othersBytes: this.#othersText.length,
    });
    return new Directory(this.#memory);
  }

  /** Two people with one account: both are marked. */
  #markSharedAccounts(): void {
    const words = this.#words;
    const mark = (at: number): void => {
      words[at + 6] = ((words[at + 6] as number) | SHARED_ACCOUNT) >>> 0;
    };
    forEachRepeat(
      words,
      SLOT_WORDS,
      4,
      (at) => words[at] !== 0 && ((words[at + 6] as number) & REMOVED) === 0,
      (one, other) => this.#sameAccount(one, other),
      (one, other) => {
        mark(one);
        mark(other);
      },
    );
  }

  #sameAccount(one: number, other: number): boolean {
    const words = this.#words;
    const compared = (ACCOUNT_LENGTH_MASK << ACCOUNT_LENGTH_SHIFT) | LONG_ACCOUNT;
    return (
      words[one + 4] === words[other + 4] &&
      words[one + 5] === words[other + 5] &&
      (((words[one + 6] as number) ^ (words[other + 6] as number)) & compared) === 0
    );
  }

  #markClean(): void {
    const words = this.#words;
    const refused = DECEASED | SHARED_ACCOUNT | REMOVED | IRREGULAR_NAME | LONG_ACCOUNT | UNUSUAL_NAME;
    for (let at = 0; at < words.length; at += SLOT_WORDS) {
      const flags = words[at + 6] as number;
      const first = words[at] as number;
      if (first === 0 || first === OTHER_KIND || flags & refused) continue;
      const card = (flags >>> CARD_STATE_SHIFT) & CARD_STATE_MASK;
      const account = (flags >>> ACCOUNT_STATE_SHIFT) & ACCOUNT_STATE_MASK;
      if ((card === ACTIVE || card === REPLACED) && account === NORMAL) words[at + 6] = (flags | CLEAN) >>> 0;
    }
  }
}
