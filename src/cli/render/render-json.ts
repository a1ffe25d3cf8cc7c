// An answer as one JSON document (contract, sections 1 and 5): money as yuan text with two decimals, times in UTC.

import { maskNumber } from '../../base/mask.js';
import { formatYuan } from '../../money/fen.js';

const PERSONAL_KEYS = new Set(['residentId', 'identifier', 'payeeId', 'cardNumber', 'account']);

/** Every bigint of an answer is money in fen. Ends with a line break; indented for people. */
export function renderJson(answer: unknown, indented: boolean): string {
  return `${JSON.stringify(answer, replace, indented ? 2 : undefined)}\n`;
}

function replace(key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return formatYuan(value);
  if (value instanceof Map) return Object.fromEntries(value);
  if (typeof value === 'string' && PERSONAL_KEYS.has(key) && !value.includes('*')) return maskNumber(value);
  return value;
}
