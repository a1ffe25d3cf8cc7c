// For the tests of this folder: formats from the repository or from inline text, and whole files in memory.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ByteSink } from '../../src/bank-file/byte-sink.js';
import { compilePaymentFormat, type PaymentFormat } from '../../src/bank-file/compile-payment.js';
import type {
  ReturnHeader,
  ReturnRow,
  ReturnTotals,
  ReturnVisitor,
} from '../../src/bank-file/compile-return.js';
import { compileReturnFormat } from '../../src/bank-file/compile-return.js';
import { compileReturnWriter, type DecidedOutcome } from '../../src/bank-file/compile-return-writer.js';
import type { FormatDefinition } from '../../src/bank-file/definition.js';
import { addSums, type DetailSums, NO_SUMS } from '../../src/bank-file/detail-sums.js';
import type { BatchContext, FileContext } from '../../src/bank-file/file-context.js';
import { type FileSource, sourceOf } from '../../src/bank-file/layout-reader.js';
import { type FormatInput, parseFormat } from '../../src/bank-file/parse-definition.js';
import type { PaymentRow } from '../../src/bank-file/payment-row.js';
import { paymentRow } from '../../src/bank-file/payment-row-window.js';
import { type PlannedFile, planFile } from '../../src/bank-file/plan-file.js';
import {
  type PaymentFileHeader,
  type PaymentFileRow,
  type PaymentFileTotals,
  type PaymentFileVisitor,
  readPaymentFile,
} from '../../src/bank-file/read-payment-file.js';
import { readBankFile } from '../../src/worker/read-bank-file.js';
import { expectOneAnswer } from '../support/return-paths.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

export const FORMAT_NAMES = readdirSync(`${root}formats`, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(`${root}formats/${entry.name}/payment.yaml`))
  .map((entry) => entry.name);

export function formatInput(name: string): FormatInput {
  const folder = `${root}formats/${name}`;
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  return {
    name,
    files: files.map((file) => ({
      path: `formats/${name}/${file}`,
      text: readFileSync(`${folder}/${file}`, 'utf8'),
    })),
  };
}

export function loadFormat(name: string): FormatDefinition {
  return parseFormat(formatInput(name));
}

export interface TestPayment {
  name: string;
  account: string;
  residentId: string;
  amountFen: number;
  bank?: number;
}

export const SAMPLE_PAYMENTS: readonly TestPayment[] = [
  { name: '王小明', account: '6214831150131511', residentId: '460105194001011234', amountFen: 10_050 },
  { name: '阿卜杜拉·买买提', account: '0012345678', residentId: '44010019350202123X', amountFen: 20_000 },
  { name: '李東', account: '6216261000000000018', residentId: '810000199408230021', amountFen: 1 },
  { name: 'Smith John', account: '26500000001', residentId: 'USA123456789012', amountFen: 999_999_999 },
];

/** The sample payments as they stand in files of this format: formats of other countries take no Chinese name. */
export function samplesFor(definition: FormatDefinition): readonly TestPayment[] {
  const { unencodable, unacceptableAccount } = compilePaymentFormat(definition);
  const names = ['WANG XIAOMING', 'ABDULLA MAMAT', 'LI DONG', 'SMITH JOHN'];
  return SAMPLE_PAYMENTS.map((payment, index) => {
    const lengths = [payment.account.length, 17, 13, 12, 9, 8];
    const accounts = lengths.map((length) => payment.account.padEnd(length, '7').slice(-length));
    return {
      ...payment,
      name: unencodable(payment.name) === undefined ? payment.name : names[index]!,
      account: accounts.find((account) => unacceptableAccount(account) === undefined)!,
    };
  });
}

/** Whether a name comes back as it was: not in capitals, not cut, not replaced. */
export function keepsNames(definition: FormatDefinition): boolean {
  const fields = definition.payment.layout.records.detail.flatMap((record) => record.fields);
  return fields
    .filter(({ content }) => content.kind === 'value' && content.value === 'name')
    .every(
      ({ characters, long, instead }) =>
        !characters.upperCase && characters.transliterate.length === 0 && long === 'refuse' && !instead,
    );
}

export function rowsOf(payments: readonly TestPayment[], batch = 7): PaymentRow[] {
  return payments.map((payment, index) =>
    paymentRow({ bank: 104, region: 460105, ...payment, reference: referenceOf(index, batch) }),
  );
}

