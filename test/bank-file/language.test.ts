// What the definition language can express beyond the formats that are shipped: small definitions, exact bytes.

import { describe, expect, it } from 'vitest';
import type { FormatDefinition } from '../../src/bank-file/definition.js';
import { parseFormat } from '../../src/bank-file/parse-definition.js';
import { readPayments, rowsOf, type TestPayment, writeFiles } from './formats.js';

function define(text: string): FormatDefinition {
  return parseFormat({ name: 'inline', files: [{ path: 'inline/payment.yaml', text: HEAD + text }] });
}

const HEAD = `format: inline
title: Inline
source: made for the tests
status: sample
fileName: "F{file.number:4}.txt"
`;

const PAYMENTS: TestPayment[] = [
  { name: 'ANN', account: '111122223333', residentId: 'USA000000000001', amountFen: 150 },
  { name: 'BOB', account: '99990000', residentId: 'USA000000000002', amountFen: 2_000 },
  { name: 'CAT', account: '55556666777', residentId: 'USA000000000003', amountFen: 7 },
];

function lines(definition: FormatDefinition, payments = PAYMENTS): string[] {
  const [written] = writeFiles(definition, rowsOf(payments));
  return Buffer.from(written!.bytes).toString('utf8').split('\n');
}

async function expectReadsBack(definition: FormatDefinition, payments = PAYMENTS): Promise<void> {
  for (const written of writeFiles(definition, rowsOf(payments))) {
    const read = await readPayments(definition, written.bytes, 5);
    const mine = payments.slice(written.plan.first, written.plan.first + written.plan.count);
    expect(read.rows.map((row) => [row.account, row.amountFen])).toEqual(
      mine.map((one) => [one.account, one.amountFen]),
    );
  }
}

describe('blocks, hash totals, check digits and addenda, as in NACHA', () => {
  const definition = define(`layout: fixed
encoding: ASCII
lines: { end: LF }
fixed: { length: 30 }
blocking: { records: 5 }
limits: { rowsPerBatch: 2 }
hashes: [ { name: entry, of: route, digits: 4 } ]
records:
  batchHeader:
    - name: batch header
      fields: [ { name: t, at: 1, constant: "5" }, { name: n, at: 2-8, value: batch.number }, { name: x, at: 9-30 } ]
  detail:
    - name: entry
      fields:
        - { name: t, at: 1, constant: "6" }
        - { name: route, at: 2-5, value: account, slice: 1-4 }
        - { name: check, at: 6, checkDigit: { algorithm: nacha, of: [route] } }
        - { name: account, at: 7-18, value: account }
        - { name: amount, at: 19-26, value: amount, unit: fen }
        - { name: x, at: 27-30 }
    - name: addenda
      fields: [ { name: t, at: 1, constant: "7" }, { name: trace, at: 2-5, value: sequence }, { name: x, at: 6-30 } ]
  batchTrailer:
    - name: batch control
      fields:
        - { name: t, at: 1, constant: "8" }
        - { name: n, at: 2-8, value: batch.records }
        - { name: hash, at: 9-12, value: batch.hash.entry }
        - { name: amount, at: 13-20, value: batch.amount, unit: fen }
        - { name: x, at: 21-30 }
  fileTrailer:
    - name: file control
      fields:
        - { name: t, at: 1-2, constant: "9 " }
        - { name: batches, at: 3-8, value: file.batches }
        - { name: blocks, at: 9-14, value: file.blocks }
        - { name: records, at: 15-20, value: file.records }
        - { name: hash, at: 21-24, value: file.hash.entry }
        - { name: x, at: 25-30 }
  filler:
    - name: filler
      fields: [ { name: t, at: 1-30, constant: "999999999999999999999999999999" } ]
`);

  it('writes whole blocks and totals that agree', () => {
    expect(lines(definition)).toEqual([
      '50000001                      ',
      // 1×3 + 1×7 + 1×1 + 1×3 = 14 → 6; 9×(3+7+1+3) = 126 → 4; 5×14 = 70 → 0.
      '61111611112222333300000150    ',
      '70001                         ',
      '69999499990000    00002000    ',
      '70002                         ',
      '80000006111000002150          ',
      '50000002                      ',
      '65555055556666777 00000007    ',
      '70003                         ',
      '80000004555500000007          ',
      '9 0000020000030000116665      ',
      ...Array.from({ length: 4 }, () => '9'.repeat(30)),
      '',
    ]);
  });

  it('reads them back', () => expectReadsBack(definition));

  it.each([
    ['the hash', '6665', '6666', 'file.hash.entry says 6666, the rows give 6665'],
    ['the records', '0000116665', '0000126665', 'file.records says 12, the rows give 11'],
    ['the blocks', '000003000011', '000004000011', 'file.blocks says 4, the rows give 3'],
  ])('refuses a file where %s differs', async (_what, from, to, problem) => {
    const [written] = writeFiles(definition, rowsOf(PAYMENTS));
    const text = Buffer.from(written!.bytes).toString('latin1').replace(from, to);
    await expect(readPayments(definition, Buffer.from(text))).rejects.toMatchObject({
      code: 'PAYMENT_FILE_CHANGED',
      details: { line: 11, problem: expect.stringContaining(problem) },
    });
  });
});

