// NACHA: what every ACH operator checks first (lengths, counts, entry hash, block filling), returns and notices of change
// as banks send them, and files whose control records disagree.

import { describe, expect, it } from 'vitest';
import { compilePaymentFormat } from '../../src/bank-file/compile-payment.js';
import { compileReturnFormat } from '../../src/bank-file/compile-return.js';
import { compileReturnWriter } from '../../src/bank-file/compile-return-writer.js';
import {
  batchContext,
  loadFormat,
  readPayments,
  readReturn,
  rowsOf,
  samplesFor,
  writeFiles,
  writeReturn,
} from './formats.js';

const ppd = loadFormat('nacha-ppd');
const ccd = loadFormat('nacha-ccd');
const rows = rowsOf(samplesFor(ppd));

function linesOf(bytes: Uint8Array): string[] {
  return Buffer.from(bytes).toString('latin1').split('\n').slice(0, -1);
}

describe.each([
  ['nacha-ppd', ppd, 1],
  ['nacha-ccd', ccd, 2],
] as const)('%s', (_name, definition, recordsPerEntry) => {
  it.each([1, 2, 5, 6, 7, 12])('fills blocks of ten with %i entries', (count) => {
    const payments = Array.from({ length: count }, (_, index) => samplesFor(definition)[index % 4]!);
    const [written] = writeFiles(definition, rowsOf(payments));
    const lines = linesOf(written!.bytes);
    expect(new Set(lines.map((line) => line.length))).toEqual(new Set([94]));
    expect(lines.length % 10).toBe(0);
    const used = 4 + count * recordsPerEntry;
    expect(lines.length).toBe(Math.ceil(used / 10) * 10);
    expect(lines.slice(used)).toEqual(lines.slice(used).map(() => '9'.repeat(94)));
    const control = lines[used - 1]!;
    expect(control.slice(0, 21)).toBe(
      `9000001${String(lines.length / 10).padStart(6, '0')}${String(count * recordsPerEntry).padStart(8, '0')}`,
    );
    expect(Number(control.slice(21, 31))).toBe((count * 12_345_678) % 10 ** 10);
    expect(lines[used - 2]!.slice(4, 20)).toBe(
      String(count * recordsPerEntry).padStart(6, '0') + control.slice(21, 31),
    );
  });

  it('keeps the low-order ten digits of the entry hash', () => {
    const format = compilePaymentFormat(definition);
    const [written] = writeFiles(definition, rows);
    const batch = batchContext(written!.plan.batches[0]!, rows);
    const sums = { count: 4, amountFen: batch.amountFen, records: 4, hashes: [123_456_789_012_345n] };
    const trailer = Buffer.from(format.batchTrailer(written!.context, batch, sums)).toString('latin1');
    expect(trailer.slice(10, 20)).toBe('6789012345');
  });

  it('takes the largest amount of ten digits and no more', () => {
    const { limits } = compilePaymentFormat(definition);
    expect(limits.amountPerRowFen).toBe(9_999_999_999n);
    const over = [{ ...samplesFor(definition)[0]!, amountFen: 10_000_000_000 }];
    expect(() => writeFiles(definition, rowsOf(over))).toThrow(/PAYMENT_UNENCODABLE|PAYMENT_FILE_REFUSED/);
  });
});

it.each([
  ['nacha-ppd', ppd],
  ['nacha-ccd', ccd],
] as const)(
  '%s: a batch holds no more entries than one batch of returns can give back',
  (_name, definition) => {
    const most = 499_999;
    expect(compilePaymentFormat(definition).limits.rowsPerBatch).toBe(most);
    const [written] = writeFiles(definition, rows);
    const bank = compileReturnWriter(definition);
    const none = { count: 0, amountFen: 0n };
    const context = { file: written!.context, totals: { paid: none, failed: none, pending: none } };
    const trailer = (entries: number): string => {
      const sums = { count: entries, amountFen: 0n, records: entries * 2, hashes: [0n] };
      const batch = { ordinal: 1, count: entries, amountFen: 0n };
      return Buffer.from(bank.batchTrailer(context, batch, sums)).toString('latin1');
    };
    expect(trailer(most).slice(4, 10)).toBe('999998');
    expect(() => trailer(most + 1)).toThrow(expect.objectContaining({ code: 'PAYMENT_FILE_REFUSED' }));
  },
);

