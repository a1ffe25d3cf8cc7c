import { describe, expect, it } from 'vitest';
import { encodeGb18030 } from '../../src/encoding/gb18030.js';
import { loadFormat, type ReadReturn, readReturn, rowsOf, SAMPLE_PAYMENTS, writeFiles } from './formats.js';

const definition = loadFormat('icbc-payper');

interface Answer {
  rows?: string;
  code?: string;
  transaction?: string;
  encoding?: string;
}

/** As banks send it: indented, with elements that nobody reads, declared as GB2312. */
function answer({ rows = '', code = '0', transaction = 'QPAYPER', encoding = 'GB2312' }: Answer): Uint8Array {
  return encodeGb18030(`<?xml  version="1.0" encoding="${encoding}" ?>
<CMS>
 <eb>
  <pub><TransCode>${transaction}</TransCode><CIS>110</CIS><ID>样例.y.1102</ID><BankCode>102</BankCode><RetCode>${code}</RetCode><RetMsg></RetMsg></pub>
  <out><QryfSeqno>YK0000000041</QryfSeqno><QrySerialNo>CMN750958568</QrySerialNo><BatRetCode>${code}</BatRetCode><BatRetMsg/>
   ${rows}
  </out>
 </eb>
</CMS>
`);
}

function row(result: string, more = '', own = '<Ref>000000700000002</Ref>'): string {
  return `<rd><iSeqno>9</iSeqno><QryiSeqno>1</QryiSeqno><RecAccNo>6214</RecAccNo><RecAccNameCN>李東</RecAccNameCN>
    <CurrType>001</CurrType><PayAmt>10050</PayAmt>${own}<Result>${result}</Result>${more}</rd>`;
}

const read = (given: Answer): Promise<ReadReturn> => readReturn(definition, answer(given), 5);

describe('a PAYPER request', () => {
  it('says how much it is in fen, and which bank each payee has', () => {
    const rows = rowsOf(
      SAMPLE_PAYMENTS.map((payment, index) => ({ ...payment, bank: index === 0 ? 102 : 105 })),
    );
    const [written] = writeFiles(definition, rows);
    const text = new TextDecoder('gbk').decode(written!.bytes);
    expect(text).toContain('<TotalNum>4</TotalNum><TotalAmt>1000030050</TotalAmt>');
    expect(text).toContain('<PayAmt>10050</PayAmt>');
    expect(text.match(/<SysIOFlg>.<\/SysIOFlg>/g)).toEqual([
      '<SysIOFlg>1</SysIOFlg>',
      ...Array(3).fill('<SysIOFlg>2</SysIOFlg>'),
    ]);
  });
});

describe('a QPAYPER answer', () => {
  it.each([
    ['7', 'paid'],
    ['6', 'failed'],
    ['8', 'failed'],
    ['11', 'failed'],
    ['0', 'pending'],
    ['9', 'pending'],
    ['86', 'pending'],
    ['95', 'pending'],
    ['98', 'pending'],
    ['77', 'unknown'],
    ['', 'unknown'],
  ])('with the result "%s" is %s', async (result, outcome) => {
    const { rows } = await read({ rows: row(result) });
    expect(rows).toMatchObject([{ outcome, reference: '000000700000002', sequence: 1, amountFen: 10_050 }]);
  });

  it('gives the bank’s reason', async () => {
    const reason = '<instrRetCode>B0231</instrRetCode><instrRetMsg>户名不符</instrRetMsg>';
    const { rows, header } = await read({ rows: row('6', reason) });
    expect(rows).toMatchObject([{ outcome: 'failed', code: 'B0231', text: '户名不符' }]);
    expect(header).toMatchObject({ fileReference: 41, refused: undefined });
  });

  it('finds the payment by its sequence where the reference does not come back', async () => {
    const { rows } = await read({ rows: row('7', '', '<Ref></Ref>') });
    expect(rows).toMatchObject([{ reference: undefined, sequence: 1 }]);
  });

  it.each(['0', 'B0116', ''])(
    'with the code "%s" and no row leaves all payments outstanding',
    async (code) => {
      const { totals, header } = await read({ code });
      expect([totals.rows, totals.unlisted, header.refused]).toEqual([0, 'outstanding', undefined]);
    },
  );
});

describe('a broken QPAYPER answer', () => {
  const rows = row('7');
  it.each([
    ['the request itself', answer({ rows, transaction: 'PAYPER' }), 4, '"TransCode" is not QPAYPER'],
    ['another transaction', answer({ transaction: 'QPAYENT' }), 4, '"TransCode" is not QPAYPER'],
    ['an answer that says it is UTF-8', answer({ rows, encoding: 'UTF-8' }), 4, 'not text in UTF-8'],
    ['another currency', answer({ rows: rows.replace('001', '014') }), 7, '"CurrType" is not 001'],
    ['an amount in yuan', answer({ rows: rows.replace('10050', '100.50') }), 7, 'not an amount'],
    ['a cut file', answer({ rows }).subarray(0, -40), 7, 'ends before its root'],
    ['another bank’s file', Buffer.from('1|2|3|\r\n'), 1, 'outside the root element'],
  ])('%s', async (_what, bytes, line, problem) => {
    await expect(readReturn(definition, bytes)).rejects.toMatchObject({
      code: 'RETURN_FILE_INVALID',
      details: { line, problem: expect.stringContaining(problem) },
    });
  });
});
