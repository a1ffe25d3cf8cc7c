// Pieces of a binary COPY, put together where a row was cut.

import { CopyScan } from './copy-scan.js';

/** What is there is handed on when it is at least so much. */
const BLOCK_BYTES = 1024 * 1024;

/** Whole rows of so many columns, in blocks that are good until the next one; `rows`: without the header of the COPY. */
export async function* wholeRows(
  rows: AsyncIterable<Uint8Array>,
  columns: number,
): AsyncGenerator<Uint8Array> {
  const scan = new CopyScan(columns);
  let pending: Uint8Array[] = [];
  let length = 0;
  const cut = (): Uint8Array => {
    const bytes = Buffer.concat(pending);
    const end = scan.walk(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), 0, bytes.length);
    pending = [bytes.subarray(end)];
    length = bytes.length - end;
    return bytes.subarray(0, end);
  };
  for await (const piece of rows) {
    pending.push(piece);
    length += piece.length;
    if (length >= BLOCK_BYTES) yield cut();
  }
  yield cut();
}
