import { describe, expect, it } from 'vitest';
import { describeDetail, describeFinding, describeState } from '../../src/message/describe-finding.js';

describe('describeDetail', () => {
  const rows: [code: string, detail: string, en: string, zh: string][] = [
    ['RESIDENT_ID_INVALID', 'length', 'it does not have 18 characters', '不是 18 位'],
    [
      'RESIDENT_ID_INVALID',
      'payee=birthDate',
      'of the payee: its birth date does not exist',
      '代领人：出生日期不存在',
    ],
    ['AMOUNT_INVALID', 'empty', 'it is empty', '为空'],
    ['AMOUNT_INVALID', 'aboveCeiling', "it is above the programme's ceiling", '高于项目的上限'],
    [
      'LINE_UNREADABLE',
      'fieldCount=4/5',
      'the number of fields is wrong: 4/5 (found/expected)',
      '字段数不对：4/5（实有/应有）',
    ],
    ['ALREADY_PAID', 'batch=3', 'batch 3', '批次 3'],
    ['EXCLUDED_BY_PROGRAMME', 'programme=YLFW,batch=7', 'programme YLFW, batch 7', '项目 YLFW、批次 7'],
    ['AMOUNT_NOT_STANDARD', 'amountDiffers=100.00', 'the standard is 100.00', '标准为 100.00'],
    ['CARDHOLDER_DECEASED', 'payee', 'of the payee', '代领人'],
    ['REGION_NOT_COVERED', 'region=460100', 'region 460100', '地区 460100'],
    ['CARDHOLDER_CONFLICT', 'olderThanBase', 'the base holds a newer record', '基础库中的记录较新'],
    ['DATE_INVALID', 'died_on', 'died_on', '死亡日期'],
    [
      'NAME_UNENCODABLE',
      'the bank cannot take the character U+20BB7',
      'the bank cannot take the character 𠮷 (U+20BB7)',
      '银行不接受字符 𠮷 (U+20BB7)',
    ],
    ['NAME_UNENCODABLE', 'it is longer than 20 bytes', 'it is longer than 20 bytes', '长度超过 20 bytes'],
  ];

  it.each(rows)('%s %s', (code, detail, en, zh) => {
    expect(describeDetail(code, detail, 'en')).toBe(en);
    expect(describeDetail(code, detail, 'zh')).toBe(zh);
  });

  it('shows a detail that it does not know as it is, and nothing for none', () => {
    expect(describeDetail('ALREADY_PAID', 'something=else', 'zh')).toBe('something=else');
    expect(describeDetail('ALREADY_PAID', 'constructor', 'zh')).toBe('constructor');
    expect(describeDetail('ALREADY_PAID', undefined, 'zh')).toBeUndefined();
    expect(describeDetail('ALREADY_PAID', null, 'zh')).toBeUndefined();
  });
});

describe('describeFinding and describeState', () => {
  it('know every code and pass on what they do not know', () => {
    expect(describeFinding('CARD_LOST', 'zh')).toBe('社会保障卡已挂失');
    expect(describeFinding('toString', 'en')).toBe('toString');
    expect(describeState('checked', 'zh')).toBe('已核对');
    expect(describeState('written', 'zh')).toBe('written');
  });
});
