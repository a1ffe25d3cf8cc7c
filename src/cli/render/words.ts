// Closed words of answers in Chinese; in English they stand as they are.

const STATE_WORDS: Readonly<Record<string, string>> = {
  written: '已写出',
  sent: '已发送',
  answered: '已回盘',
};

const CHINESE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  state: STATE_WORDS,
  kind: { roster: '花名册', supplementary: '补发', reissue: '重新发放', snapshot: '全量', delta: '变更' },
  decision: { approved: '同意', rejected: '退回' },
  cardState: { active: '正常', lost: '挂失', cancelled: '注销', replaced: '补换', not_activated: '未激活' },
  accountState: { normal: '正常', dormant: '未激活', frozen: '冻结', closed: '销户' },
  alive: { alive: '生存', deceased: '死亡' },
  inOutbox: { whole: '完好', changed: '已改动', missing: '不在' },
  outcome: { paid: '支付成功', failed: '支付失败', pending: '未定' },
  means: { paid: '全部成功', partial: '以明细为准', pending: '未定', refused: '整批拒绝' },
  lists: { all: '全部', failed: '仅失败', notPaid: '未支付的', failedOrCorrected: '失败和更正的' },
  unlisted: { paid: '视为支付成功', outstanding: '视为未回盘' },
  status: { verified: '已核对', sample: '样例' },
  matchBy: { reference: '支付编号', sequence: '序号', accountAmount: '账号加金额' },
  as: { yuan: '元', fen: '分' },
  unit: { bytes: '字节', characters: '字符' },
  section: {
    fileHeader: '文件头',
    batchHeader: '批次头',
    detail: '明细',
    batchTrailer: '批次尾',
    fileTrailer: '文件尾',
    filler: '补位',
  },
  frequency: { monthly: '按月', quarterly: '按季', yearly: '按年', once: '一次性' },
};

/** Undefined when the word under this key has no Chinese. */
export function chineseWord(key: string, word: string): string | undefined {
  const words = Object.hasOwn(CHINESE, key) ? CHINESE[key] : undefined;
  return words !== undefined && Object.hasOwn(words, word) ? words[word] : undefined;
}
