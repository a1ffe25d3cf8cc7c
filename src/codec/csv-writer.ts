// Rows into CSV for people: RFC 4180, and safe to open in a spreadsheet.

import { UTF8_BOM } from '../encoding/utf8.js';

export interface CsvOptions {
  /** A byte order mark first: without it Excel in Chinese takes UTF-8 for GBK. Default true. */
  bom?: boolean;
}

/** Bytes to gather before they are handed on. */
const PIECE_CHARACTERS = 64 * 1024;

/** A spreadsheet runs a cell that begins so as a formula (OWASP, CSV injection); the full-width forms too. */
const FORMULA_START = /^[=+\-@\t\r\n＝＋－＠]/u;

/** A signed number is data, and changing it would break it. */
const PLAIN_NUMBER = /^[+-]?[0-9]+(\.[0-9]+)?$/;

const NEEDS_QUOTES = /[",;\t\r\n]|^\s|\s$/u;

/** The rows as UTF-8 CSV, in pieces. */
export async function* writeCsv(
  rows: Iterable<readonly string[]> | AsyncIterable<readonly string[]>,
  options: CsvOptions = {},
): AsyncGenerator<Uint8Array> {
  if (options.bom !== false) yield UTF8_BOM.slice();
  let text = '';
  for await (const row of rows) {
    text += csvLine(row);
    if (text.length < PIECE_CHARACTERS) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}

/** One row with CRLF. A row of one empty cell is written as `""`, so that it is not a blank line. */
export function csvLine(cells: readonly string[]): string {
  const line = cells.map(csvCell).join(',');
  return `${line === '' ? '""' : line}\r\n`;
}

function csvCell(value: string): string {
  const text = FORMULA_START.test(value) && !PLAIN_NUMBER.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
