// Rows of a worksheet (ECMA-376 part 1, 18.3.1) → steps. The rows of the header come first, then the titles of the
// columns, which are the names of the row's fields, then the rows. Cells hold text, so that accounts keep their zeros and
// their last digits; a field that is `bare` holds a number.

import { ByteSink } from './byte-sink.js';
import type { FieldDefinition, FileLayout, RecordDefinition } from './definition.js';
import { addField } from './field-program.js';
import { ProgramBuilder, renderStatic, type Step } from './program.js';
import { marksOf, type RecordMarks, type RowPlace, type Writing, writeContext } from './record-program.js';
import { numberOp, withOps } from './row-op.js';
import { encodeAll } from './text-rules.js';

const HEAD =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
  '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">';

/** Most rows of a sheet (Excel specifications and limits). */
export const SHEET_ROWS_MAX = 1_048_576;

/** Rows of the sheet that are not payments. */
export function sheetFrameRows(layout: FileLayout): number {
  return layout.records.fileHeader.length + 1 + layout.records.fileTrailer.length;
}

export function sheetHeader(layout: FileLayout, writing: Writing): Uint8Array {
  const builder = new ProgramBuilder();
  const { fileHeader, detail } = layout.records;
  const titles = detail[0]!.fields;
  const columns = Math.max(titles.length, ...fileHeader.map((record) => record.fields.length));
  builder.ascii(`${HEAD}<cols><col min="1" max="${columns}" width="22" style="1" customWidth="1"/></cols>`);
  builder.ascii('<sheetData>\n');
  fileHeader.forEach((record, index) => void addRow(builder, record, writing, [], { number: index + 1 }, 0));
  addRow(builder, titleRecord(detail[0]!), writing, [], { number: fileHeader.length + 1 }, 0);
  return renderStatic(builder.build());
}

/** `records` counts header, payments and trailer. */
export function sheetTrailer(layout: FileLayout, writing: Writing, records: number): Uint8Array {
  const builder = new ProgramBuilder();
  const { fileTrailer } = layout.records;
  // The row of titles is no record.
  const first = records - fileTrailer.length + 2;
  fileTrailer.forEach(
    (record, index) => void addRow(builder, record, writing, [], { number: first + index }, 0),
  );
  builder.ascii('</sheetData></worksheet>\n');
  return renderStatic(builder.build());
}

/** One payment. */
export function addSheetRow(
  builder: ProgramBuilder,
  layout: FileLayout,
  writing: Writing,
  hashed: readonly string[],
  place: RowPlace,
): RecordMarks {
  const { detail, fileHeader } = layout.records;
  return addRow(builder, detail[0]!, writing, hashed, place, fileHeader.length + 1);
}

/** `above`: rows of the sheet before the one that is at place 1. */
function addRow(
  builder: ProgramBuilder,
  record: RecordDefinition,
  writing: Writing,
  hashed: readonly string[],
  place: RowPlace,
  above: number,
): RecordMarks {
  const context = writeContext(record, writing, hashed);
  // The row's number stands in each of its cells: it is made once.
  const number = new ByteSink(16);
  const rowNumber = (): void => {
    const step: Step = (_row, _sequence, _inBatch, sink) => sink.copy(number.bytes, 0, number.length);
    builder.step(withOps(step, place.of && [numberOp(place.of, 1, { plus: above })]));
  };
  const count: Step = () => {
    number.reset();
    number.digits(above + place.number);
  };
  builder.step(withOps(count, []));
  builder.ascii('<row r="');
  rowNumber();
  builder.ascii('">');
  record.fields.forEach((field, index) => {
    builder.ascii(`<c r="${columnName(index)}`);
    rowNumber();
    builder.ascii(field.bare ? '"><v>' : '" s="1" t="inlineStr"><is><t>');
    addField(builder, field, index, context);
    builder.ascii(field.bare ? '</v></c>' : '</t></is></c>');
  });
  builder.ascii('</row>\n');
  return marksOf(context);
}

/** The names of the fields as constants. */
function titleRecord(record: RecordDefinition): RecordDefinition {
  const fields = record.fields.map(
    (field): FieldDefinition => ({
      ...field,
      content: { kind: 'constant', text: field.name },
      type: { kind: 'text' },
      ...{ width: 0, max: 0, bare: false, map: [], otherwise: undefined },
    }),
  );
  return { ...record, fields };
}

/** `A` for 0, `AA` for 26. */
function columnName(index: number): string {
  const rest = String.fromCharCode(0x41 + (index % 26));
  return index < 26 ? rest : columnName(Math.floor(index / 26) - 1) + rest;
}

/** Whether a title can stand in a cell. */
export function isTitle(text: string): boolean {
  return text === text.trim() && encodeAll(text, 'UTF-8') !== undefined;
}
