// Writes the planned payment files: payments out of the database in order of line, through the compiled loops, into files aside.
// Copied payments come from copied-batches.ts, which proves on the way that they are what was approved. No threads: the server
// takes longer to copy a payment out than the loops take to write it.

import { compilePaymentFormat, type PaymentFormat } from '../bank-file/compile-payment.js';
import { addSums, type DetailSums, NO_SUMS } from '../bank-file/detail-sums.js';
import type { FilePacker } from '../bank-file/file-packer.js';
import { type BankPlan, type FileSegment, SegmentWriter } from '../bank-file/write-segments.js';
import { assert } from '../base/assert.js';
import { EngineError } from '../base/error.js';
import { type AsideFile, createAside } from '../exchange/outbox.js';
import type { NewSegment } from '../store/payment-file-store.js';
import { kernelModule } from '../worker/kernel-module.js';
import type { Context } from './context.js';
import type { CopiedBatch } from './copied-batches.js';

export interface WrittenFile {
  plan: BankPlan;
  index: number;
  name: string;
  digest: Uint8Array;
  size: bigint;
  segments: NewSegment[];
  /** What it instructs in each batch: see insertContent. */
  contents: Map<number, Uint8Array>;
}

/** Writes the files of all plans from the payments of the plans and no others, in order. */
export async function writePaymentFiles(
  context: Context,
  plans: readonly BankPlan[],
  others: [string, number][],
  copied: AsyncIterable<CopiedBatch>,
): Promise<WrittenFile[]> {
  const count = plans.reduce(
    (sum, { files }) => sum + files.reduce((rows, file) => rows + file.planned.count, 0),
    0,
  );
  const payments = new SegmentWriter(plans, others, kernelModule());
  const writers = new Map(plans.map((plan) => [plan.bank, new BankFiles(context.dataFolder, plan)]));
  context.progress.begin('release', count);
  try {
    let done = 0;
    const putAway = async (segments: Iterable<FileSegment>): Promise<void> => {
      for (const segment of segments) {
        await (writers.get(segment.bank) as BankFiles).append(segment);
        done += segment.sums.count;
        context.progress.advance(done);
      }
    };
    for await (const { batch, rows } of copied) {
      payments.begin(batch);
      for await (const piece of rows) await putAway(payments.write(piece));
      await putAway(payments.end());
    }
    const written: WrittenFile[] = [];
    for (const writer of writers.values()) written.push(...(await writer.finish()));
    return written;
  } finally {
    for (const writer of writers.values()) await writer.abandon();
    context.progress.end();
  }
}

/** Puts a bank's pieces into its files, with headers and trailers around them. */
class BankFiles {
  readonly #dataFolder: string;
  readonly #plan: BankPlan;
  readonly #format: PaymentFormat;
  /** Files that have all their rows; making them durable goes on beside the next ones. */
  readonly #written: Promise<WrittenFile>[] = [];
  #aside: AsideFile | undefined;
  #packer: FilePacker | undefined;
  #file = 0;
  #fileBatch = 0;
  #batchSums: DetailSums = NO_SUMS;
  #fileSums: DetailSums = NO_SUMS;
  #segments: NewSegment[] = [];
  #contents = new Map<number, Uint8Array>();

  constructor(dataFolder: string, plan: BankPlan) {
    this.#dataFolder = dataFolder;
    this.#plan = plan;
    this.#format = compilePaymentFormat(plan.definition);
  }

