// Records as fields, one at a time: the careful path. What cannot be read is said, with its line, and never dropped;
// only totals rows are, because they name nobody.

import type { EncodingSoFar } from '../encoding/detect.js';
import { decodeGb18030 } from '../encoding/gb18030.js';
import { decodeUtf8 } from '../encoding/utf8.js';
import type { Table } from './open-table.js';
import { RecordCursor } from './record-cursor.js';
import type { Delimiter } from './record-end.js';
import { type RecordProblem, splitRecord } from './split-record.js';
import { isTotalsRow } from './totals-row.js';

/** Why a record has no fields: a problem of its quotes, or bytes that are not text in the file's encoding. */
export type ReadProblem = RecordProblem | 'not-text';

export interface TextRecord {
  /** Physical line or sheet row that the record begins on. */
  line: number;
  fields: string[] | { problem: ReadProblem };
}

/** The fields of the record `bytes[from, to)`, or what is wrong with it. A NUL is not text: no database takes it. */
export function readRecord(
  bytes: Uint8Array,
  from: number,
  to: number,
  encoding: EncodingSoFar,
  delimiter: Delimiter,
): string[] | { problem: ReadProblem } {
  const decode = encoding === 'gb18030' ? decodeGb18030 : decodeUtf8;
  const text = decode(bytes.subarray(from, to));
  if (text === undefined || text.includes('\0')) return { problem: 'not-text' };
  return splitRecord(text, delimiter);
}

/** All records of a table in order, without totals rows. For files that are small, or where speed does not matter. */
export async function* readRecords<Name extends string>(table: Table<Name>): AsyncGenerator<TextRecord> {
  for await (const chunk of table.chunks()) {
    const cursor = new RecordCursor(chunk, table.delimiter);
    while (cursor.next()) {
      const fields = readRecord(chunk.bytes, cursor.from, cursor.to, chunk.encoding, table.delimiter);
      if (Array.isArray(fields) && isTotalsRow(fields)) continue;
      yield { line: cursor.line, fields };
    }
  }
}
