// CNAB 240: five occurrence codes in one field, lots that are refused, records that may be missing or follow.

import { describe, expect, it } from 'vitest';
import { compilePaymentFormat } from '../../src/bank-file/compile-payment.js';
import { planFile } from '../../src/bank-file/plan-file.js';
import { loadFormat, readReturn, rowsOf, samplesFor, writeFiles, writeReturn } from './formats.js';

const definition = loadFormat('cnab240');
const rows = rowsOf(samplesFor(definition));
const [written] = writeFiles(definition, rows);

function answer(edit: (lines: string[]) => void = () => {}): Buffer {
  const bytes = writeReturn(definition, written!, rows, () => ({ outcome: 'paid' }));
  const lines = Buffer.from(bytes).toString('latin1').split('\r\n').slice(0, -1);
  edit(lines);
  return Buffer.from(`${lines.join('\r\n')}\r\n`, 'latin1');
}

/** Puts occurrences into segment A of a row, and takes the real amount out, as for a row that was not paid. */
function occurrences(lines: string[], row: number, codes: string): void {
  const index = 2 + row * 2;
  const line = lines[index]!;
  lines[index] = `${line.slice(0, 154)}${'0'.repeat(23)}${line.slice(177, 230)}${codes.padEnd(10)}`;
}

describe('occurrence codes', () => {
  it.each([
    ['00', 'paid', '00'],
    ['00BD', 'paid', '00'],
    ['BDAN00', 'paid', '00'],
    ['BD', 'pending', 'BD'],
    ['BDAN', 'failed', 'AN'],
    ['AOANBD', 'failed', 'AN'],
    ['BDCERJ', 'failed', 'CE'],
    ['AGANAOALAM', 'failed', 'AN'],
    ['ZZ', 'unknown', 'ZZ'],
    ['ZZAN', 'failed', 'AN'],
    ['', 'unknown', '00'],
  ])('"%s" is %s by %s', async (codes, outcome, code) => {
    const { rows: read } = await readReturn(
      definition,
      answer((lines) => occurrences(lines, 1, codes)),
    );
    expect(read[1]).toMatchObject({ outcome, code });
    expect(read[0]).toMatchObject({ outcome: 'paid', code: '00' });
  });

  it('name all that the bank said', async () => {
    const { rows: read } = await readReturn(
      definition,
      answer((lines) => occurrences(lines, 0, 'AOAN')),
    );
    expect(read[0]!.text).toBe('Conta corrente do favorecido inválida (AOAN)');
  });
});

it('a real amount that is not the ordered one is what counts', async () => {
  const bytes = answer((lines) => {
    lines[2] = `${lines[2]!.slice(0, 162)}${'9'.padStart(15, '0')}${lines[2]!.slice(177)}`;
    lines[10] = `${lines[10]!.slice(0, 23)}${String(1_000_030_050 - 10_050 + 9).padStart(18, '0')}${lines[10]!.slice(41)}`;
  });
  expect((await readReturn(definition, bytes)).rows[0]!.amountFen).toBe(9);
});

it('segment B may be missing and segment Z may follow', async () => {
  const bytes = answer((lines) => {
    const z = `${lines[2]!.slice(0, 13)}Z${'AUTH123'.padEnd(226)}`;
    lines.splice(9, 1);
    lines.splice(5, 1, lines[5]!, z);
  });
  const { rows: read } = await readReturn(definition, bytes);
  expect(read.map((row) => row.reference?.slice(-1))).toEqual(['2', '3', '4', '5']);
});

it('a lot that is refused refuses the file', async () => {
  const bytes = writeReturn(definition, written!, rows, () => ({ outcome: 'failed' }), { code: 'TA' });
  const { header, totals } = await readReturn(definition, bytes);
  expect(header.refused).toMatchObject({ code: 'TA', text: 'Lote não aceito, totais com diferença' });
  expect(totals.rows).toBe(0);
});

it('a lot holds 49,999 payees, and the next file takes the rest', () => {
  const { limits } = compilePaymentFormat(definition);
  expect(limits.rowsPerBatch).toBe(49_999);
  expect(planFile(limits, 49_999).map((file) => file.count)).toEqual([49_999]);
  expect(planFile(limits, 50_000).map((file) => file.count)).toEqual([49_999, 1]);
});

it('numbers the records of a lot, two for each payee', () => {
  const lines = Buffer.from(written!.bytes).toString('latin1').split('\r\n').slice(2, 10);
  expect(lines.map((line) => line.slice(7, 14))).toEqual(
    [1, 2, 3, 4, 5, 6, 7, 8].map((at) => `3${String(at).padStart(5, '0')}${at % 2 === 1 ? 'A' : 'B'}`),
  );
});
