import { describe, expect, it } from 'vitest';
import { compilePaymentFormat } from '../../src/bank-file/compile-payment.js';
import { loadFormat } from './formats.js';

const boc = compilePaymentFormat(loadFormat('boc-normal'));
const fixed = compilePaymentFormat(loadFormat('fixed-sample'));
const iso = compilePaymentFormat(loadFormat('iso20022'));

describe('names that a bank cannot take', () => {
  it.each([
    ['a plain name', '王小明', undefined, undefined, undefined],
    ['a middle dot', '阿卜杜拉·买买提', undefined, undefined, undefined],
    ['a hanzi whose second byte in GBK is the separator', '李東', undefined, undefined, undefined],
    ['Ext B', '𠮷野', 'U+20BB7', 'U+20BB7', undefined],
    ['Ext A, four bytes in GB 18030', '㛃', 'U+36C3', 'U+36C3', undefined],
    ['a private-use stand-in', '\ue863', 'U+E863', 'U+E863', 'U+E863'],
    ['the separator', '王|明', 'U+007C', undefined, undefined],
    ['a control character', '王\t明', 'U+0009', 'U+0009', 'U+0009'],
    ['the euro sign, a lone byte in Microsoft’s GBK', '€', undefined, undefined, undefined],
    ['21 characters', '阿'.repeat(21), 'longer than 20 characters', undefined, undefined],
    ['30 hanzi, 60 bytes', '阿'.repeat(30), 'longer than 20 characters', undefined, undefined],
    ['31 hanzi, 62 bytes', '阿'.repeat(31), 'longer than 20 characters', 'longer than 60 bytes', undefined],
    ['141 characters', 'a'.repeat(141), 'longer', 'longer', 'longer than 140 characters'],
    ['no name', '', 'empty', undefined, 'empty'],
    ['characters that XML escapes', 'A&B<C>"', undefined, undefined, undefined],
  ])('%s', (_what, name, ...expected) => {
    [boc, fixed, iso].forEach((format, index) => {
      const problem = expected[index];
      if (problem === undefined) expect(format.unencodable(name)).toBeUndefined();
      else expect(format.unencodable(name)).toContain(problem);
    });
  });

  it('never tells the name', () => {
    expect(boc.unencodable('欧阳𠮷')).not.toMatch(/欧|阳|𠮷/);
  });
});

describe('accounts that a bank cannot take', () => {
  it.each([
    ['22 digits', '1'.repeat(22), undefined],
    ['23 digits', '1'.repeat(23), 'longer than 22'],
    ['a letter', '12345A', 'digits'],
  ])('%s', (_what, account, problem) => {
    if (problem === undefined) expect(boc.unacceptableAccount(account)).toBeUndefined();
    else expect(boc.unacceptableAccount(account)).toContain(problem);
  });
});
