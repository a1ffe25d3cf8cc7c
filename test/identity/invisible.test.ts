import { describe, expect, it } from 'vitest';
import { foldWidth, isInvisible, trimInvisible } from '../../src/identity/invisible.js';

describe('isInvisible', () => {
  it('takes everything that Unicode calls white space or a format character of the general kind', () => {
    for (let unit = 0; unit < 0x10000; unit++) {
      const character = String.fromCharCode(unit);
      if (/^[\s\p{White_Space}]$/u.test(character)) expect(isInvisible(unit), unit.toString(16)).toBe(true);
      else if (isInvisible(unit)) expect(character, unit.toString(16)).toMatch(/^[\p{Cf}\p{Cn}]$/u);
    }
  });

  it('takes no letter, digit or sign', () => {
    for (let unit = 0; unit < 0x10000; unit++) {
      if (/^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(String.fromCharCode(unit)))
        expect(isInvisible(unit)).toBe(false);
    }
  });
});

describe('trimInvisible', () => {
  it.each([
    ['\u202d123\u202c', '123'],
    [' 1 2 ', '1 2'],
    ['\ufeff\u200b', ''],
    ['abc', 'abc'],
  ])('%j becomes %j', (text, trimmed) => {
    expect(trimInvisible(text)).toBe(trimmed);
  });
});

describe('foldWidth', () => {
  it('folds full-width ASCII and nothing else', () => {
    expect(foldWidth('Ａ１（）～')).toBe('A1()~');
    expect(foldWidth('①²ｱ　￥')).toBe('①²ｱ　￥');
  });
});