describe('a payment file', () => {
  it.each([
    ['entry count', (lines: string[]) => set(lines, 6, 9, '7'), 7, 'batch.detailRecords says 7'],
    ['entry hash', (lines: string[]) => set(lines, 6, 19, '9'), 7, 'batch.hash.entry says'],
    ['credits', (lines: string[]) => set(lines, 6, 43, '9'), 7, 'batch.amount says'],
    ['block count', (lines: string[]) => set(lines, 7, 12, '2'), 8, 'file.blocks says 2'],
  ])('is refused when its %s is wrong', async (_what, edit, line, problem) => {
    const [written] = writeFiles(ppd, rows);
    const lines = linesOf(written!.bytes);
    edit(lines);
    await expect(readPayments(ppd, Buffer.from(`${lines.join('\n')}\n`))).rejects.toMatchObject({
      code: 'PAYMENT_FILE_CHANGED',
      details: { line, problem: expect.stringContaining(problem) },
    });
  });
});

function set(lines: string[], line: number, at: number, text: string): void {
  lines[line] = lines[line]!.slice(0, at) + text + lines[line]!.slice(at + text.length);
}

const HEADER =
  '1011234567890 0914006062610170000A094101SAMPLE COUNTY TREASURER FIRST SAMPLE BANK              ';

/** A file as a bank sent it: two batches under other numbers and classes, lines cut at their last character, CRLF. */
const REAL_WORLD = [
  HEADER,
  '5200SAMPLE COUNTY                       1234567890PPDBENEFIT   261017261017   1123456780000417',
  '6210914006066214831150131511 0000010050000000700000002WANG XIAOMING           1123456780000101',
  '799R02091400600000001      12345678                                            123456780000101',
  '6210914006060012345678       0000020000000000700000003ABDULLA MAMAT           1123456780000102',
  '799R99091400600000002      12345678OUR OWN CODE                                123456780000102',
  '820000000400182801200000000000000000000300501234567890                         123456780000417',
  '5200SAMPLE COUNTY                       1234567890CORBENEFIT   261017261017   1123456780000418',
  '6210914006060016261000000018 0000000000000000700000004LI DONG                 1123456780000103',
  '798C03091400600000003      12345678111000025   16261000000099                  123456780000103',
  '6210914006060026500000001    0000000000000000700000005SMITH JOHN              1123456780000104',
  '798C05091400600000004      1234567832                                          123456780000104',
  '820000000400182801200000000000000000000000001234567890                         123456780000418',
  '9000002000002000000080036560240000000000000000000030050',
  ...Array.from({ length: 6 }, () => '9'.repeat(94)),
];

function fileOf(lines: readonly string[], end = '\r\n'): Buffer {
  return Buffer.from(lines.map((line) => line.trimEnd()).join(end) + end);
}