describe('no line end after the last record, as in the Australian direct entry file', () => {
  const text = (trailer: string): string => `layout: delimited
encoding: ASCII
lines: { end: CRLF, last: false }
delimited: { separator: "," }
records:
  detail: [ { name: row, fields: [ { name: a, value: account }, { name: m, value: amount, unit: fen } ] } ]
${trailer}`;

  it.each([
    [
      'after a trailer',
      '  fileTrailer: [ { name: end, fields: [ { name: c, value: file.count }, { name: t, constant: X }, { name: z } ] } ]\n',
      '3,X,',
    ],
    ['after a row', '', '55556666777,7'],
  ])('%s', async (_what, trailer, last) => {
    const definition = define(text(trailer));
    const written = lines(definition);
    expect(written.at(-1)).toBe(last);
    expect(written[0]).toBe('111122223333,150\r');
    await expectReadsBack(definition);
  });
});

describe('separators by kind of record, and quotes', () => {
  const definition = define(`layout: delimited
encoding: UTF-8
lines: { end: LF }
records:
  fileHeader:
    - { name: head, delimited: { separator: "|", trailing: true }, fields: [ { name: n, value: file.count }, { name: s, value: file.amount } ] }
  detail:
    - name: row
      delimited: { separator: ",", quote: needed }
      fields: [ { name: a, value: account }, { name: n, value: name }, { name: m, value: amount } ]
`);

  it('quotes only what needs it', async () => {
    const payments = [
      { ...PAYMENTS[0]!, name: 'A, B' },
      { ...PAYMENTS[1]!, name: 'say "x"' },
      { ...PAYMENTS[2]!, name: '王' },
    ];
    expect(lines(definition, payments)).toEqual([
      '3|21.57|',
      '111122223333,"A, B",1.50',
      '99990000,"say ""x""",20.00',
      '55556666777,王,0.07',
      '',
    ]);
    await expectReadsBack(definition, payments);
    const [written] = writeFiles(definition, rowsOf(payments));
    const read = await readPayments(definition, written!.bytes);
    expect(read.rows.map((row) => row.name)).toEqual(payments.map(({ name }) => name));
  });
});

describe('widths in characters, and records without line ends', () => {
  const text = (encoding: string): string => `layout: fixed
encoding: ${encoding}
lines: { end: none }
fixed: { length: 30, unit: characters }
records:
  detail:
    - name: row
      fields:
        - { name: account, width: 12, value: account, justify: right }
        - { name: name, width: 8, value: name }
        - { name: amount, width: 10, value: amount }
`;

  it.each(['UTF-8', 'GB18030'])('%s', async (encoding) => {
    const definition = define(text(encoding));
    const payments = [
      { ...PAYMENTS[0]!, name: '王𠮷' },
      { ...PAYMENTS[1]!, name: '㛃·' },
    ];
    const [written] = writeFiles(definition, rowsOf(payments));
    const decoded = new TextDecoder(encoding.toLowerCase()).decode(written!.bytes);
    expect(decoded).toBe('111122223333王𠮷      0000001.50    99990000㛃·      0000020.00');
    const read = await readPayments(definition, written!.bytes, 3);
    expect(read.rows.map((row) => row.name)).toEqual(payments.map(({ name }) => name));
  });
});

