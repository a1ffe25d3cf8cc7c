// The careful path of a cardholder file: the fields of one row to a record, or what is wrong with the row. Values are
// those of the contract (section 3); what is not in the tables is refused, never guessed (fail closed).

import type { BaseFindingCode } from '../base/finding.js';
import type { AccountState, CardState } from '../directory/layout.js';
import { parseAccount } from '../identity/account-number.js';
import { parseBankCode } from '../identity/bank-code.js';
import { dayNumber, parseCalendarDate } from '../identity/calendar-date.js';
import { foldName } from '../identity/person-name.js';
import { parseRegionCode } from '../identity/region-code.js';
import { inspectResidentId, personOfInspected } from '../identity/resident-id.js';
import type { CardholderRecord } from './cardholder-record.js';

/** The fields of a row as text; empty when the file has no such column. */
export interface CardholderFields {
  residentId: string;
  name: string;
  region: string;
  cardNumber: string;
  cardState: string;
  bank: string;
  account: string;
  accountState: string;
  alive: string;
  diedOn: string;
  updatedOn: string;
}

export type CheckedRow =
  | { kind: 'record'; person: bigint | undefined; identifier: string; record: CardholderRecord }
  /** `person`: of a row whose ID is valid; the base keeps what it has of that person. */
  | {
      kind: 'rejected';
      code: BaseFindingCode;
      detail: string | undefined;
      identifier: string | undefined;
      person: bigint | undefined;
    };

export const CARD_STATE_WORDS: Readonly<Record<string, CardState>> = {
  active: 'active',
  正常: 'active',
  lost: 'lost',
  挂失: 'lost',
  cancelled: 'cancelled',
  注销: 'cancelled',
  replaced: 'replaced',
  补换: 'replaced',
  not_activated: 'not_activated',
  未激活: 'not_activated',
};

export const ACCOUNT_STATE_WORDS: Readonly<Record<string, AccountState>> = {
  '': 'normal',
  normal: 'normal',
  正常: 'normal',
  dormant: 'dormant',
  未激活: 'dormant',
  frozen: 'frozen',
  冻结: 'frozen',
  closed: 'closed',
  销户: 'closed',
};

/** Whether the person is dead. */
export const ALIVE_WORDS: Readonly<Record<string, boolean>> = {
  '': false,
  alive: false,
  正常: false,
  生存: false,
  deceased: true,
  死亡: true,
};

const CARD_NUMBER_LENGTH_MAX = 32;

export function checkRow(fields: CardholderFields): CheckedRow {
  const inspected = inspectResidentId(fields.residentId);
  const person = inspected.kind === 'resident' ? personOfInspected(inspected) : undefined;
  const identifier = inspected.kind === 'invalid' ? undefined : inspected.canonical;
  const reject = (code: BaseFindingCode, detail?: string): CheckedRow => ({
    kind: 'rejected',
    code,
    detail,
    identifier,
    person,
  });
  if (inspected.kind === 'invalid') return reject('RESIDENT_ID_INVALID', inspected.reason);
  const name = fields.name.trim();
  if (foldName(name) === '') return reject('NAME_MISSING');
  const region = parseRegionCode(fields.region);
  if (region === undefined) return reject('REGION_INVALID');
  const cardState = CARD_STATE_WORDS[fields.cardState.trim().toLowerCase()];
  if (cardState === undefined) return reject('CARD_STATE_INVALID');
  const bank = parseBankCode(fields.bank);
  if (bank === undefined) return reject('BANK_UNKNOWN');
  const account = parseAccount(fields.account);
  if (account === undefined) return reject('ACCOUNT_INVALID');
  const accountState = ACCOUNT_STATE_WORDS[fields.accountState.trim().toLowerCase()];
  if (accountState === undefined) return reject('ACCOUNT_STATE_INVALID');
  const dead = ALIVE_WORDS[fields.alive.trim().toLowerCase()];
  if (dead === undefined) return reject('ALIVE_INVALID');
  const diedOn = parseDay(fields.diedOn);
  const updatedOn = parseDay(fields.updatedOn);
  if (diedOn === null) return reject('DATE_INVALID', 'died_on');
  if (updatedOn === null) return reject('DATE_INVALID', 'updated_on');
  const cardNumber = fields.cardNumber.trim().slice(0, CARD_NUMBER_LENGTH_MAX);
  return {
    kind: 'record',
    person,
    identifier: inspected.canonical,
    record: {
      name,
      region,
      cardNumber: cardNumber === '' ? undefined : cardNumber,
      cardState,
      bank,
      account,
      accountState,
      // A day of death outweighs the word "alive": money must not go to the dead because one column was forgotten.
      deceased: dead || diedOn !== undefined,
      diedOn,
      updatedOn,
    },
  };
}

/** Undefined when the field is empty, null when it is not a date. */
function parseDay(text: string): number | undefined | null {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const date = parseCalendarDate(trimmed);
  return date === undefined ? null : dayNumber(date);
}
