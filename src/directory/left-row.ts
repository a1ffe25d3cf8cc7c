// Name and account of a row that the compiled loops leave, to what the directory keeps of them.

import { foldName } from '../identity/person-name.js';
import { accountWords, PLAIN_ACCOUNT_DIGITS } from './account-words.js';
import { IRREGULAR_NAME, LONG_ACCOUNT, UNUSUAL_NAME } from './layout.js';
import { hashText } from './name-hash.js';

/** Every unified hanzi up to U+9FA5 has a two-byte code in GBK (GB 18030, two-byte part: U+4E00 to U+9FA5). */
const USUAL_NAME = /^[\u4e00-\u9fa5]{2,10}$/;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Words and flags as layout.ts says. */
export interface LeftRow {
  nameLow: number;
  nameHigh: number;
  accountLow: number;
  accountHigh: number;
  flags: number;
}

export function readLeftRow(nameBytes: Uint8Array, accountBytes: Uint8Array): LeftRow {
  const name = decoder.decode(nameBytes);
  const folded = foldName(name);
  const print = hashText(folded);
  const account = accountWords(decoder.decode(accountBytes));
  let flags = USUAL_NAME.test(name) ? 0 : UNUSUAL_NAME;
  if (folded !== name) flags |= IRREGULAR_NAME;
  if (accountBytes.length > PLAIN_ACCOUNT_DIGITS) flags |= LONG_ACCOUNT;
  return {
    nameLow: print.low,
    nameHigh: print.high,
    accountLow: account.low,
    accountHigh: account.high,
    flags,
  };
}