describe('what becomes of characters', () => {
  const definition = define(`layout: delimited
encoding: ASCII
lines: { end: LF }
delimited: { separator: "|" }
characters:
  allow: "A-Z0-9 .-"
  upperCase: true
  transliterate: { "·": " ", "ß": SS }
records:
  detail:
    - name: row
      fields:
        - { name: a, value: account }
        - { name: n, value: name, max: 6, long: cut }
        - { name: m, value: amount }
`);
  const nameOf = (name: string): string | undefined =>
    lines(definition, [{ ...PAYMENTS[0]!, name }])[0]?.split('|')[1];

  it.each([
    ['lower case is written in upper case', 'ann', 'ANN'],
    ['a character that has a substitute', 'a·b', 'A B'],
    ['a substitute of two characters', 'straße', 'STRASS'],
    ['too long, cut where the bank allows it', 'ABCDEFGH', 'ABCDEF'],
  ])('%s', (_what, name, expected) => {
    expect(nameOf(name)).toBe(expected);
  });

  it.each([
    ['a character that is not allowed', 'A_B'],
    ['a hanzi', '王'],
  ])('%s is refused', (_what, name) => {
    expect(() => nameOf(name)).toThrow('PAYMENT_UNENCODABLE');
  });

  it('cuts bytes at a whole character', () => {
    const gbk = define(`layout: delimited
encoding: GBK
delimited: { separator: "|" }
records:
  detail: [ { name: row, fields: [ { name: a, value: account }, { name: n, value: name, max: 5, maxUnit: bytes, long: cut }, { name: m, value: amount } ] } ]
`);
    const [written] = writeFiles(gbk, rowsOf([{ ...PAYMENTS[0]!, name: '王小明' }]));
    expect(new TextDecoder('gbk').decode(written!.bytes)).toBe('111122223333|王小|1.50\r\n');
  });
});

describe('codes, dates, templates and digests', () => {
  const definition = define(`layout: delimited
encoding: UTF-8
lines: { end: LF }
delimited: { separator: "|" }
records:
  detail:
    - name: row
      fields:
        - { name: account, value: account }
        - { name: amount, value: amount, decimals: 5 }
        - { name: bank, value: payeeBank, map: { "104": "1" }, otherwise: "2" }
        - { name: day, value: file.date, pattern: "yyDDD" }
        - { name: ref, template: "P{reference}/{sequence:3}" }
        - { name: sha, digest: { algorithm: sha256, of: [account, amount] } }
        - { name: sm3, digest: { algorithm: sm3, of: [account] } }
`);

  it('stand in the row', async () => {
    const rows = rowsOf([
      { ...PAYMENTS[0]!, account: '616263' },
      { ...PAYMENTS[1]!, bank: 102 },
    ]);
    const [written] = writeFiles(definition, rows);
    const [first, second] = Buffer.from(written!.bytes)
      .toString('utf8')
      .split('\n')
      .map((line) => line.split('|'));
    expect(first!.slice(0, 5)).toEqual(['616263', '1.50000', '1', '26288', 'P000000700000002/001']);
    expect(first![5]).toMatch(/^[0-9a-f]{64}$/);
    expect(first![6]).toMatch(/^[0-9a-f]{64}$/);
    expect(second!.slice(2, 3)).toEqual(['2']);
    const read = await readPayments(definition, written!.bytes);
    expect(read.rows[0]).toMatchObject({ reference: '000000700000002', sequence: 1 });
  });
});

it('names a constant of the bank in its own characters', async () => {
  const definition = define(`layout: delimited
encoding: GBK
delimited: { separator: "|" }
records:
  fileHeader: [ { name: head, fields: [ { name: kind, constant: 汇总 }, { name: c, value: file.count } ] } ]
  detail: [ { name: row, fields: [ { name: a, value: account }, { name: m, value: amount }, { name: x } ] } ]
`);
  await expect(readPayments(definition, Buffer.from('XX|1\r\n'))).rejects.toMatchObject({
    details: { problem: expect.stringContaining('"kind" is not 汇总'), line: 1, column: 1 },
  });
});
