// Statements and notices of the paying account as the bank's answer: what a debit, a return and a reversal come to, that
// other business of the account is left alone, and that what the played bank writes is valid and reads back.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compileReturnFormat } from '../../src/bank-file/compile-return.js';
import { allReturns, type FormatDefinition } from '../../src/bank-file/definition.js';
import {
  loadFormat,
  type ReadReturn,
  readReturn,
  referenceOf,
  rowsOf,
  SAMPLE_PAYMENTS,
  writeFiles,
  writeReturn,
} from './formats.js';
import { hasSchema, validate } from './schema.js';

const iso = loadFormat('iso20022');
const KINDS = ['camt053', 'camt054'] as const;

function answering(kind: string): FormatDefinition {
  const returns = allReturns(iso).find((candidate) => candidate.kind === kind);
  expect(returns).toBeDefined();
  return { ...iso, returns };
}

interface Entry {
  direction?: 'DBIT' | 'CRDT';
  status?: string;
  reversal?: boolean;
  /** Transactions in the entry. */
  details: readonly { end?: string; amount?: string; extra?: string }[];
  after?: string;
}

function notice(entries: readonly Entry[], header = ''): Buffer {
  const written = entries.map(({ direction = 'DBIT', status = 'BOOK', reversal, details, after = '' }) => {
    const transactions = details.map(
      ({ end, amount = '100.50', extra = '' }) =>
        `<TxDtls><Refs>${end === undefined ? '' : `<EndToEndId>${end}</EndToEndId>`}</Refs><Amt Ccy="CNY">${amount}</Amt>${extra}</TxDtls>`,
    );
    return `<Ntry><Amt Ccy="CNY">999.00</Amt><CdtDbtInd>${direction}</CdtDbtInd>${
      reversal === undefined ? '' : `<RvslInd>${reversal}</RvslInd>`
    }<Sts><Cd>${status}</Cd></Sts><NtryDtls>${transactions.join('\n')}</NtryDtls>${after}</Ntry>`;
  });
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>YIKA0000000099</MsgId></GrpHdr>
<Ntfctn><Id>1</Id>${header}
${written.join('\n')}
</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>`);
}

const read = (entries: readonly Entry[], header?: string): Promise<ReadReturn> =>
  readReturn(answering('camt054'), notice(entries, header), 7);
const returned = (reason: string): string => `<RtrInf><Rsn><Cd>${reason}</Cd></Rsn></RtrInf>`;
const end = referenceOf(0);

describe('what an entry says', () => {
  it.each([
    ['a booked debit', {}, '', 'paid', 'DBIT/BOOK'],
    ['a booked debit that is no reversal', { reversal: false }, '', 'paid', 'DBIT/BOOK/false'],
    ['a pending debit', { status: 'PDNG' }, '', 'pending', 'DBIT/PDNG'],
    ['a returned credit', { direction: 'CRDT' }, returned('AC04'), 'failed', 'AC04'],
    ['a return for a reason that is not known', { direction: 'CRDT' }, returned('ZZ99'), 'unknown', 'ZZ99'],
    ['a reversed debit', { direction: 'CRDT', reversal: true }, '', 'failed', 'CRDT/BOOK/true'],
    ['a reversal with a reason', { direction: 'CRDT', reversal: true }, returned('AC04'), 'failed', 'AC04'],
    ['a credit without a reason', { direction: 'CRDT' }, '', 'unknown', 'CRDT/BOOK'],
    ['a debit with a return reason', {}, returned('AC04'), 'unknown', 'AC04'],
    ['an unknown status', { status: 'XXXX' }, '', 'unknown', 'DBIT/XXXX'],
    ['a credit inside a debit', {}, `<CdtDbtInd>CRDT</CdtDbtInd>${returned('AC01')}`, 'failed', 'AC01'],
  ] as const)('%s', async (_what, entry, extra, outcome, code) => {
    const { rows } = await read([{ ...entry, details: [{ end, extra }] }]);
    expect(rows).toMatchObject([{ reference: end, outcome, code, amountFen: 10_050 }]);
  });

  it('holds for every transaction in it, and for no other entry', async () => {
    const details = [0, 1, 2].map((index) => ({ end: referenceOf(index) }));
    const { rows } = await read([
      { direction: 'CRDT', reversal: true, details: details.slice(0, 2) },
      { details: details.slice(2) },
    ]);
    expect(rows.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'paid']);
  });

  it('of others leaves them alone: interest, salaries, incoming money', async () => {
    const { rows, totals } = await read([
      { details: [] },
      { details: [{ end: 'NOTPROVIDED' }, {}, { end: 'SALARY-2026-10' }] },
      { direction: 'CRDT', details: [{ end: 'INV 77' }] },
      { details: [{ end }] },
    ]);
    expect(rows.map(({ reference }) => reference)).toEqual([end]);
    expect(totals).toMatchObject({ rows: 1, unlisted: 'outstanding' });
  });

  it('of a debit and its return stands in two rows', async () => {
    const { rows, header } = await read([
      { details: [{ end }] },
      { direction: 'CRDT', details: [{ end, extra: returned('AC04') }] },
    ]);
    expect(rows.map(({ outcome }) => outcome)).toEqual(['paid', 'failed']);
    expect(header.rowsAre).toBe('movements');
  });

  it('in another currency refuses the file', async () => {
    const text = notice([{ details: [{ end }] }])
      .toString()
      .replace('<Amt Ccy="CNY">100', '<Amt Ccy="USD">100');
    await expect(readReturn(answering('camt054'), Buffer.from(text))).rejects.toMatchObject({
      code: 'RETURN_FILE_INVALID',
      details: { line: 4, problem: '"TxCcy" is not CNY' },
    });
  });
});

describe('how many entries there are', () => {
  const declared = (count: number): string =>
    `<TxsSummry><TtlNtries><NbOfNtries>${count}</NbOfNtries></TtlNtries></TxsSummry>`;

  it('is compared with what is declared, for each notice', async () => {
    const two = [{ details: [{ end }] }, { details: [] }];
    expect((await read(two, declared(2))).rows).toHaveLength(1);
    await expect(read(two, declared(3))).rejects.toMatchObject({
      details: { line: 3, problem: '"NbOfNtries": batch.details says 3, the rows give 2' },
    });
  });
});

describe('a broken notice', () => {
  const good = notice([{ details: [{ end }] }]).toString();
  it.each([
    ['another message', good.replace('camt.054', 'camt.052'), 2, 'namespace'],
    ['another root', good.replaceAll('Document', 'Envelope'), 2, 'root element is Envelope'],
    ['a document type', good.replace('<Document', '<!DOCTYPE Document><Document'), 2, 'document type'],
    ['a cut file', good.slice(0, -60), 4, 'ends before its root'],
    ['an amount that is none', good.replace('>100.50<', '>1e2<'), 4, 'the amount is not an amount'],
    [
      'a reference broken by an element',
      good.replace(end, `<b/>${end}`),
      4,
      'an element stands where the text',
    ],
    ['an encoding that is not its own', good.replace('>1<', '>\u738b<'), 3, 'not text in UTF-8'],
  ])('%s', async (_what, text, line, problem) => {
    const bytes = text.includes('\u738b')
      ? Buffer.from(text.replace('\u738b', '\xcd\xf5'), 'latin1')
      : Buffer.from(text);
    await expect(readReturn(answering('camt054'), bytes)).rejects.toMatchObject({
      code: 'RETURN_FILE_INVALID',
      details: { line, problem: expect.stringContaining(problem) },
    });
  });
});

describe.each(KINDS)('the bank, played as %s', (kind) => {
  const definition = answering(kind);
  const rows = rowsOf(SAMPLE_PAYMENTS);
  const [written] = writeFiles(definition, rows);
  const outcomes = ['paid', 'failed', 'pending', 'paid'] as const;
  const bytes = writeReturn(definition, written!, rows, (index) => ({ outcome: outcomes[index]! }));

  it('reads back, whatever the chunks', async () => {
    for (const size of [1, 64 * 1024]) {
      const { rows: found } = await readReturn(definition, bytes, size);
      expect(found.map(({ outcome }) => outcome)).toEqual(outcomes);
      expect(found.map(({ reference }) => reference)).toEqual(
        [0, 1, 2, 3].map((index) => referenceOf(index)),
      );
      expect(found.map(({ amountFen }) => amountFen)).toEqual(rows.map(({ amountFen }) => amountFen));
    }
  });

  it('is known from the other answers by its beginning', () => {
    const fitting = allReturns(iso).filter((returns) =>
      compileReturnFormat(iso, returns).sniff(bytes.subarray(0, 4096), ''),
    );
    expect(fitting.map((returns) => returns.kind)).toEqual([kind]);
  });

  it('writes its golden file', () => {
    const folder = fileURLToPath(new URL('./golden/iso20022/', import.meta.url));
    const path = `${folder}return-${kind}`;
    if (process.env['UPDATE_GOLDEN'] === '1') {
      mkdirSync(folder, { recursive: true });
      writeFileSync(path, bytes);
    }
    expect(existsSync(path), `${path} is not there; run with UPDATE_GOLDEN=1`).toBe(true);
    expect(Buffer.from(bytes).toString()).toBe(readFileSync(path, 'utf8'));
  });

  it.skipIf(!hasSchema(`camt.${kind.slice(4)}.001.08.xsd`))('is valid by the published schema', () => {
    validate(bytes, `camt.${kind.slice(4)}.001.08.xsd`);
  });
});
