// A workbook's first sheet, opened: rows to look for the header in, and then the rows below it as CSV bytes in which
// sheet row N is line N, so that one way leads from there on, with the right line numbers, for workbooks and text.

import { basename } from 'node:path';
import { type ByteSource, PieceSource } from './byte-source.js';
import { XlsxPackage } from './xlsx-package.js';
import { readSheetRows, type SheetNotes, type SheetRow } from './xlsx-sheet.js';
import { readSharedStrings } from './xlsx-strings.js';
import { readDateStyles } from './xlsx-styles.js';
import { readWorkbook } from './xlsx-workbook.js';

export interface Sheet {
  /** In ascending order; rows that are missing in the sheet are missing here. */
  rows: AsyncGenerator<SheetRow[]>;
  /** Filled while rows are read; complete at their end. */
  notes: SheetNotes;
  close(): Promise<void>;
}

/** Opens the first sheet of the workbook at `path`. Throws XLSX_INVALID, also while rows are read. */
export async function openSheet(path: string): Promise<Sheet> {
  const file = basename(path);
  const pack = await XlsxPackage.open(path, file);
  try {
    const workbook = await readWorkbook(pack, file);
    const notes: SheetNotes = {
      sheetName: workbook.sheetName,
      otherSheets: workbook.otherSheets,
      hiddenRows: 0,
      firstHiddenRow: undefined,
      formulaCells: 0,
      firstFormulaRow: undefined,
    };
    const rows = readSheetRows(pack, {
      file,
      part: workbook.sheetPart,
      strings: await readSharedStrings(pack, workbook.stringsPart, file),
      dateStyles: await readDateStyles(pack, workbook.stylesPart),
      isFrom1904: workbook.isFrom1904,
      notes,
    });
    const close = async () => {
      await rows.return(undefined);
      pack.close();
    };
    return { rows, notes, close };
  } catch (error) {
    pack.close();
    throw error;
  }
}

/**
 * The rows from `firstRow` on as UTF-8 CSV with LF. Row N stands on line N - firstRow + 1, because missing rows become
 * blank lines and a newline inside a cell becomes a space. Each line has `width` fields: a spreadsheet leaves empty cells
 * out at the end of a row, and what stands right of the last header cell belongs to no column.
 */
export function sheetCsvSource(
  head: readonly SheetRow[],
  sheet: Sheet,
  firstRow: number,
  width: number,
): ByteSource {
  return new PieceSource(csvPieces(head, sheet, firstRow, width), () => sheet.close());
}

async function* csvPieces(
  head: readonly SheetRow[],
  sheet: Sheet,
  firstRow: number,
  width: number,
): AsyncGenerator<Uint8Array> {
  let nextRow = firstRow;
  const toBytes = (rows: readonly SheetRow[]) => {
    let text = '';
    for (const { row, cells } of rows) {
      if (row > nextRow) text += '\n'.repeat(row - nextRow);
      text += csvLine(cells, width);
      nextRow = row + 1;
    }
    return Buffer.from(text);
  };
  if (head.length > 0) yield toBytes(head);
  for (;;) {
    const next = await sheet.rows.next();
    if (next.done === true) return;
    yield toBytes(next.value);
  }
}

function csvLine(cells: readonly string[], width: number): string {
  let line = '';
  for (let index = 0; index < width; index++) {
    const cell = cells[index] ?? '';
    line += (index === 0 ? '' : ',') + (/[",\r\n]/.test(cell) ? csvCell(cell) : cell);
  }
  return `${line}\n`;
}

function csvCell(cell: string): string {
  return `"${cell.replace(/[\r\n]+/g, ' ').replaceAll('"', '""')}"`;
}