describe('a return file as banks send it', () => {
  it('is read line by line, with a code that nobody knows and changes of account', async () => {
    for (const end of ['\r\n', '\n']) {
      const { rows: read, totals } = await readReturn(ppd, fileOf(REAL_WORLD, end));
      expect(
        read.map((row) => [row.reference?.slice(-1), row.sequence, row.amountFen, row.outcome, row.code]),
      ).toEqual([
        ['2', 1, 10_050, 'failed', 'R02'],
        ['3', 2, 20_000, 'unknown', 'R99'],
        ['4', 3, -1, 'paid', 'C03'],
        ['5', 4, -1, 'paid', 'C05'],
      ]);
      expect(read.map((row) => row.correction)).toEqual([
        undefined,
        undefined,
        { bank: '111000025', account: '16261000000099' },
        { data: '32' },
      ]);
      // A code that is not known says nothing of the rows that are not listed.
      expect(totals.unlisted).toBe('outstanding');
    }
  });

  it.each([
    ['nothing behind the last record', ''],
    ['a line end behind the last record', '\r\n'],
  ])('is read where lines do not end: %s', async (_what, end) => {
    const joined = REAL_WORLD.map((line) => line.trimEnd().padEnd(94)).join('') + end;
    for (const size of [1, 100, 64 * 1024]) {
      const { rows: read } = await readReturn(ppd, Buffer.from(joined), size);
      expect(read.map((row) => row.code)).toEqual(['R02', 'R99', 'C03', 'C05']);
    }
    expect(compileReturnFormat(ppd).sniff(Buffer.from(joined), 'x')).toBe(true);
    const wrong = joined.replace('90000020000020', '90000020000030');
    await expect(readReturn(ppd, Buffer.from(wrong))).rejects.toMatchObject({
      details: { line: 14, problem: '"block count": file.blocks says 3, the rows give 2' },
    });
    await expect(readReturn(ppd, Buffer.from(joined.slice(0, 94 * 9 + 40)))).rejects.toMatchObject({
      details: { line: 11, problem: expect.stringContaining('the file ends before its') },
    });
  });

  it('leaves what it does not list paid, also when it brings changes', async () => {
    const known = REAL_WORLD.map((line) => line.replace('R99', 'R03'));
    expect((await readReturn(ppd, fileOf(known))).totals).toMatchObject({ rows: 4, unlisted: 'paid' });
  });

  it('finds the row by its trace number where the bank leaves the identification out', async () => {
    const blank = REAL_WORLD.map((line) =>
      line[0] === '6' ? `${line.slice(0, 39)}${' '.repeat(15)}${line.slice(54)}` : line,
    );
    const { rows: read } = await readReturn(ppd, fileOf(blank));
    expect(read.map((row) => [row.reference, row.sequence])).toEqual(
      [1, 2, 3, 4].map((at) => [undefined, at]),
    );
  });

  it.each([
    ['C01', '98765432109876543', { account: '98765432109876543' }],
    ['C02', '111000025', { bank: '111000025' }],
    ['C04', 'WANG XIAO MING', { name: 'WANG XIAO MING' }],
    ['C06', '98765432109876543   32', { account: '98765432109876543', data: '32' }],
    ['C07', '1110000259876543210987654332', { bank: '111000025', account: '98765432109876543', data: '32' }],
    ['C09', 'A-12345', { data: 'A-12345' }],
    ['C61', 'MISROUTED', { data: 'MISROUTED' }],
  ])('%s: %s', async (code, data, correction) => {
    const changed = REAL_WORLD.map((line) =>
      line.startsWith('798C05')
        ? `798${code}091400600000004      12345678${data.padEnd(44)}123456780000104`
        : line,
    );
    const { rows: read } = await readReturn(ppd, fileOf(changed));
    expect(read[3]).toMatchObject({ code, correction, outcome: code === 'C61' ? 'unknown' : 'paid' });
  });

  it.each([
    ['entry count of a batch', 6, 9, '5', 7, 'batch.detailRecords says 5, the rows give 4'],
    ['entry hash of a batch', 6, 19, '1', 7, 'batch.hash.entry says 18280121, the rows give 18280120'],
    ['credits of a batch', 6, 43, '1', 7, 'batch.listed.amount says 300.51 yuan, the rows give 300.50 yuan'],
    ['batch number in the control', 12, 93, '9', 13, 'batch.number is 419 here and 418 in line 8'],
    ['batch count', 13, 6, '3', 14, 'file.batches says 3, the rows give 2'],
    ['block count', 13, 12, '3', 14, 'file.blocks says 3, the rows give 2'],
    ['entry count', 13, 20, '9', 14, 'file.detailRecords says 9, the rows give 8'],
    ['entry hash', 13, 30, '1', 14, 'file.hash.entry says 36560241, the rows give 36560240'],
    ['credits', 13, 54, '1', 14, 'listed.amount says 300.51 yuan, the rows give 300.50 yuan'],
    ['addenda type', 3, 1, '97', 4, 'expected'],
    ['record type', 4, 0, '4', 5, 'expected entry detail / batch control'],
    ['amount', 2, 35, 'X', 3, 'the amount is not an amount'],
    ['check digit, that of others being right,', 10, 11, '7', 11, '"check digit" is 7, the record gives 6'],
  ])('is refused when its %s is wrong', async (_what, index, at, text, line, problem) => {
    const lines = [...REAL_WORLD];
    set(lines, index, at, text);
    await expect(readReturn(ppd, fileOf(lines))).rejects.toMatchObject({
      code: 'RETURN_FILE_INVALID',
      details: { format: 'nacha-ppd', line, problem: expect.stringContaining(problem) },
    });
  });

  it.each([
    ['an entry without its addenda', [...REAL_WORLD.slice(0, 3), ...REAL_WORLD.slice(4)], 4],
    ['two addenda of one entry', [...REAL_WORLD.slice(0, 4), ...REAL_WORLD.slice(3)], 5],
    ['no file control', REAL_WORLD.slice(0, 13), 14],
    ['no header', REAL_WORLD.slice(1), 1],
    ['a batch that never ends', [...REAL_WORLD.slice(0, 6), ...REAL_WORLD.slice(7)], 7],
  ])('is refused with %s', async (_what, lines, line) => {
    await expect(readReturn(ppd, fileOf(lines))).rejects.toMatchObject({
      code: 'RETURN_FILE_INVALID',
      details: { line },
    });
  });
});

it('the bank of the simulator balances its returns and notices of change', async () => {
  const [written] = writeFiles(ccd, rows);
  const bytes = writeReturn(ccd, written!, rows, (index) => {
    if (index === 0) return { outcome: 'failed', code: 'R15' };
    if (index === 1) return { outcome: 'paid', code: 'C02', correction: { bank: '111000025' } };
    return { outcome: 'paid' };
  });
  const lines = linesOf(bytes);
  expect(lines.length % 10).toBe(0);
  const { rows: read, totals } = await readReturn(ccd, bytes);
  expect(read.map(({ outcome, code, amountFen }) => [outcome, code, amountFen])).toEqual([
    ['failed', 'R15', 10_050],
    ['paid', 'C02', -1],
  ]);
  expect(totals.unlisted).toBe('paid');
});
