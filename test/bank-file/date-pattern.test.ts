import { describe, expect, it } from 'vitest';
import { dateLength, datePatternProblem, formatDate, parseDate } from '../../src/bank-file/date-pattern.js';

describe('date patterns', () => {
  it.each([
    ['yyyyMMdd', '2026-10-15', '20261015'],
    ['yyMMdd', '2026-01-05', '260105'],
    ['ddMMyyyy', '2026-10-15', '15102026'],
    ['yyyy-MM-dd', '2026-10-15', '2026-10-15'],
    ["yyyy-MM-dd'T'HH:mm:ssXXX", '2026-10-15', '2026-10-15T00:00:00+08:00'],
    ['yyDDD', '2024-12-31', '24366'],
    ['yyyy年MM月dd日', '2026-10-15', '2026年10月15日'],
  ])('%s of %s is %s, and back', (pattern, date, text) => {
    expect(formatDate(pattern, date)).toBe(text);
    expect(dateLength(pattern)).toBe(text.length);
    expect(parseDate(pattern, text)).toBe(date);
  });

  it.each([
    ['yyyyMMdd', '20260230'],
    ['yyyyMMdd', '2026101'],
    ['yyyyMMdd', '202610150'],
    ['yyyyMMdd', '2026101A'],
  ])('%s: %s is no date', (pattern, text) => {
    expect(parseDate(pattern, text)).toBeUndefined();
  });

  it('knows a pattern that it cannot write', () => {
    expect(datePatternProblem('yyyyMMdd')).toBeUndefined();
    expect(datePatternProblem('YYYYMMDD')).toEqual({
      code: 'patternUnknown',
      values: { letter: 'Y', pattern: 'YYYYMMDD' },
    });
  });
});
