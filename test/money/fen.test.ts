import { describe, expect, it } from 'vitest';
import { AMOUNT_FEN_MAX, formatYuan, parseAmount, parseYuan } from '../../src/money/fen.js';

describe('parseAmount', () => {
  it.each([
    ['100.00', 10_000],
    ['100', 10_000],
    ['10.5', 1050],
    ['0.01', 1],
    ['0.10', 10],
    ['19.99', 1999],
    ['1.15', 115],
    ['4.35', 435],
    ['1052774143.29', 105_277_414_329],
    ['007.50', 750],
    [' 100.00 ', 10_000],
    ['\u3000100.00\t', 10_000],
    ['9999999999999.99', AMOUNT_FEN_MAX],
    ['00000000000009999999999999.99', AMOUNT_FEN_MAX],
  ])('reads %j as %i fen', (text, fen) => {
    expect(parseAmount(text)).toBe(fen);
  });

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['１００.00', 'fullWidth'],
    ['100．00', 'fullWidth'],
    ['1，234.50', 'fullWidth'],
    ['1,234.50', 'thousandsSeparator'],
    ['12,345', 'thousandsSeparator'],
    ["1'234.50", 'thousandsSeparator'],
    ['1 234.50', 'thousandsSeparator'],
    ['1e3', 'exponent'],
    ['1.05E+03', 'exponent'],
    ['￥100', 'currencySign'],
    ['¥100', 'currencySign'],
    ['100元', 'currencySign'],
    ['+100.00', 'plusSign'],
    ['100.', 'notDecimal'],
    ['.50', 'notDecimal'],
    ['1.2.3', 'notDecimal'],
    ['12,34', 'notDecimal'],
    ['--1', 'notDecimal'],
    ['- 1', 'notDecimal'],
    ['0x10', 'notDecimal'],
    ['Infinity', 'notDecimal'],
    ['NaN', 'notDecimal'],
    ['一百', 'notDecimal'],
    ['٣', 'notDecimal'],
    ['100.000', 'decimals'],
    ['0.014', 'decimals'],
    ['-0.014', 'decimals'],
    ['10000000000000', 'tooLarge'],
    ['-10000000000000.00', 'tooLarge'],
    ['0', 'zero'],
    ['0.00', 'zero'],
    ['-0.00', 'zero'],
    ['-0.01', 'negative'],
    ['-100', 'negative'],
  ])('refuses %j: %s', (text, problem) => {
    expect(parseAmount(text)).toBe(problem);
  });

  it('takes no more than linear time over a cell of a megabyte', () => {
    for (const text of ['1,111'.repeat(200_000), '0'.repeat(1_000_000), `${'1 '.repeat(500_000)}x`]) {
      const started = performance.now();
      expect(typeof parseAmount(text)).toBe('string');
      expect(performance.now() - started).toBeLessThan(1000);
    }
  });
});

describe('parseYuan', () => {
  it('reads what totals may be: zero and less', () => {
    expect(parseYuan('0.00')).toBe(0);
    expect(parseYuan('-0.00')).toBe(0);
    expect(parseYuan('-10.5')).toBe(-1050);
  });
});

describe('formatYuan', () => {
  it.each([
    [1050, '10.50'],
    [0, '0.00'],
    [1, '0.01'],
    [-1, '-0.01'],
    [-105_000, '-1050.00'],
    [105_277_414_329n, '1052774143.29'],
    [-5n, '-0.05'],
    [12_345_678_901_234_567_890n, '123456789012345678.90'],
  ])('writes %s fen as %s', (fen, text) => {
    expect(formatYuan(fen)).toBe(text);
  });

  it('refuses numbers that are not exact', () => {
    expect(() => formatYuan(0.5)).toThrow('safe integer');
    expect(() => formatYuan(2 ** 53)).toThrow('safe integer');
  });
});
