import { describe, expect, it } from 'vitest';
import {
  covers,
  depthOf,
  HAINAN_REGIONS,
  isRegionCode,
  parseRegionCode,
  regionName,
} from '../../src/identity/region-code.js';

describe('covers', () => {
  it.each([
    [460000, 460105, true],
    [460000, 469021, true],
    [460000, 460000, true],
    [460000, 440105, false],
    [460100, 460105, true],
    [460100, 460100, true],
    [460100, 460205, false],
    [460100, 460000, false],
    [460105, 460105, true],
    [460105, 460106, false],
    [460105, 460100, false],
    [469000, 469021, true],
    [469000, 460105, false],
    [469021, 469022, false],
    [460400, 460400, true],
    [460400, 469003, false],
    // 460010 ends in one zero only, and is a county.
    [469030, 469031, false],
  ])('%i covers %i: %s', (area, region, expected) => {
    expect(covers(area, region)).toBe(expected);
    expect(covers(String(area), String(region))).toBe(expected);
  });
});

describe('region codes', () => {
  it.each([
    ['460105', 460105],
    [' 460105 ', 460105],
    ['46010', undefined],
    ['4601050', undefined],
    ['060105', undefined],
    ['46010a', undefined],
    ['４６０１０５', undefined],
    ['460105.0', undefined],
    ['', undefined],
  ])('reads %j', (text, code) => {
    expect(parseRegionCode(text)).toBe(code);
  });

  it('knows Hainan by name', () => {
    expect(regionName(460105)).toBe('秀英区');
    expect(regionName(469030)).toBe('琼中黎族苗族自治县');
    expect(regionName(440000)).toBeUndefined();
    expect(new Set(HAINAN_REGIONS.map(({ code }) => code)).size).toBe(HAINAN_REGIONS.length);
    for (const { code } of HAINAN_REGIONS) {
      expect(isRegionCode(String(code))).toBe(true);
      expect(covers(460000, code)).toBe(true);
    }
  });

  it.each([
    [460000, 1],
    [460100, 2],
    [469000, 2],
    [460105, 3],
  ])('%i has depth %i', (code, depth) => {
    expect(depthOf(code)).toBe(depth);
  });
});
