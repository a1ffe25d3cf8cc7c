// What can be wrong with a catalogue file, as codes with a place; the sentences are made from the table below.

/** Sentences in both languages; {names} are filled from the problem's values. */
export const CATALOGUE_PROBLEMS = {
  yamlInvalid: ['this is not YAML: {text}', '不是有效的 YAML：{text}'],
  valueEmpty: ['nothing stands here', '此处没有内容'],
  unknownKey: ['the key "{key}" is not known here', '未知的键“{key}”'],
  keyMissing: ['the key "{key}" is missing', '缺少键“{key}”'],
  textExpected: ['this must be text: write "{shown}" in quotes', '此处必须是文本：请加引号写成 "{shown}"'],
  plainTextExpected: ['this must be one text', '此处应为单个文本'],
  mappingExpected: ['this must be a mapping (key: value)', '此处应为键值映射（key: value）'],
  listExpected: ['this must be a list (- …)', '此处应为列表（- …）'],
  listEmpty: ['the list is empty', '列表为空'],
  choiceWrong: ['"{value}" is none of: {choices}', '“{value}”不在允许的取值之内：{choices}'],
  textInvalid: [
    'a text of 1 to 100 characters is needed, without line breaks or spaces at its ends',
    '须为 1 至 100 个字符的文本，不含换行，首尾无空格',
  ],
  codeInvalid: [
    'a programme code has 1 to 32 letters, digits, hyphens and underscores',
    '项目代码须为 1 至 32 个字母、数字、连字符或下划线',
  ],
  regionInvalid: ['a region is a 6-digit code, "460100"', '行政区划须为 6 位代码，如 "460100"'],
  dateInvalid: ['this is no date of the form 2026-01-01', '日期无效，格式应为 2026-01-01'],
  amountInvalid: [
    'an amount is yuan greater than zero with at most two decimals, "100.00"',
    '金额须为大于零的元，最多两位小数，如 "100.00"',
  ],
  rateInvalid: [
    'a rate is yuan for one unit, a plain decimal greater than zero of at most 20 characters, "12.345"',
    '单位标准须为大于零的普通小数，最长 20 个字符，如 "12.345"',
  ],
  shareInvalid: [
    'a share is a plain decimal greater than 0 and at most 1, of at most 20 characters, "0.6", or rest',
    '分担比例须为大于 0、不大于 1 的普通小数，最长 20 个字符，如 "0.6"，或 rest',
  ],
  ageInvalid: ['an age is a whole number from 0 to 150', '年龄须为 0 至 150 的整数'],
  ageOrder: ['from {from} is above to {to}', '起始年龄 {from} 大于截止年龄 {to}'],
  bandsOverlap: [
    'this band begins at {from}, but the one before it goes up to {to}',
    '本档起于 {from} 岁，而上一档止于 {to} 岁，档次重叠',
  ],
  bandOpenNotLast: ['only the last band may be without "to"', '只有最后一档可以不写 to'],
  policyOpen: [
    'an open programme has no standard: its policy can only be asRostered',
    'open 类项目没有标准，policy 只能是 asRostered',
  ],
  amountAboveCeiling: [
    '{amount} is above the ceiling of {ceiling} and could never be paid',
    '{amount} 高于上限 {ceiling}，永远无法发放',
  ],
  sharesSum: ['the shares add up to {sum}, not to 1', '分担比例之和为 {sum}，应为 1'],
  restRepeated: ['only one source can take the rest', '只能有一个资金来源为 rest'],
  restEmpty: [
    'the other shares add up to {sum}: nothing is left for the rest',
    '其他分担比例之和为 {sum}，rest 没有余额',
  ],
  sourceRepeated: ['the source "{source}" stands twice', '资金来源“{source}”重复'],
  regionRepeated: ['the region {region} stands twice', '行政区划 {region} 重复'],
  fundingRegionOutside: ['the programme does not cover region {region}', '项目不覆盖行政区划 {region}'],
  excludesItself: ['a programme cannot exclude itself', '项目不能排斥自身'],
  excludesRepeated: ['"{code}" stands twice', '“{code}”重复'],
  codeRepeated: [
    'the programme {code} stands already in {file}, line {line}',
    '项目 {code} 已在 {file} 第 {line} 行出现',
  ],
  headMissing: ['no file of the catalogue says "{key}"', '目录的所有文件都没有写“{key}”'],
  headDiffers: ['{file} says {value}', '与 {file} 不一致，该文件写的是 {value}'],
  programmesMissing: ['the catalogue has no programmes', '目录中没有项目'],
} as const satisfies Record<string, readonly [en: string, zh: string]>;

export type CatalogueProblemCode = keyof typeof CATALOGUE_PROBLEMS;

export interface CatalogueProblem {
  readonly file: string;
  /** Both 1-based. */
  readonly line: number;
  readonly column: number;
  readonly code: CatalogueProblemCode;
  readonly values: Readonly<Record<string, string>>;
}

/** One sentence without its place. */
export function describeCatalogueProblem(problem: CatalogueProblem, language: 'en' | 'zh'): string {
  const template = CATALOGUE_PROBLEMS[problem.code][language === 'en' ? 0 : 1];
  return template.replace(/\{(\w+)\}/g, (_whole, name: string) => problem.values[name] ?? '');
}
