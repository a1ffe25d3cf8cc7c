// The compiled path of a cardholder file (kernel/assembly/cardholder.ts) for one thread: tells it what rows look like and are
// compared with, and where what it makes of a chunk goes.

import { ACCOUNT_STATES, CARD_STATES } from '../directory/layout.js';
import { decodeGb18030, encodeGb18030, gbTables } from '../encoding/gb18030.js';
import type { CompiledPath, CompiledStop, RecordChunk } from '../encoding/record-chunk.js';
import { decodeUtf8 } from '../encoding/utf8.js';
import { parseBankCode } from '../identity/bank-code.js';
import {
  FIELDS_MAX,
  GROUP_LINES,
  instantiateKernel,
  type KernelNumber,
  LINES_SCRATCH_BYTES,
  type LineKernel,
  STOPPED_AT_END,
  STOPPED_AT_LINE,
  STOPPED_FULL,
} from '../kernel/kernel.js';
import { bytesAt, takeBytes, takeWords } from '../kernel/memory.js';
import type { BaseImage, CardholderFieldPlaces } from './check-chunk.js';
import { ACCOUNT_STATE_WORDS, ALIVE_WORDS, CARD_STATE_WORDS } from './check-row.js';
import type { RowOutput } from './row-output.js';

/** Of assembly/words.ts: a list's head, a word in it, a remembered text, and how many of these. */
const LIST_HEAD = 8;
const WORD_BYTES = 24;
const WORD_LENGTH_MAX = 16;
const BANK_BYTES = 64;
const BANK_ENTRIES = 2048;
/** Of the text of a state in assembly/cardholder-values.ts: length, then its bytes. */
const STATE_TEXT_BYTES = 32;
/** More than any of the lists has. */
const WORDS_MAX = 16;
const GROUP_PEOPLE_BYTES = 12 * GROUP_LINES;
const GB_TABLE_WORDS = 32_768;

/** Names and types of assembly/cardholder*.ts and words.ts. Addresses are bytes from the beginning of the memory. */
interface CardholderKernel extends LineKernel {
  beginCardholders(): void;
  /** See STOPPED_… */
  checkRows(from: number, end: number, line: number): number;
  setBanks(entries: number): void;
  setCardholderBase(directory: number, slots: number, prints: number, updates: number): void;
  setCardholderColumns(
    id: number,
    name: number,
    region: number,
    cardNumber: number,
    cardState: number,
    bank: number,
    account: number,
    accountState: number,
    alive: number,
    diedOn: number,
    updatedOn: number,
    unread: number,
    unreadCount: number,
  ): void;
  setCardholderPeople(people: number): void;
  setCardholderRoom(
    rows: number,
    rowsNext: number,
    rowsEnd: number,
    tableNext: number,
    tableEnd: number,
    chunk: number,
  ): void;
  setCardholderWords(
    cardStates: number,
    accountStates: number,
    alive: number,
    cardTexts: number,
    accountTexts: number,
  ): void;
  readonly rowsAt: KernelNumber;
  readonly entriesAt: KernelNumber;
}

export class CompiledRows implements CompiledPath {
  readonly #kernel: CardholderKernel;
  readonly #memory: WebAssembly.Memory;
  readonly #output: RowOutput;
  readonly #stop: CompiledStop = { kind: 'end', from: 0, to: 0, next: 0, line: 0 };
  readonly #banks: Uint8Array;
  /** Words of the states of a card, of an account, and of being alive. */
  readonly #lists: readonly Uint8Array[];
  #encoding: RecordChunk['encoding'] | undefined;
  #chunk = 0;
  #end = 0;
  #gbUnits: number | undefined;

