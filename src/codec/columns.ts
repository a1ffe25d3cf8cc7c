// The columns of the files that come in, with the names they go by (contract, section 3). A cell is compared after
// folding (header.ts), so 金额（元）, "金额 (元)" and 金额 are one name, and so are Resident_ID and "resident id".

import type { ColumnSpec } from './header.js';

const RESIDENT_ID_SYNONYMS = ['社会保障号码', '身份证号', '身份证号码', '公民身份号码', '证件号码'];
const NAME_SYNONYMS = ['姓名', '持卡人姓名'];
const ACCOUNT_SYNONYMS = ['银行账号', '社保卡银行账号', '账号'];

export const CARDHOLDER_COLUMNS = [
  { name: 'resident_id', required: true, synonyms: RESIDENT_ID_SYNONYMS },
  { name: 'name', required: true, synonyms: NAME_SYNONYMS },
  { name: 'region', required: true, synonyms: ['发卡地区', '行政区划', '行政区划代码'] },
  { name: 'card_number', required: false, synonyms: ['社会保障卡卡号', '社保卡号', '卡号'] },
  { name: 'card_state', required: true, synonyms: ['卡状态'] },
  { name: 'bank', required: true, synonyms: ['开户银行', '银行代码', '开户行'] },
  { name: 'account', required: true, synonyms: ACCOUNT_SYNONYMS },
  { name: 'account_state', required: false, synonyms: ['账户状态'] },
  { name: 'alive', required: false, synonyms: ['生存状态'] },
  { name: 'died_on', required: false, synonyms: ['死亡日期'] },
  { name: 'updated_on', required: false, synonyms: ['更新日期'] },
] as const satisfies readonly ColumnSpec[];

export const ROSTER_COLUMNS = [
  { name: 'line', required: false, synonyms: ['序号', '编号'] },
  { name: 'resident_id', required: true, synonyms: RESIDENT_ID_SYNONYMS },
  { name: 'name', required: true, synonyms: NAME_SYNONYMS },
  { name: 'account', required: false, synonyms: ACCOUNT_SYNONYMS },
  { name: 'amount', required: true, synonyms: ['金额', '发放金额', '补贴金额'] },
  { name: 'quantity', required: false, synonyms: ['数量', '面积', '月数'] },
  { name: 'payee_id', required: false, synonyms: ['代领人身份证号', '监护人身份证号'] },
  { name: 'remark', required: false, synonyms: ['备注'] },
] as const satisfies readonly ColumnSpec[];

export type CardholderColumn = (typeof CARDHOLDER_COLUMNS)[number]['name'];
export type RosterColumn = (typeof ROSTER_COLUMNS)[number]['name'];
