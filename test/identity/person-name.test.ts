import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FOLDED_UNITS,
  foldName,
  isPlainHanzi,
  isPlainHanziGbk,
  isPlainHanziUtf8,
  isSameName,
  MIDDLE_DOT_LOOKALIKES,
} from '../../src/identity/person-name.js';

describe('foldName', () => {
  it.each([
    ['王小明', '王小明'],
    [' 王小明 ', '王小明'],
    ['王 小明', '王小明'],
    ['王\u3000小\u3000明', '王小明'],
    ['\ufeff王\u200b小\u200d明\u00a0', '王小明'],
    ['王小明\u202c\r\n\t', '王小明'],
    ['ＪＯＨＮ　ＳＭＩＴＨ', 'JOHNSMITH'],
    ['John Smith', 'JohnSmith'],
    ['阿卜杜拉·买买提', '阿卜杜拉·买买提'],
    ['𠮷田㛃', '𠮷田㛃'],
    ['𠮷 田', '𠮷田'],
    ['Ｏ＇Ｎｅｉｌ', "O'Neil"],
    ['', ''],
    [' \u3000\u200b', ''],
    // What only looks alike stays what it is: variants, compatibility forms, traditional characters, accents.
    ['髙', '髙'],
    ['龍', '龍'],
    ['José', 'José'],
    ['ﾌﾟ', 'ﾌﾟ'],
    ['王\u0000', '王\u0000'],
  ])('folds %j to %j', (name, folded) => {
    expect(foldName(name)).toBe(folded);
  });

  it('knows seven look-alikes of the middle dot', () => {
    expect(MIDDLE_DOT_LOOKALIKES).toHaveLength(7);
    for (const dot of '•・．‧∙.･') expect(foldName(`阿依古丽${dot}艾山`)).toBe('阿依古丽·艾山');
  });

  it('keeps the middle dot itself and other dots', () => {
    expect(foldName('甲·乙')).toBe('甲·乙');
    expect(foldName('甲。乙')).toBe('甲。乙');
    expect(foldName('甲、乙')).toBe('甲、乙');
  });

  it('does not fold Latin case', () => {
    expect(isSameName('John', 'JOHN')).toBe(false);
  });

  it('tells names apart that differ in one character or lack the dot', () => {
    expect(isSameName('王小明', '王小朋')).toBe(false);
    expect(isSameName('阿依古丽·艾山', '阿依古丽艾山')).toBe(false);
  });

  it('changes nothing a second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (name) => {
        expect(foldName(foldName(name))).toBe(foldName(name));
        expect(isSameName(name, foldName(name))).toBe(true);
      }),
    );
  });

  it('is the table, unit by unit', () => {
    for (let unit = 1; unit < 0x10000; unit++) {
      const folded = FOLDED_UNITS[unit]!;
      expect(foldName(String.fromCharCode(unit))).toBe(folded === 0 ? '' : String.fromCharCode(folded));
    }
  });
});

describe('plain hanzi', () => {
  it('are never folded', () => {
    for (let unit = 0; unit < 0x10000; unit++) {
      if (isPlainHanzi(unit)) expect(FOLDED_UNITS[unit]).toBe(unit);
    }
  });

  it('are told by the first two bytes of UTF-8', () => {
    const encoder = new TextEncoder();
    for (let unit = 0x800; unit < 0x10000; unit++) {
      if (unit >= 0xd800 && unit <= 0xdfff) continue;
      const [first = 0, second = 0] = encoder.encode(String.fromCharCode(unit));
      expect(isPlainHanziUtf8(first, second), unit.toString(16)).toBe(isPlainHanzi(unit));
    }
  });

  it('are told by two bytes of GBK: no code that is taken is anything else, and next to none is missed', () => {
    const decoder = new TextDecoder('gb18030');
    let missed = 0;
    for (let lead = 0x81; lead <= 0xfe; lead++) {
      for (let trail = 0x40; trail <= 0xfe; trail++) {
        const text = decoder.decode(new Uint8Array([lead, trail]));
        const plain = text.length === 1 && isPlainHanzi(text.charCodeAt(0));
        if (isPlainHanziGbk(lead, trail))
          expect(plain, `${lead.toString(16)} ${trail.toString(16)}`).toBe(true);
        else if (plain) missed++;
      }
    }
    expect(missed).toBeLessThan(150);
  });
});
