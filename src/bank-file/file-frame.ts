// Headers, trailers and block filling: everything of a file that is not a row.

import type { FileLayout, Section } from './definition.js';
import { jsonHeader, jsonTrailer } from './json-program.js';
import { ProgramBuilder, renderStatic } from './program.js';
import { addRecord, LINE_ENDS, type Writing } from './record-program.js';
import { sheetHeader, sheetTrailer } from './sheet-program.js';
import { addElements, closeSteps, openFile } from './xml-program.js';

const TRAILER = { self: undefined, open: [] };

export function headerBytes(
  layout: FileLayout,
  section: 'fileHeader' | 'batchHeader',
  writing: Writing,
): Uint8Array {
  if (layout.kind === 'json') return jsonHeader(layout, section, writing);
  if (layout.kind === 'xlsx')
    return section === 'fileHeader' ? sheetHeader(layout, writing) : new Uint8Array(0);
  const builder = new ProgramBuilder();
  if (layout.tree === undefined) {
    for (const record of layout.records[section]) addRecord(builder, record, writing);
    return renderStatic(builder.build());
  }
  const { batch, detail } = layout.tree;
  const eol = LINE_ENDS[layout.lineEnd];
  if (section === 'fileHeader') builder.ascii(openFile(layout));
  const elements =
    section === 'fileHeader'
      ? { self: undefined, open: batch.slice(0, -1) }
      : { self: batch[batch.length - 1], open: detail.slice(0, -1) };
  addElements(builder, layout.records[section], writing, elements);
  builder.ascii(eol);
  return renderStatic(builder.build());
}

export function batchTrailerBytes(layout: FileLayout, writing: Writing, isLast: boolean): Uint8Array {
  if (layout.kind === 'json') return jsonTrailer(layout, 'batchTrailer', writing);
  const builder = new ProgramBuilder();
  if (layout.tree !== undefined) {
    builder.ascii(closeSteps(layout.tree.detail.slice(0, -1)));
    addElements(builder, layout.records.batchTrailer, writing, TRAILER);
    builder.ascii(closeSteps(layout.tree.batch.slice(-1)) + LINE_ENDS[layout.lineEnd]);
    return renderStatic(builder.build());
  }
  for (const record of layout.records.batchTrailer) addRecord(builder, record, writing);
  const bytes = renderStatic(builder.build());
  const { fileTrailer, filler } = layout.records;
  return isLast && fileTrailer.length + filler.length === 0 ? withoutLastLineEnd(layout, bytes) : bytes;
}

/** `records` counts all records of the file before filling. */
export function fileTrailerBytes(layout: FileLayout, writing: Writing, records: number): Uint8Array {
  if (layout.kind === 'json') return jsonTrailer(layout, 'fileTrailer', writing);
  if (layout.kind === 'xlsx') return sheetTrailer(layout, writing, records);
  const builder = new ProgramBuilder();
  if (layout.tree !== undefined) {
    builder.ascii(closeSteps(layout.tree.batch.slice(0, -1)));
    addElements(builder, layout.records.fileTrailer, writing, TRAILER);
    builder.ascii(closeSteps(layout.tree.file) + LINE_ENDS[layout.lineEnd]);
    return withoutLastLineEnd(layout, renderStatic(builder.build()));
  }
  for (const record of layout.records.fileTrailer) addRecord(builder, record, writing);
  for (let missing = fillerCount(layout, records); missing > 0; missing--) {
    for (const record of layout.records.filler) addRecord(builder, record, writing);
  }
  return withoutLastLineEnd(layout, renderStatic(builder.build()));
}

/** Filler records that complete the last block. */
export function fillerCount(layout: FileLayout, records: number): number {
  if (layout.blockRecords === 0) return 0;
  return (layout.blockRecords - (records % layout.blockRecords)) % layout.blockRecords;
}

function withoutLastLineEnd(layout: FileLayout, bytes: Uint8Array): Uint8Array {
  if (layout.lastLineEnd || bytes.length === 0) return bytes;
  return bytes.slice(0, bytes.length - LINE_ENDS[layout.lineEnd].length);
}

export function sectionRecords(layout: FileLayout, section: Section): number {
  return layout.tree === undefined ? layout.records[section].length : 0;
}

/** Records of a file that are neither rows nor filling. */
export function recordsBefore(layout: FileLayout, batches: number): number {
  const count = (section: Section): number => sectionRecords(layout, section);
  return (
    count('fileHeader') + count('fileTrailer') + batches * (count('batchHeader') + count('batchTrailer'))
  );
}
