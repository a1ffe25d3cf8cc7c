// The rows of one worksheet, streamed. Hidden rows are read like others and counted: a person who hid them may not know
// that they are still paid, and whoever filters a list before sending it hides rows.

import { type XlsxPackage, type XmlAttributes, type XmlHandlers, xlsxInvalid } from './xlsx-package.js';
import { RichText, type SharedStrings } from './xlsx-strings.js';
import type { DateStyles } from './xlsx-styles.js';
import { dateText, numberText, unescapeText } from './xlsx-value.js';
import { isTrue } from './xlsx-workbook.js';

/** One row that stands in the file; rows between may be missing. Cells are text; cells that are missing are ''. */
export interface SheetRow {
  /** 1-based row number, as the spreadsheet shows it. */
  row: number;
  cells: string[];
}

/** What a person should know about a sheet that was read. */
export interface SheetNotes {
  sheetName: string;
  /** Sheets of the workbook that were not read. */
  otherSheets: number;
  hiddenRows: number;
  firstHiddenRow: number | undefined;
  /** Cells that a formula fills; their last computed value was read. */
  formulaCells: number;
  firstFormulaRow: number | undefined;
}

export interface SheetContext {
  file: string;
  part: string;
  strings: SharedStrings;
  dateStyles: DateStyles;
  isFrom1904: boolean;
  notes: SheetNotes;
}

/** Limits of a sheet (Excel specifications and limits). */
const ROWS_MAX = 1_048_576;
const COLUMNS_MAX = 16_384;

/** Rows as they come, a few hundred at a time, in ascending order. */
export async function* readSheetRows(pack: XlsxPackage, context: SheetContext): AsyncGenerator<SheetRow[]> {
  const reader = new SheetReader(context);
  for await (const _ of pack.parse(context.part, reader)) {
    const rows = reader.take();
    if (rows.length > 0) yield rows;
  }
}

class SheetReader implements XmlHandlers {
  readonly #context: SheetContext;
  #done: SheetRow[] = [];
  #row: SheetRow = { row: 0, cells: [] };
  #column = 0;
  #type = 'n';
  #style = 0;
  #value = '';
  #isInValue = false;
  readonly #inline = new RichText();

  constructor(context: SheetContext) {
    this.#context = context;
  }

  take(): SheetRow[] {
    const rows = this.#done;
    this.#done = [];
    return rows;
  }

  open(name: string, attributes: XmlAttributes): void {
    if (name === 'c') this.#openCell(attributes);
    else if (name === 'v') this.#isInValue = true;
    else if (name === 'row') this.#openRow(attributes);
    else if (name === 'f') this.#noteFormula();
    else this.#inline.open(name);
  }

  close(name: string): void {
    if (name === 'v') this.#isInValue = false;
    else if (name === 'c') this.#row.cells[this.#column - 1] = this.#cellText();
    else if (name === 'row') this.#done.push(this.#row);
    else this.#inline.close(name);
  }

  text(piece: string): void {
    if (this.#isInValue) this.#value += piece;
    else this.#inline.add(piece);
  }

  #openRow(attributes: XmlAttributes): void {
    const { file, part, notes } = this.#context;
    const row = attributes.r === undefined ? this.#row.row + 1 : Number(attributes.r);
    if (!(Number.isInteger(row) && row > this.#row.row && row <= ROWS_MAX)) {
      throw xlsxInvalid(file, 'row-order', part);
    }
    this.#row = { row, cells: [] };
    this.#column = 0;
    if (!isTrue(attributes.hidden)) return;
    notes.hiddenRows++;
    notes.firstHiddenRow ??= row;
  }

  #openCell(attributes: XmlAttributes): void {
    const reference = attributes.r;
    const column = reference === undefined ? this.#column + 1 : columnOf(reference);
    if (!(column >= 1 && column <= COLUMNS_MAX)) {
      throw xlsxInvalid(this.#context.file, 'cell-reference', this.#context.part);
    }
    const { cells } = this.#row;
    while (cells.length < column) cells.push('');
    this.#column = column;
    this.#type = attributes.t ?? 'n';
    this.#style = Number(attributes.s ?? 0);
    this.#value = '';
    this.#inline.clear();
  }

  #noteFormula(): void {
    const { notes } = this.#context;
    notes.formulaCells++;
    notes.firstFormulaRow ??= this.#row.row;
  }

  /** By the cell's type (ECMA-376 part 1, 18.18.11): s, inlineStr, str, b, e, d, n. */
  #cellText(): string {
    const { dateStyles, isFrom1904 } = this.#context;
    switch (this.#type) {
      case 's':
        return unescapeText(this.#sharedString());
      case 'inlineStr':
        return unescapeText(this.#inline.value);
      case 'str':
        return unescapeText(this.#value);
      case 'b':
        return this.#value.trim() === '1' ? 'TRUE' : this.#value.trim() === '0' ? 'FALSE' : this.#value;
      case 'n':
        return dateStyles[this.#style] === true ? dateText(this.#value, isFrom1904) : numberText(this.#value);
      default:
        return this.#value;
    }
  }

  #sharedString(): string {
    const { strings, file, part } = this.#context;
    if (this.#value === '') return '';
    const text = strings.at(Number(this.#value));
    if (text === undefined) throw xlsxInvalid(file, 'string-missing', part);
    return text;
  }
}

/** `B12` → 2; 0 when the reference has no column letters. */
function columnOf(reference: string): number {
  let column = 0;
  for (let at = 0; at < reference.length; at++) {
    const letter = reference.charCodeAt(at) & ~0x20;
    if (letter < 0x41 || letter > 0x5a) break;
    column = column * 26 + (letter - 0x40);
  }
  return column;
}
