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
});
