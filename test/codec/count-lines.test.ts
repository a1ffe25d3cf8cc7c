import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countLines } from '../../src/codec/count-lines.js';

it('counts the newlines before an offset, as a plain loop does, wherever the bytes lie', () => {
  const bytes = fc
    .uint8Array({ maxLength: 5000 })
    .map((list) => list.map((byte) => (byte < 60 ? 0x0a : byte)));
  fc.assert(
    fc.property(bytes, fc.nat(), fc.nat(), (list, from, to) => {
      const view = list.subarray(from % (list.length + 1));
      const end = to % (view.length + 1);
      expect(countLines(view, end)).toBe(view.subarray(0, end).filter((byte) => byte === 0x0a).length);
    }),
  );
});

it('counts bytes near a newline for what they are', () => {
  for (let byte = 0; byte < 256; byte++) {
    expect(countLines(new Uint8Array(1024).fill(byte), 1024)).toBe(byte === 0x0a ? 1024 : 0);
  }
});
