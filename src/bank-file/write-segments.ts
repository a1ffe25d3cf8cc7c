// Writes payments, as the database copies them out, into pieces of payment files. The compiled loops
// (kernel/assembly/payment-file.ts) write what they can; here is what they come back for: a row for the steps, a full area, the end
// of a batch. Rows may be cut anywhere between one call and the next.

import { assert } from '../base/assert.js';
import { EngineError } from '../base/error.js';
import { instantiateKernel, type KernelNumber } from '../kernel/kernel.js';
import { createMemory, takeBytes, takeWords } from '../kernel/memory.js';
import { AREA_BYTES, BankArea } from './bank-area.js';
import { ByteSink } from './byte-sink.js';
import { compilePaymentFormat, type PaymentFormat } from './compile-payment.js';
import { CopiedPayments } from './copied-payments.js';
import type { FormatDefinition } from './definition.js';
import { addSums, type DetailSums } from './detail-sums.js';
import { type DetailWriter, recordsPerRow } from './detail-writer.js';
import type { FileContext } from './file-context.js';
import type { PlannedFile } from './plan-file.js';
import { ELEMENTS_MAX, HASHES_MAX, PlacedTables } from './row-program.js';

/** The files of one bank in a release. */
export interface BankPlan {
  bank: number;
  definition: FormatDefinition;
  files: { planned: PlannedFile; context: FileContext; batchAmounts: bigint[] }[];
}

/** Consecutive rows of one batch of one file. */
export interface FileSegment {
  bank: number;
  /** Index of the file among the bank's, and of the batch in it. */
  file: number;
  fileBatch: number;
  batch: number;
  firstLine: number;
  lastLine: number;
  /** Good until two more segments of the bank were written. */
  bytes: Uint8Array;
  /** Line and amount of each row in 12 bytes. What follows in the file stands behind it; it stays where it is. */
  content: Uint8Array;
  sums: DetailSums;
}

// Why writeRows comes back: kernel/assembly/payment-file.ts.
const NO_WHOLE_ROW = 0;
const TRAILER = 1;
const ROW_LEFT = 2;
const AREA_FULL = 3;
const BATCH_OVER = 4;
const NO_SUCH_BANK = 5;

interface PaymentKernel {
  setPaymentRoom(banks: number, hashes: number): void;
  setProgramRoom(residentId: number, places: number, hashes: number): void;
  setRosterBatch(batch: number): void;
  writeRows(from: number, end: number): number;
  finishRow(area: number, out: number): void;
  readonly stoppedRow: KernelNumber;
  readonly stoppedRowEnd: KernelNumber;
  readonly stoppedBank: KernelNumber;
}

const BANKS = 1024;
const RESIDENT_ID_BYTES = 64;
/** Rows wait for the loops until so many bytes of them are there. */
const INPUT_BYTES = 1024 * 1024;
/** What a bank has written is handed on in pieces of about this size. */
const OUT_BYTES = 512 * 1024;
/** Rows that the steps write are hardly ever longer. */
const LONG_ROW_BYTES = 64 * 1024;

/** Where a bank's rows stand. A writer is compiled once for a file. */
interface BankWriter {
  plan: BankPlan;
  format: PaymentFormat;
  area: BankArea;
  /** Index of the file and of the batch in it that `detail` writes; -1 before the first row. */
  file: number;
  fileBatch: number;
  detail: DetailWriter | undefined;
  /** The last row of the file at hand is left to the steps. */
  hasLast: boolean;
  /** Records of a row. */
  records: number;
}

export interface SegmentSizes {
  readonly inputBytes: number;
  readonly outBytes: number;
}

export class SegmentWriter {
  readonly #banks: (BankWriter | undefined)[] = [];
  readonly #copied: CopiedPayments;
  readonly #kernel: PaymentKernel;
  readonly #memory: WebAssembly.Memory;
  readonly #sizes: SegmentSizes;
  /** Of the row that the steps write. */
  readonly #sink = new ByteSink();
  #input: Uint8Array;
  #length = 0;
  #batch = 0;
  #isEnded = true;

