import { describe, expect, it } from 'vitest';
import { isDateFormat } from '../../src/codec/xlsx-styles.js';
import { dateText, numberText, unescapeText } from '../../src/codec/xlsx-value.js';

describe('numberText', () => {
  it.each([
    ['100', '100', 'an integer'],
    ['460105199001011234', '460105199001011234', 'an integer that another program wrote whole'],
    ['4.60105199001011E+17', '4.60105199001011E+17', 'an ID that was typed as a number: its damage shows'],
    ['6.2170000000000001E+18', '6.2170000000000001E+18', 'an account that was typed as a number'],
    ['4.3499999999999996', '4.35', 'the file has 17 digits of what the sheet shows as 4.35'],
    ['1052.0999999999999', '1052.1', 'the same with more before the point'],
    ['105.30000000000001', '105.3', 'the rest of a multiplication'],
    ['0.014', '0.014', 'a third decimal that was typed is kept'],
    ['1E-3', '0.001', 'an exponent where a plain number can stand'],
    ['1.5E+3', '1500', 'an exponent of a small number'],
    ['1E-9', '1E-9', 'a number too small to be anything'],
    ['-12.50', '-12.5', 'a negative number'],
    ['#N/A', '#N/A', 'what is no number'],
    ['', '', 'nothing'],
  ])('reads %j as %j: %s', (raw, expected) => {
    expect(numberText(raw)).toBe(expected);
  });
});

describe('dateText', () => {
  it.each([
    ['46023', '2026-01-01'],
    ['45351', '2024-02-29'],
    ['61', '1900-03-01'],
    ['46023.5', '2026-01-01 12:00:00'],
    ['46022.999999', '2026-01-01'],
    ['60', '60'],
    ['0.5', '0.5'],
    ['-1', '-1'],
    ['2958465', '9999-12-31'],
    ['20260101', '20260101'],
    ['', ''],
  ])('reads %s as %s', (raw, expected) => {
    expect(dateText(raw, false)).toBe(expected);
  });

  it('counts from 1904 where the workbook does', () => {
    expect(dateText('44561', true)).toBe('2026-01-01');
  });
});

it.each([
  ['yyyy-mm-dd', true],
  ['yyyy"年"m"月"d"日"', true],
  ['[$-804]yyyy/m/d;@', true],
  ['[h]:mm:ss', true],
  ['0.00', false],
  ['General', false],
  ['@', false],
  ['#,##0.00_);[Red]\\(#,##0.00\\)', false],
  ['0"days"', false],
  ['¥#,##0.00', false],
])('takes %s for a date format: %s', (code, expected) => {
  expect(isDateFormat(code)).toBe(expected);
});

it.each([
  ['a_x000D_b', 'a\rb'],
  ['_x005F_x000D_', '_x000D_'],
  ['a_b', 'a_b'],
])('unescapes %s', (text, expected) => {
  expect(unescapeText(text)).toBe(expected);
});
