import { describe, expect, it } from 'vitest';
import { decodeUtf8, startsWithUtf8Bom, UTF8_BOM, utf8Length } from '../../src/encoding/utf8.js';

describe('decodeUtf8', () => {
  it.each([
    ['ff', 'a byte that UTF-8 does not know'],
    ['e78e', 'half a character'],
    ['c0af', 'an overlong form'],
    ['eda080', 'half a surrogate pair'],
    ['cdf5', 'GBK'],
  ])('refuses %s: %s', (hex) => {
    expect(decodeUtf8(Buffer.from(hex, 'hex'))).toBeUndefined();
  });

  it('keeps a byte order mark as a character', () => {
    expect(decodeUtf8(Uint8Array.of(...UTF8_BOM, 0x41))).toBe('\ufeffA');
  });
});

describe('utf8Length', () => {
  it.each([
    ['A', 1],
    ['é', 2],
    ['王', 3],
    ['𠮷', 4],
  ])('counts the bytes of %s: %i', (text, length) => {
    expect(utf8Length(text)).toBe(length);
  });
});

it('knows a byte order mark only when it is whole', () => {
  expect(startsWithUtf8Bom(Uint8Array.of(0xef, 0xbb, 0xbf))).toBe(true);
  expect(startsWithUtf8Bom(Uint8Array.of(0xef, 0xbb))).toBe(false);
});
