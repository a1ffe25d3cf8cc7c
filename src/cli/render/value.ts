// One value of an answer as a person reads it.

import type { Severity } from '../../base/finding.js';
import { maskNumber } from '../../base/mask.js';
import { BANKS } from '../../identity/bank-code.js';
import { describeSeverity, describeState } from '../../message/describe-finding.js';
import type { Language } from '../../message/language.js';
import { formatYuan } from '../../money/fen.js';
import type { Style } from './paint.js';
import type { Cell } from './table.js';
import { chineseWord } from './words.js';

/** A count of payments and their sum in fen. */
export interface Sum {
  readonly count: number;
  readonly amount: bigint;
}

/** Numbers that name something: 12,345 would be a strange batch. */
const NAMING_KEYS = new Set([
  'batch',
  'batches',
  'baseVersion',
  'bank',
  'catalogue',
  'column',
  'follows',
  'line',
  'number',
  'ordinal',
  'part',
  'parts',
  'region',
  'regions',
  'row',
  'seed',
  'version',
]);

/** Operations mask these already; nothing personal is shown even if one forgets. */
const PERSONAL_KEYS = new Set(['residentId', 'identifier', 'payeeId', 'cardNumber', 'account']);

/** Enough to compare two by eye; the JSON answer has it whole. */
const DIGEST_SHOWN = 16;

const STYLES: Readonly<Record<string, Style>> = { R: 'bad', H: 'warning', W: 'warning' };
const YES_NO: Readonly<Record<Language, readonly [yes: string, no: string]>> = {
  en: ['yes', 'no'],
  zh: ['是', '否'],
};

/** Exactly a sum; a payment file, say, has more keys beside. */
export function isSum(value: unknown): value is Sum {
  return hasSum(value) && Object.keys(value).length === 2;
}

export function hasSum(value: unknown): value is Sum {
  if (typeof value !== 'object' || value === null) return false;
  const { count, amount } = value as Partial<Sum>;
  return typeof count === 'number' && typeof amount === 'bigint';
}

export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

export function isNumeric(value: unknown, key: string): boolean {
  return typeof value === 'bigint' || (typeof value === 'number' && !NAMING_KEYS.has(key));
}

export function groupDigits(text: string): string {
  return text.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',');
}

/** The value under a key; lists and maps in one line. */
export function renderValue(value: unknown, key: string, language: Language): Cell {
  switch (typeof value) {
    case 'bigint':
      return { text: groupDigits(formatYuan(value)) };
    case 'number':
      return { text: numberText(value, key, language) };
    case 'boolean':
      return {
        text: YES_NO[language][value ? 0 : 1],
        style: key === 'ok' ? (value ? 'good' : 'bad') : 'plain',
      };
    case 'string':
      return stringCell(value, key, language);
    case 'undefined':
      return { text: '' };
    default:
      return { text: objectText(value, key, language) };
  }
}

function numberText(value: number, key: string, language: Language): string {
  if (key === 'bank') return bankText(String(value), language);
  if (key === 'seconds') return value.toFixed(1);
  return NAMING_KEYS.has(key) ? String(value) : groupDigits(String(value));
}

function stringCell(text: string, key: string, language: Language): Cell {
  if (PERSONAL_KEYS.has(key) && !text.includes('*')) return { text: maskNumber(text) };
  const word = language === 'zh' ? chineseWord(key, text) : undefined;
  if (key === 'state') return { text: word ?? describeState(text, language), style: 'strong' };
  if (word !== undefined) return { text: word };
  if (key === 'digest') return { text: text.slice(0, DIGEST_SHOWN) };
  if (key === 'bank') return { text: bankText(text, language) };
  if (key === 'severity' && text in STYLES) {
    return { text: describeSeverity(text as Severity, language), style: STYLES[text] ?? 'plain' };
  }
  return { text };
}

function objectText(value: unknown, key: string, language: Language): string {
  if (value === null) return '';
  if (value instanceof Date) return localTime(value);
  if (isSum(value)) return `${groupDigits(String(value.count))} / ${groupDigits(formatYuan(value.amount))}`;
  if (Array.isArray(value)) return value.map((item) => renderValue(item, key, language).text).join(', ');
  return Object.entries(value as object)
    .map(([name, item]) => `${name} ${renderValue(item, '', language).text}`)
    .join(', ');
}

/** Bank code and name, where the name is known. */
export function bankText(code: string, language: Language): string {
  const bank = BANKS.find((known) => String(known.code) === code);
  return bank === undefined ? code : `${code} ${language === 'zh' ? bank.name : bank.english}`;
}

/** The time of the machine, to the second; the JSON answer has it in UTC. */
function localTime(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
