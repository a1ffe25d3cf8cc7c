// Rows of a COPY are put together however its pieces are cut.

import { describe, expect, it } from 'vitest';
import { COPY_TRAILER, CopyRows } from '../../src/encoding/copy-rows.js';
import { wholeRows } from '../../src/encoding/whole-rows.js';

const COLUMNS = 3;

function rows(count: number): Buffer {
  const rows = new CopyRows(64);
  for (let index = 0; index < count; index++) {
    rows.reserve(64);
    rows.startRow(COLUMNS);
    rows.int4(index);
    rows.null();
    rows.int2(index % 7);
  }
  return Buffer.from(rows.written());
}

async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe('whole rows', () => {
  it.each([
    [1, 3],
    [5, 40],
    [64 * 1024, 100_000],
    [3_000_000, 100_000],
  ])('in pieces of %d bytes are the rows without the trailer', async (size, count) => {
    const expected = rows(count);
    const row = expected.length / count;
    const blocks: Buffer[] = [];
    for await (const block of wholeRows(cut(Buffer.concat([expected, COPY_TRAILER]), size), COLUMNS)) {
      expect(block.length % row).toBe(0);
      blocks.push(Buffer.from(block));
    }
    expect(Buffer.concat(blocks).equals(expected)).toBe(true);
  });

  it('refuses rows of another shape', async () => {
    const blocks = wholeRows(cut(rows(2), 1000), COLUMNS + 1);
    await expect(blocks.next()).rejects.toThrow('another number of columns');
  });
});
