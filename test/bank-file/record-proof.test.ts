// Check digits, digests and padded numbers: computed again, and understood, when a file is read.

import { describe, expect, it } from 'vitest';
import { parseFormat } from '../../src/bank-file/parse-definition.js';
import { readPayments, rowsOf, SAMPLE_PAYMENTS, writeFiles } from './formats.js';

const definition = parseFormat({
  name: 'proof',
  files: [
    {
      path: 'proof/payment.yaml',
      text: `format: proof
title: Proof
source: made for the tests
status: sample
layout: fixed
encoding: GBK
fixed: { length: 130 }
fileName: "P{file.number:6}.txt"
records:
  detail:
    - name: 明细
      fields:
        - { name: account, width: 32, value: account, pad: "0", justify: right }
        - { name: check, width: 2, checkDigit: { algorithm: mod97, of: [account] } }
        - { name: fen, width: 12, value: amount, unit: fen }
        - { name: reference, width: 18, value: reference, pad: "0", justify: right }
        - { name: digest, width: 64, digest: { algorithm: sm3, of: [account, fen, reference] } }
        - { name: rest, width: 2 }
`,
    },
  ],
});
const rows = rowsOf(SAMPLE_PAYMENTS);
const [written] = writeFiles(definition, rows);
const text = Buffer.from(written!.bytes).toString('latin1');

describe('a fixed record', () => {
  it('with padded accounts and references is read back', async () => {
    const read = await readPayments(definition, written!.bytes, 7);
    expect(read.rows.map(({ reference }) => reference)).toEqual([
      '000000700000002',
      '000000700000003',
      '000000700000004',
      '000000700000005',
    ]);
    expect(read.rows.map(({ account }) => account)).toEqual(
      SAMPLE_PAYMENTS.map(({ account }) => account.replace(/^0+/, '')),
    );
  });

  it.each([
    ['a digit of an account changed', 131 + 31 + 2, '9', 2, '"check" is'],
    ['a check digit changed', 33, 'x', 1, '"check" is'],
    ['an amount changed', 45, '1', 1, '"digest" is'],
    ['an account that is no number', 31, 'A', 1, 'not all digits'],
  ])('%s is refused', async (_what, at, character, line, problem) => {
    const changed = text.slice(0, at) + character + text.slice(at + 1);
    expect(changed).not.toBe(text);
    await expect(readPayments(definition, Buffer.from(changed, 'latin1'))).rejects.toMatchObject({
      code: 'PAYMENT_FILE_CHANGED',
      details: { line, problem: expect.stringContaining(problem) },
    });
  });
});
