// The row limit exactly, and one row more, for every format that has one.

import { describe, expect, it } from 'vitest';
import { compilePaymentFormat } from '../../src/bank-file/compile-payment.js';
import { planFile } from '../../src/bank-file/plan-file.js';
import { FORMAT_NAMES, loadFormat, readPayments, rowsOf, samplesFor, writeFiles } from './formats.js';

/** Larger limits are planned only, and the largest by their counts alone: amounts of 100,000,000 rows take 15 s. */
const WRITTEN_MAX = 60_000;
const AMOUNTS_MAX = 10_000_000;

const limited = FORMAT_NAMES.flatMap((name) => {
  const { limits } = compilePaymentFormat(loadFormat(name));
  const inBatches = (limits.rowsPerBatch ?? Infinity) * (limits.batchesPerFile ?? Infinity);
  const most = Math.min(limits.rowsPerFile ?? Infinity, inBatches);
  return Number.isFinite(most) ? [[name, most] as const] : [];
});

it('is known for the formats that have one', () => {
  expect(limited).toContainEqual(['boc-normal', 1000]);
  expect(limited).toContainEqual(['cmb-agent', 1000]);
  expect(limited).toContainEqual(['fixed-sample', 999_999]);
});

describe.each(limited)('%s takes %i rows a file', (name, most) => {
  const definition = loadFormat(name);
  const samples = samplesFor(definition);

  it.each([
    [most, [most]],
    [most + 1, [most, 1]],
  ])('%i rows become files of %j', async (count, expected) => {
    const { limits } = compilePaymentFormat(definition);
    const amountAt = most > AMOUNTS_MAX ? undefined : () => 1;
    expect(planFile(limits, count, amountAt).map((file) => file.count)).toEqual(expected);
    if (most > WRITTEN_MAX) return;
    // Small amounts, so that no bank's limit of amount divides the rows.
    const payments = Array.from({ length: count }, (_, index) => ({
      ...samples[index % samples.length]!,
      amountFen: 1 + (index % 100),
    }));
    const files = writeFiles(definition, rowsOf(payments));
    const totals = [];
    for (const { bytes } of files) totals.push((await readPayments(definition, bytes)).totals);
    expect(totals.map((total) => total.count)).toEqual(expected);
    expect(new Set(files.map(({ name }) => name)).size).toBe(expected.length);
    expect(totals.reduce((sum, total) => sum + total.amountFen, 0n)).toBe(
      payments.reduce((sum, payment) => sum + BigInt(payment.amountFen), 0n),
    );
  });
});
