// Whole status reports as banks send them, in every version that is read: what the listed payments come to, and what the
// others are. The report answers a file of three payments over 300.50.

import { describe, expect, it } from 'vitest';
import { loadFormat, readReturn, referenceOf } from './formats.js';

const definition = loadFormat('iso20022');
const VERSIONS = ['03', '04', '09', '10', '11', '12', '14'] as const;

interface Report {
  group?: string;
  payment?: string;
  /** Status of each row listed, by its number from 0; `AC04` after a colon is the reason. */
  rows?: readonly string[];
  amounts?: readonly string[];
  /** Elements beside the statuses. */
  inGroup?: string;
  inPayment?: string;
}

function report(
  version: string,
  { group, payment, rows = [], amounts, inGroup = '', inPayment = '' }: Report,
): Buffer {
  const status = (name: string, value: string | undefined): string =>
    value === undefined ? '' : `<${name}>${value}</${name}>`;
  const written = rows.map((row, index) => {
    const [own, reason] = row.split(':') as [string, string?];
    const amount = amounts?.[index];
    return [
      `<TxInfAndSts><StsId>B${index}</StsId><OrgnlEndToEndId>${referenceOf(index)}</OrgnlEndToEndId>`,
      own === '' ? '' : `<TxSts>${own}</TxSts>`,
      reason === undefined ? '' : `<StsRsnInf><Rsn><Cd>${reason}</Cd></Rsn></StsRsnInf>`,
      amount === undefined
        ? ''
        : `<OrgnlTxRef><Amt><InstdAmt Ccy="CNY">${amount}</InstdAmt></Amt></OrgnlTxRef>`,
      '</TxInfAndSts>',
    ].join('');
  });
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.${version}"><CstmrPmtStsRpt>
<GrpHdr><MsgId>BANK1</MsgId><CreDtTm>2026-10-16T08:00:00</CreDtTm></GrpHdr>
<OrgnlGrpInfAndSts><OrgnlMsgId>YIKA0000000041</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.03</OrgnlMsgNmId>${inGroup}${status('GrpSts', group)}</OrgnlGrpInfAndSts>
<OrgnlPmtInfAndSts><OrgnlPmtInfId>YIKA0000000041-0001</OrgnlPmtInfId>${inPayment}${status('PmtInfSts', payment)}
${written.join('\n')}
</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>`);
}

const count = '<OrgnlNbOfTxs>3</OrgnlNbOfTxs><OrgnlCtrlSum>300.50</OrgnlCtrlSum>';
const perStatus = (of: number, status: string, sum = ''): string =>
  `<NbOfTxsPerSts><DtldNbOfTxs>${of}</DtldNbOfTxs><DtldSts>${status}</DtldSts>${sum === '' ? '' : `<DtldCtrlSum>${sum}</DtldCtrlSum>`}</NbOfTxsPerSts>`;

const CASES: [what: string, Report, outcomes: string[], unlisted: string][] = [
  ['all settled, nothing listed', { group: 'ACSC' }, [], 'paid'],
  ['all accepted for processing', { group: 'ACCP' }, [], 'outstanding'],
  ['partly, only the rejections', { group: 'PART', rows: ['RJCT:AC04'] }, ['failed'], 'paid'],
  [
    'partly at the payment level',
    { group: 'ACCP', payment: 'PART', rows: ['RJCT:AC04'] },
    ['failed'],
    'paid',
  ],
  [
    'partly, everything listed',
    { group: 'PART', rows: ['RJCT:AC04', 'ACSC'] },
    ['failed', 'paid'],
    'outstanding',
  ],
  ['partly, without a row', { group: 'PART' }, [], 'outstanding'],
  ['the row against the group', { group: 'RJCT', rows: ['ACSC'] }, ['paid'], 'outstanding'],
  ['the payment against the group', { group: 'RJCT', payment: 'ACSC', rows: [''] }, ['paid'], 'paid'],
  [
    'rows in between',
    { group: 'PART', rows: ['PDNG', 'ACSP', 'RJCT'] },
    ['pending', 'pending', 'failed'],
    'paid',
  ],
  [
    'numbers by status that fit',
    { group: 'PART', rows: ['RJCT:AC04'], inGroup: count + perStatus(1, 'RJCT') + perStatus(2, 'ACSC') },
    ['failed'],
    'paid',
  ],
  [
    'numbers by status with sums',
    {
      group: 'PART',
      rows: ['RJCT'],
      amounts: ['100.50'],
      inPayment: perStatus(1, 'RJCT', '100.5') + perStatus(2, 'ACSC', '200.00'),
    },
    ['failed'],
    'paid',
  ],
  [
    'numbers by status: one is pending and not listed',
    {
      group: 'PART',
      rows: ['RJCT'],
      inGroup: count + perStatus(1, 'RJCT') + perStatus(1, 'PDNG') + perStatus(1, 'ACSC'),
    },
    ['failed'],
    'outstanding',
  ],
  [
    'numbers by status that leave some out',
    { group: 'PART', rows: ['RJCT'], inGroup: count + perStatus(1, 'RJCT') + perStatus(1, 'ACSC') },
    ['failed'],
    'outstanding',
  ],
  [
    'settled as a whole, with rejections counted and not listed',
    { group: 'ACSC', inGroup: count + perStatus(1, 'RJCT') + perStatus(2, 'ACSC') },
    [],
    'outstanding',
  ],
];

const CONTRADICTIONS: [what: string, Report, line: number, problem: string][] = [
  [
    'more rejections counted than listed',
    { group: 'PART', rows: ['RJCT'], inGroup: count + perStatus(2, 'RJCT') + perStatus(1, 'ACSC') },
    4,
    'the status RJCT stands for 2 payments, the rows give 1',
  ],
  [
    'fewer counted than listed',
    { group: 'PART', rows: ['RJCT', 'RJCT'], inPayment: perStatus(1, 'RJCT') },
    5,
    'the status RJCT stands for 1 payments, the rows give 2',
  ],
  [
    'another sum of the rejections',
    { group: 'PART', rows: ['RJCT'], amounts: ['100.50'], inGroup: perStatus(1, 'RJCT', '100.00') },
    4,
    'the status RJCT stands for 100.00 yuan, the rows give 100.50',
  ],
  [
    'more counted than the file has',
    { group: 'ACSC', inGroup: count + perStatus(4, 'ACSC') },
    4,
    'the totals by status are of 4 payments, the file is about 3',
  ],
  [
    'two levels that repeat different numbers',
    { group: 'ACSC', inGroup: count, inPayment: '<OrgnlNbOfTxs>2</OrgnlNbOfTxs>' },
    5,
    '"OrgnlNbOfTxs": file.count is 2 here and 3 in line 4',
  ],
  [
    'two levels that repeat different sums',
    { group: 'ACSC', inGroup: count, inPayment: '<OrgnlCtrlSum>300.49</OrgnlCtrlSum>' },
    5,
    '"OrgnlCtrlSum": file.amount is 300.49 yuan here and 300.50 yuan in line 4',
  ],
];

describe.each(VERSIONS)('pain.002.001.%s', (version) => {
  it.each(CASES)('%s', async (_what, given, outcomes, unlisted) => {
    const { header, rows, totals } = await readReturn(definition, report(version, given));
    expect(header.fileReference).toBe(41);
    expect(rows.map(({ outcome }) => outcome)).toEqual(outcomes);
    expect(totals.unlisted).toBe(unlisted);
  });

  it.each(CONTRADICTIONS)('%s', async (_what, given, line, problem) => {
    await expect(readReturn(definition, report(version, given))).rejects.toMatchObject({
      code: 'RETURN_FILE_INVALID',
      details: { line, problem },
    });
  });
});

it('reads a reason of the bank’s own', async () => {
  const text = report('11', { group: 'PART', rows: ['RJCT:AC04'] }).toString();
  const own = text.replace('<Cd>AC04</Cd>', '<Prtry>E17</Prtry>');
  const { rows } = await readReturn(definition, Buffer.from(own));
  expect(rows).toMatchObject([{ outcome: 'failed', code: 'E17' }]);
});

describe('a payment information that is reported in several blocks', () => {
  const block = (status: string, ...rows: readonly string[]): string =>
    `<OrgnlPmtInfAndSts><OrgnlPmtInfId>YIKA0000000041-0001</OrgnlPmtInfId><PmtInfSts>${status}</PmtInfSts>${rows.join('')}</OrgnlPmtInfAndSts>`;
  const row = (index: number, status = ''): string =>
    `<TxInfAndSts><OrgnlEndToEndId>${referenceOf(index)}</OrgnlEndToEndId>${status && `<TxSts>${status}</TxSts>`}</TxInfAndSts>`;

  it.each([
    ['all settled', [block('ACSC'), block('ACSC')], [], 'paid', false],
    ['all rejected', [block('RJCT'), block('RJCT')], [], 'outstanding', true],
    ['rejected, then settled', [block('RJCT'), block('ACSC')], [], 'outstanding', false],
    ['settled, then rejected', [block('ACSC'), block('RJCT')], [], 'outstanding', false],
    [
      'a block for each status',
      [block('RJCT', row(0)), block('ACSC', row(1)), block('PDNG', row(2))],
      ['failed', 'paid', 'pending'],
      'outstanding',
      false,
    ],
    [
      'rejections, then the rest',
      [block('PART', row(0, 'RJCT')), block('ACSC')],
      ['failed'],
      'outstanding',
      false,
    ],
  ] as const)('%s', async (_what, blocks, outcomes, unlisted, refused) => {
    const whole = report('11', { group: 'PART' }).toString();
    const text = whole.replace(/<OrgnlPmtInfAndSts>[\s\S]*<\/OrgnlPmtInfAndSts>/, blocks.join('\n'));
    const { header, rows, totals } = await readReturn(definition, Buffer.from(text));
    expect(rows.map(({ outcome }) => outcome)).toEqual(outcomes);
    expect(totals.unlisted).toBe(unlisted);
    expect(header.refused !== undefined).toBe(refused);
  });
});
