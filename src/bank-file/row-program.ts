// Operations → the words that kernel/assembly/payment-program.ts runs by, and text tables → what payment-text.ts looks into. Also
// says how much room a row may take, so that the loops need not look before each operation.

import { takeBytes } from '../kernel/memory.js';
import { DIGITS_MAX, type FixedText, NUMBER_SOURCES, type RowOp, type RowProgram } from './row-op.js';
import type { TextTable } from './text-rules.js';

// In the order of kernel/assembly/payment-program.ts.
const END = 0;
const BYTES = 1;
const ACCOUNT = 2;
const NAME = 3;
const RESIDENT_ID = 4;
const PLAIN_RESIDENT_ID = 5;
const NUMBER = 6;
const YUAN = 7;
const KIND = 8;
const BEGIN_FIELD = 9;
const END_FIELD = 10;
const SLICE = 11;
const TRY = 12;
const GO_TO = 13;
const QUOTE = 14;
const HASH = 15;
const BEGIN_ELEMENT = 16;
const OPENED_ELEMENT = 17;
const END_ELEMENT = 18;
const UNLESS_FIRST = 19;

/** The loops write whole vectors: so many bytes behind a row may be written too. */
const SLACK_BYTES = 64;
const TABLE_UNITS = 0x10000;
/** See payment-text.ts. */
const SPECIAL_BYTES = 24;
const SPECIAL_TEXT_MAX = 16;
/** The list is searched from its beginning; what finds no place in it is left to the steps. */
const SPECIALS_MAX = 64;
/** Places of open elements that the loops have room for. */
export const ELEMENTS_MAX = 256;
/** Hash totals of a row. */
export const HASHES_MAX = 4;
const PROGRAM_WORDS = 4096;

export interface PlacedProgram {
  readonly at: number;
  /** A row takes at most the fixed room, and so much for each byte of its texts. */
  readonly fixedRoom: number;
  readonly roomPerByte: number;
  /** Hashes of the layout that the loops add up, in the order of their sums. */
  readonly summed: readonly number[];
}

/** One bank's program in memory; a new one takes the place of the one before. */
export class ProgramPlace {
  readonly #memory: WebAssembly.Memory;
  readonly #tables: PlacedTables;
  #words: Uint32Array = new Uint32Array(0);

  constructor(memory: WebAssembly.Memory, tables: PlacedTables) {
    this.#memory = memory;
    this.#tables = tables;
  }

  /** Undefined for a program that the loops have no room for. */
  put(program: RowProgram): PlacedProgram | undefined {
    const summed = program.hashes.flatMap((of, index) => (typeof of === 'string' ? [index] : []));
    const encoder = new ProgramEncoder(
      this.#tables,
      summed.map((index) => program.hashes[index] as string),
    );
    const isSaid = encoder.add(program.ops);
    if (!isSaid || summed.length > HASHES_MAX) return undefined;
    encoder.words.push(END);
    if (encoder.words.length > this.#words.length) {
      const bytes = takeBytes(this.#memory, 4 * Math.max(PROGRAM_WORDS, encoder.words.length));
      this.#words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    }
    const at = this.#words.byteOffset;
    for (const index of encoder.addresses) encoder.words[index] = at + 4 * encoder.words[index]!;
    this.#words.set(encoder.words);
    const { fixedRoom, roomPerByte } = encoder;
    return { at, fixedRoom, roomPerByte, summed };
  }
}

class ProgramEncoder {
  readonly words: number[] = [];
  /** Which words are places in the program: indices of words, which become addresses. */
  readonly addresses: number[] = [];
  fixedRoom = SLACK_BYTES;
  roomPerByte = 0;
  readonly #tables: PlacedTables;
  readonly #hashed: readonly string[];

  constructor(tables: PlacedTables, hashed: readonly string[]) {
    this.#tables = tables;
    this.#hashed = hashed;
  }

  /** Whether all of them could be said. */
  add(ops: readonly RowOp[]): boolean {
    return ops.every((op) => this.#one(op));
  }

  #one(op: RowOp): boolean {
    const { words } = this;
    switch (op.op) {
      case 'bytes':
        words.push(BYTES, op.bytes.length, op.characters);
        this.#bytes(op.bytes);
        return true;
      case 'account':
        words.push(ACCOUNT);
        this.roomPerByte += 1;
        return true;
      case 'name':
      case 'residentId':
        return this.#text(op.op, op.table);
      case 'number':
        words.push(NUMBER, NUMBER_SOURCES.indexOf(op.of), op.times, op.plus, op.least, op.most);
        this.fixedRoom += DIGITS_MAX + op.least;
        return true;
      case 'yuan':
        words.push(YUAN, op.least, Number(op.point), op.extra);
        this.fixedRoom += DIGITS_MAX + op.least + op.extra + 3;
        return true;
      case 'kind':
        this.#kind(op.texts);
        return true;
      case 'beginField':
        words.push(BEGIN_FIELD);
        return true;
      case 'endField':
        words.push(END_FIELD, op.max, Number(op.countsBytes), op.min, Number(op.required), op.width, op.pad);
        words.push(Number(op.isRight));
        this.fixedRoom += op.width;
        return true;
      case 'slice':
        words.push(SLICE, op.from, op.to);
        return true;
      case 'instead':
        return this.#instead(op.content, op.other);
      case 'quote':
        words.push(QUOTE, Number(op.always), op.separator, Number(op.isGb));
        this.fixedRoom += 2;
        return true;
      case 'hash': {
        this.#hashed.forEach((name, sum) => {
          if (name === op.field) words.push(HASH, sum);
        });
        return true;
      }
      case 'beginElement':
      case 'openedElement':
        words.push(op.op === 'beginElement' ? BEGIN_ELEMENT : OPENED_ELEMENT, op.place);
        return op.place < ELEMENTS_MAX;
      case 'endElement':
        words.push(END_ELEMENT, op.place, op.close.length);
        this.#bytes(op.close);
        return true;
      case 'unlessFirst':
        words.push(UNLESS_FIRST, NUMBER_SOURCES.indexOf(op.of), op.bytes.length);
        this.#bytes(op.bytes);
        return true;
    }
  }

