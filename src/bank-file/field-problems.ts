// What can be wrong with one field: what it holds, where it stands, and keys that mean nothing there.

/** Sentences in both languages; {names} are filled from the problem's values. */
export const FIELD_PROBLEMS = {
  widthMissing: ['the field "{field}" needs a width', '字段“{field}”须给出宽度'],
  contentsMany: [
    'the field "{field}" has more than one of value, constant, template, checkDigit, digest',
    '字段“{field}”只能有 value、constant、template、checkDigit、digest 之一',
  ],
  valueUnknown: ['"{value}" is not a value', '没有名为“{value}”的取值'],
  templateOpen: ['a brace in "{text}" is not closed', '“{text}”中的大括号没有闭合'],
  templateWidth: ['"{width}" after "{value}" is not a width', '“{value}”后的“{width}”不是宽度'],
  typeUnfit: [
    'the field "{field}" holds {natural}, which cannot be {type}',
    '字段“{field}”的内容是 {natural}，不能当作 {type}',
  ],
  amountDecimals: ['the amount "{field}" needs at least two decimals', '金额“{field}”至少须有两位小数'],
  amountFen: [
    'the amount "{field}" in fen has no point and no decimals of its own',
    '以分为单位的金额“{field}”没有小数点，也不能另定小数位数',
  ],
  patternUnknown: [
    '"{letter}" in the pattern "{pattern}" is unknown: there are yyyy yy MM dd DDD HH mm ss XXX, and letters of your own in \'…\'',
    '日期模式“{pattern}”中的“{letter}”无法识别：可用 yyyy yy MM dd DDD HH mm ss XXX，其他字母写在单引号中',
  ],
  pathInvalid: ['"{path}" is not an element path', '“{path}”不是路径'],
  pathMissing: ['the field "{field}" needs a path', '字段“{field}”须给出路径（path）'],
  keyElsewhere: ['"{key}" is for {where}, and does nothing here', '“{key}”只用于{whereZh}，在此处不起作用'],
  positionUndefined: [
    'position {from} before "{field}" is not defined',
    '“{field}”之前的第 {from} 位没有定义',
  ],
  positionsUndefined: [
    'positions {from} to {to} before "{field}" are not defined',
    '“{field}”之前的第 {from} 至 {to} 位没有定义',
  ],
  fieldOrder: [
    '"{field}" begins at {from} and stands after "{before}": put the fields in the order of their positions',
    '“{field}”从第 {from} 位开始，却写在“{before}”之后：请按位置的先后排列字段',
  ],
  positionTaken: [
    '"{field}" begins at {from}, but position {taken} is taken',
    '“{field}”从第 {from} 位开始，而第 {taken} 位已被前面的字段占用',
  ],
  roomTooSmall: [
    '"{field}" needs {needed} {unit} and has {has}',
    '“{field}”需要 {needed} {unitZh}，只有 {has}',
  ],
  lengthBackwards: [
    '"{field}" cannot be at least {min} and at most {max} long',
    '“{field}”的长度不能既至少 {min} 又至多 {max}',
  ],
  fieldTwice: ['the record "{record}" has two fields "{field}"', '记录“{record}”有两个字段“{field}”'],
  returnOnly: ['"{value}" stands in return files only', '“{value}”只能用于回盘文件'],
  rowValueOutside: [
    '"{value}" belongs to a row and cannot stand in {section}',
    '“{value}”属于单笔明细，不能放在 {section} 中',
  ],
  batchValueOutside: [
    '"{value}" belongs to a batch and cannot stand in {section}',
    '“{value}”属于批次，不能放在 {section} 中',
  ],
  endValueOutside: [
    '"{value}" is known at the end only and cannot stand in {section}',
    '“{value}”到文件末尾才能得知，不能放在 {section} 中',
  ],
  constantUnencodable: [
    'the constant "{text}" cannot be written in {encoding}',
    '常量“{text}”无法用 {encoding} 写出',
  ],
  constantSeparator: ['the constant "{text}" holds the separator', '常量“{text}”中含有分隔符'],
  notBefore: [
    '"{of}" is not a field before "{field}" in its record',
    '同一记录中“{field}”之前没有字段“{of}”',
  ],
  classInvalid: [
    '"{allow}" is not the inside of a character class, such as A-Z0-9 .-',
    '“{allow}”不是字符类的内容，如 A-Z0-9 .-',
  ],
  transliterateOne: [
    '"{from}" is not one character: each character is replaced by itself',
    '“{from}”不是单个字符：转写是逐个字符进行的',
  ],
  transliterateUnencodable: [
    '"{to}", which stands in for "{from}", cannot be written in {encoding}',
    '用来代替“{from}”的“{to}”无法用 {encoding} 写出',
  ],
  parameterUndeclared: [
    'the parameter "{key}" is not declared under "parameters"',
    '参数“{key}”没有在 parameters 下声明',
  ],
  parameterUnused: ['the parameter "{key}" is not used', '参数“{key}”没有用到'],
  exampleUnfit: [
    'the example "{example}" of the parameter "{key}" does not fit',
    '参数“{key}”的示例“{example}”放不下',
  ],
  severalElsewhere: [
    '"several" is for the codes of a row, or the status of a batch or file',
    '“several”只用于单笔的代码，或批次、文件的状态',
  ],
  insteadElsewhere: ['"instead" is for text of a row', '“instead”只用于单笔明细的文本'],
  insteadValue: ['"{value}" cannot stand in "instead"', '“instead”中不能用“{value}”'],
  alphabetElsewhere: [
    '"alphabet" is for numbers of the file or the batch that have a width',
    '“alphabet”只用于文件或批次的、有宽度的编号',
  ],
  alphabetTwice: ['a character stands twice in the alphabet', 'alphabet 中有字符重复'],
  mapUnknown: [
    'the map has "{from}", which "{value}" never is; it is one of: {choices}',
    'map 中的“{from}”不是“{value}”的取值；可能的取值：{choices}',
  ],
  runsTogether: [
    'the values of "{field}" run into each other: give them widths',
    '“{field}”中的各值连在一起，无法分开：请给出宽度',
  ],
} as const satisfies Record<string, readonly [en: string, zh: string]>;