  /** `others`: serials and texts of identifiers of another kind. */
  constructor(
    plans: readonly BankPlan[],
    others: readonly (readonly [string, number])[],
    kernel: WebAssembly.Module,
    sizes: SegmentSizes = { inputBytes: INPUT_BYTES, outBytes: OUT_BYTES },
  ) {
    const memory = createMemory(0);
    this.#memory = memory;
    this.#sizes = sizes;
    this.#copied = new CopiedPayments(others);
    this.#input = takeBytes(memory, sizes.inputBytes);
    this.#kernel = instantiateKernel<PaymentKernel>(kernel, memory);
    const banks = takeWords(memory, BANKS);
    const hashes = takeBytes(memory, 8 * HASHES_MAX).byteOffset;
    const words = takeBytes(memory, AREA_BYTES * plans.length);
    this.#kernel.setPaymentRoom(banks.byteOffset, hashes);
    this.#kernel.setProgramRoom(
      takeBytes(memory, RESIDENT_ID_BYTES).byteOffset,
      takeBytes(memory, 8 * ELEMENTS_MAX).byteOffset,
      hashes,
    );
    const tables = new PlacedTables(memory);
    plans.forEach((plan, index) => {
      const rows = plan.files.reduce((sum, { planned }) => sum + planned.count, 0);
      const own = words.subarray(index * AREA_BYTES, (index + 1) * AREA_BYTES);
      const area = new BankArea(memory, tables, own, rows, sizes.outBytes);
      banks[plan.bank] = area.at;
      this.#banks[plan.bank] = {
        ...{ plan, area, format: compilePaymentFormat(plan.definition) },
        ...{ file: -1, fileBatch: -1, detail: undefined, hasLast: false },
        records: recordsPerRow(plan.definition.payment.layout),
      };
    });
  }

  /** What follows are payments of this batch: rows of a COPY without its header. */
  begin(batch: number): void {
    this.#batch = batch;
    this.#isEnded = false;
    this.#kernel.setRosterBatch(batch);
  }

  /** Each segment must be put away before the next one is asked for. */
  *write(rows: Uint8Array): Generator<FileSegment> {
    for (let from = 0; from < rows.length; ) {
      const taken = Math.min(rows.length - from, this.#input.length - this.#length);
      this.#input.set(rows.subarray(from, from + taken), this.#length);
      this.#length += taken;
      from += taken;
      if (this.#length === this.#input.length) yield* this.#run();
    }
  }

  /** After the last row of the batch. */
  *end(): Generator<FileSegment> {
    yield* this.#run();
    assert(this.#isEnded, 'a COPY TO ended inside a row');
    this.#length = 0;
    for (const writer of this.#banks) if (writer) yield* this.#take(writer);
  }

  /** Writes the whole rows that are there. */
  *#run(): Generator<FileSegment> {
    const it = this.#kernel;
    const end = this.#input.byteOffset + this.#length;
    let from = this.#input.byteOffset;
    while (!this.#isEnded) {
      const why = it.writeRows(from, end);
      from = it.stoppedRow.value >>> 0;
      if (why === NO_WHOLE_ROW) break;
      if (why === TRAILER) this.#isEnded = true;
      else if (why === ROW_LEFT || why === AREA_FULL || why === BATCH_OVER) {
        const writer = this.#banks[it.stoppedBank.value] as BankWriter;
        const isLeft =
          why === BATCH_OVER ? yield* this.#turn(writer) : why === ROW_LEFT || writer.area.isEmpty;
        if (why === AREA_FULL) yield* this.#take(writer);
        if (isLeft) {
          const next = it.stoppedRowEnd.value >>> 0;
          yield* this.#writeOne(
            writer,
            this.#input.subarray(from - this.#input.byteOffset, next - this.#input.byteOffset),
          );
          from = next;
        }
      } else if (why === NO_SUCH_BANK) throw changed(this.#batch);
      else assert(false, 'a row of another shape than payments have');
    }
    this.#keep(from - this.#input.byteOffset);
  }

  /** Moves the row that was cut to the front; one that fills all of the input gets a longer one. */
  #keep(from: number): void {
    const input = this.#input;
    if (from === 0 && this.#length === input.length) {
      this.#input = takeBytes(this.#memory, input.length * 2);
      this.#input.set(input);
      return;
    }
    input.copyWithin(0, from, this.#length);
    this.#length -= from;
  }

  /** A row by the steps. */
  *#writeOne(writer: BankWriter, row: Uint8Array): Generator<FileSegment> {
    const { area, detail } = writer;
    const sink = this.#sink;
    if (area.room < Math.min(LONG_ROW_BYTES, this.#sizes.outBytes / 2)) yield* this.#take(writer);
    sink.reset();
    this.#copied.forEach(row, this.#batch, (payment) =>
      (detail as DetailWriter).write(payment, area.sequence, area.inBatch, sink),
    );
    const out = area.put(sink.bytes.subarray(0, sink.length));
    this.#kernel.finishRow(area.at, out);
  }

  /** No more rows may be written by the loops: answers whether the next one is the file's last, left to the steps. */
  *#turn(writer: BankWriter): Generator<FileSegment, boolean> {
    if (writer.hasLast) {
      writer.hasLast = false;
      writer.area.allowOneMore();
      return true;
    }
    yield* this.#take(writer);
    this.#openBatch(writer);
    return false;
  }

  /** Turns to the file and the batch that the next row stands in. */
  #openBatch(writer: BankWriter): void {
    const { plan, format, area } = writer;
    const isNext = writer.fileBatch + 1 < (plan.files[writer.file]?.planned.batches.length ?? 0);
    const file = plan.files[isNext ? writer.file : writer.file + 1];
    // The plan was made from the batch's own sums: payments that do not fit into it are not those that were approved.
    if (file === undefined) throw changed(this.#batch);
    if (!isNext) {
      writer.file++;
      writer.fileBatch = -1;
      writer.detail = format.createDetailWriter(file.context);
    }
    writer.fileBatch++;
    const { planned, batchAmounts } = file;
    const { ordinal, first, count } = planned.batches[writer.fileBatch] as PlannedFile['batches'][number];
    const detail = writer.detail as DetailWriter;
    detail.beginBatch({ ordinal, count, amountFen: batchAmounts[writer.fileBatch] as bigint });
    const { rowProgram } = detail;
    const isLast = writer.fileBatch === planned.batches.length - 1;
    writer.hasLast = isLast && rowProgram?.differsLast === true;
    area.begin(count - Number(writer.hasLast), first - planned.first + 1, rowProgram);
  }

  *#take(writer: BankWriter): Generator<FileSegment> {
    const { area, plan, file, fileBatch, records } = writer;
    if (area.isEmpty) return;
    const { sums, ...taken } = area.take();
    const all = addSums(
      { ...sums, records: sums.count * records },
      (writer.detail as DetailWriter).takeSums(),
    );
    yield { bank: plan.bank, file, fileBatch, batch: this.#batch, ...taken, sums: all };
  }
}

function changed(batch: number): EngineError {
  return new EngineError('DIGEST_CHANGED', { batch });
}
