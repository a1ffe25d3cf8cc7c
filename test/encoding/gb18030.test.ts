import { describe, expect, it } from 'vitest';
import {
  charactersOutsideGbk,
  decodeGb18030,
  encodeGb18030,
  encodeGbk,
  gb18030Length,
  gbkLength,
  gbTables,
} from '../../src/encoding/gb18030.js';

/** Stand-ins for characters, whose codes the 2022 edition gave to the real ones; see STAND_INS. */
const STAND_INS = [
  0xe5e5, 0xe78d, 0xe78e, 0xe78f, 0xe790, 0xe791, 0xe792, 0xe793, 0xe794, 0xe795, 0xe796, 0xe81e, 0xe826,
  0xe82b, 0xe82c, 0xe832, 0xe843, 0xe854, 0xe864,
];

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
const hex = (data: Uint8Array | undefined) => data && Buffer.from(data).toString('hex');

describe('encodeGb18030', () => {
  it.each([
    ['A', '41', 'ASCII is itself'],
    ['王小明', 'cdf5d0a1c3f7', 'hanzi have two bytes'],
    ['東', '967c', 'the second byte may be the delimiter |'],
    ['·', 'a1a4', 'the middle dot of minority names (民委发〔2016〕33号)'],
    ['　', 'a1a1', 'the ideographic space has the lower of its two codes'],
    ['€', 'a2e3', 'the euro sign is not the single byte 80'],
    ['龴', 'fe59', 'GB 18030-2022: FE59 is U+9FB4'],
    ['㛃', '8230b731', 'Extension A has four bytes'],
    ['𠮷', '9534b235', 'Extension B has four bytes'],
    ['\u{10000}', '90308130', 'the first supplementary character'],
    ['\u{10ffff}', 'e3329a35', 'the last code point'],
    ['\ue7c7', '8135f437', 'GB 18030-2022: the 2000 edition gave U+E7C7 the code of U+1E3F'],
    ['\ue81e', 'fe59', 'a stand-in of older systems is written as what it stood for'],
    ['\ud842', '8431a437', 'half a surrogate pair is U+FFFD, as in UTF-8'],
  ])('writes %j as %s: %s', (text, expected) => {
    expect(hex(encodeGb18030(text))).toBe(expected);
    expect(gb18030Length(text)).toBe(expected.length / 2);
  });

  it('is undone by decoding for every code point of Unicode but the stand-ins', () => {
    const differing: number[] = [];
    for (let point = 0; point <= 0x10ffff; point++) {
      if (point >= 0xd800 && point <= 0xdfff) continue;
      const text = String.fromCodePoint(point);
      if (decodeGb18030(encodeGb18030(text)) !== text) differing.push(point);
    }
    expect(differing).toEqual(STAND_INS);
  });

  it('gives every code point bytes of its own, the stand-ins aside', () => {
    const seen = new Set<string>();
    for (let point = 0; point <= 0xffff; point++) {
      if ((point >= 0xd800 && point <= 0xdfff) || STAND_INS.includes(point)) continue;
      seen.add(Buffer.from(encodeGb18030(String.fromCharCode(point))).toString('latin1'));
    }
    expect(seen.size).toBe(0x10000 - 0x800 - STAND_INS.length);
  });
});

describe('decodeGb18030', () => {
  it.each([
    ['80', 'the single byte 80 is a character of Microsoft only'],
    ['cdf580', '80 at the end, after a character'],
    ['a2e380', '80 after a real euro sign'],
    ['ff', 'FF is no lead byte'],
    ['cd', 'the text ends inside a two-byte character'],
    ['823087', 'the text ends inside a four-byte character'],
    ['cd0a', 'a newline is no second byte'],
    ['e3329a36', 'beyond the last code point'],
  ])('refuses %s: %s', (data) => {
    expect(decodeGb18030(bytes(data))).toBeUndefined();
  });

  it('takes 80 as a second byte, also beside a euro sign', () => {
    expect(decodeGb18030(bytes('a2e38180'))).toBe('€亐');
  });

  it('keeps a byte order mark as a character', () => {
    expect(decodeGb18030(bytes('8431953341'))).toBe('\ufeffA');
  });
});

describe('encodeGbk', () => {
  it('is undefined for a text with a character of four bytes, and never holds a question mark', () => {
    expect(encodeGbk('王𠮷')).toBeUndefined();
    expect(encodeGbk('㛃')).toBeUndefined();
    expect(gbkLength('王𠮷')).toBeUndefined();
  });

  it('has one byte for ASCII and two for the rest', () => {
    expect(hex(encodeGbk('A东·'))).toBe('41b6aba1a4');
    expect(gbkLength('A东·')).toBe(5);
  });

  it('names the characters that a GBK bank cannot take', () => {
    expect(charactersOutsideGbk('王𠮷㛃𠮷')).toEqual(['𠮷', '㛃']);
    expect(charactersOutsideGbk('王小明')).toEqual([]);
  });
});

describe('gbTables', () => {
  it('agrees with itself: what a code stands for is written with that code', () => {
    const { toUnit, fromUnit } = gbTables();
    const disagreeing: number[] = [];
    for (let code = 0; code < 0x10000; code++) {
      if (toUnit[code] !== 0 && fromUnit[toUnit[code]!] !== code) disagreeing.push(code);
    }
    expect(disagreeing).toEqual([0xa3a0]);
    expect(toUnit.filter((unit) => unit !== 0)).toHaveLength(23_940);
  });

  it('holds no ASCII byte 80 to FF as a character of its own', () => {
    expect(
      gbTables()
        .toUnit.subarray(0, 0x8140)
        .every((unit) => unit === 0),
    ).toBe(true);
  });
});
