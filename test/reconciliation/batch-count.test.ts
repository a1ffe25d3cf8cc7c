// Counting a batch in one pass gives what counting it slowly gives.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BatchCount } from '../../src/reconciliation/batch-count.js';
import { NewestOutcomes } from '../../src/reconciliation/newest-outcomes.js';

interface Payment {
  line: number;
  bank: number;
  amount: number;
  region: number;
}

/** Beyond what the first table holds, and beyond what any table holds. */
const FAR = fc.constantFrom(65_535, 65_536, 200_000, 2 ** 26, 2 ** 31 - 1);

const payments = fc
  .uniqueArray(
    fc.record({
      line: fc.oneof(fc.integer({ min: 1, max: 40 }), FAR),
      bank: fc.constantFrom(102, 103, 314),
      amount: fc.constantFrom(1, 10_000, 999_999_999_999_999, Number.MAX_SAFE_INTEGER),
      region: fc.constantFrom(460105, 469001),
    }),
    { selector: ({ line }) => line },
  )
  .map((list) => list.sort((one, other) => one.line - other.line));
const said = fc.array(
  fc.record({
    line: fc.oneof(fc.integer({ min: 1, max: 60 }), FAR),
    outcome: fc.integer({ min: 1, max: 4 }),
  }),
);
const segments = fc.constantFrom(
  [],
  [{ file: 1, bank: 102, firstLine: 1, lastLine: 20 }],
  [
    { file: 3, bank: 102, firstLine: 21, lastLine: 2 ** 31 - 1 },
    { file: 1, bank: 102, firstLine: 3, lastLine: 20 },
    { file: 2, bank: 314, firstLine: 5, lastLine: 5 },
  ],
);

const sum = (list: readonly Payment[]) => ({
  count: list.length,
  amount: list.reduce((amount, payment) => amount + BigInt(payment.amount), 0n),
});

describe('a batch counted in one pass', () => {
  it('has the sums that counting slowly gives: by bank and outcome, by file, by group, and the strays', () => {
    fc.assert(
      fc.property(payments, said, segments, (list, outcomes, places) => {
        const newest = new NewestOutcomes();
        for (const { line, outcome } of outcomes) newest.put(line, outcome);
        const groups = new Map<string, number>();
        const count = new BatchCount(newest, places, (amount, region, outcome, payments) => {
          const key = `${amount} ${region} ${outcome}`;
          groups.set(key, (groups.get(key) ?? 0) + payments);
        });
        for (const { line, bank, amount, region } of list) count.payment(line, bank, amount, region);
        count.finish();

        const last = new Map(outcomes.map(({ line, outcome }) => [line, outcome]));
        const outcomeOf = ({ line }: Payment): number => last.get(line) ?? 0;
        for (const { bank, all, byOutcome } of count.banks()) {
          const ofBank = list.filter((payment) => payment.bank === bank);
          expect(all).toEqual(sum(ofBank));
          byOutcome.forEach((found, outcome) => {
            expect(found).toEqual(sum(ofBank.filter((payment) => outcomeOf(payment) === outcome)));
          });
        }
        expect(count.banks().map(({ bank }) => bank)).toEqual(
          [...new Set(list.map(({ bank }) => bank))].sort((one, other) => one - other),
        );
        for (const { file, bank, firstLine, lastLine } of places) {
          const inFile = list.filter(
            (payment) => payment.bank === bank && payment.line >= firstLine && payment.line <= lastLine,
          );
          expect(count.inFile(file)).toEqual(sum(inFile));
        }
        const expected = new Map<string, number>();
        for (const payment of list) {
          const key = `${payment.amount} ${payment.region} ${outcomeOf(payment)}`;
          expected.set(key, (expected.get(key) ?? 0) + 1);
        }
        expect(groups).toEqual(expected);
        const lines = new Set(list.map(({ line }) => line));
        expect(count.strays()).toBe([...last.keys()].filter((line) => !lines.has(line)).length);
      }),
      { numRuns: 500 },
    );
  });
});
