import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SheetRow } from '../../src/codec/xlsx-sheet.js';
import { openSheet } from '../../src/codec/xlsx-source.js';
import { type Parts, relationships, sheet, textRow, workbook, workbookParts, zipOf } from './build-xlsx.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yika-xlsx-'));
});
afterAll(() => rm(folder, { recursive: true }));

const open = async (parts: Parts) => {
  const path = join(folder, 'a.xlsx');
  await writeFile(path, zipOf(parts));
  return openSheet(path);
};

const read = async (parts: Parts) => {
  const opened = await open(parts);
  const rows: SheetRow[] = [];
  try {
    for await (const some of opened.rows) rows.push(...some);
  } finally {
    await opened.close();
  }
  return { rows, notes: opened.notes };
};

const cellsOf = async (sheetData: string, more = {}) =>
  (await read(workbookParts(sheetData, more))).rows.map(({ cells }) => cells);

const refusal = (problem: string) =>
  expect.objectContaining({ code: 'XLSX_INVALID', details: expect.objectContaining({ problem }) });

describe('openSheet', () => {
  it('reads each kind of cell for what it says', async () => {
    const cells = [
      '<c r="A1" t="s"><v>1</v></c>',
      '<c r="B1" t="inlineStr"><is><r><t>王</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 明</t></r></is></c>',
      '<c r="C1"><v>100</v></c>',
      '<c r="D1" t="b"><v>1</v></c>',
      '<c r="E1" t="e"><v>#N/A</v></c>',
      '<c r="F1" t="str"><f>A1&amp;"x"</f><v>甲x</v></c>',
      '<c r="G1" t="d"><v>2026-10-01</v></c>',
      '<c r="H1" s="5"/>',
      '<c r="I1"><f>SUM(C1:C9)</f></c>',
    ];
    const strings = '<si><t>甲</t></si><si><t>00123</t><rPh sb="0" eb="1"><t>けい</t></rPh></si>';
    expect(await cellsOf(`<row r="1">${cells.join('')}</row>`, { strings })).toEqual([
      ['00123', '王 明', '100', 'TRUE', '#N/A', '甲x', '2026-10-01', '', ''],
    ]);
  });

  it('puts cells where their references say, and after each other where they have none', async () => {
    expect(
      await cellsOf('<row r="2"><c r="B2"><v>1</v></c><c><v>2</v></c><c r="F2"><v>3</v></c></row>'),
    ).toEqual([['', '1', '2', '', '', '3']]);
    expect(await cellsOf('<row><c r="AA1"><v>1</v></c></row>')).toEqual([[...Array(26).fill(''), '1']]);
  });

  it('keeps row numbers, and counts hidden rows and formulas without leaving them out', async () => {
    const { rows, notes } = await read(
      workbookParts(
        `${textRow(2, ['a'])}${textRow(5, ['b'], 'hidden="1"')}<row r="9"><c><f>1+1</f><v>2</v></c></row>`,
      ),
    );
    expect(rows).toEqual([
      { row: 2, cells: ['a'] },
      { row: 5, cells: ['b'] },
      { row: 9, cells: ['2'] },
    ]);
    expect(notes).toEqual({
      sheetName: '花名册',
      otherSheets: 0,
      hiddenRows: 1,
      firstHiddenRow: 5,
      formulaCells: 1,
      firstFormulaRow: 9,
    });
  });

  it('takes a number for a date only where the cell is formatted as one', async () => {
    const styles =
      '<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/><numFmt numFmtId="165" formatCode="0.00"/></numFmts>' +
      '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>' +
      '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>';
    const cells = [0, 1, 2, 3].map((style) => `<c s="${style}"><v>46023</v></c>`).join('');
    expect(await cellsOf(`<row>${cells}</row>`, { styles })).toEqual([
      ['46023', '2026-01-01', '2026-01-01', '46023'],
    ]);
  });

  it('reads a workbook whose elements carry a prefix', async () => {
    const parts = workbookParts('');
    parts['xl/worksheets/sheet1.xml'] =
      '<x:worksheet xmlns:x="u"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>';
    expect((await read(parts)).rows).toEqual([{ row: 1, cells: ['甲'] }]);
  });

  it('reads the first sheet that can be seen', async () => {
    const sheets = [
      { name: '字典', id: 'rId1', state: 'hidden' },
      { name: '花名册', id: 'rId2' },
      { name: '其他', id: 'rId3' },
    ];
    const { rows, notes } = await read({
      ...workbookParts(''),
      'xl/workbook.xml': workbook(sheets),
      'xl/_rels/workbook.xml.rels': relationships({
        rId1: ['worksheet', 'worksheets/sheet1.xml'],
        rId2: ['worksheet', '/xl/worksheets/Sheet2.xml'],
        rId3: ['worksheet', 'worksheets/sheet3.xml'],
      }),
      'xl/worksheets/sheet2.xml': sheet(textRow(1, ['this'])),
    });
    expect(rows).toEqual([{ row: 1, cells: ['this'] }]);
    expect(notes).toMatchObject({ sheetName: '花名册', otherSheets: 2 });
  });

  it.each<[string, (parts: Parts) => Parts]>([
    ['no-sheet', (parts) => ({ ...parts, 'xl/workbook.xml': workbook([]) })],
    ['not-a-workbook', () => ({ 'a.txt': 'x' })],
    ['not-a-workbook', (parts) => ({ ...parts, 'xl/workbook.xml': '<document/>' })],
    [
      'binary-workbook',
      (parts) => ({ ...parts, '_rels/.rels': relationships({ a: ['officeDocument', 'xl/workbook.bin'] }) }),
    ],
    ['part-missing', ({ 'xl/worksheets/sheet1.xml': _, ...parts }) => parts],
    [
      'xml-damaged',
      (parts) => ({ ...parts, 'xl/worksheets/sheet1.xml': '<worksheet><sheetData></worksheet>' }),
    ],
    [
      'xml-damaged',
      (parts) => ({ ...parts, 'xl/worksheets/sheet1.xml': '<worksheet>&nothing;</worksheet>' }),
    ],
    ['xml-damaged', (parts) => ({ ...parts, 'xl/worksheets/sheet1.xml': '<worksheet><sheetData>' })],
    [
      'xml-not-utf8',
      (parts) => ({ ...parts, 'xl/worksheets/sheet1.xml': Buffer.from('<a>\xff</a>', 'latin1') }),
    ],
    [
      'document-type',
      (parts) => ({
        ...parts,
        'xl/worksheets/sheet1.xml':
          '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><worksheet>&b;</worksheet>',
      }),
    ],
    [
      'string-missing',
      (parts) => ({ ...parts, 'xl/worksheets/sheet1.xml': sheet('<row><c t="s"><v>7</v></c></row>') }),
    ],
    [
      'row-order',
      (parts) => ({ ...parts, 'xl/worksheets/sheet1.xml': sheet(textRow(2, ['a']) + textRow(2, ['b'])) }),
    ],
    ['row-order', (parts) => ({ ...parts, 'xl/worksheets/sheet1.xml': sheet(textRow(1_048_577, ['a'])) })],
    ['cell-reference', (parts) => ({ ...parts, 'xl/worksheets/sheet1.xml': sheet('<row><c r="1"/></row>') })],
    [
      'cell-reference',
      (parts) => ({ ...parts, 'xl/worksheets/sheet1.xml': sheet('<row><c r="XFE1"/></row>') }),
    ],
    [
      'text-too-long',
      (parts) => ({ ...parts, 'xl/worksheets/sheet1.xml': sheet(textRow(1, ['x'.repeat(3_000_000)])) }),
    ],
    ['zip-bomb', (parts) => ({ ...parts, 'xl/worksheets/sheet1.xml': Buffer.alloc(80_000_000, ' ') })],
  ])('says what is wrong: %s', async (problem, change) => {
    await expect(read(change(workbookParts(textRow(1, ['a']))))).rejects.toThrow(refusal(problem));
  });

  it('notices one changed digit in a part that is not compressed', async () => {
    const bytes = zipOf(workbookParts(textRow(1, ['460105199001011234'])), { isStored: true });
    bytes[bytes.indexOf('460105199001011234') + 3] = 0x39;
    const path = join(folder, 'changed.xlsx');
    await writeFile(path, bytes);
    const opened = await openSheet(path);
    await expect(opened.rows.next().then(() => opened.rows.next())).rejects.toThrow(refusal('zip-damaged'));
    await opened.close();
  });

  it('says that a zip file is damaged', async () => {
    const bytes = zipOf(workbookParts(textRow(1, ['a'])));
    for (const [name, damaged] of [
      ['cut', bytes.subarray(0, bytes.length - 30)],
      ['overwritten', Buffer.concat([bytes.subarray(0, 60), Buffer.alloc(200), bytes.subarray(260)])],
    ] as const) {
      const path = join(folder, `${name}.xlsx`);
      await writeFile(path, damaged);
      await expect(openSheet(path), name).rejects.toThrow(refusal('zip-damaged'));
    }
  });
});
