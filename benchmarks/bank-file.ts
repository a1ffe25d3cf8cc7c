// Lines a second of the bank format engine, on one thread: writing payments, reading them back, playing the bank and
// reading its answer, for every format. Run after a build:
// node dist-bench/benchmarks/bank-file.js [rows [format…]]

import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, memoryUsage, pid, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import { ByteSink } from '../src/bank-file/byte-sink.js';
import { compilePaymentFormat, type PaymentFormat } from '../src/bank-file/compile-payment.js';
import { compileReturnFormat } from '../src/bank-file/compile-return.js';
import { compileReturnWriter } from '../src/bank-file/compile-return-writer.js';
import type { FormatDefinition } from '../src/bank-file/definition.js';
import { addSums, type DetailSums, NO_SUMS } from '../src/bank-file/detail-sums.js';
import type { BatchContext, FileContext } from '../src/bank-file/file-context.js';
import { type FileSource, sourceOf } from '../src/bank-file/layout-reader.js';
import { parseFormat } from '../src/bank-file/parse-definition.js';
import type { PaymentRow } from '../src/bank-file/payment-row.js';
import { paymentRow } from '../src/bank-file/payment-row-window.js';
import { type PlannedBatch, type PlannedFile, planFile } from '../src/bank-file/plan-file.js';
import { readPaymentFile } from '../src/bank-file/read-payment-file.js';
import { readBankFile } from '../src/worker/read-bank-file.js';

const ROWS = Number(argv[2] ?? 500_000);
const ONLY = argv.slice(3);
const AMOUNT = 12_345;
const CHUNK = 1 << 20;
/** Rows go to the file in pieces of about this size, as threads give them. */
const PIECE = 1 << 18;
/** Written and read before the timer begins: what is measured is a month's file, and not how V8 gets to know the code. */
const WARM_ROWS = 20_000;

function formatsFolder(): string {
  for (const up of ['../formats', '../../formats', '../../../formats']) {
    const folder = fileURLToPath(new URL(up, import.meta.url));
    if (existsSync(folder)) return folder;
  }
  throw new Error('formats/ is not beside the program');
}

function load(folder: string, name: string): FormatDefinition {
  const files = readdirSync(`${folder}/${name}`).filter((file) => file.endsWith('.yaml'));
  return parseFormat({
    name,
    files: files.map((path) => ({ path, text: readFileSync(`${folder}/${name}/${path}`, 'utf8') })),
  });
}

/** A payment that the format can carry: its account is short enough, its name in the bank's characters. */
function sampleRow({ unencodable, unacceptableAccount }: PaymentFormat): PaymentRow {
  const fits = (account: string): boolean => unacceptableAccount(account) === undefined;
  const account = ['6214831150131511', '6214831150131', '50131511'].find(fits) ?? '';
  const name =
    ['欧阳小明', 'OUYANG XIAOMING'].find((candidate) => unencodable(candidate) === undefined) ?? '';
  return paymentRow({
    reference: '000000700000001',
    name,
    account,
    residentId: '460105199001011234',
    amountFen: AMOUNT,
    bank: 104,
    region: 460105,
  });
}

interface Measured {
  /** A loop that does no more than look at each byte of the payment file: what the machine gives at this moment. */
  readonly scan: number;
  readonly write: number;
  readonly readBack: number;
  readonly answer: number;
  readonly readAnswer: number;
}

async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK);
}

/** Reads files in memory, one after another; a workbook from a folder, as its reader needs it. */
async function readAll(
  files: readonly Uint8Array[],
  reads: 'bytes' | 'sheet',
  read: (source: FileSource) => Promise<void>,
): Promise<void> {
  for (const bytes of files) {
    if (reads === 'bytes') {
      await read(chunks(bytes));
      continue;
    }
    const path = join(tmpdir(), `yika-bench-${pid}.xlsx`);
    writeFileSync(path, bytes);
    await readBankFile(path, reads, read);
    rmSync(path);
  }
}

function contextOf(definition: FormatDefinition, plan: PlannedFile): FileContext {
  return {
    fileNumber: plan.part,
    bank: '104',
    payDate: '2026-10-15',
    part: plan.part,
    parts: plan.parts,
    count: plan.count,
    amountFen: BigInt(plan.count) * BigInt(AMOUNT),
    batches: [7],
    programmes: ['高龄津贴'],
    parameters: Object.fromEntries(
      definition.payment.parameters.map(({ name, example }) => [name, example || '1001']),
    ),
    batchCount: plan.batches.length,
  };
}

function rate(started: number): number {
  return Math.round((ROWS / (performance.now() - started)) * 1000);
}

const batchOf = ({ ordinal, count }: PlannedBatch): BatchContext => ({
  ordinal,
  count,
  amountFen: BigInt(count) * BigInt(AMOUNT),
});

/** The rows of one file, into pieces that nobody keeps: the compiled writer by itself. */
function writeRows(definition: FormatDefinition, plan: PlannedFile, row: PaymentRow): void {
  const writer = compilePaymentFormat(definition).createDetailWriter(contextOf(definition, plan));
  const sink = new ByteSink(PIECE * 2);
  for (const planned of plan.batches) {
    writer.beginBatch(batchOf(planned));
    for (let index = planned.first; index < planned.first + planned.count; index++) {
      row.line = index + 1;
      writer.write(row, index - plan.first + 1, index - planned.first + 1, sink);
      if (sink.length >= PIECE) sink.reset();
    }
  }
}

