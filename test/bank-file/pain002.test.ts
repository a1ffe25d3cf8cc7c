import { describe, expect, it } from 'vitest';
import { loadFormat, type ReadReturn, readReturn } from './formats.js';

const definition = loadFormat('iso20022');

interface Report {
  group?: string;
  batch?: string;
  rows?: string;
  reason?: string;
  namespace?: string;
}

function report({ group, batch, rows = '', reason = '', namespace = 'pain.002.001.11' }: Report): Buffer {
  const groupStatus = group === undefined ? '' : `<GrpSts>${group}</GrpSts>${reason}`;
  const batchStatus = batch === undefined ? '' : `<PmtInfSts>${batch}</PmtInfSts>`;
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:${namespace}"><CstmrPmtStsRpt><GrpHdr><MsgId>B1</MsgId></GrpHdr>
<OrgnlGrpInfAndSts><OrgnlMsgId>YIKA0000000041</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId><OrgnlNbOfTxs>3</OrgnlNbOfTxs><OrgnlCtrlSum>300.50</OrgnlCtrlSum>${groupStatus}</OrgnlGrpInfAndSts>
<OrgnlPmtInfAndSts><OrgnlPmtInfId>YIKA0000000041-0001</OrgnlPmtInfId>${batchStatus}
${rows}
</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>`,
  );
}

function row(status: string, extra = '', end = '000000700000002'): string {
  const own = status === '' ? '' : `<TxSts>${status}</TxSts>`;
  return `<TxInfAndSts><OrgnlEndToEndId>${end}</OrgnlEndToEndId>${own}${extra}</TxInfAndSts>`;
}

async function read(parts: Report): Promise<ReadReturn> {
  return readReturn(definition, report(parts));
}

describe('levels of a status report', () => {
  it.each([
    ['ACSC', 'RJCT', 'RJCT', 'failed'],
    ['RJCT', undefined, 'ACSC', 'paid'],
    ['RJCT', 'ACSC', '', 'paid'],
    ['RJCT', undefined, '', 'failed'],
    ['ACCP', undefined, '', 'pending'],
    ['PART', undefined, '', 'unknown'],
    [undefined, 'PDNG', '', 'pending'],
    ['ACSC', undefined, 'PDNG', 'pending'],
    ['ACSC', undefined, 'ZZZZ', 'unknown'],
  ] as const)('group %s, batch %s, row "%s": the row is %s', async (group, batch, status, outcome) => {
    const parts = { ...(group && { group }), ...(batch && { batch }), rows: row(status) };
    const { rows } = await read(parts);
    expect(rows[0]).toMatchObject({ outcome, reference: '000000700000002' });
  });
});

describe('payments that the report does not list', () => {
  it.each([
    ['PART', undefined, row('RJCT'), 'paid'],
    ['PART', undefined, row('RJCT') + row('ACSC', '', '000000700000003'), 'outstanding'],
    ['PART', undefined, row('RJCT') + row('ZZZZ', '', '000000700000003'), 'outstanding'],
    ['PART', undefined, '', 'outstanding'],
    ['ACSC', undefined, '', 'paid'],
    ['ACCP', undefined, '', 'outstanding'],
    ['ACSC', 'PDNG', '', 'outstanding'],
    ['ZZZZ', undefined, '', 'outstanding'],
    [undefined, undefined, row('RJCT'), 'outstanding'],
  ] as const)('group %s, batch %s, rows %s: they are %s', async (group, batch, rows, unlisted) => {
    const { totals } = await read({ ...(group && { group }), ...(batch && { batch }), rows });
    expect(totals.unlisted).toBe(unlisted);
  });
});

describe('what a report says', () => {
  it('names the payment file, its totals and the status', async () => {
    const { header } = await read({ group: 'PART', rows: row('RJCT') });
    expect(header).toMatchObject({ fileReference: 41, fileCount: 3, fileAmountFen: 30_050n, status: 'PART' });
  });

  it('gives the reason of a refusal', async () => {
    const reason =
      '<StsRsnInf><Rsn><Cd>AM10</Cd></Rsn><AddtlInf>总额</AddtlInf><AddtlInf>不符</AddtlInf></StsRsnInf>';
    const { header } = await read({ group: 'RJCT', reason });
    expect(header.refused).toEqual({ code: 'AM10', text: '总额 不符' });
  });

  it('takes the first of several reasons of a row, and the bank’s words', async () => {
    const extra = `<StsRsnInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>账户&amp;销户</AddtlInf></StsRsnInf><StsRsnInf><Rsn><Cd>NARR</Cd></Rsn></StsRsnInf>
      <OrgnlTxRef><Amt><InstdAmt Ccy="CNY">100.5</InstdAmt></Amt><CdtrAcct><Id><Othr><Id>6214</Id></Othr></Id></CdtrAcct></OrgnlTxRef>`;
    const { rows } = await read({ group: 'PART', rows: row('RJCT', extra) });
    expect(rows[0]).toMatchObject({ code: 'AC04', text: '账户&销户', amountFen: 10_050, account: '6214' });
  });

  it('says what a reason code means where the bank gives no words', async () => {
    const { rows } = await read({ rows: row('RJCT', '<StsRsnInf><Rsn><Cd>AC04</Cd></Rsn></StsRsnInf>') });
    expect(rows[0]).toMatchObject({ outcome: 'failed', code: 'AC04', text: 'account closed' });
  });

  it('reads older versions of the message, and namespaces with a prefix', async () => {
    const bytes = report({ group: 'ACSC', namespace: 'pain.002.001.03' });
    expect((await readReturn(definition, bytes)).header.status).toBe('ACSC');
    const prefixed = bytes
      .toString()
      .replace(/<(\/?)([A-Z])/g, '<$1p:$2')
      .replace('xmlns=', 'xmlns:p=');
    expect((await readReturn(definition, Buffer.from(prefixed))).header.status).toBe('ACSC');
  });
});

describe('broken reports', () => {
  const good = report({ group: 'PART', rows: row('RJCT') }).toString();
  it.each([
    ['another message', good.replace('pain.002.001.11', 'pain.001.001.09'), 2, 'namespace'],
    ['another root', good.replaceAll('Document', 'Dokument'), 2, 'root element is Dokument'],
    [
      'a document type',
      good.replace('<Document', '<!DOCTYPE a [<!ENTITY x "y">]><Document'),
      2,
      'document type',
    ],
    ['a tag that is not closed', good.replace('</TxInfAndSts>', ''), 6, 'broken'],
    ['the end missing', good.slice(0, -20), 6, 'ends before'],
    ['an amount that is none', good.replace('300.50', '300,50'), 3, '"OrgnlCtrlSum" is not a number'],
    ['an unknown entity', good.replace('B1', '&xxe;'), 2, 'broken'],
  ])('%s', async (_what, text, line, problem) => {
    await expect(readReturn(definition, Buffer.from(text))).rejects.toMatchObject({
      code: 'RETURN_FILE_INVALID',
      details: { line, problem: expect.stringContaining(problem) },
    });
  });

  it('bytes that are not UTF-8', async () => {
    const bytes = Buffer.from(good.replace('B1', 'B?'));
    bytes[bytes.indexOf('?', 60)] = 0xff;
    await expect(readReturn(definition, bytes)).rejects.toMatchObject({
      details: { problem: expect.stringContaining('UTF-8') },
    });
  });
});
