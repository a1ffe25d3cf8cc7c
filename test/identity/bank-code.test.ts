import { describe, expect, it } from 'vitest';
import { BANKS, bankName, isClearingCode, parseBankCode } from '../../src/identity/bank-code.js';

/** Published head office and branch codes. */
const CLEARING_CODES = [
  ['402641000014', 402],
  ['314641000014', 314],
  ['102100099996', 102],
  ['103100000026', 103],
  ['104100000004', 104],
  ['105100000017', 105],
  ['301290000007', 301],
  ['308584000013', 308],
  ['403100000004', 403],
] as const;

describe('parseBankCode', () => {
  it.each(CLEARING_CODES)('reduces clearing code %s to %i', (text, code) => {
    expect(isClearingCode(text)).toBe(true);
    expect(parseBankCode(text)).toBe(code);
  });

  it('refuses a clearing code with any one digit wrong', () => {
    for (const [text] of CLEARING_CODES) {
      for (let index = 0; index < 12; index++) {
        for (const digit of '0123456789') {
          if (digit === text[index]) continue;
          expect(parseBankCode(text.slice(0, index) + digit + text.slice(index + 1))).toBeUndefined();
        }
      }
    }
  });

  it.each(
    BANKS.flatMap((bank) =>
      [bank.name, bank.english, ...bank.aliases].map((name) => [name, bank.code] as const),
    ),
  )('knows %s as %i', (name, code) => {
    expect(parseBankCode(name)).toBe(code);
    expect(parseBankCode(` ${name.toLowerCase()} `)).toBe(code);
  });

  it.each([
    ['102', 102],
    ['１０２', 102],
    [' 403 ', 403],
    // A class without a name here: adding a bank touches formats/ only.
    ['313', 313],
    ['中国工商银行股份有限公司', 102],
    ['中国工商银行股份有限公司海口琼山支行', 102],
    ['工行海口支行', 102],
    ['中国银行海口分行营业部', 104],
    ['中国农业银行 三亚分行', 103],
    ['Bank of China Limited', 104],
    ['海南省农村信用社联合社', 402],
    ['琼海市农村信用合作联社', 402],
    ['琼海市农村信用合作联社大路分社', 402],
    ['海南省农信', 402],
    ['海口农村商业银行股份有限公司', 314],
    ['海口联合农商行', 314],
    ['海口农商银行龙华支行', 314],
    ['邮储银行文昌市支行', 403],
    ['', undefined],
    ['001', undefined],
    ['101', undefined],
    ['1020', undefined],
    ['10', undefined],
    ['000', undefined],
    ['1.02E+11', undefined],
    ['银行', undefined],
    ['海南银行', undefined],
    ['中国人民银行', undefined],
    ['中国农业发展银行海口支行', undefined],
    ['中国银行间市场交易商协会', undefined],
    ['中国民生银行', undefined],
    ['CMBC', undefined],
    ['上海农商银行', undefined],
    ['北京农村商业银行', undefined],
    [`${'海'.repeat(200_000)}农商银行`, undefined],
  ])('reads %j', (text, code) => {
    expect(parseBankCode(text)).toBe(code);
  });

  it('gives no two banks the same name', () => {
    const names = BANKS.flatMap((bank) => [bank.name, bank.english, ...bank.aliases]);
    expect(new Set(names.map((name) => name.toUpperCase())).size).toBe(names.length);
  });

  it('has the nine banks of the contract', () => {
    expect(BANKS.map(({ code }) => code)).toEqual([102, 103, 104, 105, 301, 308, 314, 402, 403]);
    expect(bankName(402)).toBe('农村信用社');
    expect(bankName(313)).toBeUndefined();
  });
});
