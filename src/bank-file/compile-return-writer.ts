// Plays the bank: writes the return file of a payment file in the bank's own format. For tests and for synthetic
// returns; the same definition that reads the bank's answer writes it here, so the two are each other's proof.

import { assert } from '../base/assert.js';
import type { ByteSink } from './byte-sink.js';
import type {
  FileLayout,
  FormatDefinition,
  ResultCode,
  ReturnDefinition,
  WholeMeaning,
} from './definition.js';
import type { DetailSums } from './detail-sums.js';
import { detailWriter } from './detail-writer.js';
import {
  type BatchContext,
  type FileContext,
  fileLookup,
  hashValues,
  type OutcomeTotals,
} from './file-context.js';
import {
  batchTrailerBytes,
  fileTrailerBytes,
  headerBytes,
  recordsBefore,
  sectionRecords,
} from './file-frame.js';
import { type FilePacker, filePacker } from './file-packer.js';
import type { PaymentRow } from './payment-row.js';
import type { Correction } from './read-row.js';
import { codeMatcher } from './record-alternatives.js';
import type { Writing } from './record-program.js';
import { emptyOutcome, type OutcomeCell } from './row-value.js';
import { formatTemplate } from './template.js';

export interface DecidedOutcome {
  readonly outcome: 'paid' | 'failed' | 'pending';
  /** The bank's code; without it the first of the definition's codes for the outcome. */
  readonly code?: string;
  readonly text?: string;
  readonly correction?: Correction;
}

/** The payment file that is answered, and how its rows ended; the totals must be known before the first row. */
export interface ReturnFileContext {
  readonly file: FileContext;
  readonly totals: OutcomeTotals;
  /** The whole file is refused: no row is listed. */
  readonly refused?: { readonly code?: string; readonly text?: string };
}

export interface ReturnRowWriter {
  beginBatch(batch: BatchContext): void;
  /** False when the bank does not list this row. Sequences are the payment file's, 1-based. */
  write(
    row: PaymentRow,
    sequence: number,
    sequenceInBatch: number,
    outcome: DecidedOutcome,
    sink: ByteSink,
  ): boolean;
  readonly sums: DetailSums;
}

export interface ReturnWriter {
  readonly name: string;
  /** The codes that a bank of this format answers with, for whoever decides outcomes. */
  readonly codes: readonly ResultCode[];
  /** Whether a whole file can be refused in this format. */
  readonly canRefuse: boolean;
  fileName(context: ReturnFileContext): string;
  fileHeader(context: ReturnFileContext): Uint8Array;
  batchHeader(context: ReturnFileContext, batch: BatchContext): Uint8Array;
  createRowWriter(context: ReturnFileContext): ReturnRowWriter;
  createPacker(): FilePacker;
  batchTrailer(context: ReturnFileContext, batch: BatchContext, sums: DetailSums): Uint8Array;
  fileTrailer(context: ReturnFileContext, sums: DetailSums): Uint8Array;
}

/** `returns`: one of the format's answers; without it the usual one. */
export function compileReturnWriter(
  definition: FormatDefinition,
  returns: ReturnDefinition | undefined = definition.returns,
): ReturnWriter {
  const { payment } = definition;
  assert(returns !== undefined, `the format ${definition.name} has no return.yaml`);
  const { layout } = returns;
  const batchesInFile = ({ file }: ReturnFileContext): number =>
    file.batchCount ?? Math.max(1, Math.ceil(file.count / (payment.limits.rowsPerBatch ?? file.count)));
  const writingFor = (
    context: ReturnFileContext,
    outcome: OutcomeCell,
    batch?: BatchContext,
    atEnd?: ReadonlyMap<string, number | bigint>,
  ): Writing => ({
    layout,
    outcome,
    lookup: fileLookup({
      context: context.file,
      batchesInFile: batchesInFile(context),
      batch,
      atEnd,
      more: wholeValues(returns, context),
    }),
  });
  const none = emptyOutcome();
  return {
    name: definition.name,
    codes: returns.statuses.length > 0 ? [...returns.statuses, ...returns.codes] : returns.codes,
    canRefuse: returns.wholes.some((whole) => whole.means === 'refused'),
    fileName: (context) => formatTemplate(layout.fileName, writingFor(context, none).lookup),
    fileHeader: (context) => headerBytes(layout, 'fileHeader', writingFor(context, none)),
    batchHeader: (context, batch) => headerBytes(layout, 'batchHeader', writingFor(context, none, batch)),
    createPacker: () => filePacker(layout),
    createRowWriter(context) {
      const cell = emptyOutcome();
      return rowWriter(returns, context, cell, (batch) => writingFor(context, cell, batch));
    },
    batchTrailer(context, batch, sums) {
      const values = batchEndValues(layout, sums);
      const isLast = batch.ordinal === batchesInFile(context);
      return batchTrailerBytes(layout, writingFor(context, none, batch, values), isLast);
    },
    fileTrailer(context, sums) {
      const records = recordsBefore(layout, batchesInFile(context)) + sums.records;
      return fileTrailerBytes(
        layout,
        writingFor(context, none, undefined, endValues(layout, sums, records)),
        records,
      );
    },
  };
}

function batchEndValues(layout: FileLayout, sums: DetailSums): Map<string, number | bigint> {
  const frame = sectionRecords(layout, 'batchHeader') + sectionRecords(layout, 'batchTrailer');
  return new Map<string, number | bigint>([
    ['batch.records', sums.records + frame],
    ['batch.detailRecords', sums.records],
    ['batch.listed.count', sums.count],
    ['batch.listed.amount', sums.amountFen],
    ...hashValues(layout, 'batch', sums),
  ]);
}

