import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseBankProfiles } from '../../src/bank-file/bank-profile.js';
import { missingParameters } from '../../src/bank-file/file-context.js';
import { FORMAT_NAMES, loadFormat } from './formats.js';

const text = readFileSync(new URL('../../formats/banks.yaml', import.meta.url), 'utf8');

describe('bank profiles', () => {
  const profiles = parseBankProfiles(text, 'formats/banks.yaml');

  it('stand for every bank of the contract', () => {
    const banks = ['102', '103', '104', '105', '301', '308', '314', '402', '403'];
    expect(profiles.map(({ bank }) => bank)).toEqual(banks);
  });

  it.each(profiles.map(({ bank, format, parameters }) => [bank, format, parameters] as const))(
    'bank %s has a format that exists, %s, and everything that it needs',
    (_bank, format, parameters) => {
      expect(FORMAT_NAMES).toContain(format);
      expect(missingParameters(loadFormat(format), parameters)).toEqual([]);
    },
  );

  it.each([
    [
      'a bank twice',
      'banks:\n  - { bank: "104", format: a }\n  - { bank: "104", format: b }\n',
      3,
      'there twice',
    ],
    [
      'a key too many',
      'banks:\n  - { bank: "104", format: a, paramters: {} }\n',
      2,
      '"paramters" is unknown',
    ],
    ['a bank that is none', 'banks:\n  - { bank: "1040", format: a }\n', 2, 'bank code of three digits'],
  ])('refuse %s', (_what, broken, line, problem) => {
    expect(() => parseBankProfiles(broken, 'yika.yaml')).toThrow(
      expect.objectContaining({
        code: 'FORMAT_INVALID',
        details: expect.objectContaining({
          file: 'yika.yaml',
          line,
          problem: expect.stringContaining(problem),
        }),
      }),
    );
  });
});
