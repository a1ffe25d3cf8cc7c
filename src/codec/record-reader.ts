// The careful way to read one record of a chunk: decode, refuse what is not text, split at the delimiter.

import { decodeGb18030 } from '../encoding/gb18030.js';
import type { RecordReader } from '../encoding/record-chunk.js';
import { decodeUtf8 } from '../encoding/utf8.js';
import { RecordCursor } from './record-cursor.js';
import type { Delimiter } from './record-end.js';
import { splitRecord } from './split-record.js';
import { isTotalsRow } from './totals-row.js';

export function createRecordReader(delimiter: Delimiter): RecordReader {
  return {
    fields(bytes, from, to, encoding) {
      const decode = encoding === 'gb18030' ? decodeGb18030 : decodeUtf8;
      const text = decode(bytes.subarray(from, to));
      if (text === undefined) return { problem: 'not-text' };
      const fields = splitRecord(text, delimiter);
      return Array.isArray(fields) && isTotalsRow(fields) ? undefined : fields;
    },
    forEachRecord(chunk, visit) {
      const cursor = new RecordCursor(chunk, delimiter);
      while (cursor.next()) visit(cursor.from, cursor.to, cursor.line);
    },
  };
}
