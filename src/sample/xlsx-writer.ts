// A workbook of one sheet for the committed samples: a merged title, a header, text as shared strings, numbers as numbers
// (ECMA-376 part 1, SpreadsheetML). What spreadsheets do to rosters can be shown with it, hidden rows included.

import { zip } from './archive.js';

/** A number stands in the file as it is written here; text is anything else. */
export type SheetCell = string | { number: string };

export interface SheetLine {
  cells: readonly SheetCell[];
  hidden?: boolean;
}

export interface SheetInput {
  sheetName: string;
  /** Merged over the first row. */
  title: string;
  lines: readonly SheetLine[];
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

export function writeXlsx(input: SheetInput): Uint8Array {
  const strings = new Map<string, number>();
  const sheet = sheetXml(input, strings);
  const parts: [string, string][] = [
    ['[Content_Types].xml', contentTypesXml()],
    ['_rels/.rels', relationshipsXml([['officeDocument', 'xl/workbook.xml']])],
    ['xl/workbook.xml', workbookXml(input.sheetName)],
    [
      'xl/_rels/workbook.xml.rels',
      relationshipsXml([
        ['worksheet', 'worksheets/sheet1.xml'],
        ['styles', 'styles.xml'],
        ['sharedStrings', 'sharedStrings.xml'],
      ]),
    ],
    ['xl/worksheets/sheet1.xml', sheet],
    ['xl/styles.xml', stylesXml()],
    ['xl/sharedStrings.xml', stringsXml([...strings.keys()])],
  ];
  return zip(parts.map(([path, xml]) => ({ path, bytes: Buffer.from(DECLARATION + xml) })));
}

function sheetXml({ title, lines }: SheetInput, strings: Map<string, number>): string {
  const width = Math.max(...lines.map(({ cells }) => cells.length));
  const rows = [{ cells: [title] }, ...lines].map((line, index) => rowXml(line, index + 1, strings));
  const merged = `<mergeCells count="1"><mergeCell ref="A1:${columnName(width)}1"/></mergeCells>`;
  return `<worksheet xmlns="${MAIN}"><sheetData>${rows.join('')}</sheetData>${merged}</worksheet>`;
}

function rowXml({ cells, hidden }: SheetLine, row: number, strings: Map<string, number>): string {
  const written = cells.map((cell, index) => cellXml(cell, `${columnName(index + 1)}${row}`, strings));
  return `<row r="${row}"${hidden === true ? ' hidden="1"' : ''}>${written.join('')}</row>`;
}

/** Empty cells are left out, as spreadsheets do. */
function cellXml(cell: SheetCell, reference: string, strings: Map<string, number>): string {
  if (typeof cell !== 'string') return `<c r="${reference}"><v>${cell.number}</v></c>`;
  if (cell === '') return '';
  const index = strings.get(cell) ?? strings.size;
  strings.set(cell, index);
  return `<c r="${reference}" t="s"><v>${index}</v></c>`;
}

function stringsXml(texts: readonly string[]): string {
  const items = texts.map((text) => `<si><t xml:space="preserve">${escapeXml(text)}</t></si>`);
  return `<sst xmlns="${MAIN}" uniqueCount="${texts.length}">${items.join('')}</sst>`;
}

function workbookXml(sheetName: string): string {
  const sheet = `<sheet name="${escapeXml(sheetName)}" sheetId="1" r:id="rId1"/>`;
  return `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONSHIPS}"><sheets>${sheet}</sheets></workbook>`;
}

function stylesXml(): string {
  const parts = [
    '<fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>',
    '<fills count="2"><fill><patternFill patternType="none"/></fill>',
    '<fill><patternFill patternType="gray125"/></fill></fills>',
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>',
  ];
  return `<styleSheet xmlns="${MAIN}">${parts.join('')}</styleSheet>`;
}

function contentTypesXml(): string {
  const override = (part: string, type: string) =>
    `<Override PartName="/xl/${part}.xml" ContentType="${TYPES}.${type}+xml"/>`;
  const parts = [
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
    '<Default Extension="xml" ContentType="application/xml"/>',
    override('workbook', 'sheet.main'),
    override('worksheets/sheet1', 'worksheet'),
    override('styles', 'styles'),
    override('sharedStrings', 'sharedStrings'),
  ];
  return `<Types xmlns="${PACKAGE}/content-types">${parts.join('')}</Types>`;
}

function relationshipsXml(targets: readonly (readonly [kind: string, target: string])[]): string {
  const items = targets.map(
    ([kind, target], index) =>
      `<Relationship Id="rId${index + 1}" Type="${RELATIONSHIPS}/${kind}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="${PACKAGE}/relationships">${items.join('')}</Relationships>`;
}

/** 1 is A; a sample has fewer columns than letters. */
function columnName(column: number): string {
  return String.fromCharCode(64 + column);
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
