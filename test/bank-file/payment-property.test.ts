// Random payments through every format: what is written is read back the same, and what cannot be written is refused,
// never changed. Names come from plain hanzi, GBK's rarer two-byte ones, four-byte GB 18030, Ext-B, dots and Latin.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePaymentFormat } from '../../src/bank-file/compile-payment.js';
import type { DecidedOutcome } from '../../src/bank-file/compile-return-writer.js';
import {
  FORMAT_NAMES,
  indexOfRow,
  keepsNames,
  loadFormat,
  readPayments,
  readReturn,
  rowsOf,
  type TestPayment,
  writeFiles,
  writeReturn,
} from './formats.js';

const character = fc
  .oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0x4e00, max: 0x9fa5 }) },
    { weight: 2, arbitrary: fc.constantFrom(0x6771, 0x4e28, 0x9c7b, 0xb7, 0x3007) },
    { weight: 1, arbitrary: fc.integer({ min: 0x3400, max: 0x4db5 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0x20000, max: 0x2a6df }) },
    { weight: 1, arbitrary: fc.integer({ min: 0x41, max: 0x7a }) },
    { weight: 1, arbitrary: fc.constantFrom(0x7c, 0x26, 0x3c, 0x22, 0x20ac, 0xe863, 0xfffd, 0x9, 0x2c) },
  )
  .map((point) => String.fromCodePoint(point));

const ACCOUNT = fc.stringMatching(/^[0-9]{6,32}$/);

const paymentWith = (characters: fc.Arbitrary<string>, account = ACCOUNT): fc.Arbitrary<TestPayment> =>
  fc.record({
    name: fc.array(characters, { minLength: 1, maxLength: 40 }).map((list) => list.join('')),
    account,
    residentId: fc.stringMatching(/^([1-9][0-9]{16}[0-9X]|[A-Z]{3}[0-9]{12})$/),
    amountFen: fc.oneof(
      fc.integer({ min: 1, max: 10_000_000 }),
      fc.constantFrom(1, 99, 100, 999_999_999_999, Number.MAX_SAFE_INTEGER),
    ),
  });
const payment = paymentWith(character);

const OUTCOMES: DecidedOutcome[] = [{ outcome: 'paid' }, { outcome: 'failed' }, { outcome: 'pending' }];

describe.each(FORMAT_NAMES)('%s', (name) => {
  const definition = loadFormat(name);
  const format = compilePaymentFormat(definition);
  const most = Number(format.limits.amountPerRowFen ?? Number.MAX_SAFE_INTEGER);

  const fits = (candidate: TestPayment): boolean =>
    format.unencodable(candidate.name) === undefined &&
    format.unacceptableAccount(candidate.account) === undefined &&
    candidate.amountFen <= most;
  // Where a bank takes few characters, one name in thousands would fit by chance.
  const takable = paymentWith(
    character.filter((one) => format.unencodable(`A${one}`) === undefined),
    ACCOUNT.filter((account) => format.unacceptableAccount(account) === undefined),
  ).filter(fits);

  it('reads back every payment that it says it can take, and its outcome', async () => {
    // Where only account and amount come back, two payments that have both the same are for a person.
    const payments = fc.uniqueArray(takable, {
      ...{ minLength: 1, maxLength: 12 },
      selector: ({ account, amountFen }) => `${account.replace(/^0+/, '')}|${amountFen}`,
    });
    await fc.assert(
      fc.asyncProperty(payments, fc.integer({ min: 1, max: 200 }), async (list, size) => {
        const rows = rowsOf(list);
        for (const written of writeFiles(definition, rows)) {
          const read = await readPayments(definition, written.bytes, size);
          const mine = list.slice(written.plan.first, written.plan.first + written.plan.count);
          expect(read.rows.map((row) => [row.account, row.amountFen, row.name])).toEqual(
            mine.map((one, index) => [
              one.account,
              one.amountFen,
              keepsNames(definition) && read.rows[index]!.name !== undefined
                ? one.name.trim()
                : read.rows[index]!.name,
            ]),
          );
          const answer = writeReturn(definition, written, rows, (index) => OUTCOMES[index % 3]!);
          const outcomes = await readReturn(definition, answer, size);
          for (const row of outcomes.rows) {
            const index = indexOfRow(row, written, rows);
            expect(row.outcome).toBe(OUTCOMES[index % 3]!.outcome);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('refuses to write what it says it cannot take', () => {
    fc.assert(
      fc.property(
        payment.filter((one) => !fits(one)),
        (one) => {
          expect(() => writeFiles(definition, rowsOf([one]))).toThrow(
            /PAYMENT_UNENCODABLE|PAYMENT_FILE_REFUSED/,
          );
        },
      ),
      { numRuns: 150 },
    );
  });

  it('never writes a replacement character', () => {
    fc.assert(
      fc.property(
        takable.filter((one) => !one.name.includes('?')),
        (one) => {
          const [written] = writeFiles(definition, rowsOf([one]));
          const text = Buffer.from(written!.bytes).toString('latin1');
          // Round a sheet stand sizes and checksums, which may be any bytes.
          const sheet = /<sheetData>.*<\/sheetData>/s.exec(text)?.[0];
          expect((sheet ?? text).replace(/<\?xml[^?]*\?>/, '')).not.toContain('?');
        },
      ),
      { numRuns: 100 },
    );
  });
});