  constructor(
    kernel: WebAssembly.Module,
    memory: WebAssembly.Memory,
    places: CardholderFieldPlaces,
    delimiter: number,
    base: BaseImage | undefined,
    output: RowOutput,
  ) {
    this.#memory = memory;
    this.#output = output;
    this.#kernel = instantiateKernel<CardholderKernel>(kernel, memory, {
      readBank: (from, length) => this.#readBank(from >>> 0, length),
    });
    const scratch = takeBytes(memory, LINES_SCRATCH_BYTES);
    const people = takeBytes(memory, GROUP_PEOPLE_BYTES);
    const unread = takeWords(memory, FIELDS_MAX);
    this.#banks = takeBytes(memory, BANK_ENTRIES * BANK_BYTES);
    this.#lists = [0, 1, 2].map(() => takeBytes(memory, LIST_HEAD + WORDS_MAX * WORD_BYTES));
    const others = unreadPlaces(places);
    unread.set(others);
    const it = this.#kernel;
    it.setLines(scratch.byteOffset, delimiter, places.count);
    it.setCardholderPeople(people.byteOffset);
    it.setBanks(this.#banks.byteOffset);
    const [cardStates, accountStates, alive] = this.#lists.map((list) => list.byteOffset);
    it.setCardholderWords(
      cardStates as number,
      accountStates as number,
      alive as number,
      stateTexts(memory, CARD_STATES),
      stateTexts(memory, ACCOUNT_STATES),
    );
    it.setCardholderColumns(
      places.residentId,
      places.name,
      places.region,
      places.cardNumber,
      places.cardState,
      places.bank,
      places.account,
      places.accountState,
      places.alive,
      places.diedOn,
      places.updatedOn,
      unread.byteOffset,
      others.length,
    );
    if (base) {
      const { directory, fingerprints, updatedOn } = base;
      it.setCardholderBase(directory.slotsAt, directory.slots, fingerprints.byteOffset, updatedOn.byteOffset);
    }
  }

  /** What follows is rows of this chunk, which lies in the memory. */
  begin({ bytes, encoding }: RecordChunk): void {
    this.#chunk = bytes.byteOffset;
    this.#end = bytes.byteOffset + bytes.length;
    this.#setEncoding(encoding);
    this.#kernel.beginCardholders();
  }

  run(from: number, line: number): CompiledStop {
    const it = this.#kernel;
    const chunk = this.#chunk;
    const output = this.#output;
    const stop = this.#stop;
    stop.next = from;
    stop.line = line;
    for (;;) {
      const { rows, table } = output;
      it.setCardholderRoom(
        rows.byteOffset,
        rows.byteOffset + output.rowBytes,
        rows.byteOffset + rows.length,
        table.byteOffset + 4 * output.tableWords,
        table.byteOffset + table.byteLength,
        chunk,
      );
      const why = it.checkRows(chunk + stop.next, this.#end, stop.line);
      output.rowBytes = (it.rowsAt.value >>> 0) - rows.byteOffset;
      output.tableWords = ((it.entriesAt.value >>> 0) - table.byteOffset) / 4;
      stop.next = (it.stoppedNext.value >>> 0) - chunk;
      stop.line = it.stoppedLine.value;
      if (why === STOPPED_FULL) {
        output.grow();
        continue;
      }
      stop.kind = why === STOPPED_AT_END ? 'end' : why === STOPPED_AT_LINE ? 'line' : 'record';
      stop.from = (it.stoppedFrom.value >>> 0) - chunk;
      stop.to = (it.stoppedTo.value >>> 0) - chunk;
      return stop;
    }
  }

  #setEncoding(encoding: RecordChunk['encoding']): void {
    if (encoding === this.#encoding) return;
    this.#encoding = encoding;
    const isGb = encoding === 'gb18030';
    this.#kernel.setEncoding(isGb ? this.#gbTable() : 0);
    // The same bytes may be another text now.
    this.#banks.fill(0);
    const [cardStates, accountStates, alive] = this.#lists as [Uint8Array, Uint8Array, Uint8Array];
    putWords(cardStates, CARD_STATE_WORDS, (state) => CARD_STATES.indexOf(state), isGb);
    putWords(accountStates, ACCOUNT_STATE_WORDS, (state) => ACCOUNT_STATES.indexOf(state), isGb);
    putWords(alive, ALIVE_WORDS, Number, isGb);
  }

  #readBank(from: number, length: number): number {
    const bytes = bytesAt(this.#memory, from, length);
    const text = this.#encoding === 'gb18030' ? decodeGb18030(bytes) : decodeUtf8(bytes);
    return text === undefined ? -1 : (parseBankCode(text) ?? -1);
  }

  #gbTable(): number {
    if (this.#gbUnits === undefined) {
      const words = takeWords(this.#memory, GB_TABLE_WORDS);
      new Uint16Array(words.buffer, words.byteOffset, GB_TABLE_WORDS * 2).set(gbTables().toUnit);
      this.#gbUnits = words.byteOffset;
    }
    return this.#gbUnits;
  }
}

function putWords<Value>(
  list: Uint8Array,
  words: Readonly<Record<string, Value>>,
  numberOf: (value: Value) => number,
  isGb: boolean,
): void {
  const view = new DataView(list.buffer, list.byteOffset, list.length);
  list.fill(0);
  let at = LIST_HEAD;
  for (const [word, value] of Object.entries(words)) {
    const bytes = isGb ? encodeGb18030(word) : new TextEncoder().encode(word);
    // A longer word is left to the careful path.
    if (bytes.length > WORD_LENGTH_MAX) continue;
    list.set(bytes, at);
    view.setUint32(at + WORD_LENGTH_MAX, bytes.length, true);
    view.setInt32(at + WORD_LENGTH_MAX + 4, numberOf(value), true);
    at += WORD_BYTES;
  }
  view.setUint32(0, (at - LIST_HEAD) / WORD_BYTES, true);
}

/** Address of the texts of states, in order of their numbers. */
function stateTexts(memory: WebAssembly.Memory, states: readonly string[]): number {
  const bytes = takeBytes(memory, states.length * STATE_TEXT_BYTES);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  states.forEach((state, index) => {
    view.setUint32(index * STATE_TEXT_BYTES, state.length, true);
    bytes.set(new TextEncoder().encode(state), index * STATE_TEXT_BYTES + 4);
  });
  return bytes.byteOffset;
}

function unreadPlaces(places: CardholderFieldPlaces): number[] {
  const { count, ...read } = places;
  const known = new Set(Object.values(read));
  return Array.from({ length: count }, (_, index) => index).filter((index) => !known.has(index));
}