function endValues(layout: FileLayout, sums: DetailSums, records: number): Map<string, number | bigint> {
  const blocks = layout.blockRecords === 0 ? 0 : Math.ceil(records / layout.blockRecords);
  return new Map<string, number | bigint>([
    ['file.records', records],
    ['file.detailRecords', sums.records],
    ['listed.count', sums.count],
    ['listed.amount', sums.amountFen],
    ['file.blocks', blocks],
    ...hashValues(layout, 'file', sums),
  ]);
}

function isListed(
  returns: ReturnDefinition,
  { outcome, correction }: Pick<DecidedOutcome, 'outcome' | 'correction'>,
): boolean {
  if (returns.lists === 'all') return true;
  if (correction !== undefined && returns.lists === 'failedOrCorrected') return true;
  return outcome === 'failed' || (returns.lists === 'notPaid' && outcome === 'pending');
}

function rowWriter(
  returns: ReturnDefinition,
  context: ReturnFileContext,
  cell: OutcomeCell,
  writing: (batch: BatchContext | undefined) => Writing,
): ReturnRowWriter {
  const { layout } = returns;
  const count = listedTotals(returns, context).count;
  const statesAmount = amountCodes(layout, cell);
  const rows = detailWriter({ layout, limits: undefined, count, lastBy: 'counting', statesAmount, writing });
  const answer = compileAnswer(returns, cell);
  return {
    beginBatch: (batch) => rows.beginBatch(batch),
    write(row, sequence, sequenceInBatch, outcome, sink) {
      if (context.refused !== undefined || !isListed(returns, outcome)) return false;
      answer(outcome);
      rows.write(row, sequence, sequenceInBatch, sink);
      return true;
    },
    get sums() {
      return rows.sums;
    },
  };
}

/** Where the amount stands for some codes only, totals are over these rows. */
function amountCodes(layout: FileLayout, cell: OutcomeCell): () => boolean {
  const fields = layout.records.detail.flatMap((record) => record.fields);
  const amounts = fields.filter(({ content }) => content.kind === 'value' && content.value === 'amount');
  if (amounts.some((field) => field.codes.length === 0)) return () => true;
  const matches = codeMatcher(amounts.flatMap((field) => field.codes));
  return amounts.length === 0 ? () => true : () => matches(cell.code);
}

/** Fills the cell that the compiled steps read. */
function compileAnswer(returns: ReturnDefinition, cell: OutcomeCell): (decided: DecidedOutcome) => void {
  const { codes, statuses } = returns;
  const codeTexts = new Map(codes.map((row) => [row.code, row.text]));
  const firstOf = (table: readonly ResultCode[]): Map<string, ResultCode> =>
    new Map([...table].reverse().map((row) => [row.outcome, row]));
  const [firstCode, firstStatus] = [firstOf(codes), firstOf(statuses)];
  return ({ outcome, code, text, correction }) => {
    const status = firstStatus.get(outcome);
    const reason = status === undefined || outcome === 'failed' ? firstCode.get(outcome)?.code : '';
    cell.status = status?.code ?? '';
    cell.code = code ?? reason ?? '';
    cell.text = text ?? (cell.code === '' ? '' : (codeTexts.get(cell.code) ?? ''));
    cell.account = correction?.account ?? '';
    cell.name = correction?.name ?? '';
    cell.bank = correction?.bank ?? '';
    cell.residentId = correction?.residentId ?? '';
    cell.data = correction?.data ?? '';
  };
}

function listedTotals(
  returns: ReturnDefinition,
  context: ReturnFileContext,
): { count: number; amountFen: bigint } {
  if (context.refused !== undefined) return { count: 0, amountFen: 0n };
  let count = 0;
  let amountFen = 0n;
  for (const outcome of ['paid', 'failed', 'pending'] as const) {
    if (!isListed(returns, { outcome })) continue;
    count += context.totals[outcome].count;
    amountFen += context.totals[outcome].amountFen;
  }
  return { count, amountFen };
}

/** Totals by outcome, and the status of the whole. */
function wholeValues(
  returns: ReturnDefinition,
  context: ReturnFileContext,
): Map<string, string | number | bigint> {
  const values = new Map<string, string | number | bigint>();
  for (const outcome of ['paid', 'failed', 'pending'] as const) {
    const { count, amountFen } =
      context.refused === undefined ? context.totals[outcome] : { count: 0, amountFen: 0n };
    values.set(`${outcome}.count`, count);
    values.set(`${outcome}.amount`, amountFen);
  }
  const listed = listedTotals(returns, context);
  values.set('listed.count', listed.count);
  if ((context.file.batchCount ?? 1) === 1) values.set('batch.details', listed.count);
  values.set('listed.amount', listed.amountFen);
  const whole =
    returns.wholes.find((row) => row.code === context.refused?.code && row.means === 'refused') ??
    wholeFor(returns, context);
  for (const level of ['file', 'batch']) {
    values.set(`${level}.status`, whole?.code ?? '');
    if (context.refused === undefined) continue;
    values.set(`${level}.text`, context.refused.text ?? whole?.text ?? '');
    if (context.refused.code !== whole?.code) values.set(`${level}.code`, context.refused.code ?? '');
  }
  return values;
}

function wholeFor(
  returns: ReturnDefinition,
  context: ReturnFileContext,
): ReturnDefinition['wholes'][number] | undefined {
  const { paid, failed, pending } = context.totals;
  const order: WholeMeaning[] = [];
  if (context.refused !== undefined) order.push('refused');
  else if (failed.count + pending.count === 0) order.push('paid', 'partial');
  else if (paid.count + failed.count === 0) order.push('pending', 'partial');
  else order.push('partial');
  return order
    .map((means) => returns.wholes.find((row) => row.means === means))
    .find((row) => row !== undefined);
}
