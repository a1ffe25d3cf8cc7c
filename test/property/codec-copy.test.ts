import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CopyWriter } from '../../src/codec/copy-binary.js';
import { CopyReader } from '../../src/codec/copy-reader.js';

const value = fc.record({
  small: fc.integer({ min: -32_768, max: 32_767 }),
  int: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  safe: fc.maxSafeInteger(),
  big: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  text: fc.option(fc.string({ unit: 'grapheme', maxLength: 200 }), { nil: undefined }),
  bytes: fc.uint8Array({ maxLength: 300 }),
  flag: fc.boolean(),
});

describe('CopyWriter and CopyReader', () => {
  it('undo each other, wherever the stream is cut and however small the first buffer is', () => {
    const pieces = fc.integer({ min: 1, max: 500 });
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 30 }),
        pieces,
        fc.integer({ min: 1, max: 64 }),
        (rows, size, capacity) => {
          const writer = new CopyWriter(capacity);
          writer.header();
          for (const row of rows) {
            writer.startRow(7);
            writer.int2(row.small);
            writer.int4(row.int);
            writer.int8(row.safe);
            writer.int8(row.big);
            if (row.text === undefined) writer.null();
            else writer.textString(row.text);
            writer.text(row.bytes, 0, row.bytes.length);
            writer.boolean(row.flag);
          }
          writer.trailer();
          expect(writer.rows).toBe(rows.length);
          const read: unknown[] = [];
          const reader = new CopyReader(7, (row) => {
            read.push({
              small: row.int2(0),
              int: row.int4(1),
              safe: row.int8(2),
              big: row.bigint(3),
              text: row.isNull(4) ? undefined : row.text(4),
              bytes: [...row.bytes.subarray(row.from[5]!, row.to[5]!)],
              flag: row.boolean(6),
            });
          });
          const bytes = writer.take();
          for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
          expect(reader.finish()).toBe(rows.length);
          expect(read).toEqual(rows.map((row) => ({ ...row, bytes: [...row.bytes] })));
        },
      ),
    );
  });
});
