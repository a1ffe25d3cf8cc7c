import { describe, expect, it } from 'vitest';
import {
  multiplyToFen,
  parseRate,
  type Rate,
  restOfOne,
  scaleRate,
  sumRates,
  unscaleRate,
} from '../../src/money/rate.js';

const rate = (text: string): Rate => parseRate(text)!;

describe('parseRate', () => {
  it.each(['0', '0.6', '125.00', '0.3333333333333333333333333333333333', '00.10'])('reads %s', (text) => {
    expect(parseRate(text)).toBeDefined();
  });

  it.each([
    '',
    ' 0.6',
    '-1',
    '+1',
    '1e3',
    '.5',
    '5.',
    '1,5',
    '０.6',
    'NaN',
    'Infinity',
    '0x1',
    '1'.repeat(41),
  ])('refuses %j', (text) => {
    expect(parseRate(text)).toBeUndefined();
  });
});

describe('arithmetic of rates', () => {
  it('keeps every digit where decimal.js by itself keeps twenty', () => {
    const shares = [
      rate('0.33333333333333333333333333333333333333'),
      rate('0.66666666666666666666666666666666666667'),
    ];
    expect(sumRates(shares).equals(1)).toBe(true);
    expect(sumRates([rate('0.1'), rate('0.2')]).toFixed()).toBe('0.3');
  });

  it('leaves the rest of one', () => {
    expect(restOfOne([rate('0.3333'), rate('0.3333')]).toFixed()).toBe('0.3334');
    expect(restOfOne([]).toFixed()).toBe('1');
  });

  it.each([
    ['125.00', 125n, 0],
    ['0.6', 6n, 1],
    ['0.3333', 3333n, 4],
    ['0', 0n, 0],
    ['1200', 1200n, 0],
  ])('scales %s to an integer', (text, numerator, decimals) => {
    expect(scaleRate(rate(text))).toEqual({ numerator, decimals });
    expect(unscaleRate(Number(numerator), decimals).equals(rate(text))).toBe(true);
  });

  it.each([
    // quantity, rate, halfUp, halfEven, down, up
    ['3', '125.00', 37_500n, 37_500n, 37_500n, 37_500n],
    ['0.5', '0.01', 1n, 0n, 0n, 1n],
    ['1.5', '0.01', 2n, 2n, 1n, 2n],
    ['0.0001', '1', 0n, 0n, 0n, 1n],
    ['2.675', '1', 268n, 268n, 267n, 268n],
    ['1.005', '1', 101n, 100n, 100n, 101n],
    [
      '99999999999.9999',
      '9999999999999.99',
      99999999999999800000000000n,
      99999999999999800000000000n,
      99999999999999800000000000n,
      99999999999999800000000001n,
    ],
  ])('%s times %s', (quantity, price, ...expected) => {
    const rounded = (['halfUp', 'halfEven', 'down', 'up'] as const).map((rule) =>
      multiplyToFen(rate(quantity), rate(price), rule),
    );
    expect(rounded).toEqual(expected);
  });
});
