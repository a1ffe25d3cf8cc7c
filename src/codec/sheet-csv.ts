// The rows of a sheet below its header as CSV bytes in which sheet row N is line N, so that one way leads from there on, with
// the right line numbers, for workbooks and text.

import { type ByteSource, PieceSource } from './byte-source.js';
import type { SheetRow } from './xlsx-sheet.js';
import type { Sheet } from './xlsx-source.js';

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
