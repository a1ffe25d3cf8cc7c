// The directory: the in-memory form of the cardholder base that threads look people up in. Read-only once built; it
// carries the version of the base that it stands for and is never older than that base.

import { MEMORY_BASE } from '../kernel/memory.js';
import {
  ACCOUNT_LENGTH_MASK,
  ACCOUNT_LENGTH_SHIFT,
  ACCOUNT_STATE_MASK,
  ACCOUNT_STATE_SHIFT,
  ACCOUNT_STATES,
  type AccountState,
  BANK_MASK,
  CARD_STATE_MASK,
  CARD_STATE_SHIFT,
  CARD_STATES,
  type CardState,
  DECEASED,
  HEADER_BYTES,
  homeSlot,
  IRREGULAR_NAME,
  LONG_ACCOUNT,
  OTHER_KIND,
  REGION_BITS,
  REGION_MASK,
  REMOVED,
  SHARED_ACCOUNT,
  SLOT_BYTES,
  SLOT_WORDS,
  UNUSUAL_NAME,
} from './layout.js';

const MAGIC = 0x59494b41; // "YIKA"
const LAYOUT = 1;

export interface DirectoryHeader {
  slots: number;
  people: number;
  baseVersion: number;
  othersBytes: number;
}

/** What the base says of one person, as far as the directory keeps it. */
export interface CardholderView {
  slot: number;
  nameLow: number;
  nameHigh: number;
  bank: number;
  /** Digits of the account, and whether there are more than 19: the database must then be asked for them. */
  accountLength: number;
  isLongAccount: boolean;
  accountLow: number;
  accountHigh: number;
  cardState: CardState;
  accountState: AccountState;
  deceased: boolean;
  /** Months since 1900-01 from 1; 0 unknown. */
  deathMonth: number;
  region: number;
  sharedAccount: boolean;
  irregularName: boolean;
  unusualName: boolean;
}

/** Bytes of a directory: header, slots, identifiers of another kind. */
export function directoryBytes(slots: number, othersBytes: number): number {
  return HEADER_BYTES + slots * SLOT_BYTES + othersBytes;
}

export function writeHeader(memory: WebAssembly.Memory, header: DirectoryHeader): void {
  const words = new Uint32Array(memory.buffer, MEMORY_BASE, HEADER_BYTES / 4);
  words.set([MAGIC, LAYOUT, header.slots, header.people, header.baseVersion, header.othersBytes]);
}

/** Undefined when the bytes are not the beginning of a directory of this layout. */
export function readHeader(bytes: Uint8Array): DirectoryHeader | undefined {
  if (bytes.length < HEADER_BYTES) return undefined;
  const words = new Uint32Array(bytes.slice(0, HEADER_BYTES).buffer);
  const [magic, layout, slots = 0, people = 0, baseVersion = 0, othersBytes = 0] = words;
  if (magic !== MAGIC || layout !== LAYOUT) return undefined;
  return { slots, people, baseVersion, othersBytes };
}

export class Directory {
  /** Begins with the directory, at MEMORY_BASE; whoever works with it may take more behind. */
  readonly memory: WebAssembly.Memory;
  /** Address of the first slot. */
  readonly slotsAt = MEMORY_BASE + HEADER_BYTES;
  readonly words: Uint32Array;
  /** The same words as signed numbers, which the processor compares without a detour over doubles. */
  readonly signed: Int32Array;
  readonly slots: number;
  readonly people: number;
  readonly baseVersion: number;
  readonly #othersBytes: number;
  #others: ReadonlyMap<string, number> | undefined;

  /** The memory must begin with a directory. */
  constructor(memory: WebAssembly.Memory) {
    const header = readHeader(new Uint8Array(memory.buffer, MEMORY_BASE, HEADER_BYTES));
    if (!header) throw new Error('not a directory');
    this.memory = memory;
    this.slots = header.slots;
    this.people = header.people;
    this.baseVersion = header.baseVersion;
    this.#othersBytes = header.othersBytes;
    this.words = new Uint32Array(memory.buffer, this.slotsAt, header.slots * SLOT_WORDS);
    this.signed = new Int32Array(memory.buffer, this.slotsAt, header.slots * SLOT_WORDS);
  }

  /** As it stands in the file between runs. */
  get bytes(): Uint8Array {
    return new Uint8Array(this.memory.buffer, MEMORY_BASE, directoryBytes(this.slots, this.#othersBytes));
  }

  /** Slot of the person with these key words, or -1. People who were removed from the base are not found. */
  find(a: number, b: number): number {
    const { signed, slots } = this;
    const wanted = a | 0;
    let slot = homeSlot(a, b, slots);
    for (;;) {
      const at = (slot * SLOT_WORDS) | 0;
      const first = signed[at] as number;
      if (first === 0) return -1;
      if (first === wanted && signed[at + 1] === b) return (signed[at + 6] as number) & REMOVED ? -1 : slot;
      slot = slot + 1 === slots ? 0 : slot + 1;
    }
  }

  /** Slot of the person whose identifier of another kind is exactly this text, or -1. */
  findOther(identifier: string): number {
    const serial = this.others.get(identifier);
    return serial === undefined ? -1 : this.find(OTHER_KIND, serial);
  }

  /** Identifiers of another kind and their serials. Few, so each thread keeps them as a map. */
  get others(): ReadonlyMap<string, number> {
    if (!this.#others) {
      const at = this.slotsAt + this.slots * SLOT_BYTES;
      const bytes = new Uint8Array(this.memory.buffer, at, this.#othersBytes);
      const text = new TextDecoder().decode(bytes.slice());
      this.#others = new Map(text === '' ? [] : (JSON.parse(text) as [string, number][]));
    }
    return this.#others;
  }

  view(slot: number): CardholderView {
    const at = slot * SLOT_WORDS;
    const word = (offset: number): number => this.words[at + offset] as number;
    const flags = word(6);
    return {
      slot,
      nameLow: word(2),
      nameHigh: word(3),
      bank: flags & BANK_MASK,
      accountLength: (flags >>> ACCOUNT_LENGTH_SHIFT) & ACCOUNT_LENGTH_MASK,
      isLongAccount: (flags & LONG_ACCOUNT) !== 0,
      accountLow: word(4),
      accountHigh: word(5),
      cardState: CARD_STATES[(flags >>> CARD_STATE_SHIFT) & CARD_STATE_MASK] as CardState,
      accountState: ACCOUNT_STATES[(flags >>> ACCOUNT_STATE_SHIFT) & ACCOUNT_STATE_MASK] as AccountState,
      deceased: (flags & DECEASED) !== 0,
      deathMonth: word(7) >>> REGION_BITS,
      region: word(7) & REGION_MASK,
      sharedAccount: (flags & SHARED_ACCOUNT) !== 0,
      irregularName: (flags & IRREGULAR_NAME) !== 0,
      unusualName: (flags & UNUSUAL_NAME) !== 0,
    };
  }

  keyOf(slot: number): { a: number; b: number } {
    return { a: this.words[slot * SLOT_WORDS] as number, b: this.words[slot * SLOT_WORDS + 1] as number };
  }
}
