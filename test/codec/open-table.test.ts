import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CARDHOLDER_COLUMNS, ROSTER_COLUMNS } from '../../src/codec/columns.js';
import { openTable } from '../../src/codec/open-table.js';
import { readRecords } from '../../src/codec/read-records.js';
import { encodeGb18030 } from '../../src/encoding/gb18030.js';
import { textRow, workbookParts, zipOf } from './build-xlsx.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yika-table-'));
});
afterAll(() => rm(folder, { recursive: true }));

const file = async (name: string, content: Uint8Array | string) => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};

const ASCII = `resident_id,name,amount\n${'460105199001011234,A,100.00\n'.repeat(20_000)}`;

const all = async <T>(list: AsyncIterable<T>) => {
  const items: T[] = [];
  for await (const item of list) items.push(item);
  return items;
};

describe('openTable', () => {
  it('finds the encoding at the first name beyond ASCII, however late, and keeps to it', async () => {
    for (const [encoding, name] of [
      ['utf-8', Buffer.from('王小明')],
      ['gb18030', encodeGb18030('王小明')],
    ] as const) {
      const late = Buffer.concat([Buffer.from(`${ASCII}460105199001011234,`), name, Buffer.from(',1.00\n')]);
      const path = await file('late.csv', Buffer.concat([late, Buffer.from(ASCII)]));
      const table = await openTable(path, ROSTER_COLUMNS, { chunkBytes: 100_000 });
      const encodings = (await all(table.chunks())).map((chunk) => chunk.encoding);
      expect(new Set(encodings.slice(0, 5))).toEqual(new Set(['ascii']));
      expect(new Set(encodings.slice(6))).toEqual(new Set([encoding]));
      const records = await all(readRecords(await openTable(path, ROSTER_COLUMNS)));
      expect(records[20_000]).toEqual({ line: 20_002, fields: ['460105199001011234', '王小明', '1.00'] });
    }
  });

  it('gives nothing below a header that nothing stands below', async () => {
    for (const end of ['', '\n', '\r\n\r\n']) {
      const table = await openTable(await file('h.csv', `身份证号,姓名,金额${end}`), ROSTER_COLUMNS);
      expect(await all(readRecords(table))).toEqual([]);
    }
  });

  it('says where each column stands', async () => {
    const table = await openTable(await file('p.csv', '金额,备注,姓名,电话,身份证号\n'), ROSTER_COLUMNS);
    expect(Object.fromEntries(table.positions)).toEqual({ amount: 0, remark: 1, name: 2, resident_id: 4 });
    expect(table).toMatchObject({ name: 'p.csv', width: 5, unknown: ['电话'], notes: undefined });
    await table.close();
  });

  it('reads cardholder files by their own columns', async () => {
    const header =
      '社会保障号码,姓名,发卡地区,社保卡号,卡状态,开户银行,社保卡银行账号,账户状态,生存状态,死亡日期,更新日期\n';
    const table = await openTable(await file('c.csv', encodeGb18030(header)), CARDHOLDER_COLUMNS);
    expect([...table.positions.keys()]).toEqual(CARDHOLDER_COLUMNS.map(({ name }) => name));
    await table.close();
  });

  it('finds a gzip file cut off while its records are read', async () => {
    const lines = Array.from({ length: 300_000 }, (_, index) => `${index * 7919},${index},1.00\n`).join('');
    const packed = gzipSync(`resident_id,name,amount\n${lines}`);
    const table = await openTable(await file('cut.gz', packed.subarray(0, -1000)), ROSTER_COLUMNS);
    await expect(all(table.chunks())).rejects.toMatchObject({ code: 'GZIP_INVALID' });
  });

  it('can be left early, and closed twice', async () => {
    for (const content of [Buffer.from(ASCII), gzipSync(ASCII)]) {
      const table = await openTable(await file('early', content), ROSTER_COLUMNS, { chunkBytes: 1000 });
      for await (const _ of table.chunks()) break;
      await table.close();
    }
  });

  it('numbers the records of a sheet by its rows, at any chunk size, and tells of hidden ones', async () => {
    const rows = [2, 3, 70_000, 70_001].map((row) =>
      textRow(
        row,
        ['460105199001011234', row === 3 ? '王\r\n"小"明' : '李四', '1.00'],
        row === 3 ? 'hidden="true"' : '',
      ),
    );
    const path = await file(
      'r.xlsx',
      zipOf(workbookParts(textRow(1, ['身份证号', '姓名', '金额']) + rows.join(''))),
    );
    for (const chunkBytes of [10, 1000, 1_000_000]) {
      const table = await openTable(path, ROSTER_COLUMNS, { chunkBytes });
      const records = await all(readRecords(table));
      expect(records.map(({ line }) => line)).toEqual([2, 3, 70_000, 70_001]);
      expect(records[1]!.fields).toEqual(['460105199001011234', '王 "小"明', '1.00']);
      expect(table.notes).toMatchObject({ hiddenRows: 1, firstHiddenRow: 3 });
    }
  });

  it('judges the header of a sheet as that of a text', async () => {
    const path = await file('m.xlsx', zipOf(workbookParts(textRow(4, ['身份证号', '电话']))));
    await expect(openTable(path, ROSTER_COLUMNS)).rejects.toMatchObject({
      code: 'COLUMN_MISSING',
      details: { file: 'm.xlsx', line: 4, columns: ['name', 'amount'] },
    });
    const empty = await file('e.xlsx', zipOf(workbookParts('')));
    await expect(openTable(empty, ROSTER_COLUMNS)).rejects.toMatchObject({ code: 'FILE_EMPTY' });
  });
});
