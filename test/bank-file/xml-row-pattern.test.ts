// Rows that are read by the pattern of earlier ones say what they say when they are read tag by tag. A reader that is given
// one byte at a time never has a row whole, so it never uses a pattern: it is what the others are compared with.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allReturns, type FormatDefinition } from '../../src/bank-file/definition.js';
import { loadFormat, type ReadReturn, readReturn, referenceOf } from './formats.js';

const iso = loadFormat('iso20022');
const camt = { ...iso, returns: allReturns(iso).find(({ kind }) => kind === 'camt054')! };
const icbc = loadFormat('icbc-payper');

type Told = ReadReturn | { code: unknown; details: unknown };

async function told(definition: FormatDefinition, bytes: Buffer, size: number): Promise<Told> {
  try {
    return await readReturn(definition, bytes, size);
  } catch (error) {
    const { code, details } = error as { code: unknown; details: unknown };
    return { code, details };
  }
}

async function expectSame(definition: FormatDefinition, bytes: Buffer): Promise<void> {
  const slow = await told(definition, bytes, 1);
  for (const size of [250, 1000, 1 << 20]) expect(await told(definition, bytes, size)).toEqual(slow);
}

const text = fc.constantFrom(
  'AC04',
  ' AC04 ',
  '',
  '账户销户',
  '𠮷',
  'a&amp;b',
  '<![CDATA[x]]>',
  'a]b',
  'a>b',
  'two\nlines',
  '\t',
  'x<!-- c -->y',
);
const status = fc.constantFrom('ACSC', 'RJCT', 'PDNG', 'ZZZZ', '');
const amount = fc.constantFrom('100.50', '1', '0.01', ' 7.00 ', '1e2', '7.001', '-1', '');
const currency = fc.constantFrom('CNY', 'CNY', 'CNY', 'CNY', 'CNY', 'CNY', 'USD', 'C&#78;Y');
const gap = fc.constantFrom(
  '\n',
  '\n',
  '\n',
  '',
  '\r\n',
  '\n\n',
  '<!-- between -->',
  '<Other>1</Other>',
  '\r',
);
const wanted = fc.record({ status, amount, currency, gap, reason: fc.option(text), more: text });
/** Mostly the same shape, as banks write, with a stranger now and then. */
const rows = fc.array(
  fc.oneof({ weight: 5, arbitrary: wanted.map((row) => ({ ...row, ...PLAIN })) }, wanted),
  {
    minLength: 2,
    maxLength: 14,
  },
);
const PLAIN = { gap: '\n', currency: 'CNY', amount: '12.34', more: 'x' };

const head = (namespace: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:${namespace}">`;

describe('rows of one shape', () => {
  it('of a status report', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (list) => {
        const written = list.map(
          (row, index) =>
            `${row.gap}<TxInfAndSts><OrgnlEndToEndId>${referenceOf(index)}</OrgnlEndToEndId><TxSts>${row.status}</TxSts>${
              row.reason === null ? '' : `<StsRsnInf><Rsn><Cd>${row.reason}</Cd></Rsn></StsRsnInf>`
            }<Nobody>${row.more}</Nobody><OrgnlTxRef><Amt><InstdAmt Ccy="${row.currency}">${row.amount}</InstdAmt></Amt></OrgnlTxRef></TxInfAndSts>`,
        );
        const half = written.length >> 1;
        const block = (some: readonly string[]): string =>
          `<OrgnlPmtInfAndSts><OrgnlPmtInfId>YIKA0000000041-0001</OrgnlPmtInfId>${some.join('')}\n</OrgnlPmtInfAndSts>`;
        const blocks = [block(written.slice(0, half)), block(written.slice(half))].join('\n');
        await expectSame(
          iso,
          Buffer.from(
            `${head('pain.002.001.11')}<CstmrPmtStsRpt><OrgnlGrpInfAndSts><OrgnlMsgId>YIKA0000000041</OrgnlMsgId><GrpSts>PART</GrpSts></OrgnlGrpInfAndSts>${blocks}</CstmrPmtStsRpt></Document>`,
          ),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('of a statement, whose entries hold a row, several, or none', async () => {
    const entry = fc.record({ row: wanted, count: fc.constantFrom(1, 1, 1, 1, 0, 2), after: text });
    const entries = fc.array(
      fc.oneof(
        { weight: 5, arbitrary: entry.map((one) => ({ ...one, count: 1, row: { ...one.row, ...PLAIN } })) },
        entry,
      ),
      { minLength: 2, maxLength: 14 },
    );
    await fc.assert(
      fc.asyncProperty(entries, async (list) => {
        const written = list.map(({ row, count, after }, index) => {
          const details = Array.from(
            { length: count },
            (_, nth) =>
              `<TxDtls><Refs><EndToEndId>${referenceOf(index * 3 + nth)}</EndToEndId></Refs><Amt Ccy="${row.currency}">${row.amount}</Amt></TxDtls>`,
          );
          return `${row.gap}<Ntry><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>${row.status === 'RJCT' ? 'PDNG' : 'BOOK'}</Cd></Sts>\n<NtryDtls>${details.join('\n')}</NtryDtls><AddtlNtryInf>${after}</AddtlNtryInf></Ntry>`;
        });
        await expectSame(
          camt,
          Buffer.from(
            `${head('camt.054.001.08')}<BkToCstmrDbtCdtNtfctn><Ntfctn><Id>1</Id>${written.join('')}</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>`,
          ),
        );
      }),
      { numRuns: 60 },
    );
  });
});

it('tells the line of what is wrong behind rows that were read by a pattern', async () => {
  const row = (amount: string): string =>
    `<TxInfAndSts>\n<OrgnlEndToEndId>${referenceOf(1)}</OrgnlEndToEndId>\n<TxSts>ACSC</TxSts><OrgnlTxRef><Amt><InstdAmt Ccy="CNY">${amount}</InstdAmt></Amt></OrgnlTxRef></TxInfAndSts>\n`;
  const file = (amount: string, end: string): Buffer =>
    Buffer.from(
      `${head('pain.002.001.11')}<CstmrPmtStsRpt><OrgnlPmtInfAndSts>\n${row('1').repeat(100)}${row(amount)}${end}</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>`,
    );
  for (const size of [1, 1 << 20]) {
    expect(await told(iso, file('x', ''), size)).toMatchObject({ details: { line: 305, column: 58 } });
    expect(await told(iso, file('1', '  <a></b>'), size)).toMatchObject({
      details: { line: 306, column: 6 },
    });
  }
});

it('of GBK are read by their pattern too', async () => {
  const written = Array.from(
    { length: 30 },
    (_, index) =>
      `<rd><QryiSeqno>${index + 1}</QryiSeqno><RecAccNo>6214</RecAccNo><RecAccNameCN>東</RecAccNameCN><CurrType>001</CurrType><PayAmt>100</PayAmt><Ref>${referenceOf(index)}</Ref><Result>7</Result><instrRetMsg>東</instrRetMsg></rd>`,
  );
  const head = '<pub><TransCode>QPAYPER</TransCode><RetCode>0</RetCode></pub>';
  const xml = `<?xml version="1.0" encoding="GBK"?><CMS><eb>${head}<out><QryfSeqno>YK0000000041</QryfSeqno>${written.join('')}</out></eb></CMS>`;
  // 東 is 96 7C, whose second byte is a vertical bar.
  const bytes = Buffer.from(xml.replaceAll('東', '\x96\x7c'), 'latin1');
  expect(await told(icbc, bytes, 1 << 20)).toMatchObject({ rows: { length: 30, 29: { text: '東' } } });
  await expectSame(icbc, bytes);
});
