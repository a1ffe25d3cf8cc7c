// Writes payments, as the database copies them out, into pieces of payment files: block by block, in any thread. A block
// says where each bank's rows begin; the pieces are put together in order by whoever made the blocks.

import { assert } from '../base/assert.js';
import { ByteSink } from './byte-sink.js';
import { compilePaymentFormat, type PaymentFormat } from './compile-payment.js';
import { CopiedPayments } from './copied-payments.js';
import type { FormatDefinition } from './definition.js';
import type { DetailSums } from './detail-sums.js';
import type { DetailWriter } from './detail-writer.js';
import type { FileContext } from './file-context.js';
import type { PaymentRow } from './payment-row.js';
import type { PlannedFile } from './plan-file.js';

/** The files of one bank in a release. */
export interface BankPlan {
  bank: number;
  definition: FormatDefinition;
  files: { planned: PlannedFile; context: FileContext; batchAmounts: bigint[] }[];
}

/** Whole rows of one batch's payments (columns of roster/payment-rows.ts), and how many of each bank came before. */
export interface PaymentBlock {
  index: number;
  batch: number;
  bytes: Uint8Array;
  rowsBefore: [bank: number, rows: number][];
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
  bytes: Uint8Array;
  sums: DetailSums;
}

export interface BlockResult {
  index: number;
  segments: FileSegment[];
}

interface OpenSegment {
  fileIndex: number;
  batchIndex: number;
  /** Row of the bank, 0-based over the release, at which the segment's batch ends. */
  endsBefore: number;
  writer: DetailWriter;
  sink: ByteSink;
  firstLine: number;
  lastLine: number;
}

interface BankWriter {
  plan: BankPlan;
  format: PaymentFormat;
  /** Rows of the bank so far. */
  at: number;
  open: OpenSegment | undefined;
}

export class SegmentWriter {
  readonly #banks = new Map<number, BankWriter>();
  readonly #copied: CopiedPayments;

  /** `others`: serials and texts of identifiers of another kind. */
  constructor(plans: readonly BankPlan[], others: readonly (readonly [string, number])[]) {
    for (const plan of plans) {
      const format = compilePaymentFormat(plan.definition);
      this.#banks.set(plan.bank, { plan, format, at: 0, open: undefined });
    }
    this.#copied = new CopiedPayments(others);
  }

  write(block: PaymentBlock): BlockResult {
    for (const [bank, rows] of block.rowsBefore) {
      const writer = this.#banks.get(bank);
      if (writer) writer.at = rows;
    }
    const segments: FileSegment[] = [];
    this.#copied.forEach(block.bytes, block.batch, (row) => this.#one(row, block.batch, segments));
    for (const writer of this.#banks.values()) this.#close(writer, block.batch, segments);
    return { index: block.index, segments };
  }

  #one(row: PaymentRow, batch: number, segments: FileSegment[]): void {
    const writer = this.#banks.get(row.bank);
    assert(writer, `bank ${row.bank} is in no plan`);
    const open = this.#segmentAt(writer, batch, segments);
    const { planned } = writer.plan.files[open.fileIndex] as BankPlan['files'][number];
    const inBatch = planned.batches[open.batchIndex] as { first: number };
    open.writer.write(row, writer.at - planned.first + 1, writer.at - inBatch.first + 1, open.sink);
    if (open.firstLine === 0) open.firstLine = row.line;
    open.lastLine = row.line;
    writer.at++;
  }

  #segmentAt(writer: BankWriter, batch: number, segments: FileSegment[]): OpenSegment {
    if (writer.open && writer.at < writer.open.endsBefore) return writer.open;
    this.#close(writer, batch, segments);
    const fileIndex = lastStartingBy(writer.plan.files, writer.at, (file) => file.planned.first);
    const file = writer.plan.files[fileIndex];
    assert(file && writer.at < file.planned.first + file.planned.count, 'more payments than were planned');
    const batchIndex = lastStartingBy(file.planned.batches, writer.at, (planned) => planned.first);
    const planned = file.planned.batches[batchIndex] as { ordinal: number; first: number; count: number };
    const detail = writer.format.createDetailWriter(file.context);
    const amountFen = file.batchAmounts[batchIndex] as bigint;
    detail.beginBatch({ ordinal: planned.ordinal, count: planned.count, amountFen });
    const endsBefore = planned.first + planned.count;
    const sink = new ByteSink();
    writer.open = { fileIndex, batchIndex, endsBefore, writer: detail, sink, firstLine: 0, lastLine: 0 };
    return writer.open;
  }

  #close(writer: BankWriter, batch: number, segments: FileSegment[]): void {
    const { open } = writer;
    if (!open) return;
    segments.push({
      bank: writer.plan.bank,
      file: open.fileIndex,
      fileBatch: open.batchIndex,
      batch,
      firstLine: open.firstLine,
      lastLine: open.lastLine,
      bytes: open.sink.bytes.subarray(0, open.sink.length),
      sums: open.writer.sums,
    });
    writer.open = undefined;
  }
}

/** Index of the last item that starts at or before a row. */
function lastStartingBy<Item>(items: readonly Item[], row: number, first: (item: Item) => number): number {
  let low = 0;
  let high = items.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (first(items[middle] as Item) <= row) low = middle;
    else high = middle - 1;
  }
  return low;
}
