// A row of a cardholder file: what it must hold, and what it is refused for.

import { describe, expect, it } from 'vitest';
import { BASE_FINDING_CODES } from '../../src/base/finding.js';
import { fingerprintOf } from '../../src/cardholder/cardholder-record.js';
import { type CardholderFields, checkRow } from '../../src/cardholder/check-row.js';
import { residentId } from '../support/small-base.js';

const GOOD: CardholderFields = {
  residentId: residentId('19400101', 1),
  name: ' 王小明 ',
  region: '460105',
  cardNumber: 'A12345678',
  cardState: '正常',
  bank: '104',
  account: '6217000000000000001',
  accountState: '',
  alive: '',
  diedOn: '',
  updatedOn: '20260930',
};

const TABLE: [what: string, change: Partial<CardholderFields>, code: string][] = [
  ['a wrong check character', { residentId: '460105194001010010' }, 'RESIDENT_ID_INVALID'],
  ['no name', { name: '　' }, 'NAME_MISSING'],
  ['a region of five digits', { region: '46010' }, 'REGION_INVALID'],
  ['no region', { region: '' }, 'REGION_INVALID'],
  ['a card state that nobody knows', { cardState: '未知' }, 'CARD_STATE_INVALID'],
  ['no card state', { cardState: '' }, 'CARD_STATE_INVALID'],
  ['a bank that nobody knows', { bank: '某某银行' }, 'BANK_UNKNOWN'],
  ['an account of five digits', { account: '12345' }, 'ACCOUNT_INVALID'],
  ['an account that a spreadsheet damaged', { account: '6.217E+18' }, 'ACCOUNT_INVALID'],
  ['an account state that nobody knows', { accountState: '?' }, 'ACCOUNT_STATE_INVALID'],
  ['a state of life that nobody knows', { alive: '不详' }, 'ALIVE_INVALID'],
  ['a day of death that does not exist', { diedOn: '2026-02-30' }, 'DATE_INVALID'],
  ['a day of update that is no date', { updatedOn: '昨天' }, 'DATE_INVALID'],
];

function record(change: Partial<CardholderFields> = {}) {
  const checked = checkRow({ ...GOOD, ...change });
  if (checked.kind !== 'record') throw new Error(checked.code);
  return checked.record;
}

describe('a cardholder row', () => {
  for (const [what, change, code] of TABLE) {
    it(`with ${what} is refused with ${code}`, () => {
      expect(checkRow({ ...GOOD, ...change })).toMatchObject({ kind: 'rejected', code });
    });
  }

  it('is taken in its canonical form', () => {
    expect(record()).toMatchObject({
      name: '王小明',
      bank: 104,
      cardState: 'active',
      accountState: 'normal',
      deceased: false,
    });
    expect(record({ bank: '中国银行', cardState: 'ACTIVE', alive: '生存' })).toEqual(record());
    expect(record({ bank: '104100000004' })).toEqual(record());
  });

  it('with a day of death is of a dead person, whatever the state of life says', () => {
    expect(record({ diedOn: '2026-01-31', alive: '正常' })).toMatchObject({ deceased: true, diedOn: 20_484 });
  });

  it('has a fingerprint over everything but its day of update', () => {
    const print = fingerprintOf(record());
    expect(fingerprintOf(record({ updatedOn: '' }))).toEqual(print);
    const changes: Partial<CardholderFields>[] = [
      ...[
        { name: '王小朋' },
        { region: '460106' },
        { cardNumber: '' },
        { cardState: '挂失' },
        { bank: '102' },
      ],
      ...[
        { account: '6217000000000000002' },
        { accountState: '冻结' },
        { alive: '死亡' },
        { diedOn: '20260131' },
      ],
    ];
    const prints = changes.map((change) => JSON.stringify(fingerprintOf(record(change))));
    expect(new Set([...prints, JSON.stringify(print)]).size).toBe(changes.length + 1);
  });

  it('can be refused for every reason that is not about other rows', () => {
    const shown = TABLE.map(([, , code]) => code);
    expect(BASE_FINDING_CODES.filter((code) => !shown.includes(code))).toEqual([
      'LINE_UNREADABLE',
      'CARDHOLDER_CONFLICT',
    ]);
  });
});
