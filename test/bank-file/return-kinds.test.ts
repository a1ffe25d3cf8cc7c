// Banks answer in different ways: only the failed rows, with a code nobody knows, with totals of their own.

import { describe, expect, it } from 'vitest';
import type { FormatDefinition } from '../../src/bank-file/definition.js';
import { parseFormat } from '../../src/bank-file/parse-definition.js';
import {
  formatInput,
  loadFormat,
  readPayments,
  readReturn,
  rowsOf,
  SAMPLE_PAYMENTS,
  writeFiles,
  writeReturn,
} from './formats.js';

function edited(name: string, edits: [file: string, from: string, to: string][]): FormatDefinition {
  const input = formatInput(name);
  const files = input.files.map(({ path, text }) => ({
    path,
    text: edits
      .filter(([file]) => path.endsWith(file))
      .reduce((all, [, from, to]) => all.replace(from, to), text),
  }));
  return parseFormat({ name, files });
}

const rows = rowsOf(SAMPLE_PAYMENTS);
const mixed = (index: number) => ({ outcome: (['paid', 'failed', 'pending', 'paid'] as const)[index]! });

describe('a bank that lists what failed', () => {
  it.each([
    ['failed', [2]],
    ['notPaid', [2, 3]],
  ] as const)('lists: %s', async (lists, sequences) => {
    const definition = edited('fixed-sample', [
      ['return.yaml', 'lists: all', `lists: ${lists}`],
      ['return.yaml', 'unlisted: outstanding', 'unlisted: paid'],
    ]);
    const [written] = writeFiles(definition, rows);
    const read = await readReturn(definition, writeReturn(definition, written!, rows, mixed));
    expect(read.rows.map((row) => row.sequence)).toEqual(sequences);
    expect(read.header.unlisted).toBe('paid');
    expect(read.totals.unlisted).toBe('paid');
  });

  it('and that lists a paid row after all: then nothing follows from silence', async () => {
    const all = loadFormat('fixed-sample');
    const [written] = writeFiles(all, rows);
    const bytes = writeReturn(all, written!, rows, mixed);
    const definition = edited('fixed-sample', [
      ['return.yaml', 'lists: all', 'lists: failed'],
      ['return.yaml', 'unlisted: outstanding', 'unlisted: paid'],
    ]);
    expect((await readReturn(definition, bytes)).totals.unlisted).toBe('outstanding');
  });
});

describe('codes', () => {
  const definition = loadFormat('fixed-sample');
  const [written] = writeFiles(definition, rows);

  it('that nobody knows are unknown, and may be counted by the bank as it likes', async () => {
    const bytes = writeReturn(definition, written!, rows, () => ({ outcome: 'failed', code: '7777' }));
    const read = await readReturn(definition, bytes);
    expect(read.rows.map(({ outcome, code }) => [outcome, code])).toEqual(
      rows.map(() => ['unknown', '7777']),
    );
    expect(read.totals.unknown.count).toBe(4);
  });

  it('bring a correction: paid, but the account has changed', async () => {
    const correction = { account: '6216261000000000026' };
    const bytes = writeReturn(definition, written!, rows, () => ({
      outcome: 'paid',
      code: '0001',
      correction,
    }));
    const read = await readReturn(definition, bytes);
    expect(read.rows[0]).toMatchObject({ outcome: 'paid', code: '0001', correction });
  });

  it('refuse the whole file', async () => {
    const bytes = writeReturn(definition, written!, rows, () => ({ outcome: 'failed' }), { code: '9002' });
    const { header, totals } = await readReturn(definition, bytes);
    expect(header).toMatchObject({
      fileReference: 41,
      fileCount: 4,
      refused: { code: '9002', text: '总金额不符' },
    });
    expect(totals.rows).toBe(0);
  });
});

describe('XML in GBK with a wrapper around the rows, as bank gateways have it', () => {
  const payment = `format: gateway
title: Gateway
source: made for the tests
status: sample
layout: xml
encoding: GBK
xml: { file: GZELINK, batch: BODY, detail: TRANS_DETAILS/TRANS_DETAIL }
limits: { batchesPerFile: 1 }
fileName: "G{file.number:6}.xml"
records:
  fileHeader: [ { name: i, fields: [ { name: sn, path: INFO/REQ_SN, value: file.number } ] } ]
  batchHeader: [ { name: s, fields: [ { name: c, path: TRANS_SUM/TOTAL_ITEM, value: batch.count }, { name: a, path: TRANS_SUM/TOTAL_SUM, value: batch.amount, unit: fen } ] } ]
  detail:
    - name: d
      fields:
        - { name: acc, path: ACCOUNT_NO, value: account }
        - { name: name, path: ACCOUNT_NAME, value: name }
        - { name: fen, path: AMOUNT, value: amount, unit: fen }
        - { name: ref, path: REMARK, value: reference }
`;

  it('is written and read', async () => {
    const definition = parseFormat({
      name: 'gateway',
      files: [{ path: 'gateway/payment.yaml', text: payment }],
    });
    const payments = rowsOf([{ ...SAMPLE_PAYMENTS[2]!, name: '李東<&>' }]);
    const [written] = writeFiles(definition, payments);
    expect(new TextDecoder('gbk').decode(written!.bytes)).toBe(
      '<?xml version="1.0" encoding="GBK"?>\n<GZELINK><INFO><REQ_SN>41</REQ_SN></INFO>\n' +
        '<BODY><TRANS_SUM><TOTAL_ITEM>1</TOTAL_ITEM><TOTAL_SUM>1</TOTAL_SUM></TRANS_SUM><TRANS_DETAILS>\n' +
        '<TRANS_DETAIL><ACCOUNT_NO>6216261000000000018</ACCOUNT_NO><ACCOUNT_NAME>李東&lt;&amp;&gt;</ACCOUNT_NAME>' +
        '<AMOUNT>1</AMOUNT><REMARK>000000700000002</REMARK></TRANS_DETAIL>\n</TRANS_DETAILS></BODY>\n</GZELINK>\n',
    );
    const read = await readPayments(definition, written!.bytes, 9);
    expect(read.rows[0]).toMatchObject({ name: '李東<&>', amountFen: 1, reference: '000000700000002' });
  });
});
