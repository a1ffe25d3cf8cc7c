import { describe, expect, it } from 'vitest';
import { ROUNDING, ROUNDING_RULES } from '../../src/money/rounding.js';

describe('rounding', () => {
  it.each([
    // numerator, denominator, halfUp, halfEven, down, up
    [0, 10, 0, 0, 0, 0],
    [4, 10, 0, 0, 0, 1],
    [5, 10, 1, 0, 0, 1],
    [6, 10, 1, 1, 0, 1],
    [10, 10, 1, 1, 1, 1],
    [14, 10, 1, 1, 1, 2],
    [15, 10, 2, 2, 1, 2],
    [25, 10, 3, 2, 2, 3],
    [35, 10, 4, 4, 3, 4],
    [1, 3, 0, 0, 0, 1],
    [2, 3, 1, 1, 0, 1],
    [7, 1, 7, 7, 7, 7],
    // What a float quotient has no room for: the largest safe integer over two ends in exactly a half.
    [
      9_007_199_254_740_991, 2, 4_503_599_627_370_496, 4_503_599_627_370_496, 4_503_599_627_370_495,
      4_503_599_627_370_496,
    ],
    [9_007_199_254_740_990, 9_007_199_254_740_991, 1, 1, 0, 1],
    [4_503_599_627_370_495, 9_007_199_254_740_991, 0, 0, 0, 1],
    [4_503_599_627_370_496, 9_007_199_254_740_991, 1, 1, 0, 1],
  ])('%i / %i', (numerator, denominator, ...expected) => {
    expect(ROUNDING_RULES.map((rule) => ROUNDING[rule](numerator, denominator))).toEqual(expected);
  });

  it('names the rules of the contract', () => {
    expect(ROUNDING_RULES).toEqual(['halfUp', 'halfEven', 'down', 'up']);
  });
});
