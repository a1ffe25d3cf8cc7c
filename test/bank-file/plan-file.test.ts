import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileLimits } from '../../src/bank-file/definition.js';
import { planFile } from '../../src/bank-file/plan-file.js';

const NONE: FileLimits = {
  rowsPerBatch: undefined,
  batchesPerFile: undefined,
  rowsPerFile: undefined,
  amountPerRowFen: undefined,
  amountPerBatchFen: undefined,
  amountPerFileFen: undefined,
  bytesPerFile: undefined,
};

/** Rows of each batch, file by file. */
function shape(limits: Partial<FileLimits>, rows: number, amounts?: number[]): number[][] {
  const plan = planFile({ ...NONE, ...limits }, rows, amounts && ((index) => amounts[index]!));
  return plan.map((file) => file.batches.map((batch) => batch.count));
}

describe('planFile', () => {
  it.each<[string, Partial<FileLimits>, number, number[][]]>([
    ['no rows', {}, 0, []],
    ['no limits', {}, 5, [[5]]],
    ['the limit exactly', { rowsPerBatch: 1000, batchesPerFile: 1 }, 1000, [[1000]]],
    ['one more than the limit', { rowsPerBatch: 1000, batchesPerFile: 1 }, 1001, [[1000], [1]]],
    ['several batches a file', { rowsPerBatch: 2, batchesPerFile: 3 }, 13, [[2, 2, 2], [2, 2, 2], [1]]],
    ['a file that ends inside a batch', { rowsPerBatch: 4, rowsPerFile: 6 }, 13, [[4, 2], [4, 2], [1]]],
  ])('%s', (_what, limits, count, expected) => {
    expect(shape(limits, count)).toEqual(expected);
  });

  it('closes a batch before its amount would be too large', () => {
    expect(shape({ amountPerBatchFen: 100n, batchesPerFile: 2 }, 5, [60, 40, 1, 100, 99])).toEqual([
      [2, 1],
      [1, 1],
    ]);
  });

  it('closes a file before its amount would be too large', () => {
    expect(shape({ amountPerFileFen: 100n, rowsPerBatch: 2 }, 5, [30, 30, 30, 30, 30])).toEqual([
      [2, 1],
      [2],
    ]);
  });

  it('refuses a payment that alone is over the limit', () => {
    expect(() => shape({ amountPerBatchFen: 100n }, 2, [1, 101])).toThrow('PAYMENT_FILE_REFUSED');
  });

  it('loses no row, repeats none, and keeps every limit', () => {
    const limits = fc.record({
      rowsPerBatch: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
      batchesPerFile: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
      rowsPerFile: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
      amountPerBatchFen: fc.option(fc.bigInt({ min: 50n, max: 200n }), { nil: undefined }),
      amountPerFileFen: fc.option(fc.bigInt({ min: 50n, max: 400n }), { nil: undefined }),
    });
    fc.assert(
      fc.property(limits, fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 60 }), (some, amounts) => {
        const all = { ...NONE, ...some };
        const plan = planFile(all, amounts.length, (index) => amounts[index]!);
        const sum = (first: number, count: number): bigint =>
          amounts.slice(first, first + count).reduce((total, fen) => total + BigInt(fen), 0n);
        let next = 0;
        for (const file of plan) {
          expect(file.first).toBe(next);
          expect(file.parts).toBe(plan.length);
          expect(file.batches.length).toBeLessThanOrEqual(all.batchesPerFile ?? Infinity);
          expect(file.count).toBeLessThanOrEqual(all.rowsPerFile ?? Infinity);
          if (all.amountPerFileFen !== undefined)
            expect(sum(file.first, file.count)).toBeLessThanOrEqual(all.amountPerFileFen);
          for (const batch of file.batches) {
            expect(batch.first).toBe(next);
            expect(batch.count).toBeGreaterThan(0);
            expect(batch.count).toBeLessThanOrEqual(all.rowsPerBatch ?? Infinity);
            if (all.amountPerBatchFen !== undefined)
              expect(sum(batch.first, batch.count)).toBeLessThanOrEqual(all.amountPerBatchFen);
            next += batch.count;
          }
        }
        expect(next).toBe(amounts.length);
      }),
    );
  });
});
