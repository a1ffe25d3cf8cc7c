import { describe, expect, it } from 'vitest';
import { loadFormat, readPayments, rowsOf, SAMPLE_PAYMENTS, writeFiles } from './formats.js';

describe('BOC’s thousand rows a batch, one batch a file', () => {
  const definition = loadFormat('boc-normal');
  const payments = Array.from(
    { length: 1001 },
    (_, index) => SAMPLE_PAYMENTS[index % SAMPLE_PAYMENTS.length]!,
  );

  it.each([
    [1000, [1000]],
    [1001, [1000, 1]],
  ])('%i rows become files of %j', async (count, expected) => {
    const files = writeFiles(definition, rowsOf(payments.slice(0, count)));
    const totals = await Promise.all(
      files.map(async ({ bytes }) => (await readPayments(definition, bytes)).totals),
    );
    expect(totals.map((total) => total.count)).toEqual(expected);
    expect(new Set(files.map(({ name }) => name)).size).toBe(expected.length);
    expect(totals.reduce((sum, total) => sum + total.amountFen, 0n)).toBe(
      payments.slice(0, count).reduce((sum, payment) => sum + BigInt(payment.amountFen), 0n),
    );
  });
});
