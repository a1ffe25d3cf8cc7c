// Accounts as two words: exact both ways up to 19 digits, without BigInt.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountText, accountWords } from '../../src/directory/account-words.js';

const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });

describe('an account of up to 19 digits', () => {
  it.each([
    '000000',
    '999999999',
    '1000000000',
    '0000000000000000000',
    '4294967295',
    '4294967296',
    '9999999999999999999',
  ])('is one exact number, and comes back with its zeros: %s', (account) => {
    const { low, high } = accountWords(account);
    expect((BigInt(high) << 32n) | BigInt(low)).toBe(BigInt(account));
    expect(accountText(low, high, account.length)).toBe(account);
  });

  it('is the number that BigInt reads, whatever it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 19 }).chain(digits), (account) => {
        const { low, high } = accountWords(account);
        expect((BigInt(high) << 32n) | BigInt(low)).toBe(BigInt(account));
        expect(accountText(low, high, account.length)).toBe(account);
      }),
      { numRuns: 3000 },
    );
  });
});
