// The careful way to read one record of a chunk: decode, refuse what is not text, split at the delimiter.

import type { RecordReader } from '../encoding/record-chunk.js';
import { readRecord } from './read-records.js';
import { type Delimiter, recordEnd } from './record-end.js';
import { isTotalsRow } from './totals-row.js';

export function createRecordReader(delimiter: Delimiter): RecordReader {
  return {
    fields(bytes, from, to, encoding) {
      const fields = readRecord(bytes, from, to, encoding, delimiter);
      return Array.isArray(fields) && isTotalsRow(fields) ? undefined : fields;
    },
    recordEnd: (bytes, from) => recordEnd(bytes, from, bytes.length, delimiter.charCodeAt(0), true),
  };
}
