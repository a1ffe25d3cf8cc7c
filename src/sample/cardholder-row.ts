// Rows of a synthetic cardholder file (contract, section 3), with Chinese or English headers and words.

import { type AccountWriter, SAMPLE_BANKS } from './bank.js';
import type { ByteSink } from './byte-sink.js';
import { dateDigits } from './calendar.js';
import { encodeText, type NameWriter, type SampleEncoding } from './name-writer.js';
import type { Person } from './person.js';

export type HeaderLanguage = 'zh' | 'en';

export interface CardholderRowWriter {
  header(sink: ByteSink): void;
  /** `updatedOn`: day number, where it is not to be drawn. */
  row(sink: ByteSink, person: Person, updatedOn?: number): void;
}

const HEADERS: Readonly<Record<HeaderLanguage, string>> = {
  zh: '社会保障号码,姓名,发卡地区,社会保障卡卡号,卡状态,开户银行,银行账号,账户状态,生存状态,死亡日期,更新日期',
  en: 'resident_id,name,region,card_number,card_state,bank,account,account_state,alive,died_on,updated_on',
};

/** Words of states; the English ones are the codes themselves. */
const CHINESE: Readonly<Record<string, string>> = {
  active: '正常',
  lost: '挂失',
  cancelled: '注销',
  replaced: '补换',
  not_activated: '未激活',
  normal: '正常',
  dormant: '未激活',
  frozen: '冻结',
  closed: '销户',
  alive: '正常',
  deceased: '死亡',
};

/** Head-office clearing codes (domain facts, A5.2) and names, which some sources give in place of the three digits. */
const BANK_TEXTS: Readonly<Record<string, readonly string[]>> = {
  '102': ['102100099996', '工商银行'],
  '103': ['103100000026', '中国农业银行'],
  '104': ['104100000004', '中国银行'],
  '105': ['105100000017', '建设银行'],
  '301': ['301290000007', '交通银行'],
  '308': ['308584000013', '招商银行'],
  '314': ['314641000014', '海口农商银行'],
  '402': ['402641000014', '海南农信'],
  '403': ['403100000004', '中国邮政储蓄银行'],
};

const COMMA = 0x2c;
const LF = 0x0a;
/** Rows were last updated in the four years before the period. */
const UPDATED_WITHIN_DAYS = 1460;

export interface CardholderRowOptions {
  encoding: SampleEncoding;
  headers: HeaderLanguage;
  /** Day number that no row is newer than. */
  updatedBefore: number;
}

export function cardholderRowWriter(
  options: CardholderRowOptions,
  names: NameWriter,
  accounts: AccountWriter,
): CardholderRowWriter {
  const { encoding, headers, updatedBefore } = options;
  const isChinese = headers === 'zh';
  const encode = (text: string) => encodeText(text, encoding);
  const words = new Map(
    Object.keys(CHINESE).map((word) => [word, encode(isChinese ? CHINESE[word]! : word)]),
  );
  const banks = SAMPLE_BANKS.map(({ code }) => [code, ...(isChinese ? BANK_TEXTS[code]! : [])].map(encode));
  const put = (sink: ByteSink, bytes: Uint8Array) => sink.piece(bytes, 0, bytes.length);

  function bankOf(person: Person): Uint8Array {
    const forms = banks[person.bank]!;
    const form = (person.chance >>> 5) & 7;
    return forms[form < forms.length ? form : 0]!;
  }

  return {
    header(sink) {
      put(sink, encode(`${HEADERS[headers]}\n`));
    },
    row(sink, person, updatedOn) {
      sink.piece(person.id, 0, person.idLength);
      sink.byte(COMMA);
      names.name(sink, person.nameHash, person.nameStyle, 'base');
      sink.byte(COMMA);
      sink.number(person.region, 6);
      sink.byte(COMMA);
      accounts.card(sink, person.number);
      sink.byte(COMMA);
      put(sink, words.get(person.card)!);
      sink.byte(COMMA);
      put(sink, bankOf(person));
      sink.byte(COMMA);
      accounts.account(sink, SAMPLE_BANKS[person.bank]!, person.accountOwner);
      sink.byte(COMMA);
      put(sink, words.get(person.account)!);
      sink.byte(COMMA);
      put(sink, words.get(person.diedOn === undefined ? 'alive' : 'deceased')!);
      sink.byte(COMMA);
      if (person.diedOn !== undefined) sink.date(dateDigits(person.diedOn));
      sink.byte(COMMA);
      const drawn = updatedBefore - 1 - ((person.chance >>> 8) % UPDATED_WITHIN_DAYS);
      sink.date(dateDigits(updatedOn ?? drawn));
      sink.byte(LF);
    },
  };
}
