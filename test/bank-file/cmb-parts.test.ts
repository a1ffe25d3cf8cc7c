// CMB takes a batch in several requests: the first says that it begins, the last that it ends, and every one repeats the
// totals of all, with the one reference that keeps the bank from paying twice.

import { describe, expect, it } from 'vitest';
import {
  loadFormat,
  readPayments,
  readReturn,
  rowsOf,
  SAMPLE_PAYMENTS,
  writeFiles,
  writeReturn,
} from './formats.js';

const definition = loadFormat('cmb-agent');
const rows = rowsOf(Array.from({ length: 2001 }, (_, index) => SAMPLE_PAYMENTS[index % 4]!));

interface Request {
  request: { body: { bb6cdcbhx1: [Record<string, string>]; bb6cdcdlx1: Record<string, string>[] } };
}

describe('2,001 payments for CMB', () => {
  const files = writeFiles(definition, rows, 3);
  const bodies = files.map(
    ({ bytes }) => (JSON.parse(Buffer.from(bytes).toString()) as Request).request.body,
  );
  const heads = bodies.map((body) => body.bb6cdcbhx1[0]);

  it('are three requests of one batch', () => {
    expect(heads.map(({ begtag, endtag, curcnt }) => [begtag, endtag, curcnt])).toEqual([
      ['Y', 'N', '1000'],
      ['N', 'N', '1000'],
      ['N', 'Y', '1'],
    ]);
    for (const key of ['yurref', 'ttlcnt', 'ttlamt', 'ttlnum'] as const)
      expect(new Set(heads.map((head) => head[key])).size).toBe(1);
    expect(heads[0]).toMatchObject({ ttlcnt: '2001', ttlnum: '3', yurref: 'YK00000041' });
  });

  it('whose parts add up to the whole', () => {
    const fen = (text: string | undefined) => BigInt(text!.replace('.', ''));
    const sum = heads.reduce((total, head) => total + fen(head['curamt']), 0n);
    expect(sum).toBe(fen(heads[0]!['ttlamt']));
    expect(sum).toBe(rows.reduce((total, row) => total + BigInt(row.amountFen), 0n));
  });

  it('in which no transaction number stands twice', () => {
    const numbers = bodies.flatMap((body) => body.bb6cdcdlx1.map(({ trxseq }) => trxseq));
    expect(new Set(numbers).size).toBe(2001);
  });

  it('and are read back and answered part by part', async () => {
    for (const written of files) {
      const read = await readPayments(definition, written.bytes, 333);
      expect(read.header).toMatchObject({
        fileNumber: written.context.fileNumber,
        count: written.plan.count,
      });
      const answer = writeReturn(definition, written, rows, (index) => ({
        outcome: index % 7 ? 'paid' : 'failed',
      }));
      const { header, totals } = await readReturn(definition, answer, 777);
      expect(header.fileReference).toBe(written.context.fileNumber);
      expect(totals.rows).toBe(written.plan.count);
    }
  });
});

describe('an answer of CMB', () => {
  const [written] = writeFiles(definition, rows.slice(0, 4));
  const answer = writeReturn(definition, written!, rows, () => ({ outcome: 'paid' }));
  const text = Buffer.from(answer).toString();

  it('may have its head behind its rows, as programs that sort members write it', async () => {
    const { response } = JSON.parse(text.replace('SUC0000', 'CDCFAIL'));
    const turned = JSON.stringify({ response: { body: { bb6bpdqyz2: [] }, head: response.head } });
    const { header, totals } = await readReturn(definition, Buffer.from(turned));
    expect(header).toMatchObject({ fileReference: 41, refused: { code: 'CDCFAIL' } });
    expect(totals.unlisted).toBe('outstanding');
    const usual = await readReturn(definition, answer);
    const sorted = JSON.parse(text).response;
    const behind = JSON.stringify({ response: { body: sorted.body, head: sorted.head } });
    const read = await readReturn(definition, Buffer.from(behind));
    expect(read.rows).toEqual(usual.rows.map((row) => ({ ...row, line: 1 })));
    expect(read.header).toEqual(usual.header);
  });

  it('may have more members, in any order, and numbers for texts', async () => {
    const more = text
      .replace('"head":{', '"trace":{"a":[1,{"b":null}]},"head":{"rspid":"x",')
      .replace(/"trsamt":"([0-9.]+)","trsdsp":"(\d+)"/g, '"trsdsp":"$2","other":[[]],"trsamt":$1');
    const { rows: read } = await readReturn(definition, Buffer.from(more), 5);
    expect(read.map(({ amountFen }) => amountFen)).toEqual([10_050, 20_000, 1, 999_999_999]);
  });
});
