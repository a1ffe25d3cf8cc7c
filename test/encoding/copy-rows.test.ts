// Texts in COPY rows: written by hand where they are short, by the encoder where they are not, with the same bytes.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CopyRows } from '../../src/encoding/copy-rows.js';

const encoder = new TextEncoder();

/** Length in four bytes, then the text without U+0000, as UTF-8. */
function expected(text: string): string {
  const bytes = encoder.encode(text.replaceAll('\0', ''));
  const length = Buffer.alloc(4);
  length.writeInt32BE(bytes.length);
  return Buffer.concat([length, bytes]).toString('hex');
}

const text = fc.string({
  unit: fc.constantFrom('a', '0', 'é', '中', '𠮷', '\ud800', '\udc00', '\0', ' '),
  maxLength: 80,
});

describe('a text of a COPY row', () => {
  it('has the bytes that the encoder makes of it, a NUL left out, however long it is', () => {
    fc.assert(
      fc.property(text, (value) => {
        const rows = new CopyRows(16);
        rows.textOf(value);
        expect(Buffer.from(rows.written()).toString('hex')).toBe(expected(value));
      }),
      { numRuns: 2000 },
    );
  });

  it('is copied from a view wherever it stands in it, and what follows is not harmed', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 40 }), fc.nat(40), fc.nat(40), (value, one, other) => {
        const bytes = encoder.encode(value);
        const [from, to] = [Math.min(one, other, bytes.length), Math.min(Math.max(one, other), bytes.length)];
        const rows = new CopyRows(128);
        rows.textFrom(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), from, to, bytes.length);
        rows.int4(-2);
        const piece = Buffer.from(bytes.subarray(from, to));
        const length = Buffer.alloc(4);
        length.writeInt32BE(piece.length);
        const tail = Buffer.from('00000004fffffffe', 'hex');
        expect(Buffer.from(rows.written())).toEqual(Buffer.concat([length, piece, tail]));
      }),
      { numRuns: 2000 },
    );
  });
});
