// Amounts of money as people type them, and as integer fen. A text that could be read in two ways is refused, never
// guessed: the department corrects a finding in a minute, a wrong payment takes months.

import { assert } from '../base/assert.js';

/** 9,999,999,999,999.99 yuan: thirteen digits before the point are the most that a safe integer of fen always holds. */
export const AMOUNT_FEN_MAX = 999_999_999_999_999;

const YUAN_DIGITS_MAX = 13;

/** Why a text is not an amount; the order is the order of precedence. */
export const YUAN_PROBLEMS = [
  'empty',
  'fullWidth',
  'thousandsSeparator',
  'exponent',
  'currencySign',
  'plusSign',
  'notDecimal',
  'decimals',
  'tooLarge',
] as const;

export type YuanProblem = (typeof YUAN_PROBLEMS)[number];

/** Why an amount cannot be paid. */
export type AmountProblem = YuanProblem | 'zero' | 'negative';

/**
 * Yuan to fen: `10.5` is 1050. At most two decimals; a minus sign is read, so that totals can be negative.
 * Blanks around the number are padding and do not count.
 */
export function parseYuan(text: string): number | YuanProblem {
  const trimmed = text.trim();
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(trimmed);
  if (match === null) return problemOf(trimmed);
  const [, sign, yuan = '', decimals = ''] = match;
  if (decimals.length > 2) return 'decimals';
  const significant = yuan.replace(/^0+/, '');
  if (significant.length > YUAN_DIGITS_MAX) return 'tooLarge';
  const fen = Number(significant + decimals.padEnd(2, '0'));
  return sign === '-' && fen !== 0 ? -fen : fen;
}

/** The amount of a roster line, in fen: what parseYuan reads, and more than nothing. */
export function parseAmount(text: string): number | AmountProblem {
  const fen = parseYuan(text);
  if (typeof fen === 'string') return fen;
  if (fen > 0) return fen;
  return fen < 0 ? 'negative' : 'zero';
}

/** Fen to yuan, always with two decimals: 1050 is `10.50`. */
export function formatYuan(fen: bigint | number): string {
  assert(typeof fen === 'bigint' || Number.isSafeInteger(fen), 'fen must be a safe integer');
  const negative = fen < 0;
  const digits = String(negative ? -fen : fen).padStart(3, '0');
  return `${negative ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

// What it looks like decides what the department is told, so the more telling reason comes first.
function problemOf(text: string): YuanProblem {
  if (text === '') return 'empty';
  if (/[\uff01-\uff5e]/.test(text)) return 'fullWidth';
  if (/^[-+]?\d{1,3}([,' ]\d{3})+(\.\d*)?$/.test(text)) return 'thousandsSeparator';
  if (/^[-+]?\d+(\.\d*)?e[-+]?\d+$/i.test(text)) return 'exponent';
  if (/^[-+]?([¥￥$]|RMB|CNY)|(元|圆|万|RMB|CNY)$/i.test(text)) return 'currencySign';
  if (/^\+\d+(\.\d+)?$/.test(text)) return 'plusSign';
  return 'notDecimal';
}
