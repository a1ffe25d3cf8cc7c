// The formats of other countries side by side: limits at their edge, names that cannot stand there, and return files that
// are broken, cut off or another bank's.

import { describe, expect, it } from 'vitest';
import { compilePaymentFormat } from '../../src/bank-file/compile-payment.js';
import { compileReturnFormat } from '../../src/bank-file/compile-return.js';
import {
  FORMAT_NAMES,
  loadFormat,
  readPayments,
  readReturn,
  rowsOf,
  samplesFor,
  type TestPayment,
  writeFiles,
  writeReturn,
} from './formats.js';

const NAMES = ['nacha-ppd', 'nacha-ccd', 'cnab240', 'aba', 'bacs18', 'pam-spr'];

function many(name: string, count: number, change: Partial<TestPayment> = {}): TestPayment[] {
  const samples = samplesFor(loadFormat(name));
  return Array.from({ length: count }, (_, index) => ({ ...samples[index % samples.length]!, ...change }));
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

describe('limits', () => {
  it.each([
    [500, [500]],
    [501, [500, 1]],
    [1001, [500, 500, 1]],
  ])('ABA: %i payments are files of %j', async (count, expected) => {
    const definition = loadFormat('aba');
    const files = writeFiles(definition, rowsOf(many('aba', count, { amountFen: 100 })));
    const read = await Promise.all(files.map(({ bytes }) => readPayments(definition, bytes)));
    expect(read.map(({ totals }) => totals.count)).toEqual(expected);
    expect(files.map(({ bytes }) => textOf(bytes).slice(18, 20))).toEqual(
      expected.map((_, at) => `0${at + 1}`),
    );
    for (const { bytes } of files) {
      expect(textOf(bytes).endsWith('\r\n')).toBe(false);
      expect(
        new Set(
          textOf(bytes)
            .split('\r\n')
            .map((line) => line.length),
        ),
      ).toEqual(new Set([120]));
    }
  });

  it.each([
    ['nacha-ppd', 9_999_999_999],
    ['nacha-ccd', 9_999_999_999],
    ['cnab240', 999_999_999_999_999],
    ['aba', 9_999_999_999],
    ['bacs18', 2_000_000_000],
    ['pam-spr', 9_999_999_999],
  ])('%s: the largest amount is %i fen', async (name, most) => {
    const definition = loadFormat(name);
    const [written] = writeFiles(definition, rowsOf(many(name, 1, { amountFen: most })));
    expect((await readPayments(definition, written!.bytes)).rows[0]!.amountFen).toBe(most);
    expect(() => writeFiles(definition, rowsOf(many(name, 1, { amountFen: most + 1 })))).toThrow(
      /PAYMENT_UNENCODABLE|PAYMENT_FILE_REFUSED/,
    );
  });

  it('BACS and ABA: a sum that the total cannot hold opens the next file', () => {
    const files = (name: string, count: number, amountFen: number): number[] =>
      writeFiles(loadFormat(name), rowsOf(many(name, count, { amountFen }))).map(
        ({ context }) => context.count,
      );
    expect(files('bacs18', 51, 2_000_000_000)).toEqual([49, 2]);
    expect(files('aba', 3, 5_000_000_000)).toEqual([1, 1, 1]);
  });

  it('a balanced BACS file: the contra record takes what the credits give', () => {
    const [written] = writeFiles(loadFormat('bacs18'), rowsOf(many('bacs18', 3, { amountFen: 12_345 })));
    const lines = textOf(written!.bytes).split('\r\n');
    expect(lines.map((line) => line.length)).toEqual([80, 80, 80, 80, 100, 100, 100, 100, 80, 80, 80, 0]);
    expect(lines[7]!.slice(14, 46)).toBe('01740000012345678    00000037035');
    expect(lines[10]!.slice(0, 44)).toBe('UTL10000000037035000000003703500000010000003');
  });
});

describe('names', () => {
  const finding = 'the bank cannot take the character U+738B';
  it.each([
    ['nacha-ppd', finding],
    ['nacha-ccd', finding],
    ['cnab240', finding],
    ['pam-spr', finding],
    ['aba', undefined],
    ['bacs18', undefined],
  ])('%s: a Chinese name', (name, expected) => {
    const definition = loadFormat(name);
    expect(compilePaymentFormat(definition).unencodable('王小明')).toBe(expected);
    if (expected !== undefined) return;
    const [written] = writeFiles(definition, rowsOf(many(name, 1, { name: '王小明' })));
    expect(textOf(written!.bytes)).toContain('BENEFICIARY ');
    expect(textOf(written!.bytes)).not.toContain('?');
  });

  it.each([
    ['nacha-ppd', 'Christopher Montgomery-Featherstone', 'Christopher Montgomery1', false],
    ['cnab240', 'José da Conceição Muñoz', 'JOSE DA CONCEICAO MUNOZ ', true],
    ['aba', "O'Brien & Sons", "O'Brien & Sons  ", true],
    ['bacs18', 'Smith-Jones & Co. Limited', 'SMITH-JONES & CO. ', false],
    ['pam-spr', 'Jo (Anna)', 'Jo (Anna)', true],
  ])('%s writes %s as %s', (name, given, expected, isWhole) => {
    const [written] = writeFiles(loadFormat(name), rowsOf(many(name, 1, { name: given })));
    const cut = isWhole ? expected : expected.slice(0, -1);
    expect(textOf(written!.bytes)).toContain(cut);
    if (!isWhole) expect(textOf(written!.bytes)).not.toContain(given);
  });

  it.each([
    ['bacs18', '1234567', 'it is shorter than 8 bytes'],
    ['bacs18', '123456789', 'it is longer than 8 bytes'],
    ['cnab240', '123456789012', 'it is shorter than 13 bytes'],
    ['aba', '1234567890', 'it is longer than 9 bytes'],
    ['nacha-ppd', '123456789012345678', 'it is longer than 17 bytes'],
  ])('%s: the account %s is a finding', (name, account, problem) => {
    expect(compilePaymentFormat(loadFormat(name)).unacceptableAccount(account)).toBe(problem);
  });
});

it('a value of the institution that does not fit is told with its field', () => {
  const definition = loadFormat('aba');
  const [written] = writeFiles(definition, rowsOf(many('aba', 1)));
  const parameters = { ...written!.context.parameters, userId: '12345' };
  expect(() => compilePaymentFormat(definition).fileHeader({ ...written!.context, parameters })).toThrow(
    expect.objectContaining({
      code: 'PAYMENT_FILE_REFUSED',
      details: { field: 'user identification', problem: 'it is shorter than 6 bytes' },
    }),
  );
});

describe.each(NAMES)('broken return files of %s', (name) => {
  const definition = loadFormat(name);
  const rows = rowsOf(samplesFor(definition));
  const [written] = writeFiles(definition, rows);
  const whole = textOf(writeReturn(definition, written!, rows, () => ({ outcome: 'failed' })));
  const lines = whole.split(/\r?\n/).slice(0, -1);
  const detail = lines.findIndex((line) => line.includes('000000700000002'));
  const refused = async (text: string | Buffer, line: number | undefined): Promise<void> => {
    const bytes = typeof text === 'string' ? Buffer.from(text, 'latin1') : text;
    for (const size of [1, 64 * 1024]) {
      await expect(readReturn(definition, bytes, size)).rejects.toMatchObject({
        code: 'RETURN_FILE_INVALID',
        details: { format: name, line: line ?? expect.any(Number), problem: expect.any(String) },
      });
    }
  };
  const join = (some: readonly string[]): string => `${some.join('\r\n')}\r\n`;

  it('is read when whole, with CR LF and without the blanks at its ends', async () => {
    expect((await readReturn(definition, Buffer.from(join(lines), 'latin1'))).rows.length).toBe(4);
    const cut = lines.map((line) => line.trimEnd());
    expect((await readReturn(definition, Buffer.from(join(cut), 'latin1'))).rows.length).toBe(4);
  });

  it('without its header', () => refused(join(lines.slice(1)), 1));
  it('without its last record', async () => {
    const last = lines.findLastIndex((line) => !line.startsWith('9999999999'));
    await refused(join(lines.slice(0, last)), last + 1);
  });
  it('cut off in a row', () =>
    refused(
      lines
        .slice(0, detail + 1)
        .join('\n')
        .slice(0, -30),
      undefined,
    ));
  it('with a row twice, so that its totals are wrong', () =>
    refused(join([...lines.slice(0, detail + 2), ...lines.slice(detail)]), undefined));
  it('with text of another encoding in a row', async () => {
    if (name === 'cnab240') return; // Latin-1 takes every byte.
    const bytes = Buffer.from(join(lines), 'latin1');
    const at = bytes.indexOf(name === 'pam-spr' || name === 'bacs18' ? 'No account' : 'WANG');
    if (at >= 0) bytes.set([0xcd, 0xf5], at);
    else bytes.set([0xcd, 0xf5], bytes.indexOf(name === 'bacs18' ? 'Invalid' : 'BENEFICIARY'));
    await refused(bytes, undefined);
  });
  it('empty', () => refused('', 1));

  it('is no file of another format', async () => {
    for (const other of FORMAT_NAMES) {
      if (other === name || (name.startsWith('nacha') && other.startsWith('nacha'))) continue;
      const stranger = loadFormat(other);
      expect(compileReturnFormat(stranger).sniff(Buffer.from(whole, 'latin1'), 'x')).toBe(false);
      await expect(readReturn(stranger, Buffer.from(whole, 'latin1'))).rejects.toMatchObject({
        code: other === 'xlsx-list' ? 'XLSX_INVALID' : 'RETURN_FILE_INVALID',
      });
    }
  });
});
