// Bank account and card numbers as rosters and the base carry them. No Luhn check: passbook and settlement accounts do
// not follow it, and the base's own number decides who is paid.

import { foldWidth, trimInvisible } from './invisible.js';

export const ACCOUNT_DIGITS_MIN = 6;
export const ACCOUNT_DIGITS_MAX = 32;

export type AccountProblem = 'empty' | 'spreadsheetExponent' | 'characters' | 'length';

/** Groups of four as printed on cards, `6214 8311 5013 1511`. Other groupings may be two numbers in one cell. */
const PRINTED_GROUPS = /^\d{4}([ -])(?:\d{4}\1)*\d{1,4}$/;

/** The digits, leading zeros kept, or why the text is no account. */
export function inspectAccount(text: string): { account: string } | { problem: AccountProblem } {
  const trimmed = foldWidth(trimInvisible(text));
  const account = PRINTED_GROUPS.test(trimmed) ? trimmed.replace(/[ -]/g, '') : trimmed;
  if (account === '') return { problem: 'empty' };
  if (/^\d(\.\d*)?[eE]\+?\d{1,2}$/.test(account)) return { problem: 'spreadsheetExponent' };
  if (!/^\d+$/.test(account)) return { problem: 'characters' };
  const fits = account.length >= ACCOUNT_DIGITS_MIN && account.length <= ACCOUNT_DIGITS_MAX;
  return fits ? { account } : { problem: 'length' };
}

/** 6 to 32 digits, or undefined. */
export function parseAccount(text: string): string | undefined {
  const inspected = inspectAccount(text);
  return 'account' in inspected ? inspected.account : undefined;
}

/** For comparing accounts that a bank may have padded with zeros. One zero stays of nothing but zeros. */
export function withoutLeadingZeros(account: string): string {
  return account.charCodeAt(0) === 0x30 ? account.replace(/^0+(?=.)/, '') : account;
}
