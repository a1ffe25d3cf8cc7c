// The reader of a layout, whichever it is.

import type { FileLayout } from './definition.js';
import type { FileEvents, Refuse } from './file-events.js';
import { readJsonFile } from './json-file-reader.js';
import { compileTextReader } from './text-file-reader.js';
import { readXmlFile } from './xml-file-reader.js';

export interface LayoutReader {
  read(source: AsyncIterable<Uint8Array>, events: FileEvents): Promise<void>;
}

export function compileLayoutReader(layout: FileLayout, refuse: Refuse): LayoutReader {
  switch (layout.kind) {
    case 'xml':
      return { read: (source, events) => readXmlFile(layout, source, events, refuse) };
    case 'json':
      return { read: (source, events) => readJsonFile(layout, source, events, refuse) };
    default:
      return compileTextReader(layout, refuse);
  }
}
