// FormatDefinition → the writer of one bank's payment files. Headers and trailers are rendered whole; the rows between
// them may be written by several writers, whose sums are added up before the trailer.

import { EngineError } from '../base/error.js';
import type { FileLayout, FileLimits, FormatDefinition } from './definition.js';
import type { DetailSums } from './detail-sums.js';
import { type DetailWriter, detailWriter } from './detail-writer.js';
import {
  type BatchContext,
  type FileContext,
  fileLookup,
  hashValues,
  requireParameters,
} from './file-context.js';
import {
  batchTrailerBytes,
  fileTrailerBytes,
  headerBytes,
  recordsBefore,
  sectionRecords,
} from './file-frame.js';
import { fileNameText } from './file-name.js';
import { type FilePacker, filePacker } from './file-packer.js';
import type { Writing } from './record-program.js';
import { emptyOutcome } from './row-value.js';
import { compileUnencodable } from './unencodable.js';

export interface PaymentFormat {
  readonly name: string;
  /** Declared limits, tightened by what the widths of the fields can hold; undefined = none. */
  readonly limits: FileLimits;
  fileName(context: FileContext): string;
  /** The name that the bank will give its answer; undefined when it is not known beforehand. */
  returnFileName(context: FileContext): string | undefined;
  /** Everything before the first batch. */
  fileHeader(context: FileContext): Uint8Array;
  batchHeader(context: FileContext, batch: BatchContext): Uint8Array;
  createDetailWriter(context: FileContext): DetailWriter;
  batchTrailer(context: FileContext, batch: BatchContext, sums: DetailSums): Uint8Array;
  /** The rest of the file, block filling included. `sums` are of all its rows and must be the context's totals. */
  fileTrailer(context: FileContext, sums: DetailSums): Uint8Array;
  /** What the pieces of a file go through on their way to it, in order. */
  createPacker(): FilePacker;
  /** Why this name cannot stand in this bank's file; undefined when it can. */
  unencodable(name: string): string | undefined;
  /** The same for an account. */
  unacceptableAccount(account: string): string | undefined;
}

export function compilePaymentFormat(definition: FormatDefinition): PaymentFormat {
  const { layout, limits, returnFileName } = definition.payment;
  const frame = framing(layout, limits);
  const fits = compileUnencodable(layout);
  return {
    name: definition.name,
    limits,
    fileName: (context) => fileNameText(layout.fileName, frame.lookup(context)),
    returnFileName: (context) =>
      returnFileName.length === 0 ? undefined : fileNameText(returnFileName, frame.lookup(context)),
    fileHeader(context) {
      requireParameters(definition, context);
      return headerBytes(layout, 'fileHeader', frame.writing(context));
    },
    batchHeader: (context, batch) => headerBytes(layout, 'batchHeader', frame.writing(context, batch)),
    createDetailWriter(context) {
      requireParameters(definition, context);
      return detailWriter({
        layout,
        limits,
        count: context.count,
        lastBy: 'sequence',
        writing: (batch) => frame.writing(context, batch),
      });
    },
    batchTrailer(context, batch, sums) {
      requireTotals(sums, batch, 'batch');
      const values = batchValues(layout, sums);
      return batchTrailerBytes(layout, frame.writing(context, batch, values), isLast(frame, context, batch));
    },
    fileTrailer(context, sums) {
      requireTotals(sums, context, 'file');
      const records = frame.recordsInFile(context, sums);
      const writing = frame.writing(context, undefined, fileValues(layout, sums, records));
      return fileTrailerBytes(layout, writing, records);
    },
    createPacker: () => filePacker(layout),
    unencodable: fits.name,
    unacceptableAccount: fits.account,
  };
}

interface Framing {
  lookup(
    context: FileContext,
    batch?: BatchContext,
    atEnd?: ReadonlyMap<string, number | bigint>,
  ): Writing['lookup'];
  writing(context: FileContext, batch?: BatchContext, atEnd?: ReadonlyMap<string, number | bigint>): Writing;
  batchesInFile(context: FileContext): number;
  /** All records of the file, trailers included, before block filling. */
  recordsInFile(context: FileContext, sums: DetailSums): number;
}

function framing(layout: FileLayout, limits: FileLimits): Framing {
  const batchesInFile = (context: FileContext): number =>
    context.batchCount ?? Math.max(1, Math.ceil(context.count / (limits.rowsPerBatch ?? context.count)));
  const lookup: Framing['lookup'] = (context, batch, atEnd) =>
    fileLookup({ context, batchesInFile: batchesInFile(context), batch, atEnd });
  return {
    lookup,
    writing: (context, batch, atEnd) => ({
      layout,
      lookup: lookup(context, batch, atEnd),
      outcome: emptyOutcome(),
    }),
    batchesInFile,
    recordsInFile: (context, sums) => recordsBefore(layout, batchesInFile(context)) + sums.records,
  };
}

function isLast(frame: Framing, context: FileContext, batch: BatchContext): boolean {
  return batch.ordinal === frame.batchesInFile(context);
}

/** Records of one batch, its header and trailer included. */
function batchValues(layout: FileLayout, sums: DetailSums): Map<string, number | bigint> {
  const records =
    sums.records + sectionRecords(layout, 'batchHeader') + sectionRecords(layout, 'batchTrailer');
  return new Map<string, number | bigint>([
    ['batch.records', records],
    ['batch.detailRecords', sums.records],
    ...hashValues(layout, 'batch', sums),
  ]);
}

function fileValues(layout: FileLayout, sums: DetailSums, records: number): Map<string, number | bigint> {
  const blocks = layout.blockRecords === 0 ? 0 : Math.ceil(records / layout.blockRecords);
  return new Map<string, number | bigint>([
    ['file.records', records],
    ['file.detailRecords', sums.records],
    ['file.blocks', blocks],
    ...hashValues(layout, 'file', sums),
  ]);
}

/** Headers were written from the announced totals; what was written must agree, or the file is not let out. */
function requireTotals(
  sums: DetailSums,
  announced: { count: number; amountFen: bigint },
  what: 'file' | 'batch',
): void {
  if (sums.count === announced.count && sums.amountFen === announced.amountFen) return;
  throw new EngineError('CONTROL_TOTAL_MISMATCH', {
    what: `rows of the payment ${what}`,
    expectedCount: announced.count,
    actualCount: sums.count,
    expectedFen: String(announced.amountFen),
    actualFen: String(sums.amountFen),
  });
}
