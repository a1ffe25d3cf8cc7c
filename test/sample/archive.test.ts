import { gunzipSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gzip } from '../../src/sample/archive.js';
import { deflate } from '../../src/sample/deflate.js';

describe('deflate', () => {
  it('is undone by zlib, for any bytes', () => {
    const repetitive = fc
      .array(fc.tuple(fc.uint8Array({ maxLength: 20 }), fc.nat(400)))
      .map((pieces) =>
        Buffer.concat(pieces.flatMap(([piece, times]) => Array.from({ length: times }, () => piece))),
      );
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 2000 }), repetitive), (bytes) => {
        expect(inflateRawSync(deflate(bytes)).equals(bytes)).toBe(true);
      }),
    );
  });

  it('looks back as far as the format allows and no further', () => {
    for (const distance of [32_767, 32_768, 32_769]) {
      const bytes = Buffer.alloc(distance + 100);
      for (let index = 0; index < bytes.length; index++) bytes[index] = (index * 2_654_435_761) >>> 13;
      bytes.copy(bytes, distance, 0, 100);
      expect(inflateRawSync(deflate(bytes)).equals(bytes)).toBe(true);
    }
  });

  it('makes text smaller', () => {
    const text = Buffer.from('442101193901294958,万国冬,460106\n'.repeat(100));
    expect(deflate(text).length).toBeLessThan(text.length / 10);
  });
});

describe('gzip', () => {
  it('is undone by zlib', () => {
    const text = Buffer.from('序号,身份证号\n');
    expect(gunzipSync(gzip(text)).equals(text)).toBe(true);
  });
});
