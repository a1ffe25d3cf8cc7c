import { describe, expect, it } from 'vitest';
import { parseQuantity } from '../../src/programme/quantity.js';

describe('parseQuantity', () => {
  it.each([
    ['3', 30_000],
    ['3.25', 32_500],
    ['0.0001', 1],
    ['003.2500', 32_500],
    [' 12 ', 120_000],
    ['99999999999.9999', 999_999_999_999_999],
    ['', 'quantityMissing'],
    [' ', 'quantityMissing'],
    [undefined, 'quantityMissing'],
    ['0', 'quantityInvalid'],
    ['0.0000', 'quantityInvalid'],
    ['-1', 'quantityInvalid'],
    ['1.00001', 'quantityInvalid'],
    ['1,000', 'quantityInvalid'],
    ['1e3', 'quantityInvalid'],
    ['３', 'quantityInvalid'],
    ['3亩', 'quantityInvalid'],
    ['.5', 'quantityInvalid'],
    ['5.', 'quantityInvalid'],
    ['100000000000', 'quantityInvalid'],
    [`${'0'.repeat(500_000)}x`, 'quantityInvalid'],
  ])('reads %j', (text, quantity) => {
    expect(parseQuantity(text)).toBe(quantity);
  });
});
