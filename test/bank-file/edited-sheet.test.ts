// A list that a person at the bank edited and saved with a spreadsheet: shared strings, numbers for texts, columns moved,
// a title put above, empty rows.

import { describe, expect, it } from 'vitest';
import { type SheetCell, type SheetLine, writeXlsx } from '../../src/sample/xlsx-writer.js';
import {
  loadFormat,
  type ReadReturn,
  readPayments,
  readReturn,
  rowsOf,
  SAMPLE_PAYMENTS,
  writeFiles,
} from './formats.js';

const definition = loadFormat('xlsx-list');
const head: SheetLine = {
  cells: [
    '文件编号',
    { number: '41' },
    '处理情况',
    '已处理',
    '总笔数',
    { number: '3' },
    '总金额',
    { number: '300.51' },
  ],
};
const titles = ['支付编号', '处理结果', '失败原因', '序号', '姓名', '账号', '金额', '经办'];
const row = (reference: SheetCell, result: string, sequence: string, fen: SheetCell): SheetLine => ({
  cells: [reference, result, '', { number: sequence }, '王小明', '0062148311501315', fen, '老李'],
});
const rows = [
  row({ number: '700000002' }, '成功', '1', { number: '100.5' }),
  { cells: ['', '', '', '', ''] },
  row('000000700000003', '退票', '2', { number: '200' }),
  row('000000700000004', '', '3', '0.01'),
];

async function read(lines: readonly SheetLine[]): Promise<ReadReturn> {
  return await readReturn(definition, writeXlsx({ sheetName: '结果', title: '某某银行代发结果', lines }));
}

describe('an edited list', () => {
  it('is read by its titles', async () => {
    const { header, rows: found } = await read([
      head,
      { cells: ['经办人：老李'] },
      { cells: titles },
      ...rows,
    ]);
    expect(header).toMatchObject({ fileReference: 41, status: '已处理' });
    expect(found.map((one) => [one.line, one.reference, one.sequence, one.amountFen, one.outcome])).toEqual([
      [5, '000000700000002', 1, 10_050, 'paid'],
      [7, '000000700000003', 2, 20_000, 'failed'],
      // A result that was left empty says nothing.
      [8, '000000700000004', 3, 1, 'unknown'],
    ]);
    expect(found[0]!.account).toBe('0062148311501315');
  });

  it.each<[string, SheetLine[], number, string]>([
    ['without its titles', [head, ...rows], 1, 'no row has the titles 序号'],
    ['without one column', [head, { cells: titles.slice(1) }, ...rows], 1, 'no row has the titles 序号'],
    [
      'with a column twice',
      [head, { cells: [...titles, '金额'] }, ...rows],
      3,
      'the title 金额 stands there twice',
    ],
    ['without its totals', [{ cells: titles }, ...rows], 2, 'the titles stand before the 汇总'],
    ['with a row lost', [head, { cells: titles }, ...rows.slice(1)], 2, 'listed.count says 3'],
    [
      'with a damaged amount',
      [head, { cells: titles }, row('1', '成功', '1', '1,000.00'), ...rows],
      4,
      'the amount is not an amount',
    ],
    ['of another bank', [{ cells: ['姓名', '金额'] }], 1, 'no row has the titles'],
  ])('%s is refused', async (_what, lines, line, problem) => {
    await expect(read(lines)).rejects.toMatchObject({
      code: 'RETURN_FILE_INVALID',
      details: { line, problem: expect.stringContaining(problem) },
    });
  });

  it('that is no workbook, or half of one, is refused', async () => {
    const whole = writeXlsx({ sheetName: '结果', title: 't', lines: [head, { cells: titles }, ...rows] });
    for (const bytes of [Buffer.from('序号,姓名\n'), whole.subarray(0, whole.length / 2)]) {
      await expect(readReturn(definition, bytes)).rejects.toMatchObject({
        code: 'XLSX_INVALID',
        exitCode: 4,
      });
    }
  });
});

describe('a cell', () => {
  it('keeps an underscore that would mean something else', async () => {
    const payments = rowsOf([{ ...SAMPLE_PAYMENTS[0]!, name: 'A_x0041_B&<C>"' }]);
    const [written] = writeFiles(definition, payments);
    const { rows: found } = await readPayments(definition, written!.bytes);
    expect(found[0]!.name).toBe('A_x0041_B&<C>"');
  });
});
