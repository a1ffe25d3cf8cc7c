// Where a bank's rows go: the words that kernel/assembly/payment-file.ts keeps for it, and the areas that it writes into.

import { takeBytes } from '../kernel/memory.js';
import type { DetailSums } from './detail-sums.js';
import type { RowProgram } from './row-op.js';
import { type PlacedTables, ProgramPlace } from './row-program.js';

// In the order of kernel/assembly/payment-file.ts, in words.
const OUT = 0;
const OUT_END = 1;
const CONTENT = 2;
const PROGRAM = 3;
const SEQUENCE = 4;
const IN_BATCH = 5;
const ROWS_LEFT = 6;
const FIRST_LINE = 7;
const LAST_LINE = 8;
const COUNT = 9;
const AMOUNT = 10;
const HASHES = 12;
const AMOUNT_MAX = 20;
const FIXED_ROOM = 22;
const ROOM_PER_BYTE = 23;
const HASH_COUNT = 24;
export const AREA_BYTES = 4 * 26;

/** Line and amount of a row, as PostgreSQL's int4send and int8send write them. */
const CONTENT_ROW_BYTES = 12;
/** Sums of a piece of a file stay below 2^63. */
const AMOUNT_MOST = 2 ** 40;

/** Sums are of the rows that the program wrote. */
export interface TakenRows {
  readonly bytes: Uint8Array;
  readonly content: Uint8Array;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly sums: Omit<DetailSums, 'records'>;
}

export class BankArea {
  readonly #memory: WebAssembly.Memory;
  readonly #words: Uint32Array;
  readonly #longs: BigUint64Array;
  readonly #program: ProgramPlace;
  /** One is being written into while the other one's bytes go to the file. */
  #out: Uint8Array;
  #other: Uint8Array;
  readonly #content: Uint8Array;
  #contentFrom: number;
  #hashes: RowProgram['hashes'] = [];
  #summed: readonly number[] = [];

  /** `rows`: of the bank in all its files. */
  constructor(
    memory: WebAssembly.Memory,
    tables: PlacedTables,
    words: Uint8Array,
    rows: number,
    areaBytes: number,
  ) {
    this.#memory = memory;
    this.#words = new Uint32Array(words.buffer, words.byteOffset, AREA_BYTES / 4);
    this.#longs = new BigUint64Array(words.buffer, words.byteOffset, AREA_BYTES / 8);
    this.#program = new ProgramPlace(memory, tables);
    this.#out = takeBytes(memory, areaBytes);
    this.#other = takeBytes(memory, areaBytes);
    this.#content = takeBytes(memory, rows * CONTENT_ROW_BYTES);
    this.#contentFrom = this.#content.byteOffset;
    this.#words[CONTENT] = this.#contentFrom;
    this.#turn();
  }

  /** Address of the words. */
  get at(): number {
    return this.#words.byteOffset;
  }

  /** Of the next row, 1-based. */
  get sequence(): number {
    return this.#words[SEQUENCE] as number;
  }

  get inBatch(): number {
    return this.#words[IN_BATCH] as number;
  }

  get isEmpty(): boolean {
    return this.#words[CONTENT] === this.#contentFrom;
  }

  /** What follows are the first `rows` rows of a batch; without a program each of them is left to the steps. */
  begin(rows: number, sequence: number, program: RowProgram | undefined): void {
    const words = this.#words;
    const placed = program && this.#program.put(program);
    words[PROGRAM] = placed?.at ?? 0;
    words[FIXED_ROOM] = placed?.fixedRoom ?? 0;
    words[ROOM_PER_BYTE] = placed?.roomPerByte ?? 0;
    words[HASH_COUNT] = placed?.summed.length ?? 0;
    words[SEQUENCE] = sequence;
    words[IN_BATCH] = 1;
    words[ROWS_LEFT] = rows;
    this.#longs[AMOUNT_MAX / 2] = BigInt(Math.min(program?.amountMax ?? 0, AMOUNT_MOST));
    this.#hashes = program?.hashes ?? [];
    this.#summed = placed?.summed ?? [];
  }

  /** One row more may be written in this batch than was said. */
  allowOneMore(): void {
    this.#words[ROWS_LEFT] = 1;
  }

  get room(): number {
    return (this.#words[OUT_END] as number) - (this.#words[OUT] as number);
  }

  /** Puts bytes behind what was written and answers where they end. An area that cannot hold them becomes a longer one. */
  put(bytes: Uint8Array): number {
    const length = (this.#words[OUT] as number) - this.#out.byteOffset;
    if (bytes.length > this.room) {
      const longer = takeBytes(this.#memory, 2 * (this.#out.length + bytes.length));
      longer.set(this.#out.subarray(0, length));
      this.#out = longer;
      this.#turn();
    }
    this.#out.set(bytes, length);
    return this.#out.byteOffset + length + bytes.length;
  }

  /** What was written since it was taken last. The bytes are good until they were taken twice more. */
  take(): TakenRows {
    const words = this.#words;
    const bytes = this.#out.subarray(0, (words[OUT] as number) - this.#out.byteOffset);
    const contentTo = words[CONTENT] as number;
    const { byteOffset } = this.#content;
    const content = this.#content.subarray(this.#contentFrom - byteOffset, contentTo - byteOffset);
    const taken = {
      ...{ bytes, content, sums: this.#takeSums() },
      ...{ firstLine: words[FIRST_LINE] as number, lastLine: words[LAST_LINE] as number },
    };
    this.#contentFrom = contentTo;
    words[FIRST_LINE] = 0;
    [this.#out, this.#other] = [this.#other, this.#out];
    this.#turn();
    return taken;
  }

  /** Of what was written by the program. */
  #takeSums(): TakenRows['sums'] {
    const words = this.#words;
    const longs = this.#longs;
    const count = words[COUNT] as number;
    const hashes = this.#hashes.map((of, index) => {
      if (typeof of === 'number') return BigInt(of) * BigInt(count);
      return longs[HASHES / 2 + this.#summed.indexOf(index)] as bigint;
    });
    const amountFen = longs[AMOUNT / 2] as bigint;
    words[COUNT] = 0;
    longs.fill(0n, AMOUNT / 2, AMOUNT_MAX / 2);
    return { count, amountFen, hashes };
  }

  #turn(): void {
    this.#words[OUT] = this.#out.byteOffset;
    this.#words[OUT_END] = this.#out.byteOffset + this.#out.length;
  }
}
