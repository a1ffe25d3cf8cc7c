// A reader that others wrote must see in our ACH files what was paid. It is a development dependency; where it is not
// installed the test says so.

import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { loadFormat, referenceOf, rowsOf, samplesFor, sumOf, writeFiles } from './formats.js';

const require = createRequire(import.meta.url);

interface ForeignEntry {
  readonly dfiAccount: string;
  readonly amount: number;
  readonly identificationNumber: string;
  readonly receivingDFIIdentification: number;
  readonly checkDigit: number;
  readonly receivingCompanyName: string;
  readonly addenda?: { readonly info: string; readonly entryNum: number };
}

interface ForeignFile {
  readonly file: { readonly referenceCode: string; readonly footer: Record<string, number> };
  readonly batches: readonly {
    readonly entryClassCode: string;
    readonly entries: readonly ForeignEntry[];
    readonly footer: Record<string, number>;
  }[];
}

function foreignReader(): { from(text: string): { data: ForeignFile } } | undefined {
  try {
    return require('@midlandsbank/node-nacha');
  } catch {
    return undefined;
  }
}

const reader = foreignReader();

describe.skipIf(reader === undefined).each([
  ['nacha-ppd', 'PPD', 4],
  ['nacha-ccd', 'CCD', 8],
] as const)('@midlandsbank/node-nacha reads %s', (name, entryClassCode, records) => {
  const definition = loadFormat(name);
  const payments = samplesFor(definition);
  const rows = rowsOf(payments);
  const [written] = writeFiles(definition, rows);
  const { file, batches } = reader!.from(Buffer.from(written!.bytes).toString('latin1')).data;

  it('with every payment', () => {
    const [batch] = batches;
    expect(batches.length).toBe(1);
    expect(batch!.entryClassCode).toBe(entryClassCode);
    expect(
      batch!.entries.map((entry) => [entry.dfiAccount, entry.amount, entry.identificationNumber]),
    ).toEqual(payments.map((payment, index) => [payment.account, payment.amountFen, referenceOf(index)]));
    expect(batch!.entries[0]).toMatchObject({ receivingDFIIdentification: 12_345_678, checkDigit: 0 });
    if (entryClassCode === 'CCD') expect(batch!.entries[1]!.addenda).toMatchObject({ entryNum: 2 });
  });

  it('with our totals', () => {
    const totals = {
      entryAndAddendaCount: records,
      totalDebit: 0,
      totalCredit: Number(sumOf(rows)),
      entryHash: 49_382_712,
    };
    expect(file.footer).toMatchObject({ ...totals, batchCount: 1 });
    expect(batches[0]!.footer).toMatchObject(totals);
  });
});
