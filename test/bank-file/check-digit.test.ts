import { describe, expect, it } from 'vitest';
import { checkDigit, digestHex } from '../../src/bank-file/check-digit.js';

describe('check digits', () => {
  it.each([
    // Published clearing codes (head offices), ISO 7064 MOD 11,10.
    ['iso7064mod1110', '10210009999', '6'],
    ['iso7064mod1110', '10410000000', '4'],
    ['iso7064mod1110', '40264100001', '4'],
    // GB 11643, ISO 7064 MOD 11-2.
    ['iso7064mod112', '81000019940823002', '1'],
    ['iso7064mod112', '44011320141005001', 'X'],
    ['luhn', '621483115013151', '1'],
    ['luhn', '621626100000000001', '8'],
    // NACHA's own example of a routing number.
    ['nacha', '12345678', '0'],
  ] as const)('%s of %s is %s', (algorithm, digits, expected) => {
    expect(checkDigit(algorithm, digits)).toBe(expected);
  });
});

describe('digests', () => {
  it('has SM3 by the vector of GB/T 32905, and SHA-256', () => {
    const abc = new TextEncoder().encode('abc');
    expect(digestHex('sm3', abc)).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
    expect(digestHex('sha256', abc)).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
