// Random payments through every format: what is written is read back the same, and what cannot be written is refused,
// never changed. Names come from plain hanzi, GBK's rarer two-byte ones, four-byte GB 18030, Ext-B, dots and Latin.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePaymentFormat, type PaymentFormat } from '../../src/bank-file/compile-payment.js';
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

const name = fc.array(character, { minLength: 1, maxLength: 40 }).map((characters) => characters.join(''));
/** For the formats of countries where names are written so: long ones are cut there. */
const latinName = fc.stringMatching(/^[A-Za-z][A-Za-z0-9 .,'&()/-]{0,60}$/);
const residentId = fc.stringMatching(/^([1-9][0-9]{16}[0-9X]|[A-Z]{3}[0-9]{12})$/);
const digits = (length: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));

/** Whatever a base may hold, with the largest amount of a format and one fen more. */
function anyPayment(most: number): fc.Arbitrary<TestPayment> {
  const amounts = [1, 99, 100, 999_999_999_999, most - 1, most, most + 1, Number.MAX_SAFE_INTEGER];
  return fc.record({
    name: fc.oneof(name, latinName),
    account: fc.integer({ min: 6, max: 32 }).chain(digits),
    residentId,
    amountFen: fc.oneof(
      fc.integer({ min: 1, max: 10_000_000 }),
      fc.constantFrom(...amounts.filter(Number.isSafeInteger)),
    ),
  });
}

/** Mostly payments that the format takes: random ones hardly ever have a name in Latin letters and thirteen digits. */
function fittingPayment(format: PaymentFormat, most: number): fc.Arbitrary<TestPayment> {
  const lengths = Array.from({ length: 27 }, (_, index) => index + 6);
  const taken = lengths.filter((length) => format.unacceptableAccount('9'.repeat(length)) === undefined);
  const account = fc.constantFrom(...taken).chain(digits);
  const names = format.unencodable('王小明') === undefined ? fc.oneof(name, latinName) : latinName;
  return fc
    .record({ payment: anyPayment(most), account, name: names })
    .map(({ payment, ...own }) => ({ ...payment, ...own }));
}

const OUTCOMES: DecidedOutcome[] = [{ outcome: 'paid' }, { outcome: 'failed' }, { outcome: 'pending' }];

describe.each(FORMAT_NAMES)('%s', (formatName) => {
  const definition = loadFormat(formatName);
  const format = compilePaymentFormat(definition);
  const most = Number(format.limits.amountPerRowFen ?? Number.MAX_SAFE_INTEGER);

  const payment = anyPayment(most);
  const fitting = fittingPayment(format, most);

  const fits = (candidate: TestPayment): boolean =>
    format.unencodable(candidate.name) === undefined &&
    format.unacceptableAccount(candidate.account) === undefined &&
    candidate.amountFen <= most;

  it('reads back every payment that it says it can take, and its outcome', async () => {
    // Where only account and amount come back, two payments that have both the same are for a person.
    const payments = fc.uniqueArray(fitting.filter(fits), {
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
      { numRuns: 12 },
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
      { numRuns: 40 },
    );
  });

  it('never writes a replacement character', () => {
    fc.assert(
      fc.property(
        fitting.filter((one) => fits(one) && !one.name.includes('?')),
        (one) => {
          const [written] = writeFiles(definition, rowsOf([one]));
          const text = Buffer.from(written!.bytes).toString('latin1');
          // Round a sheet stand sizes and checksums, which may be any bytes.
          const sheet = /<sheetData>.*<\/sheetData>/s.exec(text)?.[0];
          expect((sheet ?? text).replace(/<\?xml[^?]*\?>/, '')).not.toContain('?');
        },
      ),
      { numRuns: 25 },
    );
  });
});