export function referenceOf(index: number, batch = 7): string {
  return String(batch).padStart(7, '0') + String(index + 2).padStart(8, '0');
}

export function contextFor(
  definition: FormatDefinition,
  plan: PlannedFile,
  rows: readonly PaymentRow[],
): FileContext {
  const mine = rows.slice(plan.first, plan.first + plan.count);
  return {
    fileNumber: 40 + plan.part,
    bank: '104',
    payDate: '2026-10-15',
    part: plan.part,
    parts: plan.parts,
    count: plan.count,
    amountFen: sumOf(mine),
    batches: [7],
    programmes: ['高龄津贴'],
    parameters: sampleParameters(definition),
    batchCount: plan.batches.length,
    allParts: { count: rows.length, fen: String(sumOf(rows)) },
  };
}

export function sampleParameters(definition: FormatDefinition): Record<string, string> {
  const given: Record<string, string> = {
    initiatingParty: '样例市财政局',
    debtorName: '样例市财政局惠民专户',
    batchUsage: 'EE',
    unitNumber: '1046',
  };
  return Object.fromEntries(
    definition.payment.parameters.map(({ name, example }, index) => [
      name,
      given[name] ?? (example || `${10_000 + index}`),
    ]),
  );
}

/** Index of the payment that a row of a return file is about: by place, by reference, or by account and amount. */
export function indexOfRow(row: ReturnRow, written: WrittenFile, rows: readonly PaymentRow[]): number {
  if (row.sequence > 0) return written.plan.first + row.sequence - 1;
  if (row.reference !== undefined) return Number(row.reference.slice(7)) - 2;
  const account = (one: PaymentRow) =>
    Buffer.from(one.bytes.subarray(one.accountFrom, one.accountTo)).toString();
  return rows.findIndex((one) => one.amountFen === row.amountFen && account(one) === row.account);
}

export function sumOf(rows: readonly { amountFen: number }[]): bigint {
  return rows.reduce((sum, row) => sum + BigInt(row.amountFen), 0n);
}

export interface WrittenFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly context: FileContext;
  readonly plan: PlannedFile;
}

/** Writes all files for the rows; `parts` cuts each batch into that many pieces, each with a writer of its own. */
export function writeFiles(
  definition: FormatDefinition,
  rows: readonly PaymentRow[],
  parts = 1,
): WrittenFile[] {
  const format = compilePaymentFormat(definition);
  return planFile(format.limits, rows.length, (index) => rows[index]!.amountFen).map((plan) => {
    const context = contextFor(definition, plan, rows);
    return {
      name: format.fileName(context),
      bytes: writeFile(format, context, plan, rows, parts),
      context,
      plan,
    };
  });
}

export function batchContext(
  batch: PlannedFile['batches'][number],
  rows: readonly PaymentRow[],
): BatchContext {
  const amountFen = sumOf(rows.slice(batch.first, batch.first + batch.count));
  return { ordinal: batch.ordinal, count: batch.count, amountFen };
}

function writeFile(
  format: PaymentFormat,
  context: FileContext,
  plan: PlannedFile,
  rows: readonly PaymentRow[],
  parts: number,
): Uint8Array {
  const file = new ByteSink();
  const packer = format.createPacker();
  const put = (bytes: Uint8Array): void => file.append(packer.pack(bytes));
  let fileSums: DetailSums = NO_SUMS;
  put(format.fileHeader(context));
  for (const planned of plan.batches) {
    const batch = batchContext(planned, rows);
    put(format.batchHeader(context, batch));
    let sums: DetailSums = NO_SUMS;
    const step = Math.ceil(planned.count / parts);
    for (let from = 0; from < planned.count; from += step) {
      const writer = format.createDetailWriter(context);
      const piece = new ByteSink(1024);
      writer.beginBatch(batch);
      for (let at = from; at < Math.min(from + step, planned.count); at++) {
        const index = planned.first + at;
        writer.write(rows[index]!, index - plan.first + 1, at + 1, piece);
      }
      put(piece.take());
      sums = addSums(sums, writer.sums);
    }
    put(format.batchTrailer(context, batch, sums));
    fileSums = addSums(fileSums, sums);
  }
  put(format.fileTrailer(context, fileSums));
  file.append(packer.end());
  return file.take();
}

