// Which bank keeps an account: the class of the bank, the first three digits of its clearing code (CNAPS 联行号). Every
// class is a bank code, also one that no name below stands for: a bank is added in formats/, not here.

import { foldWidth } from './invisible.js';

export interface Bank {
  readonly code: number;
  readonly name: string;
  readonly english: string;
  /** Further ways to write it, in Chinese and English; compared without spaces, width and case. */
  readonly aliases: readonly string[];
}

export const BANKS: readonly Bank[] = [
  {
    code: 102,
    name: '中国工商银行',
    english: 'ICBC',
    aliases: ['工商银行', '工行', 'Industrial and Commercial Bank of China'],
  },
  {
    code: 103,
    name: '中国农业银行',
    english: 'ABC',
    aliases: ['农业银行', '农行', 'Agricultural Bank of China'],
  },
  { code: 104, name: '中国银行', english: 'BOC', aliases: ['中行', 'Bank of China'] },
  {
    code: 105,
    name: '中国建设银行',
    english: 'CCB',
    aliases: ['建设银行', '建行', 'China Construction Bank'],
  },
  { code: 301, name: '交通银行', english: 'BoCom', aliases: ['交行', 'BCM', 'Bank of Communications'] },
  { code: 308, name: '招商银行', english: 'CMB', aliases: ['招行', 'China Merchants Bank'] },
  {
    code: 314,
    name: '农村商业银行',
    english: 'Rural commercial bank',
    aliases: ['农商银行', '农商行', 'RCB', 'rural commercial'],
  },
  {
    code: 402,
    name: '农村信用社',
    english: 'Rural credit cooperative',
    aliases: [
      '农村信用合作社',
      '农村信用合作联社',
      '农村信用社联合社',
      '农村信用联社',
      '信用联社',
      '信用社',
      '农信社',
      '农信',
      '海南农信',
      '海南省农信',
      'RCC',
      'rural credit',
    ],
  },
  {
    code: 403,
    name: '中国邮政储蓄银行',
    english: 'PSBC',
    aliases: ['邮政储蓄银行', '邮储银行', '邮政储蓄', '邮储', 'Postal Savings Bank of China'],
  },
];

const CODE_MIN = 102;

/** No bank's name is longer; the patterns below would take quadratic time over a cell of megabytes. */
const NAME_LENGTH_MAX = 100;
const CODE_BY_NAME = new Map(
  BANKS.flatMap((bank) =>
    [bank.name, bank.english, ...bank.aliases].map((name) => [foldBankName(name), bank.code] as const),
  ),
);
const CHINESE_LONGEST_FIRST = [...CODE_BY_NAME.keys()]
  .filter((name) => !/[A-Z]/.test(name))
  .sort((one, other) => other.length - one.length);

/** Rural banks carry their town's name in front: 海口农商银行, 琼海市农村信用合作联社. */
const RURAL_ENDINGS: readonly (readonly [ending: string, code: number])[] = [
  ['农村商业银行', 314],
  ['农商银行', 314],
  ['农商行', 314],
  ['农村信用社', 402],
  ['农村信用合作社', 402],
  ['农村信用合作联社', 402],
  ['农村信用社联合社', 402],
  ['农村信用联社', 402],
  ['信用联社', 402],
  ['农信社', 402],
];

const LEGAL_FORM = /(股份有限公司|有限责任公司|有限公司|CO\.?,?LTD\.?|LIMITED)$/;
const BRANCH_END = /(分行|支行|营业部|营业室|营业所|分理处|储蓄所|分社|网点)$/;
const BRANCH =
  /(股份有限公司|有限责任公司|有限公司)?[^行社]*(分行|支行|营业部|营业室|营业所|分理处|储蓄所|分社|网点)$/;

/** Two rural commercial banks that clear in classes of their own: their names alone do not say which. */
const OTHER_CLASS = /^(上海|北京)农/;

/**
 * 102 to 999 from three digits, a 12-digit clearing code (whose check digit must fit), or the bank's name, its usual
 * abbreviation or a branch of it. Undefined when the text says none of these. Slow for names: keep answers by text.
 */
export function parseBankCode(text: string): number | undefined {
  if (text.length > NAME_LENGTH_MAX) return undefined;
  const folded = foldBankName(text);
  if (/^\d+$/.test(folded)) return parseDigits(folded);
  const name = folded.replace(LEGAL_FORM, '');
  return CODE_BY_NAME.get(name) ?? parseBranchName(name);
}

/** The bank's Chinese name, where this table knows it. */
export function bankName(code: number): string | undefined {
  return BANKS.find((bank) => bank.code === code)?.name;
}

/** Check digit of a 12-digit clearing code: ISO 7064 MOD 11,10 (holds for all 176 published head office codes). */
export function isClearingCode(text: string): boolean {
  if (!/^\d{12}$/.test(text)) return false;
  let product = 10;
  for (let index = 0; index < 11; index++) {
    const sum = (product + Number(text[index])) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (product + Number(text[11])) % 10 === 1;
}

function parseDigits(digits: string): number | undefined {
  if (digits.length !== 3 && !isClearingCode(digits)) return undefined;
  const code = Number(digits.slice(0, 3));
  return code >= CODE_MIN ? code : undefined;
}

// The longest name that the text begins with, and only a branch after it: 中国银行 must not take 中国银行间市场.
// English names have no such form, because CMB must not take CMBC.
function parseBranchName(text: string): number | undefined {
  const name = CHINESE_LONGEST_FIRST.find((known) => text.startsWith(known));
  if (name !== undefined && BRANCH_END.test(text.slice(name.length))) return CODE_BY_NAME.get(name);
  if (OTHER_CLASS.test(text)) return undefined;
  const institution = text.replace(BRANCH, '');
  return RURAL_ENDINGS.find(([ending]) => institution.endsWith(ending))?.[1];
}

function foldBankName(text: string): string {
  return foldWidth(text)
    .replace(/[\s\u200b\ufeff]/g, '')
    .toUpperCase();
}
