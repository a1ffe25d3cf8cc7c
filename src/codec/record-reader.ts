// The careful way to read one record of a chunk: decode, refuse what is not text, split at the delimiter.

import type { RecordReader } from '../encoding/record-chunk.js';
import { readRecord } from './read-records.js';
import { RecordCursor } from './record-cursor.js';
import type { Delimiter } from './record-end.js';
import { isTotalsRow } from './totals-row.js';

export function createRecordReader(delimiter: Delimiter): RecordReader {
  return {
    fields(bytes, from, to, encoding) {
      const fields = readRecord(bytes, from, to, encoding, delimiter);
      return Array.isArray(fields) && isTotalsRow(fields) ? undefined : fields;
    },
    forEachRecord(chunk, visit) {
      const cursor = new RecordCursor(chunk, delimiter);
      while (cursor.next()) visit(cursor.from, cursor.to, cursor.line);
    },
  };
}
