// Lines a second of the bank format engine, on one thread: writing payments, reading them back, playing the bank and
// reading its answer, for every format. Run after a build: node dist-bench/benchmarks/bank-file.js [rows]

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { argv, memoryUsage, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import { ByteSink } from '../src/bank-file/byte-sink.js';
import { compilePaymentFormat, type PaymentFormat } from '../src/bank-file/compile-payment.js';
import { compileReturnFormat } from '../src/bank-file/compile-return.js';
import { compileReturnWriter } from '../src/bank-file/compile-return-writer.js';
import type { FormatDefinition } from '../src/bank-file/definition.js';
import { recordsPerRow } from '../src/bank-file/detail-writer.js';
import type { BatchContext, FileContext } from '../src/bank-file/file-context.js';
import { capacity } from '../src/bank-file/file-limits.js';
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

/** One row, changed a little for every line, as the release does it; with a name and an account that the format takes. */
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
  readonly write: number;
  readonly readBack: number;
  readonly answer: number;
  readonly readAnswer: number;
}

async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK);
}

function contextOf(definition: FormatDefinition, rows: number): FileContext {
  return {
    fileNumber: 1,
    bank: '104',
    payDate: '2026-10-15',
    part: 1,
    parts: 1,
    count: rows,
    amountFen: BigInt(rows) * BigInt(AMOUNT),
    batches: [7],
    programmes: ['高龄津贴'],
    parameters: Object.fromEntries(
      definition.payment.parameters.map(({ name, example }) => [name, example || '10001']),
    ),
    batchCount: 1,
  };
}

/** Rows of one file: all, unless the sequence that every record carries has fewer digits. */
function rowsPerFile({ payment }: FormatDefinition): number {
  const held = capacity(payment.layout, 'recordInBatch');
  return held === undefined ? ROWS : Math.min(ROWS, Number(held) / recordsPerRow(payment.layout)) | 0;
}

/** One batch a file whatever the bank's limit: this measures rows, not headers. */
async function measure(definition: FormatDefinition): Promise<Measured> {
  const rows = rowsPerFile(definition);
  const passes = Math.ceil(ROWS / rows);
  const context = contextOf(definition, rows);
  const batch: BatchContext = { ordinal: 1, count: rows, amountFen: context.amountFen };
  const payment = compilePaymentFormat(definition);
  const row = sampleRow(payment);
  const file = new ByteSink(rows * 900);
  const spent = { write: 0, readBack: 0, answer: 0, readAnswer: 0 };
  const timed = async (what: keyof Measured, work: () => void | Promise<void>): Promise<void> => {
    const started = performance.now();
    await work();
    spent[what] += performance.now() - started;
  };
  const bank = compileReturnWriter(definition);
  const none = { count: 0, amountFen: 0n };
  // A bank that lists what failed has something to list only then.
  const outcome = definition.returns?.lists === 'all' ? 'paid' : 'failed';
  const totals = { paid: none, failed: none, pending: none, [outcome]: batch };
  const answered = { file: context, totals };
  for (let pass = 0; pass <= passes; pass++) {
    // The first pass compiles the program and touches the memory; it is not counted.
    if (pass === 1) Object.assign(spent, { write: 0, readBack: 0, answer: 0, readAnswer: 0 });
    file.reset();
    file.append(payment.fileHeader(context));
    file.append(payment.batchHeader(context, batch));
    const writer = payment.createDetailWriter(context);
    writer.beginBatch(batch);
    await timed('write', () => {
      for (let index = 1; index <= rows; index++) {
        row.line = index;
        writer.write(row, index, index, file);
      }
    });
    file.append(payment.batchTrailer(context, batch, writer.sums));
    file.append(payment.fileTrailer(context, writer.sums));
    await timed('readBack', () =>
      readPaymentFile(definition, chunks(file.take()), { file() {}, row() {}, end() {} }),
    );
    file.reset();
    file.append(bank.fileHeader(answered));
    file.append(bank.batchHeader(answered, batch));
    const answers = bank.createRowWriter(answered);
    answers.beginBatch(batch);
    await timed('answer', () => {
      for (let index = 1; index <= rows; index++) {
        row.line = index;
        answers.write(row, index, index, { outcome }, file);
      }
    });
    file.append(bank.batchTrailer(answered, batch, answers.sums));
    file.append(bank.fileTrailer(answered, answers.sums));
    const reader = compileReturnFormat(definition);
    await timed('readAnswer', () => reader.read(chunks(file.take()), { file() {}, row() {}, end() {} }));
  }
  const rate = (milliseconds: number): number => Math.round(((rows * passes) / milliseconds) * 1000);
  return {
    write: rate(spent.write),
    readBack: rate(spent.readBack),
    answer: rate(spent.answer),
    readAnswer: rate(spent.readAnswer),
  };
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
