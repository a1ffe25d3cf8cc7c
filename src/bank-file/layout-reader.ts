// The reader of a layout, whichever it is.

import type { RowKernel } from './compiled-rows.js';
import type { CompiledXmlRows } from './compiled-xml-rows.js';
import type { FileLayout } from './definition.js';
import type { FileEvents, Refuse } from './file-events.js';
import { readJsonFile } from './json-file-reader.js';
import { readSheetFile, type SheetLines } from './sheet-file-reader.js';
import { compileTextReader } from './text-file-reader.js';
import { compileXmlRows, readXmlFile } from './xml-file-reader.js';

/** Bytes of a file, or the rows of a workbook's sheet: `sourceOf` says which a layout is read from. */
export type FileSource = AsyncIterable<Uint8Array> | SheetLines;

export interface LayoutReader {
  read(source: FileSource, events: FileEvents): Promise<void>;
}

export function sourceOf(layout: FileLayout): 'bytes' | 'sheet' {
  return layout.kind === 'xlsx' ? 'sheet' : 'bytes';
}

export function compileLayoutReader(layout: FileLayout, refuse: Refuse, kernel?: RowKernel): LayoutReader {
  if (layout.kind === 'xlsx')
    return { read: (source, events) => readSheetFile(layout, source as SheetLines, events, refuse) };
  const read = byteReader(layout, refuse, kernel);
  return { read: (source, events) => read(source as AsyncIterable<Uint8Array>, events) };
}

function byteReader(
  layout: FileLayout,
  refuse: Refuse,
  kernel: RowKernel | undefined,
): (source: AsyncIterable<Uint8Array>, events: FileEvents) => Promise<void> {
  if (layout.kind === 'xml') {
    let compiled: CompiledXmlRows | undefined;
    return (source, events) => {
      if (kernel && events.rows) compiled ??= compileXmlRows(layout, kernel);
      return readXmlFile(layout, source, events, refuse, events.rows && compiled);
    };
  }
  if (layout.kind === 'json') return (source, events) => readJsonFile(layout, source, events, refuse);
  return compileTextReader(layout, refuse, kernel).read;
}
