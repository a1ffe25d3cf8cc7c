// What the checks of one chunk write: payment rows, finding rows and the line table, in one area of the shared memory, by the compiled
// and by the careful path in turn. The merging thread reads it where it stands.

import { type Area, Areas, handBack } from '../kernel/areas.js';

/** Words of the line table, one entry a line: what the merging thread needs to settle duplicates and deferred lines. */
export const TABLE_WORDS = 6;
export const TABLE_SLOT = 0;
export const TABLE_FROM = 1;
export const TABLE_TO = 2;
export const TABLE_LINE = 3;
export const TABLE_PAYMENTS_END = 4;
export const TABLE_FINDINGS_END = 5;
/** On the slot word: the line was already judged a duplicate, or waits for the base's spelling. */
export const SLOT_DUPLICATE = 0x40000000;
export const SLOT_DEFERRED = 0x80000000;
export const SLOT_MASK = 0x3fffffff;

const TABLE_BYTES = TABLE_WORDS * 4;
const ROOM_MIN = 64 * 1024;
/** A compiled line may need so much for its rows: assembly/roster.ts. */
const LINE_ROOM = 40 * 1024;

/** A stretch of the area, and how much of it is written. */
class Stretch {
  bytes: Uint8Array = new Uint8Array(0);
  length = 0;

  get at(): number {
    return this.bytes.byteOffset + this.length;
  }

  get end(): number {
    return this.bytes.byteOffset + this.bytes.length;
  }

  get free(): number {
    return this.bytes.length - this.length;
  }

  written(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  append(rows: Uint8Array): void {
    this.bytes.set(rows, this.length);
    this.length += rows.length;
  }
}

export class ChunkRows {
  readonly payments = new Stretch();
  readonly findings = new Stretch();
  /** A multiple of TABLE_BYTES is written. */
  readonly table = new Stretch();
  readonly #areas: Areas;
  #area: Area | undefined;

  constructor(memory: WebAssembly.Memory) {
    this.#areas = new Areas(memory);
  }

  /** A payment takes less than twice its line, a short line's entry in the table no more than the line itself. */
  begin(chunkBytes: number): void {
    for (const stretch of [this.payments, this.findings, this.table]) stretch.length = 0;
    const least = Math.ceil(chunkBytes / 8) * 8 + ROOM_MIN;
    this.#layOut(2 * least, least, least);
  }

  /** The area goes to whoever reads the rows: handBack(state) once nobody does. */
  finish(): Int32Array {
    const { state } = this.#area as Area;
    this.#area = undefined;
    return state;
  }

  tableWords(): Uint32Array {
    const { bytes, length } = this.table;
    return new Uint32Array(bytes.buffer, bytes.byteOffset, length / 4);
  }

  addPayments(rows: Uint8Array): void {
    if (rows.length > this.payments.free) this.#grow(rows.length);
    this.payments.append(rows);
  }

  addFindings(rows: Uint8Array): void {
    if (rows.length > this.findings.free) this.#grow(rows.length);
    this.findings.append(rows);
  }

  /** An entry of the line table, after the line's rows. */
  enter(slotWord: number, from: number, to: number, line: number): void {
    if (this.table.free < TABLE_BYTES) this.#grow(0);
    const words = new Uint32Array(this.table.bytes.buffer, this.table.at, TABLE_WORDS);
    words[TABLE_SLOT] = slotWord;
    words[TABLE_FROM] = from;
    words[TABLE_TO] = to;
    words[TABLE_LINE] = line;
    words[TABLE_PAYMENTS_END] = this.payments.length;
    words[TABLE_FINDINGS_END] = this.findings.length;
    this.table.length += TABLE_BYTES;
  }

  /** Makes room for any line where there may be too little. */
  makeRoom(): void {
    const isShort = this.payments.free < LINE_ROOM || this.findings.free < LINE_ROOM;
    if (isShort || this.table.free < TABLE_BYTES) this.#grow(LINE_ROOM);
  }

  #grow(bytes: number): void {
    const [payments, findings, table] = [this.payments, this.findings, this.table].map((stretch) => ({
      rows: stretch.written(),
      size: 2 * stretch.bytes.length + Math.ceil(bytes / 8) * 8,
    })) as [Grown, Grown, Grown];
    const before = this.#area as Area;
    this.#layOut(payments.size, findings.size, table.size);
    this.payments.bytes.set(payments.rows);
    this.findings.bytes.set(findings.rows);
    this.table.bytes.set(table.rows);
    handBack(before.state);
  }

  #layOut(payments: number, findings: number, table: number): void {
    this.#area = this.#areas.take(payments + findings + table);
    const { bytes } = this.#area;
    this.table.bytes = bytes.subarray(0, table);
    this.payments.bytes = bytes.subarray(table, table + payments);
    this.findings.bytes = bytes.subarray(table + payments, table + payments + findings);
  }
}

interface Grown {
  rows: Uint8Array;
  size: number;
}
