// The compiled loops of matching (kernel/assembly/answer-*.ts), and the memory that they share with match-answer.ts: what a payment
// file instructs, what a return file says, and what came of it.

import { instantiateKernel, type KernelNumber } from '../kernel/kernel.js';
import { createMemory, takeBytes } from '../kernel/memory.js';
import { type AnswerRows, OUTCOME_CLASSES } from './answer-rows.js';
import type { Instructed, InstructedColumns } from './instructed.js';
import type { MatchedColumns } from './match-answer.js';

/** Names and types of assembly/answer-*.ts. Addresses are bytes from the beginning of the memory. */
interface AnswerKernel {
  setAnswerRows(
    batches: number,
    lines: number,
    amounts: number,
    outcomes: number,
    says: number,
    count: number,
  ): void;
  setInstructed(
    segments: number,
    segmentCount: number,
    lines: number,
    amounts: number,
    before: number,
    count: number,
  ): void;
  setMatched(outcomes: number, says: number, rows: number): void;
  findStranger(from: number): number;
  matchRows(from: number): number;
  weighPayments(from: number, silence: number, silenceSays: number): number;
  putOutcomes(from: number, to: number, returnFile: number, at: number, end: number): number;
  sumOutcomes(from: number, to: number, sums: number): void;
  readonly outcomesEnd: KernelNumber;
  readonly repeatedCount: KernelNumber;
}

const CLASSES = OUTCOME_CLASSES.length + 1;
const SEGMENT_WORDS = 3;
const PIECE_BYTES = 512 * 1024;
const SLAB_BYTES = 4 * 1024 * 1024;

export interface ClassSum {
  readonly count: number;
  readonly fen: bigint;
}

export class AnswerLoops {
  readonly #kernel: AnswerKernel;
  readonly #room: Room;
  readonly #sums: BigInt64Array;
  readonly #pieces: readonly Uint8Array[];
  #piece = 0;

  constructor(module: WebAssembly.Module) {
    const memory = createMemory(0);
    this.#kernel = instantiateKernel<AnswerKernel>(module, memory);
    this.#room = new Room(memory);
    const sums = takeBytes(memory, 2 * CLASSES * 2 * BigInt64Array.BYTES_PER_ELEMENT);
    this.#sums = new BigInt64Array(sums.buffer, sums.byteOffset, 2 * CLASSES * 2);
    this.#pieces = [takeBytes(memory, PIECE_BYTES), takeBytes(memory, PIECE_BYTES)];
  }

  /** Another return file: the columns of the one before are given to others. */
  begin(): void {
    this.#room.clear();
  }

  instructedColumns(count: number): InstructedColumns {
    const room = this.#room;
    return { lines: room.words(count), amountFen: room.doubles(count), before: room.bytes(count).fill(0) };
  }

  matchedColumns(count: number): MatchedColumns {
    const room = this.#room;
    return {
      outcome: room.bytes(count).fill(0),
      says: room.words(count).fill(-1),
      row: room.words(count).fill(0),
    };
  }

  setRows(rows: AnswerRows): void {
    const room = this.#room;
    const { length } = rows;
    const words = (column: Int32Array): number => {
      const taken = room.words(length);
      taken.set(column.subarray(0, length));
      return taken.byteOffset;
    };
    const amounts = room.doubles(length);
    amounts.set(rows.amountFen.subarray(0, length));
    const outcomes = room.bytes(length);
    outcomes.set(rows.outcome.subarray(0, length));
    this.#kernel.setAnswerRows(
      words(rows.batch),
      words(rows.line),
      amounts.byteOffset,
      outcomes.byteOffset,
      words(rows.says),
      length,
    );
  }

  /** Its columns are those that this object gave. */
  setInstructed({ segments, lines, amountFen, before }: Instructed): void {
    const table = this.#room.words(SEGMENT_WORDS * segments.length);
    for (const [index, { batch, first, count }] of segments.entries())
      table.set([batch, first, count], SEGMENT_WORDS * index);
    this.#kernel.setInstructed(
      table.byteOffset,
      segments.length,
      lines.byteOffset,
      amountFen.byteOffset,
      before.byteOffset,
      lines.length,
    );
  }

  /** As well. */
  setMatched({ outcome, says, row }: MatchedColumns): void {
    this.#kernel.setMatched(outcome.byteOffset, says.byteOffset, row.byteOffset);
  }

  /** The first row from `from` on that names a payment which is not instructed; the number of rows when there is none. */
  findStranger(from: number): number {
    return this.#kernel.findStranger(from);
  }

  /** Takes rows from `from` on; answers with the first that needs a closer look, or the number of rows. */
  matchRows(from: number): number {
    return this.#kernel.matchRows(from);
  }

  /** Weighs payments from `from` on; answers with the first that needs a closer look, or their number. */
  weighPayments(from: number, silence: { outcome: number; says: number } | undefined): number {
    return this.#kernel.weighPayments(from, silence?.outcome ?? -1, silence?.says ?? -1);
  }

  /** Payments that weighPayments found to be said again, since setMatched. */
  get repeated(): number {
    return this.#kernel.repeatedCount.value;
  }

  /** Rows of `outcome` in pieces; each is good until the one after the next is asked for. */
  *outcomeRows(first: number, count: number, returnFile: number): Generator<Uint8Array> {
    const it = this.#kernel;
    for (let index = first; index < first + count; ) {
      const piece = this.#pieces[this.#piece++ % 2] as Uint8Array;
      const at = piece.byteOffset;
      index = it.putOutcomes(index, first + count, returnFile, at, at + piece.length);
      yield piece.subarray(0, (it.outcomesEnd.value >>> 0) - at);
    }
  }

  /** Of what is new, by class number: what is said now, and what was said before. */
  sums(first: number, count: number): { entered: ClassSum[]; left: ClassSum[] } {
    this.#kernel.sumOutcomes(first, first + count, this.#sums.byteOffset);
    const sumAt = (place: number): ClassSum => ({
      count: Number(this.#sums[2 * place]),
      fen: this.#sums[2 * place + 1] as bigint,
    });
    const classes = Array.from({ length: CLASSES }, (_, outcome) => outcome);
    return { entered: classes.map(sumAt), left: classes.map((outcome) => sumAt(CLASSES + outcome)) };
  }
}

/** Takes memory that is given back all at once. */
class Room {
  readonly #memory: WebAssembly.Memory;
  readonly #slabs: Uint8Array[] = [];
  /** The slab at hand, and what of it is taken. */
  #slab = 0;
  #taken = 0;

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory;
  }

  clear(): void {
    this.#slab = 0;
    this.#taken = 0;
  }

  bytes(count: number): Uint8Array {
    // Compiled loops read and write whole vectors.
    const size = Math.ceil(count / 16) * 16 + 16;
    while ((this.#slabs[this.#slab]?.length ?? size) - this.#taken < size) {
      this.#slab++;
      this.#taken = 0;
    }
    const slab = this.#slabs[this.#slab] ?? takeBytes(this.#memory, Math.max(size, SLAB_BYTES));
    this.#slabs[this.#slab] = slab;
    const at = slab.byteOffset + this.#taken;
    this.#taken += size;
    return new Uint8Array(slab.buffer, at, count);
  }

  words(count: number): Int32Array {
    const { buffer, byteOffset } = this.bytes(count * 4);
    return new Int32Array(buffer, byteOffset, count);
  }

  doubles(count: number): Float64Array {
    const { buffer, byteOffset } = this.bytes(count * 8);
    return new Float64Array(buffer, byteOffset, count);
  }
}
