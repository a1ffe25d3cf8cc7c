// Opens a file of records under a header: encoding, delimiter and columns are found, title rows are passed over, and the
// records come as chunks for the threads. This is the only way in for rosters and cardholder files.

import type { ByteBuffers } from '../base/buffer-pool.js';
import { EngineError } from '../base/error.js';
import {
  detectEncoding,
  EncodingDetector,
  type EncodingSoFar,
  startsWithUtf16Bom,
} from '../encoding/detect.js';
import { decodeGb18030 } from '../encoding/gb18030.js';
import { decodeUtf8, startsWithUtf8Bom, UTF8_BOM } from '../encoding/utf8.js';
import { type ByteSource, readFully } from './byte-source.js';
import { type FoundHeader, findHeader, TITLE_ROWS_MAX } from './find-header.js';
import type { ColumnSpec } from './header.js';
import { openSource } from './open-source.js';
import { RecordCursor } from './record-cursor.js';
import { DELIMITERS, type Delimiter } from './record-end.js';
import { sheetCsvSource } from './sheet-csv.js';
import { CHUNK_BYTES, type RecordChunk, splitChunks } from './split-chunks.js';
import { splitRecord } from './split-record.js';
import type { SheetNotes, SheetRow } from './xlsx-sheet.js';
import type { Sheet } from './xlsx-source.js';

export interface TableChunk extends RecordChunk {
  /** What the file is known to be by the end of this chunk; the same for all chunks once it is not `ascii`. */
  encoding: EncodingSoFar;
}

export interface Table<Name extends string> {
  /** Base name of the file. */
  name: string;
  kind: 'text' | 'sheet';
  delimiter: Delimiter;
  /** Physical line, or sheet row, of the header. */
  headerLine: number;
  /** Fields that a record must have. */
  width: number;
  /** Column name → 0-based field number; columns that the file does not have are absent. */
  positions: ReadonlyMap<Name, number>;
  /** Header cells that name no column. */
  unknown: readonly string[];
  /** For workbooks; complete when the chunks are. */
  notes: SheetNotes | undefined;
  /**
   * The records below the header, once. Closes the file at its end, or when left early. They stand in what `buffers` hands out;
   * whoever is done with a chunk gives its bytes back.
   */
  chunks(buffers?: ByteBuffers): AsyncGenerator<TableChunk>;
  close(): Promise<void>;
}

export interface OpenTableOptions {
  chunkBytes?: number;
}

/** Enough for a header and its title rows, however small the chunks are. */
const HEAD_BYTES_MIN = 64 * 1024;

/** Throws what openSource throws, and ENCODING_INVALID, HEADER_INVALID, COLUMN_MISSING or COLUMN_REPEATED. */
export async function openTable<Name extends string>(
  path: string,
  columns: readonly ColumnSpec<Name>[],
  options: OpenTableOptions = {},
): Promise<Table<Name>> {
  const source = await openSource(path);
  const chunkBytes = options.chunkBytes ?? CHUNK_BYTES;
  try {
    return source.kind === 'sheet'
      ? await openSheetTable(source.name, source.sheet, columns, chunkBytes)
      : await openTextTable(source.name, source.bytes, columns, chunkBytes);
  } catch (error) {
    await (source.kind === 'sheet' ? source.sheet : source.bytes).close();
    throw error;
  }
}

async function openTextTable<Name extends string>(
  name: string,
  bytes: ByteSource,
  columns: readonly ColumnSpec<Name>[],
  chunkBytes: number,
): Promise<Table<Name>> {
  const buffer = Buffer.allocUnsafeSlow(Math.max(chunkBytes, HEAD_BYTES_MIN));
  const length = await readFully(bytes, buffer, 0);
  const head = buffer.subarray(startsWithUtf8Bom(buffer.subarray(0, length)) ? UTF8_BOM.length : 0, length);
  const encoding = headEncoding(buffer.subarray(0, length), name);
  const rows = DELIMITERS.flatMap((delimiter) => textRows(head, delimiter, encoding));
  if (rows.length === 0) throw new EngineError('FILE_EMPTY', { file: name });
  const header = findHeader(
    rows.filter((row) => row.cells.length > 0),
    columns,
    name,
  );
  const { delimiter, end, nextLine } = header.row;
  const split = { delimiter, chunkBytes, head: head.subarray(end), firstLine: nextLine };
  return {
    ...tableOf(name, header),
    kind: 'text',
    delimiter,
    notes: undefined,
    chunks: (buffers) =>
      closingAtEnd(
        withEncoding(splitChunks(bytes, { ...split, ...(buffers && { buffers }) }), encoding),
        bytes,
      ),
    close: () => bytes.close(),
  };
}

