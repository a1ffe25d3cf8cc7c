// Lines a second of the bank format engine, on one thread: writing payments, reading them back, playing the bank and
// reading its answer, for every format. Run after a build: node dist-bench/benchmarks/bank-file.js [rows]

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { argv, memoryUsage, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import { ByteSink } from '../src/bank-file/byte-sink.js';
import { compilePaymentFormat } from '../src/bank-file/compile-payment.js';
import { compileReturnFormat } from '../src/bank-file/compile-return.js';
import { compileReturnWriter } from '../src/bank-file/compile-return-writer.js';
import type { FormatDefinition } from '../src/bank-file/definition.js';
import type { BatchContext, FileContext } from '../src/bank-file/file-context.js';
import { parseFormat } from '../src/bank-file/parse-definition.js';
import type { PaymentRow } from '../src/bank-file/payment-row.js';
import { paymentRow } from '../src/bank-file/payment-row-window.js';
import { readPaymentFile } from '../src/bank-file/read-payment-file.js';

const ROWS = Number(argv[2] ?? 500_000);
const AMOUNT = 12_345;
const CHUNK = 1 << 20;

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

/** One row, changed a little for every line, as the release does it. */
function sampleRow(): PaymentRow {
  return paymentRow({
    reference: '000000700000001',
    name: '欧阳小明',
    account: '6214831150131511',
    residentId: '460105199001011234',
    amountFen: AMOUNT,
    bank: 104,
    region: 460105,
  });
}

interface Measured {
  readonly write: number;
  readonly readBack: number;
  readonly answer: number;
  readonly readAnswer: number;
}

async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK);
}

function contextOf(definition: FormatDefinition): FileContext {
  return {
    fileNumber: 1,
    bank: '104',
    payDate: '2026-10-15',
    part: 1,
    parts: 1,
    count: ROWS,
    amountFen: BigInt(ROWS) * BigInt(AMOUNT),
    batches: [7],
    programmes: ['高龄津贴'],
    parameters: Object.fromEntries(definition.payment.parameters.map(({ name }) => [name, '10001'])),
    batchCount: 1,
  };
}

function rate(started: number): number {
  return Math.round((ROWS / (performance.now() - started)) * 1000);
}

/** One batch a file whatever the bank's limit: this measures rows, not headers. */
async function measure(definition: FormatDefinition): Promise<Measured> {
  const context = contextOf(definition);
  const batch: BatchContext = { ordinal: 1, count: ROWS, amountFen: context.amountFen };
  const row = sampleRow();
  const payment = compilePaymentFormat(definition);
  const file = new ByteSink(ROWS * 600);
  file.append(payment.fileHeader(context));
  file.append(payment.batchHeader(context, batch));
  const writer = payment.createDetailWriter(context);
  writer.beginBatch(batch);
  const writing = performance.now();
  for (let index = 1; index <= ROWS; index++) {
    row.line = index;
    writer.write(row, index, index, file);
  }
  const write = rate(writing);
  file.append(payment.batchTrailer(context, batch, writer.sums));
  file.append(payment.fileTrailer(context, writer.sums));
  const readingBack = performance.now();
  await readPaymentFile(definition, chunks(file.take()), { file() {}, row() {}, end() {} });
  const readBack = rate(readingBack);

  const bank = compileReturnWriter(definition);
  const none = { count: 0, amountFen: 0n };
  const answerContext = { file: context, totals: { paid: batch, failed: none, pending: none } };
  file.reset();
  file.append(bank.fileHeader(answerContext));
  file.append(bank.batchHeader(answerContext, batch));
  const answers = bank.createRowWriter(answerContext);
  answers.beginBatch(batch);
  const answering = performance.now();
  for (let index = 1; index <= ROWS; index++) {
    row.line = index;
    answers.write(row, index, index, { outcome: 'paid' }, file);
  }
  const answer = rate(answering);
  file.append(bank.batchTrailer(answerContext, batch, answers.sums));
  file.append(bank.fileTrailer(answerContext, answers.sums));
  const readingAnswer = performance.now();
  await compileReturnFormat(definition).read(chunks(file.take()), { file() {}, row() {}, end() {} });
  return { write, readBack, answer, readAnswer: rate(readingAnswer) };
}

const folder = formatsFolder();
const names = readdirSync(folder).filter((name) => existsSync(`${folder}/${name}/payment.yaml`));
stdout.write(`${ROWS} rows, one thread, lines a second\n`);
stdout.write(
  `${'format'.padEnd(16)}${['write', 'read back', 'answer', 'read answer'].map((word) => word.padStart(14)).join('')}\n`,
);
for (const name of names) {
  const { write, readBack, answer, readAnswer } = await measure(load(folder, name));
  const figures = [write, readBack, answer, readAnswer].map((figure) =>
    figure.toLocaleString('en').padStart(14),
  );
  stdout.write(`${name.padEnd(16)}${figures.join('')}\n`);
}
stdout.write(`resident ${Math.round(memoryUsage().rss / 1e6)} MB, the files held in memory included\n`);
