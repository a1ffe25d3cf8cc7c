// Worksheets, row by row, as a bank gives them back and people edit them: columns are found by their titles, in any
// order; lines that nobody declared may stand above the titles; rows may be empty in between.

import type { FieldDefinition, FileLayout, RecordDefinition } from './definition.js';
import { isLookedAt, type RowTextReader, readDigits, readStatic, rowTextReader } from './field-reader.js';
import type { FileEvents, Refuse } from './file-events.js';
import { ReadRow } from './read-row.js';

/** One row that stands in the sheet, with its number from 1. */
export interface SheetLine {
  readonly row: number;
  readonly cells: readonly string[];
}

export type SheetLines = AsyncIterable<readonly SheetLine[]>;

/** Rows above the titles in which they are looked for. */
const HEAD_ROWS_MAX = 30;

interface Column {
  readonly field: FieldDefinition;
  /** 0-based. */
  readonly cell: number;
  readonly read: RowTextReader | undefined;
  readonly hash: number;
}

export async function readSheetFile(
  layout: FileLayout,
  source: SheetLines,
  events: FileEvents,
  refuse: Refuse,
): Promise<void> {
  const reader = new SheetFileReader(layout, events, refuse);
  for await (const lines of source) for (const line of lines) reader.line(line);
  reader.finish();
}

class SheetFileReader {
  private readonly layout: FileLayout;
  private readonly events: FileEvents;
  private readonly refuse: Refuse;
  private readonly row = new ReadRow();
  private columns: readonly Column[] | undefined;
  private headers = 0;
  private trailers = 0;
  private rows = 0;
  private linesAbove = 0;
  private last = 0;

  constructor(layout: FileLayout, events: FileEvents, refuse: Refuse) {
    this.layout = layout;
    this.events = events;
    this.refuse = refuse;
  }

  line({ row, cells }: SheetLine): void {
    this.last = row;
    if (cells.every((cell) => cell.trim() === '')) return;
    if (this.columns === undefined) this.above(row, cells);
    else if (!this.trailer(row, cells)) this.payment(row, cells, this.columns);
  }

  finish(): void {
    const { fileTrailer } = this.layout.records;
    if (this.columns === undefined) this.refuseTitles();
    const missing = fileTrailer.slice(this.trailers).find((record) => !record.optional);
    if (missing !== undefined) this.refuse(`the sheet ends before its ${missing.name}`, this.last + 1);
    if (this.rows > 0) this.events.endBatch(this.last);
  }

  private refuseTitles(): never {
    const titles = wanted(this.layout.records.detail[0]!).map(({ name }) => name);
    return this.refuse(`no row has the titles ${titles.join(', ')}`, 1);
  }

  private above(row: number, cells: readonly string[]): void {
    this.columns = this.findColumns(row, cells);
    const { fileHeader } = this.layout.records;
    if (this.columns !== undefined) {
      const missing = fileHeader.slice(this.headers).find((record) => !record.optional);
      if (missing !== undefined) this.refuse(`the titles stand before the ${missing.name}`, row);
      return;
    }
    for (let at = this.headers; at < fileHeader.length; at++) {
      const record = fileHeader[at]!;
      if (isRecord(record, cells)) {
        this.statics(record, row, cells);
        this.headers = at + 1;
        return;
      }
      if (!record.optional) break;
    }
    if (++this.linesAbove > HEAD_ROWS_MAX) this.refuseTitles();
  }

  /** Undefined when this is not the row of titles. */
  private findColumns(row: number, cells: readonly string[]): Column[] | undefined {
    const titles = cells.map((cell) => cell.trim());
    const fields = wanted(this.layout.records.detail[0]!);
    if (!fields.every(({ name }) => titles.includes(name))) return undefined;
    return fields.map((field) => {
      const cell = titles.indexOf(field.name);
      const again = titles.indexOf(field.name, cell + 1);
      if (again > 0) this.refuse(`the title ${field.name} stands there twice`, row, again + 1);
      const hash = this.layout.hashes.findIndex(({ of }) => of === field.name);
      return { field, cell, read: rowTextReader(field), hash };
    });
  }

  private trailer(row: number, cells: readonly string[]): boolean {
    const { fileTrailer } = this.layout.records;
    for (let at = this.trailers; at < fileTrailer.length; at++) {
      const record = fileTrailer[at]!;
      if (isRecord(record, cells)) {
        this.statics(record, row, cells);
        this.trailers = at + 1;
        return true;
      }
      if (!record.optional) break;
    }
    if (this.trailers > 0)
      this.refuse(`there is a row after the ${fileTrailer[this.trailers - 1]!.name}`, row);
    return false;
  }

  private statics(record: RecordDefinition, row: number, cells: readonly string[]): void {
    record.fields.forEach((field, index) => {
      if (field.content.kind !== 'value' && field.content.kind !== 'template') return;
      const values = readStatic(field, (cells[index] ?? '').trim());
      if (typeof values === 'string') this.refuse(values, row, index + 1);
      else for (const [name, value] of values) this.events.value(name, value, row);
    });
  }

  private payment(row: number, cells: readonly string[], columns: readonly Column[]): void {
    if (columns.every(({ cell }) => (cells[cell] ?? '').trim() === '')) return;
    if (this.rows === 0) this.events.beginBatch(row);
    this.row.begin(++this.rows, row);
    for (const { field, cell, read, hash } of columns) {
      const text = (cells[cell] ?? '').trim();
      if (field.content.kind === 'constant') {
        if (text !== field.content.text)
          this.refuse(`"${field.name}" is not ${field.content.text}`, row, cell + 1);
        continue;
      }
      const problem = text === '' ? undefined : read?.(text, this.row);
      if (problem !== undefined) this.refuse(problem, row, cell + 1);
      if (hash >= 0) this.row.hashes[hash] = readDigits(Buffer.from(text, 'latin1'), 0, text.length);
    }
    this.events.row(this.row);
  }
}

/** Fields whose column must be there. */
function wanted(record: RecordDefinition): FieldDefinition[] {
  return record.fields.filter(isLookedAt);
}

/** Whether the constants of a header or trailer stand where they should. */
function isRecord(record: RecordDefinition, cells: readonly string[]): boolean {
  return record.fields.every(
    ({ content, compare }, index) =>
      content.kind !== 'constant' || !compare || (cells[index] ?? '').trim() === content.text.trim(),
  );
}

/** Every workbook is a zip file; which format it is, its titles say. */
export function sniffSheet(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && head[2] === 0x03 && head[3] === 0x04;
}
