// Reads back a payment file that was written by this engine: what stands in the file is compared with what was
// approved. Throws PAYMENT_FILE_CHANGED with {format, line, column?, problem} when the file is not whole, is of another
// layout, or contradicts its own totals.

import type { FileLayout, FormatDefinition } from './definition.js';
import { recordsPerRow } from './detail-writer.js';
import { type FileEvents, type Refuse, refuser } from './file-events.js';
import { recordsBefore, sectionRecords } from './file-frame.js';
import { compileLayoutReader, type FileSource } from './layout-reader.js';
import type { ReadRow } from './read-row.js';
import { DeclaredValues, HashTally, Tally } from './read-totals.js';
import { compileSniffer } from './sniff.js';

export interface PaymentFileHeader {
  readonly fileNumber: number | undefined;
  /** As the header declares them; undefined where the layout has them in the trailer, or not at all. */
  readonly count: number | undefined;
  readonly amountFen: bigint | undefined;
}

/** One object, filled again for every row. */
export interface PaymentFileRow {
  rowNumber: number;
  line: number;
  reference: string | undefined;
  /** 1-based, in the file. */
  sequence: number;
  sequenceInBatch: number;
  /** Batch of the file, 1-based. */
  batchOrdinal: number;
  account: string;
  amountFen: number;
  name: string | undefined;
  residentId: string | undefined;
}

export interface PaymentFileTotals {
  readonly count: number;
  readonly amountFen: bigint;
  readonly batches: number;
}

export interface PaymentFileVisitor {
  file(header: PaymentFileHeader): void;
  row(row: PaymentFileRow): void;
  end(totals: PaymentFileTotals): void;
}

export function sniffPaymentFile(
  definition: FormatDefinition,
): (head: Uint8Array, fileName: string) => boolean {
  return compileSniffer(definition.payment.layout);
}

/** `source` is what `sourceOf` of the payment layout says. */
export async function readPaymentFile(
  definition: FormatDefinition,
  source: FileSource,
  visit: PaymentFileVisitor,
): Promise<void> {
  const { layout } = definition.payment;
  const refuse: Refuse = refuser('PAYMENT_FILE_CHANGED', definition.name);
  const auditor = new PaymentFileAuditor(layout, refuse, visit);
  await compileLayoutReader(layout, refuse).read(source, auditor);
  auditor.finish();
}

class PaymentFileAuditor implements FileEvents {
  private readonly layout: FileLayout;
  private readonly refuse: Refuse;
  private readonly visit: PaymentFileVisitor;
  private readonly file: DeclaredValues;
  private readonly batch: DeclaredValues;
  private readonly fileHashes: HashTally;
  private readonly batchHashes: HashTally;
  private readonly fileTally = new Tally();
  private readonly batchTally = new Tally();
  private batches = 0;
  private told = false;
  private readonly out: PaymentFileRow = {
    rowNumber: 0,
    line: 0,
    reference: undefined,
    sequence: 0,
    sequenceInBatch: 0,
    batchOrdinal: 0,
    account: '',
    amountFen: 0,
    name: undefined,
    residentId: undefined,
  };

  constructor(layout: FileLayout, refuse: Refuse, visit: PaymentFileVisitor) {
    this.layout = layout;
    this.refuse = refuse;
    this.visit = visit;
    this.file = new DeclaredValues(refuse, layout);
    this.batch = new DeclaredValues(refuse, layout);
    this.fileHashes = new HashTally(layout);
    this.batchHashes = new HashTally(layout);
  }

  value(name: string, value: string | number | bigint, line: number): void {
    (name.startsWith('batch.') ? this.batch : this.file).add(name, value, line);
  }

  beginBatch(): void {
    this.batches++;
    this.batchTally.reset();
    this.batchHashes.reset();
    this.batch.clear();
  }

  row(row: ReadRow): void {
    if (!this.told) this.tell();
    if (row.account === undefined) this.refuse('the account is missing', row.line);
    if (row.amountFen <= 0) this.refuse('the amount is missing', row.line);
    this.fileTally.add(row.amountFen);
    this.batchTally.add(row.amountFen);
    this.fileHashes.add(row);
    this.batchHashes.add(row);
    const { out } = this;
    const sequence = this.fileTally.count;
    if (row.sequence >= 0 && row.sequence !== sequence) {
      this.refuse(`the sequence is ${row.sequence}, and should be ${sequence}`, row.line);
    }
    out.rowNumber = row.rowNumber;
    out.line = row.line;
    out.reference = row.reference;
    out.sequence = sequence;
    out.sequenceInBatch = this.batchTally.count;
    out.batchOrdinal = this.batches;
    out.account = row.account!;
    out.amountFen = row.amountFen;
    out.name = row.name;
    out.residentId = row.residentId;
    this.visit.row(out);
  }

  endBatch(): void {
    const { batch, batchTally, layout } = this;
    batch.require('batch.number', BigInt(this.batches));
    batch.require('batch.count', BigInt(batchTally.count));
    batch.require('batch.amount', batchTally.amountFen);
    const frame = sectionRecords(layout, 'batchHeader') + sectionRecords(layout, 'batchTrailer');
    const details = batchTally.count * recordsPerRow(layout);
    batch.require('batch.records', BigInt(details + frame));
    batch.require('batch.detailRecords', BigInt(details));
    this.batchHashes.compare('batch', batch);
    // A template of the file may name the batch; its number must not be taken for the next one's.
    this.batch.clear();
  }

  finish(): void {
    if (!this.told) this.tell();
    const { file, fileTally, layout } = this;
    file.require('file.count', BigInt(fileTally.count));
    file.require('file.amount', fileTally.amountFen);
    file.require('file.batches', BigInt(this.batches));
    const details = fileTally.count * recordsPerRow(layout);
    const records = recordsBefore(layout, this.batches) + details;
    file.require('file.records', BigInt(records));
    file.require('file.detailRecords', BigInt(details));
    if (layout.blockRecords > 0)
      file.require('file.blocks', BigInt(Math.ceil(records / layout.blockRecords)));
    this.fileHashes.compare('file', file);
    this.visit.end({ count: fileTally.count, amountFen: fileTally.amountFen, batches: this.batches });
  }

  private tell(): void {
    this.told = true;
    const [number, count, amount] = [
      this.file.get('file.number'),
      this.file.get('file.count'),
      this.file.get('file.amount'),
    ];
    this.visit.file({
      fileNumber: number === undefined ? undefined : Number(number),
      count: count === undefined ? undefined : Number(count),
      amountFen: amount === undefined ? undefined : BigInt(amount),
    });
  }
}
