import { describe, expect, it } from 'vitest';
import { compileReturnFormat } from '../../src/bank-file/compile-return.js';
import { compileReturnWriter, type DecidedOutcome } from '../../src/bank-file/compile-return-writer.js';
import {
  FORMAT_NAMES,
  indexOfRow,
  keepsNames,
  loadFormat,
  readPayments,
  readReturn,
  referenceOf,
  rowsOf,
  samplesFor,
  writeFiles,
  writeReturn,
} from './formats.js';

const OUTCOMES: DecidedOutcome[] = [{ outcome: 'paid' }, { outcome: 'failed' }, { outcome: 'pending' }];

describe.each(FORMAT_NAMES)('format %s', (name) => {
  const definition = loadFormat(name);
  const payments = samplesFor(definition);
  const rows = rowsOf(payments);

  it('reads back what it wrote, whatever the chunks', async () => {
    for (const written of writeFiles(definition, rows)) {
      for (const size of [1, 7, 64 * 1024]) {
        const read = await readPayments(definition, written.bytes, size);
        expect(read.totals).toMatchObject({
          count: written.context.count,
          amountFen: written.context.amountFen,
        });
        expect(read.header.fileNumber ?? written.context.fileNumber).toBe(written.context.fileNumber);
        read.rows.forEach((row, index) => {
          const payment = payments[written.plan.first + index]!;
          expect(row).toMatchObject({ account: payment.account, amountFen: payment.amountFen });
          expect(row.reference ?? referenceOf(index)).toBe(referenceOf(written.plan.first + index));
          if (keepsNames(definition)) expect(row.name ?? payment.name).toBe(payment.name);
          expect(row.residentId ?? payment.residentId).toBe(payment.residentId);
        });
      }
    }
  });

  it('gives the same bytes however the rows are shared among writers', () => {
    const whole = writeFiles(definition, rows);
    const parts = writeFiles(definition, rows, 3);
    expect(parts.map(({ bytes }) => Buffer.from(bytes).toString('hex'))).toEqual(
      whole.map(({ bytes }) => Buffer.from(bytes).toString('hex')),
    );
  });

  it('reads the bank, played by the same definition', async () => {
    const decide = (index: number): DecidedOutcome => OUTCOMES[index % OUTCOMES.length]!;
    for (const written of writeFiles(definition, rows)) {
      const bytes = writeReturn(definition, written, rows, decide);
      for (const size of [1, 64 * 1024]) {
        const read = await readReturn(definition, bytes, size);
        expect(compileReturnFormat(definition).sniff(bytes.subarray(0, 4096), 'x')).toBe(true);
        expect(read.header.refused).toBeUndefined();
        for (const row of read.rows) {
          const index = indexOfRow(row, written, rows);
          expect(row.outcome).toBe(decide(index).outcome);
          expect(row.reference ?? referenceOf(index)).toBe(referenceOf(index));
          if (row.amountFen >= 0) expect(row.amountFen).toBe(payments[index]!.amountFen);
          if (row.account !== undefined) expect(row.account).toBe(payments[index]!.account);
        }
      }
    }
  });

  it.runIf(compileReturnWriter(definition).canRefuse)('reads a refusal of the whole file', async () => {
    const [written] = writeFiles(definition, rows);
    const bytes = writeReturn(definition, written!, rows, () => ({ outcome: 'failed' }), {});
    const read = await readReturn(definition, bytes);
    expect(read.header.refused).toBeDefined();
    expect(read.rows).toEqual([]);
  });
});
