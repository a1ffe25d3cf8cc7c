import type { Messages } from '../messages.js';

export const findings: Messages['findings'] = {
  LINE_UNREADABLE: '该行无法读取',
  RESIDENT_ID_INVALID: '社会保障号码无效',
  NAME_MISSING: '缺少姓名',
  AMOUNT_INVALID: '金额无效',
  DUPLICATE_IN_ROSTER: '本花名册前面已有相同的社会保障号码',
  CARDHOLDER_UNKNOWN: '基础信息库中没有此社会保障号码',
  NAME_MISMATCH: '姓名与基础信息库不一致',
  CARDHOLDER_DECEASED: '本人在发放周期开始前已死亡',
  CARD_CANCELLED: '社会保障卡已注销',
  ACCOUNT_CLOSED: '银行账户已销户',
  ACCOUNT_MISMATCH: '账号与基础信息库不一致',
  PAYEE_NOT_ALLOWED: '该项目不允许他人代领',
  REGION_NOT_COVERED: '该项目不在此地区发放',
  AGE_NOT_ELIGIBLE: '年龄不符合该项目的条件',
  AMOUNT_NOT_STANDARD: '金额与该项目的标准不符',
  ALREADY_PAID: '本人已在同一项目、同一周期的另一批次中',
  EXCLUDED_BY_PROGRAMME: '本人同期已享受与本项目互斥的项目',
  CARD_LOST: '社会保障卡已挂失',
  CARD_NOT_ACTIVATED: '社会保障卡未激活',
  ACCOUNT_FROZEN: '银行账户已冻结',
  ACCOUNT_DORMANT: '银行账户未激活',
  ON_HOLD_LIST: '本人在暂缓发放名单中',
  NAME_UNENCODABLE: '开户银行的报盘格式写不出该姓名',
  ACCOUNT_SHARED: '另有持卡人使用同一账号',
  RESIDENT_ID_UNCHECKED: '其他类型的证件号码，没有校验码',
  REGION_INVALID: '行政区划不是 6 位代码',
  CARD_STATE_INVALID: '卡状态不是规定的取值',
  BANK_UNKNOWN: '无法识别的银行',
  ACCOUNT_INVALID: '账号不是 6 至 32 位数字',
  ACCOUNT_STATE_INVALID: '账户状态不是规定的取值',
  ALIVE_INVALID: '生存状态不是规定的取值',
  DATE_INVALID: '日期无效',
  CARDHOLDER_CONFLICT: '该行与同一人的另一行矛盾',
};

export const severities: Messages['severities'] = { R: '拒绝', H: '暂缓', W: '提示' };

export const states: Messages['states'] = {
  checked: '已核对',
  submitted: '已送审',
  approved: '已审批',
  released: '已发放',
  sent: '已发送',
  reconciled: '已对账',
  closed: '已结案',
  cancelled: '已作废',
};

export const exceptions: Messages['exceptions'] = {
  PAYMENT_UNKNOWN: '该行不对应报盘文件中的任何支付',
  PAYMENT_OF_OTHER_FILE: '该行对应另一报盘文件的支付',
  PAYMENT_AMBIGUOUS: '有两笔支付账号和金额相同，须人工判断',
  AMOUNT_DISAGREES: '银行回的金额与指令金额不同',
  CODE_UNKNOWN: '银行结果代码未知，支付待查',
  OUTCOME_REPEATED: '该行重复了同一结果',
  OUTCOME_DISAGREES: '同一支付的两个结果互相矛盾，请询问银行',
  PAID_THEN_RETURNED: '先回盘成功，现又退票，按失败处理',
  FAILED_THEN_PAID: '先回盘失败，现又成功，可能已重新发放，须人工核实',
};
