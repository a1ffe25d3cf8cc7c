// pain.001 over random payments and at its limits: valid by the published schema, with the number and the sum of what
// stands in it, read by an independent parser.

import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { compilePaymentFormat } from '../../src/bank-file/compile-payment.js';
import type { FormatDefinition } from '../../src/bank-file/definition.js';
import { planFile } from '../../src/bank-file/plan-file.js';
import { loadFormat, rowsOf, type TestPayment, writeFiles } from './formats.js';
import { hasSchema, validate } from './schema.js';

const definition = loadFormat('iso20022');
const format = compilePaymentFormat(definition);
const SCHEMA = 'pain.001.001.09.xsd';
const LARGEST = 999_999_999_999_999;

interface Parsed {
  counts: string[];
  sums: string[];
  amounts: string[];
  names: string[];
}

function parse(bytes: Uint8Array): Parsed {
  const found: Parsed = { counts: [], sums: [], amounts: [], names: [] };
  const path: string[] = [];
  let text = '';
  const parser = new SaxesParser();
  parser.on('opentag', ({ name }) => {
    path.push(name);
    text = '';
  });
  parser.on('text', (part) => {
    text += part;
  });
  parser.on('closetag', () => {
    const place = path.slice(-2).join('/');
    if (place.endsWith('/NbOfTxs')) found.counts.push(text);
    if (place.endsWith('/CtrlSum')) found.sums.push(text);
    if (place === 'Amt/InstdAmt') found.amounts.push(text);
    if (place === 'Cdtr/Nm') found.names.push(text);
    path.pop();
  });
  parser.write(Buffer.from(bytes).toString('utf8')).close();
  return found;
}

/** Exact: yuan with two decimals as fen. */
function fen(yuan: string): bigint {
  expect(yuan).toMatch(/^(0|[1-9][0-9]*)\.[0-9]{2}$/);
  return BigInt(yuan.replace('.', ''));
}

function expectTrue(bytes: Uint8Array, payments: readonly TestPayment[]): void {
  const { counts, sums, amounts, names } = parse(bytes);
  expect(counts).toEqual([String(payments.length), String(payments.length)]);
  expect(names).toEqual(payments.map(({ name }) => name));
  const sum = payments.reduce((all, payment) => all + BigInt(payment.amountFen), 0n);
  expect(amounts.reduce((all, amount) => all + fen(amount), 0n)).toBe(sum);
  expect(sums.map(fen)).toEqual([sum, sum]);
  if (hasSchema(SCHEMA)) validate(bytes, SCHEMA);
}

const piece = fc.constantFrom(
  '王',
  '阿',
  '·',
  '•',
  '‧',
  '𠮷',
  '𪚥',
  '㛃',
  'ü',
  'A',
  "'",
  '-',
  '&',
  '<',
  '"',
  '東',
);
const payment: fc.Arbitrary<TestPayment> = fc.record({
  name: fc.oneof(
    fc.array(piece, { minLength: 1, maxLength: 20 }).map((pieces) => pieces.join('')),
    fc.array(piece, { minLength: 140, maxLength: 140 }).map((pieces) => pieces.join('')),
  ),
  account: fc.stringMatching(/^[0-9]{5,34}$/),
  residentId: fc.constant('460105194001011234'),
  amountFen: fc.oneof(
    fc.integer({ min: 1, max: 1_000_000 }),
    fc.constantFrom(1, 10, 101, LARGEST - 1, LARGEST),
  ),
  bank: fc.constantFrom(102, 103, 104, 105, 301, 308, 314, 402, 403),
});

describe('pain.001', () => {
  it('is valid, and says the number and the sum of what stands in it', () => {
    fc.assert(
      fc.property(fc.array(payment, { minLength: 1, maxLength: 8 }), (payments) => {
        const [written] = writeFiles(definition, rowsOf(payments));
        expectTrue(written!.bytes, payments);
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ['the largest amount', { amountFen: LARGEST }, undefined],
    ['one fen more', { amountFen: LARGEST + 1 }, 'the amount is more than the bank takes'],
    ['a name of 140 characters', { name: '欧'.repeat(140) }, undefined],
    ['a name of 141 characters', { name: '欧'.repeat(141) }, 'it is longer than 140 characters'],
    ['a name of 140 characters of Ext-B', { name: '𠮷'.repeat(140) }, undefined],
    ['an account of 35 digits', { account: '1'.repeat(35) }, 'it is longer than 34 characters'],
    ['a bank without a clearing number', { bank: 999 }, 'no code is declared for its value'],
  ])('%s', (_what, change, problem) => {
    const one = {
      name: '王小明',
      account: '6214',
      residentId: '460105194001011234',
      amountFen: 1,
      bank: 104,
      ...change,
    };
    const write = (): void => expectTrue(writeFiles(definition, rowsOf([one]))[0]!.bytes, [one]);
    if (problem === undefined) write();
    else expect(write).toThrow(expect.objectContaining({ details: expect.objectContaining({ problem }) }));
  });

  it.each([
    [1_000_000, [1_000_000]],
    [1_000_001, [1_000_000, 1]],
  ])('takes a million rows a file: %i become %j', (count, expected) => {
    expect(planFile(format.limits, count, () => 1).map((plan) => plan.count)).toEqual(expected);
  });

  it.each([
    [40, [40]],
    [41, [40, 1]],
    [80, [40, 40]],
  ])('says the number and the sum of each file where rows are split: %i at 40 a file', (count, expected) => {
    const limits = { ...definition.payment.limits, rowsPerFile: 40, rowsPerBatch: 40 };
    const limited: FormatDefinition = { ...definition, payment: { ...definition.payment, limits } };
    const payments = Array.from({ length: count }, (_, index) => ({
      ...{ name: `王${index}`, account: '6214', residentId: '460105194001011234', bank: 104 },
      amountFen: index % 7 === 0 ? LARGEST : index + 1,
    }));
    const files = writeFiles(limited, rowsOf(payments));
    expect(files.map(({ plan }) => plan.count)).toEqual(expected);
    for (const { bytes, plan } of files)
      expectTrue(bytes, payments.slice(plan.first, plan.first + plan.count));
  });
});
