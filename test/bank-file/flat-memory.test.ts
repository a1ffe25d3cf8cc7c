// Files larger than memory: what a writer and a reader hold near the end of a long file is what they held near its
// beginning. Each file is written and read piece by piece and never stands anywhere as a whole.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { ByteSink } from '../../src/bank-file/byte-sink.js';
import { compilePaymentFormat } from '../../src/bank-file/compile-payment.js';
import { compileReturnFormat } from '../../src/bank-file/compile-return.js';
import { compileReturnWriter } from '../../src/bank-file/compile-return-writer.js';
import { allReturns, type FormatDefinition } from '../../src/bank-file/definition.js';
import type { BatchContext } from '../../src/bank-file/file-context.js';
import { readPaymentFile } from '../../src/bank-file/read-payment-file.js';
import { contextFor, loadFormat, rowsOf, samplesFor } from './formats.js';

const ROWS = 40_000;
const PIECE = 64 * 1024;
/** Twice what a reader needs for its pieces; every one of these files is five times as large, or more. */
const GROWTH_MAX = 512 * 1024;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function held(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

interface Writing {
  readonly before: Uint8Array;
  row(index: number, sink: ByteSink): void;
  after(): Uint8Array;
}

/** The pieces of a file, in one buffer that is filled again; tells what is held after a tenth and nine tenths of its rows. */
async function* pieces({ before, row, after }: Writing, told: number[]): AsyncGenerator<Uint8Array> {
  yield before;
  const sink = new ByteSink(2 * PIECE);
  for (let index = 0; index < ROWS; index++) {
    row(index, sink);
    if (sink.length >= PIECE) {
      yield sink.bytes.subarray(0, sink.length);
      sink.reset();
    }
    if (index === ROWS / 10 || index === (9 * ROWS) / 10) told.push(held());
  }
  yield sink.bytes.subarray(0, sink.length);
  yield after();
}

function answerOf(definition: FormatDefinition): Writing {
  const { file, batch, row } = one(definition);
  const bank = compileReturnWriter(definition);
  const outcome = definition.returns!.lists === 'all' ? 'paid' : 'failed';
  const none = { count: 0, amountFen: 0n };
  const context = { file, totals: { paid: none, failed: none, pending: none, [outcome]: file } };
  const rows = bank.createRowWriter(context);
  rows.beginBatch(batch);
  return {
    before: Buffer.concat([bank.fileHeader(context), bank.batchHeader(context, batch)]),
    row(index, sink) {
      row.line = index + 2;
      rows.write(row, index + 1, index + 1, { outcome }, sink);
    },
    after: () =>
      Buffer.concat([bank.batchTrailer(context, batch, rows.sums), bank.fileTrailer(context, rows.sums)]),
  };
}

function paymentsOf(definition: FormatDefinition): Writing {
  const { file, batch, row } = one(definition);
  const format = compilePaymentFormat(definition);
  const rows = format.createDetailWriter(file);
  rows.beginBatch(batch);
  return {
    before: Buffer.concat([format.fileHeader(file), format.batchHeader(file, batch)]),
    row(index, sink) {
      row.line = index + 2;
      rows.write(row, index + 1, index + 1, sink);
    },
    after: () =>
      Buffer.concat([format.batchTrailer(file, batch, rows.sums), format.fileTrailer(file, rows.sums)]),
  };
}

/** A file of one batch, all of whose rows are alike. */
function one(definition: FormatDefinition) {
  const [row] = rowsOf(samplesFor(definition).slice(0, 1));
  const amountFen = BigInt(row!.amountFen) * BigInt(ROWS);
  const batch: BatchContext = { ordinal: 1, count: ROWS, amountFen };
  const plan = { part: 1, parts: 1, first: 0, count: ROWS, batches: [{ ordinal: 1, first: 0, count: ROWS }] };
  const file = { ...contextFor(definition, plan, [row!]), count: ROWS, amountFen };
  return { file: { ...file, allParts: { count: ROWS, fen: String(amountFen) } }, batch, row: row! };
}

function expectFlat([early, late]: readonly number[]): void {
  expect(late! - early!).toBeLessThan(GROWTH_MAX);
}

const FORMATS = [
  'delimited-sample',
  'fixed-sample',
  'icbc-payper',
  'iso20022',
  'nacha-ppd',
  'cnab240',
  'pam-spr',
];

describe.each(FORMATS)('%s', (name) => {
  const definition = loadFormat(name);

  it.each(allReturns(definition).map((returns) => [returns.kind || 'the usual answer', returns] as const))(
    'reads %s in flat memory',
    async (_what, returns) => {
      const answering = { ...definition, returns };
      const told: number[] = [];
      let rows = 0;
      await compileReturnFormat(answering, returns).read(pieces(answerOf(answering), told), {
        file() {},
        row: () => void rows++,
        end() {},
      });
      expect(rows).toBe(ROWS);
      expectFlat(told);
    },
  );

  it('writes payments and reads them back in flat memory', async () => {
    const told: number[] = [];
    let rows = 0;
    await readPaymentFile(definition, pieces(paymentsOf(definition), told), {
      file() {},
      row: () => void rows++,
      end() {},
    });
    expect(rows).toBe(ROWS);
    expectFlat(told);
  });
});

it('refuses an element, a tag and a line that never end, instead of keeping them', async () => {
  async function* endless(head: string, more: string): AsyncGenerator<Uint8Array> {
    yield Buffer.from(head);
    for (let piece = 0; piece < 1000; piece++) yield Buffer.from(more.repeat(PIECE / more.length));
    throw new Error('the reader took 64 MB of it');
  }
  const document = '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.11">';
  const cases = [
    ['iso20022', `${document}<CstmrPmtStsRpt><OrgnlGrpInfAndSts><OrgnlMsgId>`, 'a'],
    ['iso20022', `${document}<a `, 'b'],
    ['iso20022', '', '<a>'],
    ['iso20022', document, '<a>'],
    ['fixed-sample', '', 'a'],
    ['delimited-sample', '', '|'],
    ['cmb-agent', '{"a":"', 'b'],
    ['cmb-agent', '', '['],
  ] as const;
  for (const [name, head, more] of cases) {
    const read = compileReturnFormat(loadFormat(name)).read(endless(head, more), {
      file() {},
      row() {},
      end() {},
    });
    await expect(read, `${name} ${head}${more}…`).rejects.toMatchObject({ code: 'RETURN_FILE_INVALID' });
  }
});
