// Writes payments, as the database copies them out, into pieces of payment files: block by block, in any thread. A block
// says where each bank's rows begin; the pieces are put together in order by whoever made the blocks.

import { assert } from '../base/assert.js';
import { EngineError } from '../base/error.js';
import { OTHER_KIND } from '../directory/layout.js';
import { personFirst, personRest } from '../directory/person-key.js';
import { CopyTuples } from '../encoding/copy-tuples.js';
import { CHECK_CHARACTERS, CHECK_WEIGHTS } from '../identity/resident-id.js';
import { ByteSink } from './byte-sink.js';
import { compilePaymentFormat, type PaymentFormat } from './compile-payment.js';
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

// Columns of a payment row by number: see roster/payment-rows.ts.
const LINE = 0;
const PERSON = 1;
const PAYEE = 3;
const NAME = 4;
const BANK = 5;
const ACCOUNT = 6;
const AMOUNT = 7;
const REGION = 8;
const COLUMNS = 11;
const RESIDENT_ID_LENGTH = 18;
const ZERO = 0x30;

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
  readonly #others: ReadonlyMap<number, Uint8Array>;
  readonly #row: PaymentRow;
  /** The resident ID is computed into these bytes, since a row's texts lie in one buffer. */
  #idAt = 0;

  /** `others`: serials and texts of identifiers of another kind. */
  constructor(plans: readonly BankPlan[], others: readonly (readonly [string, number])[]) {
    for (const plan of plans) {
      const format = compilePaymentFormat(plan.definition);
      this.#banks.set(plan.bank, { plan, format, at: 0, open: undefined });
    }
    const encoder = new TextEncoder();
    this.#others = new Map(others.map(([identifier, serial]) => [serial, encoder.encode(identifier)]));
    this.#row = {
      bytes: new Uint8Array(0),
      ...{ nameFrom: 0, nameTo: 0, accountFrom: 0, accountTo: 0, residentIdFrom: 0, residentIdTo: 0 },
      ...{ bank: 0, amountFen: 0, batch: 0, line: 0, region: 0 },
    };
  }

  write(block: PaymentBlock): BlockResult {
    for (const [bank, rows] of block.rowsBefore) {
      const writer = this.#banks.get(bank);
      if (writer) writer.at = rows;
    }
    const segments: FileSegment[] = [];
    const tuples = new CopyTuples(COLUMNS, { hasHeader: false });
    this.#begin(block);
    tuples.feed(this.#row.bytes.subarray(0, block.bytes.length), (_bytes, view) => {
      this.#one(view, tuples, block.batch, segments);
    });
    for (const writer of this.#banks.values()) this.#close(writer, block.batch, segments);
    return { index: block.index, segments };
  }

  /** One buffer for the block's rows and, behind them, the resident ID of the row at hand. */
  #begin(block: PaymentBlock): void {
    const bytes = new Uint8Array(block.bytes.length + 64);
    bytes.set(block.bytes);
    this.#row.bytes = bytes;
    this.#idAt = block.bytes.length;
  }

  #one(view: DataView, tuples: CopyTuples, batch: number, segments: FileSegment[]): void {
    const row = this.#row;
    const start = (column: number): number => tuples.starts[column] as number;
    const end = (column: number): number => start(column) + (tuples.lengths[column] as number);
    row.batch = batch;
    row.line = view.getInt32(start(LINE));
    row.nameFrom = start(NAME);
    row.nameTo = end(NAME);
    row.accountFrom = start(ACCOUNT);
    row.accountTo = end(ACCOUNT);
    row.bank = view.getInt16(start(BANK));
    row.amountFen = view.getInt32(start(AMOUNT)) * 0x100000000 + view.getUint32(start(AMOUNT) + 4);
    row.region = view.getInt32(start(REGION));
    // The account is the payee's where someone receives for the person, so the ID beside it is the payee's too.
    this.#putResidentId(view, tuples.lengths[PAYEE] === 8 ? start(PAYEE) : start(PERSON));
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

  /** GB 11643-1999: the 17 digits of the person's number and the check character. */
  #putResidentId(view: DataView, at: number): void {
    const row = this.#row;
    const high = view.getInt32(at);
    const low = view.getUint32(at + 4);
    row.residentIdFrom = this.#idAt;
    if (high < 0) {
      const serial = -(low | 0) >>> 0;
      const text = this.#others.get(serial);
      if (!text)
        throw new EngineError('INTERNAL', { problem: `identifier ${OTHER_KIND}:${serial} is missing` });
      row.bytes.set(text, this.#idAt);
      row.residentIdTo = this.#idAt + text.length;
      return;
    }
    const first = personFirst(high, low);
    let rest = personRest(low, first);
    let upper = first;
    let sum = 0;
    for (let index = 16; index >= 0; index--) {
      const source = index >= 8 ? rest : upper;
      const digit = source % 10;
      row.bytes[this.#idAt + index] = ZERO + digit;
      sum += digit * (CHECK_WEIGHTS[index] as number);
      if (index >= 8) rest = (rest / 10) | 0;
      else upper = (upper / 10) | 0;
    }
    row.bytes[this.#idAt + 17] = CHECK_CHARACTERS.charCodeAt(sum % 11);
    row.residentIdTo = this.#idAt + RESIDENT_ID_LENGTH;
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