/** One file, with all that stands round its rows. */
function writePayments(definition: FormatDefinition, plan: PlannedFile, row: PaymentRow): Uint8Array {
  const format = compilePaymentFormat(definition);
  const context = contextOf(definition, plan);
  const packer = format.createPacker();
  const out = new ByteSink(plan.count * 200);
  const sink = new ByteSink(PIECE * 2);
  const put = (bytes: Uint8Array): void => out.append(packer.pack(bytes));
  put(format.fileHeader(context));
  let sums: DetailSums = NO_SUMS;
  for (const planned of plan.batches) {
    put(format.batchHeader(context, batchOf(planned)));
    const writer = format.createDetailWriter(context);
    writer.beginBatch(batchOf(planned));
    for (let index = planned.first; index < planned.first + planned.count; index++) {
      row.line = index + 1;
      writer.write(row, index - plan.first + 1, index - planned.first + 1, sink);
      if (sink.length < PIECE) continue;
      put(sink.bytes.subarray(0, sink.length));
      sink.reset();
    }
    put(sink.bytes.subarray(0, sink.length));
    sink.reset();
    put(format.batchTrailer(context, batchOf(planned), writer.sums));
    sums = addSums(sums, writer.sums);
  }
  put(format.fileTrailer(context, sums));
  out.append(packer.end());
  return out.take();
}

/** The bank's answer to one file: everything paid, or failed where only that is listed. */
function writeAnswer(definition: FormatDefinition, plan: PlannedFile, row: PaymentRow): Uint8Array {
  const bank = compileReturnWriter(definition);
  const file = contextOf(definition, plan);
  const none = { count: 0, amountFen: 0n };
  // A bank that lists what failed has something to list only then.
  const outcome = definition.returns?.lists === 'all' ? 'paid' : 'failed';
  const context = { file, totals: { paid: none, failed: none, pending: none, [outcome]: file } };
  const packer = bank.createPacker();
  const sink = new ByteSink(plan.count * 200);
  sink.append(bank.fileHeader(context));
  const rows = bank.createRowWriter(context);
  for (const planned of plan.batches) {
    sink.append(bank.batchHeader(context, batchOf(planned)));
    rows.beginBatch(batchOf(planned));
    for (let index = planned.first; index < planned.first + planned.count; index++) {
      row.line = index + 1;
      rows.write(row, index - plan.first + 1, index - planned.first + 1, { outcome }, sink);
    }
    sink.append(bank.batchTrailer(context, batchOf(planned), rows.sums));
  }
  sink.append(bank.fileTrailer(context, rows.sums));
  return Buffer.concat([packer.pack(sink.take()), packer.end()]);
}

/** Lines a second of a plain loop over the bytes. */
function scanRate(files: readonly Uint8Array[]): number {
  const started = performance.now();
  let sum = 0;
  for (const bytes of files) for (let at = 0; at < bytes.length; at++) sum = (sum + bytes[at]!) | 0;
  const lines = rate(started);
  return sum === 0 ? 0 : lines;
}

/** Files as a release would write them: as many as the bank's limits ask for. */
async function measure(definition: FormatDefinition): Promise<Measured> {
  const payment = compilePaymentFormat(definition);
  const row = sampleRow(payment);
  const plans = planFile(payment.limits, ROWS, () => AMOUNT);
  for (const plan of planFile(payment.limits, WARM_ROWS, () => AMOUNT)) await warm(definition, plan, row);
  const writing = performance.now();
  for (const plan of plans) writeRows(definition, plan, row);
  const write = rate(writing);
  const files = plans.map((plan) => writePayments(definition, plan, row));
  const scan = scanRate(files);
  const readingBack = performance.now();
  await readPayments(definition, files);
  const readBack = rate(readingBack);
  const answering = performance.now();
  const answers = plans.map((plan) => writeAnswer(definition, plan, row));
  const answer = rate(answering);
  const readingAnswer = performance.now();
  await readAnswers(definition, answers);
  return { scan, write, readBack, answer, readAnswer: rate(readingAnswer) };
}

async function warm(definition: FormatDefinition, plan: PlannedFile, row: PaymentRow): Promise<void> {
  writeRows(definition, plan, row);
  await readPayments(definition, [writePayments(definition, plan, row)]);
  await readAnswers(definition, [writeAnswer(definition, plan, row)]);
}

function readPayments(definition: FormatDefinition, files: readonly Uint8Array[]): Promise<void> {
  return readAll(files, sourceOf(definition.payment.layout), (source) =>
    readPaymentFile(definition, source, { file() {}, row() {}, end() {} }),
  );
}

function readAnswers(definition: FormatDefinition, answers: readonly Uint8Array[]): Promise<void> {
  const format = compileReturnFormat(definition);
  return readAll(answers, format.reads, (source) => format.read(source, { file() {}, row() {}, end() {} }));
}

const folder = formatsFolder();
const names = readdirSync(folder)
  .filter((name) => existsSync(`${folder}/${name}/payment.yaml`))
  .filter((name) => ONLY.length === 0 || ONLY.includes(name));
stdout.write(
  `${ROWS} payments, one thread, payments a second; cnab240 and nacha-ccd have two lines a payment\n`,
);
stdout.write(
  `${'format'.padEnd(16)}${['scan', 'write', 'read back', 'answer', 'read answer'].map((word) => word.padStart(14)).join('')}\n`,
);
for (const name of names) {
  const { scan, write, readBack, answer, readAnswer } = await measure(load(folder, name));
  const figures = [scan, write, readBack, answer, readAnswer].map((figure) =>
    figure.toLocaleString('en').padStart(14),
  );
  stdout.write(`${name.padEnd(16)}${figures.join('')}\n`);
}
stdout.write(`resident ${Math.round(memoryUsage().rss / 1e6)} MB, the files held in memory included\n`);