/** The bank's answer to a written file. */
export function writeReturn(
  definition: FormatDefinition,
  written: WrittenFile,
  rows: readonly PaymentRow[],
  decide: (index: number) => DecidedOutcome,
  refused?: { code?: string; text?: string },
): Uint8Array {
  const writer = compileReturnWriter(definition);
  const { plan } = written;
  const totals = { paid: tally(), failed: tally(), pending: tally() };
  for (let at = plan.first; at < plan.first + plan.count; at++) {
    const mine = totals[decide(at).outcome];
    mine.count++;
    mine.amountFen += BigInt(rows[at]!.amountFen);
  }
  const context = { file: written.context, totals, ...(refused === undefined ? {} : { refused }) };
  const sink = new ByteSink();
  let sums: DetailSums = NO_SUMS;
  sink.append(writer.fileHeader(context));
  for (const planned of plan.batches) {
    const batch = batchContext(planned, rows);
    sink.append(writer.batchHeader(context, batch));
    const details = writer.createRowWriter(context);
    details.beginBatch(batch);
    for (let at = 0; at < planned.count; at++) {
      const index = planned.first + at;
      details.write(rows[index]!, index - plan.first + 1, at + 1, decide(index), sink);
    }
    sink.append(writer.batchTrailer(context, batch, details.sums));
    sums = addSums(sums, details.sums);
  }
  sink.append(writer.fileTrailer(context, sums));
  const packer = writer.createPacker();
  return Buffer.concat([packer.pack(sink.take()), packer.end()]);
}

function tally(): { count: number; amountFen: bigint } {
  return { count: 0, amountFen: 0n };
}

/** The bytes in chunks of a size, each a fresh copy that is wiped after use: a reader may not keep them. */
export async function* chunksOf(bytes: Uint8Array, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) {
    const chunk = Uint8Array.from(bytes.subarray(at, at + size));
    yield chunk;
    chunk.fill(0x3f);
  }
}

/** The bytes as a reader wants them: a workbook's reader wants the rows of its sheet, which are read from a file. */
async function sourceFor(
  reads: 'bytes' | 'sheet',
  bytes: Uint8Array,
  size: number | undefined,
  read: (source: FileSource) => Promise<void>,
): Promise<void> {
  if (reads === 'bytes') return await read(chunksOf(bytes, size));
  const folder = mkdtempSync(join(tmpdir(), 'yika-sheet-'));
  try {
    const path = join(folder, 'sheet.xlsx');
    writeFileSync(path, bytes);
    await readBankFile(path, reads, read);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export interface ReadReturn {
  header: ReturnHeader;
  rows: ReturnRow[];
  totals: ReturnTotals;
}

export async function readReturn(
  definition: FormatDefinition,
  bytes: Uint8Array,
  size?: number,
): Promise<ReadReturn> {
  const result = { rows: [] as ReturnRow[] } as ReadReturn;
  const format = compileReturnFormat(definition);
  if (format.reads === 'bytes') await expectOneAnswer(definition, bytes, size);
  const visit: ReturnVisitor = {
    file: (header) => {
      result.header = header;
    },
    row: (row) => {
      result.rows.push(copyOf(row));
    },
    end: (totals) => {
      result.totals = totals;
    },
  };
  await sourceFor(format.reads, bytes, size, (source) => format.read(source, visit));
  return result;
}

export interface ReadPayments {
  header: PaymentFileHeader;
  rows: PaymentFileRow[];
  totals: PaymentFileTotals;
}

export async function readPayments(
  definition: FormatDefinition,
  bytes: Uint8Array,
  size?: number,
): Promise<ReadPayments> {
  const result = { rows: [] as PaymentFileRow[] } as ReadPayments;
  const visit: PaymentFileVisitor = {
    file: (header) => {
      result.header = header;
    },
    row: (row) => {
      result.rows.push({ ...row });
    },
    end: (totals) => {
      result.totals = totals;
    },
  };
  const reads = sourceOf(definition.payment.layout);
  await sourceFor(reads, bytes, size, (source) => readPaymentFile(definition, source, visit));
  return result;
}

/** The row that a reader shows is one object, filled again for each; two of its texts are made only when asked for. */
function copyOf(row: ReturnRow): ReturnRow {
  const { rowNumber, line, paymentBatch, paymentLine, reference, sequence, account, amountFen } = row;
  const { outcome, code, text, correction } = row;
  return {
    ...{ rowNumber, line, paymentBatch, paymentLine, reference, sequence, account, amountFen },
    ...{ outcome, code, text, correction },
  };
}
