// What can be wrong with the shape of a definition file: its YAML, its keys, what stands behind them.

/** Sentences in both languages; {names} are filled from the problem's values. */
export const SHAPE_PROBLEMS = {
  fileMissing: ['the file payment.yaml is missing', '缺少文件 payment.yaml'],
  fileUnknown: [
    'a format has payment.yaml, return.yaml, return-<kind>.yaml and result-codes.yaml, and no other file',
    '格式文件夹只能有 payment.yaml、return.yaml、return-<kind>.yaml 和 result-codes.yaml',
  ],
  returnMissing: [
    'a further return needs return.yaml, the bank’s usual answer',
    '另一种回盘须以 return.yaml（银行通常的回盘）为前提',
  ],
  folderDiffers: [
    '"format" says {format}, the folder is {folder}',
    '“format”写的是 {format}，而文件夹是 {folder}',
  ],
  fileEmpty: ['nothing stands in the file', '文件是空的'],
  yamlInvalid: ['this is not YAML: {text}', '不是有效的 YAML：{text}'],
  yamlTab: ['a tab stands here: indent with spaces', '此处用了制表符：缩进须用空格'],
  yamlIndent: [
    'the indentation does not fit the lines above: what belongs together begins in the same column',
    '缩进与上文不一致：同一层的内容须从同一列开始',
  ],
  yamlOpen: [
    'a brace, bracket or quote is not closed, or a comma is missing',
    '大括号、方括号或引号没有闭合，或缺少逗号',
  ],
  aliasUnknown: ['*{name} needs an &{name} before it', '*{name} 之前须有 &{name}'],
  aliasTooMany: ['aliases (*name) are used too often', '别名（*name）用得过多'],
  keyTwice: ['the key stands twice in the same place', '同一处的键重复'],
  keyUnknown: ['the key "{key}" is unknown here', '此处没有键“{key}”'],
  keyMissing: ['the key "{key}" is missing', '缺少键“{key}”'],
  mappingExpected: ['this must be keys with values (key: value)', '此处应为键值映射（key: value）'],
  listExpected: ['"{key}" must be a list (- …)', '“{key}”应为列表（- …）'],
  textExpected: ['"{key}" must be one text', '“{key}”应为单个文本'],
  choiceWrong: ['"{key}" must be one of: {choices}', '“{key}”只能是：{choices}'],
  notEmptyExpected: ['"{key}" must not be empty', '“{key}”不能为空'],
  countExpected: [
    '"{key}" must be a whole number from 1, without separators',
    '“{key}”须为不小于 1 的整数，不带分隔符',
  ],
  yuanExpected: [
    '"{key}" must be yuan with two decimals, such as 1000.00',
    '“{key}”须为元，两位小数，如 1000.00',
  ],
  spanExpected: ['"{key}" must be positions such as 4-13', '“{key}”须为位置，如 4-13'],
  spanBackwards: ['"{key}" ends before it begins', '“{key}”的终点在起点之前'],
  codePatternExpected: [
    '"{key}" must hold codes, or the beginning of codes and a star, such as R*',
    '“{key}”须为代码，或代码的开头加星号，如 R*',
  ],
  decimalsExpected: ['"{key}" must be 0 to 5', '“{key}”须为 0 至 5'],
  daysExpected: ['"{key}" must be a number of days, such as -1', '“{key}”须为天数，如 -1'],
  padExpected: [
    '"{key}" must be one character of ASCII: every other one takes several bytes',
    '“{key}”须为一个 ASCII 字符：其他字符占多个字节',
  ],
  alphabetExpected: ['"{key}" must have at least two characters', '“{key}”至少须有两个字符'],
  bankExpected: ['"{key}" must be a bank code of three digits', '“{key}”须为三位银行代码'],
  sheetNameLong: ['"{key}" has at most 31 characters', '“{key}”最多 31 个字符'],
  bankTwice: ['the bank {bank} is there twice', '银行 {bank} 重复'],
} as const satisfies Record<string, readonly [en: string, zh: string]>;
