import { describe, expect, it } from 'vitest';
import { inspectAccount, parseAccount } from '../../src/identity/account-number.js';

describe('parseAccount', () => {
  it.each([
    ['123456', '123456'],
    ['001234567', '001234567'],
    ['6214831150131511', '6214831150131511'],
    // Fails Luhn, and is an account all the same.
    ['6200000000000000001', '6200000000000000001'],
    ['1'.repeat(32), '1'.repeat(32)],
    [' 6214831150131511 ', '6214831150131511'],
    ['６２１４８３', '621483'],
    ['6214 8311 5013 1511', '6214831150131511'],
    ['6216-2610-0000-0000-018', '6216261000000000018'],
    ['6214　8311', undefined],
    ['\u202d6214831150131511\u202c', '6214831150131511'],
  ])('reads %j', (text, account) => {
    expect(parseAccount(text)).toBe(account);
  });

  it.each([
    ['', 'empty'],
    ['12345', 'length'],
    ['1'.repeat(33), 'length'],
    ['6.21483E+18', 'spreadsheetExponent'],
    ['6.21483115013151e18', 'spreadsheetExponent'],
    ['621483115013151X', 'characters'],
    ['-6214831150131511', 'characters'],
    ['6214831150131511.00', 'characters'],
    // Two accounts in one cell, and groupings that nobody prints.
    ['621483115013 621483115014', 'characters'],
    ['6214 8311-5013', 'characters'],
    ['6214  8311', 'characters'],
    ['62148 31150', 'characters'],
    ['1234-56789', 'characters'],
  ])('refuses %j: %s', (text, problem) => {
    expect(inspectAccount(text)).toEqual({ problem });
  });
});