interface TextRow {
  /** Empty when the row cannot be read. */
  cells: string[];
  line: number;
  delimiter: Delimiter;
  /** Offset after the row. */
  end: number;
  nextLine: number;
}

/** The first rows of the head, read with one delimiter. */
function textRows(head: Uint8Array, delimiter: Delimiter, encoding: EncodingSoFar): TextRow[] {
  const cursor = new RecordCursor({ bytes: head, firstLine: 1, hasQuote: true }, delimiter);
  const decode = encoding === 'gb18030' ? decodeGb18030 : decodeUtf8;
  const rows: TextRow[] = [];
  while (rows.length <= TITLE_ROWS_MAX && cursor.next()) {
    const text = decode(head.subarray(cursor.from, cursor.to));
    const fields = text === undefined ? [] : splitRecord(text, delimiter);
    const cells = Array.isArray(fields) ? fields : [];
    rows.push({ cells, line: cursor.line, delimiter, end: cursor.end, nextLine: cursor.nextLine });
  }
  return rows;
}

/** Looks at all that was read for the header, so that a file is nearly always settled before its first chunk. */
function headEncoding(head: Uint8Array, file: string): EncodingSoFar {
  if (startsWithUtf16Bom(head)) throw new EngineError('ENCODING_INVALID', { file, found: 'UTF-16' });
  if (head.subarray(0, HEAD_BYTES_MIN).includes(0)) {
    throw new EngineError('ENCODING_INVALID', { file, found: 'binary' });
  }
  return new EncodingDetector().push(head);
}

async function* withEncoding(
  chunks: AsyncGenerator<RecordChunk>,
  ofHead: EncodingSoFar,
): AsyncGenerator<TableChunk> {
  let encoding = ofHead;
  for await (const chunk of chunks) {
    if (encoding === 'ascii') encoding = detectEncoding(chunk.bytes);
    yield { ...chunk, encoding };
  }
}

async function openSheetTable<Name extends string>(
  name: string,
  sheet: Sheet,
  columns: readonly ColumnSpec<Name>[],
  chunkBytes: number,
): Promise<Table<Name>> {
  const head = await firstRows(sheet);
  const filled = head.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  if (filled.length === 0) throw new EngineError('FILE_EMPTY', { file: name });
  const candidates = filled.slice(0, TITLE_ROWS_MAX + 1).map(({ row, cells }) => ({ line: row, cells }));
  const header = findHeader(candidates, columns, name);
  const firstLine = header.row.line + 1;
  const below = head.filter(({ row }) => row >= firstLine);
  const table = tableOf(name, header);
  const bytes = sheetCsvSource(below, sheet, firstLine, table.width);
  const split = { delimiter: ',', chunkBytes, firstLine } as const;
  return {
    ...table,
    kind: 'sheet',
    delimiter: ',',
    notes: sheet.notes,
    chunks: (buffers) =>
      closingAtEnd(
        withEncoding(splitChunks(bytes, { ...split, ...(buffers && { buffers }) }), 'utf-8'),
        bytes,
      ),
    close: () => bytes.close(),
  };
}

/** Enough rows to look for the header in. */
async function firstRows(sheet: Sheet): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  while (rows.filter(({ cells }) => cells.some((cell) => cell !== '')).length <= TITLE_ROWS_MAX) {
    const next = await sheet.rows.next();
    if (next.done === true) break;
    for (const row of next.value) rows.push(row);
  }
  return rows;
}

/** The header's own trailing empty cells count in text, where every record has them too, and not in a sheet. */
function tableOf<Name extends string>(
  name: string,
  { row, resolution }: FoundHeader<Name, { cells: readonly string[]; line: number }>,
): Pick<Table<Name>, 'name' | 'headerLine' | 'width' | 'positions' | 'unknown'> {
  const { positions, unknown } = resolution;
  return { name, headerLine: row.line, width: row.cells.length, positions, unknown };
}

async function* closingAtEnd<T>(chunks: AsyncGenerator<T>, bytes: ByteSource): AsyncGenerator<T> {
  try {
    yield* chunks;
  } finally {
    await bytes.close();
  }
}