  async append(segment: FileSegment): Promise<void> {
    assert(
      segment.file === this.#file && segment.fileBatch === this.#fileBatch,
      'pieces of a file come in order',
    );
    const { context, planned } = this.#current();
    if (this.#batchSums.count === 0) {
      if (this.#fileSums.count === 0) await this.#open();
      await this.#write(this.#format.batchHeader(context, this.#batchContext()));
    }
    await this.#write(segment.bytes);
    this.#record(segment, context.fileNumber);
    this.#batchSums = addSums(this.#batchSums, segment.sums);
    this.#fileSums = addSums(this.#fileSums, segment.sums);
    if (this.#batchSums.count < (planned.batches[this.#fileBatch]?.count ?? 0)) return;
    const promised = this.#batchContext();
    // The header was made from the sums kept with the batch. Payments that differ are not those that were approved.
    if (this.#batchSums.amountFen !== promised.amountFen) {
      throw new EngineError('DIGEST_CHANGED', { batch: segment.batch });
    }
    await this.#write(this.#format.batchTrailer(context, promised, this.#batchSums));
    this.#batchSums = NO_SUMS;
    this.#fileBatch++;
    if (this.#fileBatch === planned.batches.length) await this.#close();
  }

  async finish(): Promise<WrittenFile[]> {
    // A release has proved the digest by now; a file that is written again has only the rows that are there.
    if (this.#written.length !== this.#plan.files.length) throw new EngineError('DIGEST_CHANGED');
    return await Promise.all(this.#written);
  }

  async abandon(): Promise<void> {
    await this.#aside?.abandon();
    await Promise.allSettled(this.#written);
    this.#aside = undefined;
  }

  #current(): BankPlan['files'][number] {
    const current = this.#plan.files[this.#file];
    assert(current, 'more payments than were planned');
    return current;
  }

  #batchContext() {
    const { planned, batchAmounts } = this.#current();
    const batch = planned.batches[this.#fileBatch];
    assert(batch, 'more batches than were planned');
    return { ordinal: batch.ordinal, count: batch.count, amountFen: batchAmounts[this.#fileBatch] as bigint };
  }

  async #open(): Promise<void> {
    const { context } = this.#current();
    this.#aside = await createAside(this.#dataFolder, this.#format.fileName(context));
    this.#packer = this.#format.createPacker();
    await this.#write(this.#format.fileHeader(context));
  }

  async #close(): Promise<void> {
    const { context } = this.#current();
    await this.#write(this.#format.fileTrailer(context, this.#fileSums));
    const aside = this.#aside as AsideFile;
    const rest = (this.#packer as FilePacker).end();
    if (rest.length > 0) await aside.write(rest);
    // What was handed to the file may be used again from now on.
    await aside.flush();
    const file = {
      ...{ plan: this.#plan, index: this.#file, name: aside.name },
      ...{ segments: this.#segments, contents: this.#contents },
    };
    const written = aside.finish().then((done) => ({ ...file, ...done }));
    // Thrown by finish(); here it must only not count as unhandled.
    written.catch(() => undefined);
    this.#aside = undefined;
    this.#written.push(written);
    this.#file++;
    this.#fileBatch = 0;
    this.#fileSums = NO_SUMS;
    this.#segments = [];
    this.#contents = new Map();
  }

  async #write(bytes: Uint8Array): Promise<void> {
    const packed = bytes.length > 0 ? (this.#packer as FilePacker).pack(bytes) : bytes;
    if (packed.length > 0) await (this.#aside as AsideFile).write(packed);
  }

  /** Pieces of one batch in one file make one segment. */
  #record(segment: FileSegment, file: number): void {
    const { content } = segment;
    const before = this.#contents.get(segment.batch);
    // Pieces stand one behind the other in the same memory.
    const from = before?.byteOffset ?? content.byteOffset;
    const to = content.byteOffset + content.length;
    this.#contents.set(segment.batch, new Uint8Array(content.buffer, from, to - from));
    const last = this.#segments.at(-1);
    if (last?.batch === segment.batch) {
      last.lastLine = segment.lastLine;
      last.count += segment.sums.count;
      last.amount += segment.sums.amountFen;
      return;
    }
    this.#segments.push({
      file,
      batch: segment.batch,
      firstLine: segment.firstLine,
      lastLine: segment.lastLine,
      firstSequence: this.#fileSums.count + 1,
      count: segment.sums.count,
      amount: segment.sums.amountFen,
    });
  }
}
