// The steps that operations report progress of, as people read them. A step that is not here is shown by its name.

import type { Language, Text } from '../message/language.js';

const STEPS: Readonly<Record<string, Text>> = {
  cardholders: { en: 'reading cardholders', zh: '读取持卡人' },
  directory: { en: 'loading the directory', zh: '装载索引' },
  roster: { en: 'checking lines', zh: '核对花名册' },
  release: { en: 'writing payment files', zh: '写出报盘文件' },
  returns: { en: 'reading return files', zh: '读取回盘文件' },
  verify: { en: 'proving every fen', zh: '逐分核实' },
  sample: { en: 'writing samples', zh: '生成样例' },
};

export function stepText(step: string, language: Language): string {
  return Object.hasOwn(STEPS, step) ? (STEPS[step] as Text)[language] : step;
}
