import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digitsOf, fourDigits } from '../../src/encoding/four-digits.js';

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

describe('digits from bytes', () => {
  it('are read four at a time, every number of four digits', () => {
    for (let number = 0; number < 10_000; number++) {
      const bytes = new TextEncoder().encode(`x${String(number).padStart(4, '0')}`);
      expect(fourDigits(viewOf(bytes), 1)).toBe(number);
    }
  });

  it('are refused when any byte is not a digit, whichever byte it is', () => {
    for (let place = 0; place < 4; place++) {
      for (let byte = 0; byte < 256; byte++) {
        const bytes = new TextEncoder().encode('9090');
        bytes[place] = byte;
        const isDigit = byte >= 0x30 && byte <= 0x39;
        expect(fourDigits(viewOf(bytes), 0) >= 0, `byte ${byte} at ${place}`).toBe(isDigit);
      }
    }
  });

  it('of any length up to 15 are the number that they say', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{0,15}$/), fc.nat({ max: 5 }), (digits, before) => {
        const bytes = new TextEncoder().encode(`${'-'.repeat(before)}${digits}`);
        expect(digitsOf(viewOf(bytes), before, bytes.length)).toBe(Number(digits));
      }),
    );
  });
});
