// Writes payments, as the database copies them out, into pieces of payment files: block by block, in any thread. A block
// says where each bank's rows begin; the pieces are put together in order by whoever made the blocks.

import { BufferPool } from '../base/buffer-pool.js';
import { EngineError } from '../base/error.js';
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
  /** Line and amount of each row in 12 bytes, as PostgreSQL's int4send and int8send write them. */
  content: Uint8Array;
  sums: DetailSums;
}

export interface BlockResult {
  index: number;
  segments: FileSegment[];
  /** What the segments' bytes stand in, and the block's own; whoever is done with the segments may use them again. */
  written: ArrayBuffer;
  read: ArrayBuffer;
}

/** Where a bank's rows stand. A writer is compiled once for a file, not for every block that holds rows of it. */
interface BankWriter {
  plan: BankPlan;
  format: PaymentFormat;
  /** Rows of the bank so far. */
  at: number;
  /** Index of the file and of the batch in it that `detail` writes; -1 before the first row. */
  file: number;
  fileBatch: number;
  detail: DetailWriter | undefined;
  /** Rows of the bank before the file and before the batch, and before the end of the batch. */
  fileFirst: number;
  batchFirst: number;
  batchEnd: number;
  /** Of the segment at hand; what leaves the thread is a copy. */
  sink: ByteSink;
  content: ByteSink;
  firstLine: number;
  lastLine: number;
}

export class SegmentWriter {
  readonly #banks: (BankWriter | undefined)[] = [];
  readonly #copied: CopiedPayments;

  readonly #buffers: BufferPool;
  /** The segments of the block at hand, one after the other. */
  readonly #out = new ByteSink(0);

  /** `others`: serials and texts of identifiers of another kind. Results stand in buffers of the pool. */
  constructor(
    plans: readonly BankPlan[],
    others: readonly (readonly [string, number])[],
    buffers = new BufferPool(),
  ) {
    this.#buffers = buffers;
    for (const plan of plans) {
      this.#banks[plan.bank] = {
        plan,
        format: compilePaymentFormat(plan.definition),
        at: 0,
        file: -1,
        fileBatch: -1,
        detail: undefined,
        fileFirst: 0,
        batchFirst: 0,
        batchEnd: 0,
        sink: new ByteSink(),
        content: new ByteSink(),
        firstLine: 0,
        lastLine: 0,
      };
    }
    this.#copied = new CopiedPayments(others);
  }

  write(block: PaymentBlock): BlockResult {
    for (const [bank, rows] of block.rowsBefore) {
      const writer = this.#banks[bank];
      if (writer) writer.at = rows;
    }
    const segments: FileSegment[] = [];
    const out = this.#out;
    out.bytes = new Uint8Array(
      this.#buffers.take(Math.max(out.length + (out.length >> 3), block.bytes.length)),
    );
    out.length = 0;
    this.#copied.forEach(block.bytes, block.batch, (row) => this.#one(row, segments));
    for (const writer of this.#banks) if (writer) closeSegment(writer, block.batch, out, segments);
    // Only now: `out` may have moved to a larger buffer meanwhile.
    for (const segment of segments) {
      segment.bytes = inBuffer(out, segment.bytes);
      segment.content = inBuffer(out, segment.content);
    }
    const read = block.bytes.buffer as ArrayBuffer;
    return { index: block.index, segments, written: out.bytes.buffer as ArrayBuffer, read };
  }

  #one(row: PaymentRow, segments: FileSegment[]): void {
    const writer = this.#banks[row.bank];
    if (writer === undefined) throw changed(row.batch);
    const { at, content } = writer;
    if (at < writer.batchFirst || at >= writer.batchEnd) {
      closeSegment(writer, row.batch, this.#out, segments);
      openBatch(writer, row.batch);
    }
    (writer.detail as DetailWriter).write(
      row,
      at - writer.fileFirst + 1,
      at - writer.batchFirst + 1,
      writer.sink,
    );
    content.int4(row.line);
    content.int4(Math.floor(row.amountFen / 0x100000000));
    content.int4(row.amountFen);
    if (writer.firstLine === 0) writer.firstLine = row.line;
    writer.lastLine = row.line;
    writer.at = at + 1;
  }
}

/** Turns to the file and the batch that the next row stands in. */
function openBatch(writer: BankWriter, batch: number): void {
  const { plan, at } = writer;
  const fileIndex = lastStartingBy(plan.files, at, (file) => file.planned.first);
  const file = plan.files[fileIndex];
  if (!file || at >= file.planned.first + file.planned.count) throw changed(batch);
  if (fileIndex !== writer.file) writer.detail = writer.format.createDetailWriter(file.context);
  const fileBatch = lastStartingBy(file.planned.batches, at, (planned) => planned.first);
  const { ordinal, first, count } = file.planned.batches[fileBatch] as PlannedFile['batches'][number];
  const amountFen = file.batchAmounts[fileBatch] as bigint;
  (writer.detail as DetailWriter).beginBatch({ ordinal, count, amountFen });
  writer.file = fileIndex;
  writer.fileBatch = fileBatch;
  writer.fileFirst = file.planned.first;
  writer.batchFirst = first;
  writer.batchEnd = first + count;
}

/** The plan was made from the batch's own sums: payments that do not fit into it are not those that were approved. */
function changed(batch: number): EngineError {
  return new EngineError('DIGEST_CHANGED', { batch });
}

function inBuffer(out: ByteSink, { byteOffset, length }: Uint8Array): Uint8Array {
  return out.bytes.subarray(byteOffset, byteOffset + length);
}

/** Copies what the sink holds, and empties it. */
function moved(sink: ByteSink, out: ByteSink): Uint8Array {
  const from = out.length;
  out.append(sink.bytes.subarray(0, sink.length));
  sink.reset();
  return out.bytes.subarray(from, out.length);
}

function closeSegment(writer: BankWriter, batch: number, out: ByteSink, segments: FileSegment[]): void {
  const { detail, sink, content } = writer;
  if (detail === undefined || content.length === 0) return;
  segments.push({
    bank: writer.plan.bank,
    ...{ file: writer.file, fileBatch: writer.fileBatch, batch },
    ...{ firstLine: writer.firstLine, lastLine: writer.lastLine },
    bytes: moved(sink, out),
    content: moved(content, out),
    sums: detail.takeSums(),
  });
  writer.firstLine = 0;
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
