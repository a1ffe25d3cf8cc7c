// What each exit code means (contract, section 1).

import type { Text } from '../message/language.js';

export const EXIT_CODE_TEXT: Readonly<Record<number, Text>> = {
  0: { en: 'done', zh: '完成' },
  1: { en: 'done, but there are findings or exceptions to look at', zh: '完成，但有问题或异常需要查看' },
  2: { en: 'wrong usage or configuration', zh: '用法或配置错误' },
  3: {
    en: 'refused: state, approval, confirmation, or totals that do not agree',
    zh: '被拒绝：状态、审批、确认或总数不符',
  },
  4: { en: 'the input cannot be used', zh: '输入无法使用' },
  5: { en: 'something outside is unavailable; try again', zh: '外部不可用，请重试' },
  70: { en: 'a fault of yika itself', zh: '系统自身出错' },
  130: { en: 'interrupted', zh: '已中断' },
  143: { en: 'ended from outside', zh: '被外部终止' },
};

/** Those that every command can give. */
export const COMMON_EXITS: readonly number[] = [0, 2, 70, 130, 143];