  #text(of: 'name' | 'residentId', table: TextTable): boolean {
    if (of === 'residentId' && isPlain(table)) {
      this.words.push(PLAIN_RESIDENT_ID);
      this.roomPerByte += 1;
      return true;
    }
    const placed = this.#tables.place(table);
    this.words.push(of === 'name' ? NAME : RESIDENT_ID, placed.at);
    this.roomPerByte += placed.growth;
    return true;
  }

  #kind(texts: readonly (FixedText | undefined)[]): void {
    const { words } = this;
    const first = words.length + 1;
    words.push(KIND, ...texts.map(() => 0));
    texts.forEach((text, index) => {
      if (text === undefined) return;
      // Behind the operation, and jumped over.
      const over = words.push(GO_TO, 0) - 1;
      this.addresses.push(over, first + index);
      words[first + index] = words.length;
      words.push(text.bytes.length, text.characters);
      this.#bytes(text.bytes);
      words[over] = words.length;
    });
  }

  #instead(content: readonly RowOp[], other: readonly RowOp[]): boolean {
    const { words } = this;
    const instead = words.push(TRY, 0) - 1;
    if (!this.add(content)) return false;
    const over = words.push(GO_TO, 0) - 1;
    words[instead] = words.length;
    if (!this.add(other)) return false;
    words[over] = words.length;
    this.addresses.push(instead, over);
    return true;
  }

  #bytes(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += 4) {
      const [a, b = 0, c = 0, d = 0] = bytes.subarray(at, at + 4);
      this.words.push((a! | (b << 8) | (c << 16) | (d << 24)) >>> 0);
    }
    this.fixedRoom += bytes.length;
  }
}

/** Whether a resident ID comes out of the table as it went in. */
function isPlain({ codes }: TextTable): boolean {
  return [...'0123456789X'].every((character) => codes[character.charCodeAt(0)] === character.charCodeAt(0));
}

interface PlacedTable {
  readonly at: number;
  /** Most bytes that a byte of UTF-8 becomes. */
  readonly growth: number;
}

/** Text tables in memory, each once. */
export class PlacedTables {
  readonly #memory: WebAssembly.Memory;
  readonly #placed = new Map<TextTable, PlacedTable>();

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory;
  }

  place(table: TextTable): PlacedTable {
    const known = this.#placed.get(table);
    if (known !== undefined) return known;
    const listed = listedSpecials(table);
    const bytes = takeBytes(this.#memory, 2 * TABLE_UNITS + 4 + SPECIAL_BYTES * listed.length + 4);
    new Uint16Array(bytes.buffer, bytes.byteOffset, TABLE_UNITS).set(table.codes);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    view.setUint32(2 * TABLE_UNITS, Number(table.utf8), true);
    listed.forEach(([point, special], index) => {
      const at = 2 * TABLE_UNITS + 4 + SPECIAL_BYTES * index;
      view.setUint32(at, point, true);
      view.setUint16(at + 4, special.bytes.length, true);
      view.setUint16(at + 6, special.characters, true);
      bytes.set(special.bytes, at + 8);
    });
    const placed = {
      at: bytes.byteOffset,
      growth: Math.max(1, ...listed.map(([, special]) => special.bytes.length)),
    };
    this.#placed.set(table, placed);
    return placed;
  }
}

/** What is escaped or written otherwise; characters of four bytes are too many to be listed. */
function listedSpecials({ specials, rules }: TextTable): (readonly [number, FixedText])[] {
  const other = new Set(rules.characters.transliterate.map(([from]) => from.codePointAt(0)));
  return [...specials]
    .filter(([point, { bytes }]) => (point < 0x80 || other.has(point)) && bytes.length <= SPECIAL_TEXT_MAX)
    .slice(0, SPECIALS_MAX);
}
