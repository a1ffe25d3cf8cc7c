// What can be wrong with records, with a file as a whole, and with the bank's codes.

/** Sentences in both languages; {names} are filled from the problem's values. */
export const RECORD_PROBLEMS = {
  sectionMissing: ['the layout {layout} needs the key "{layout}"', '版式 {layout} 须有键“{layout}”'],
  sectionElsewhere: [
    '"{key}" is for the layout {key}, and this one is {layout}',
    '“{key}”只用于版式 {key}，而此处的版式是 {layout}',
  ],
  lengthMissing: ['the record "{record}" needs a length', '记录“{record}”须给出长度'],
  lengthDiffers: [
    'the fields of "{record}" take {used} {unit}, the record has {length}',
    '“{record}”的字段共 {used} {unitZh}，而记录长 {length}',
  ],
  separatorMissing: ['the record needs a separator', '记录须有分隔符'],
  separatorAscii: ['a separator is made of ASCII characters', '分隔符须为 ASCII 字符'],
  separatorInValues: [
    'the separator "{separator}" stands in amounts, numbers, dates or codes: take one without letters, digits, points and hyphens',
    '分隔符“{separator}”会出现在金额、编号、日期或代码中：请改用不含字母、数字、小数点和连字符的分隔符',
  ],
  quoteSeparator: ['quotes are for separators of one character', '只有单字符的分隔符才能用引号'],
  fillerMissing: ['block filling needs one filler record', '补足整块须有一条 filler 记录'],
  fillerElsewhere: ['a filler record needs "blocking"', 'filler 记录须配合 blocking 使用'],
  lineEndMissing: ['delimited records need a line end', '分隔记录须有行结束符'],
  lengthsDiffer: [
    'records without line ends must all have the same length',
    '没有行结束符的记录长度必须相同',
  ],
  shortElsewhere: [
    '"short" is for fixed records in bytes that end with a line end',
    '“short”只用于以字节计宽、有行结束符的定长记录',
  ],
  joinedElsewhere: [
    '"joined" is for fixed records of one length in bytes that end with a line end',
    '“joined”只用于以字节计宽、长度都相同、有行结束符的定长记录',
  ],
  unwrittenElsewhere: [
    '"written: false" is for optional records of a row',
    '“written: false”只用于明细中可缺省的记录',
  ],
  recordCodesElsewhere: [
    '"codes" is for records of a row in a return file of text records',
    '“codes”只用于文本回盘文件的明细记录',
  ],
  fieldCodesElsewhere: ['"codes" is for fields of a row in a return file', '“codes”只用于回盘文件的明细字段'],
  recordWithoutCode: [
    'the record "{record}" is chosen by its code and has no field with the value "code"',
    '记录“{record}”按代码区分，却没有取值为 code 的字段',
  ],
  alternativeAlone: [
    '"{record}" names codes and has no alternative beside it',
    '“{record}”写明了代码，旁边却没有可供选择的另一种记录',
  ],
  recordsAlike: [
    '"{record}" cannot be told from "{other}": give them different constants',
    '无法区分“{record}”与“{other}”：请给出不同的常量',
  ],
  rowNeeds: ['a payment row needs the {value}', '报盘明细须有 {value}'],
  matchNeeds: [
    'matchBy "{key}" needs the value "{value}" in a row',
    'matchBy 的“{key}”要求明细中有取值“{value}”',
  ],
  matchNeverSent: [
    'matchBy "reference" needs the reference in the payment file: the bank cannot give back what it never got',
    'matchBy 的“reference”要求报盘文件中有支付编号（reference）：没有送出的，银行无法带回',
  ],
  codeNeeded: [
    'a row needs a code or a status, unless the bank lists failed rows only',
    '明细须有代码（code）或状态（status），除非银行只列失败明细',
  ],
  unlistedPaid: [
    'the bank lists all rows, so a row that is not listed cannot be paid',
    '银行列出全部明细，未列出的不能视为已支付',
  ],
  totalTooNarrow: [
    'the total "{field}" holds at most {held} yuan, less than the {amount} that one row may have',
    '合计“{field}”最多容纳 {held} 元，小于单笔可能的 {amount} 元',
  ],
  blocksMissing: ['"{field}" counts blocks, and there is no "blocking"', '“{field}”是块数，却没有 blocking'],
  limitHeldCount: [
    '"{field}" in line {line} holds at most {held}, less than this limit',
    '第 {line} 行的“{field}”最多容纳 {held}，小于此限制',
  ],
  limitHeldAmount: [
    '"{field}" in line {line} holds at most {held} yuan, less than this limit',
    '第 {line} 行的“{field}”最多容纳 {held} 元，小于此限制',
  ],
  limitOver: ['{value} is more than {other} allows, which is {most}', '{value} 超过了 {other} 的限制 {most}'],
  bytesElsewhere: [
    'bytesPerFile is for fixed and delimited files; for others say rowsPerFile',
    'bytesPerFile 只用于定长和分隔文件；其他版式请用 rowsPerFile',
  ],
  bytesUnbounded: [
    'bytesPerFile needs a longest length of "{field}": give it max',
    'bytesPerFile 要求“{field}”有最大长度：请给出 max',
  ],
  bytesTooFew: ['a file of one row may take {bytes} bytes', '只有一笔的文件就可能占 {bytes} 字节'],
  hashOverNothing: [
    'the hash "{hash}" is over "{of}", which is no detail field',
    '校验和“{hash}”的对象“{of}”不是明细字段',
  ],
  hashUnwritten: ['the hash "{hash}" is not written anywhere', '校验和“{hash}”没有写在任何地方'],
  hashUnknown: ['there is no hash "{hash}"', '没有名为“{hash}”的校验和'],
  hashOverAlternative: [
    'the hash "{hash}" is over a record that not every row has',
    '校验和“{hash}”的对象不是每笔都有的记录',
  ],
  fileNameCharacter: ['a file name cannot hold "{text}"', '文件名不能含有“{text}”'],
  fileNameValue: ['"{value}" cannot stand in a file name', '文件名中不能用“{value}”'],
  fileNameNumber: [
    'the file name needs {file.number}, or two files would have the same name',
    '文件名须含 {file.number}，否则会有同名文件',
  ],
  codeTwice: [
    'the code "{code}" stands in line {line} of {file} already',
    '代码“{code}”已在 {file} 第 {line} 行出现',
  ],
  codeUnfit: [
    'the code "{code}" does not fit into "{field}", which has {has} {unit}',
    '代码“{code}”放不进“{field}”，该字段只有 {has} {unitZh}',
  ],
  codeUnencodable: [
    'the code "{code}" cannot be written in {encoding}',
    '代码“{code}”无法用 {encoding} 写出',
  ],
  paidMissing: ['no code says that a payment is paid', '没有表示支付成功的代码'],
  failedMissing: ['no code says that a payment failed', '没有表示支付失败的代码'],
  wholesMissing: [
    'a field holds the status of the whole file or batch, and no code of it stands under "wholes"',
    '有字段是整个文件或批次的状态，而 wholes 下没有它的代码',
  ],
  wholesUnused: [
    'codes stand under "wholes", and no field holds the status of the whole file or batch',
    'wholes 下有代码，而没有字段是整个文件或批次的状态',
  ],
  statusesMissing: ['the value "status" needs codes under "statuses"', '取值 status 须在 statuses 下有代码'],
  statusesUnused: [
    'codes stand under "statuses", and no field of a row holds the value "status"',
    'statuses 下有代码，而明细中没有取值为 status 的字段',
  ],
  jsonRowsMissing: ['the rows need a path', '明细须有路径'],
  jsonRowsPlace: [
    '"{name}" is the array itself: leave out the place in it',
    '“{name}”是数组本身：请去掉其中的序号',
  ],
  jsonBatchMissing: ['batch records need the array of the batches', '批次记录须有批次数组'],
  jsonKeyUnencodable: [
    'the key "{name}" cannot be written in {encoding}',
    '键“{name}”无法用 {encoding} 写出',
  ],
  jsonQuotes: ['"{field}" is no number and needs its quotes', '“{field}”不是数字，须加引号'],
  jsonPadded: [
    '"{field}" is a number without quotes and cannot be padded',
    '“{field}”是不带引号的数字，不能补位',
  ],
  checkElsewhere: [
    'check digits and digests are for fixed and delimited records',
    '校验位和摘要只用于定长和分隔记录',
  ],
  indexMissing: [
    '{name}[{index}] needs {name}[{before}] before it',
    '{name}[{index}] 之前须有 {name}[{before}]',
  ],
  pathTwice: ['the path {path} is used twice', '路径 {path} 用了两次'],
  pathTwiceXml: ['the path of "{field}" is used twice; write [2]', '“{field}”的路径用了两次；第二个请写 [2]'],
  pathBoth: ['{path} is both {before} and {kind}', '{path} 既是{beforeZh}又是{kindZh}'],
  insideText: [
    '"{field}" stands in {path}, which holds a text',
    '“{field}”放在 {path} 中，而后者的内容是文本',
  ],
  rootAttribute: [
    'an attribute of the root element is written by "rootAttributes"',
    '根元素的属性请用 rootAttributes 写',
  ],
  xmlElementsMissing: ['the file and the row need an element', '文件和明细各须有一个元素'],
  xmlBatchMissing: ['batch records need the element of the batch', '批次记录须有批次元素'],
  sheetEncoding: ['a workbook is written in UTF-8', '工作簿以 UTF-8 写出'],
  sheetName: ['the name of a sheet cannot hold []:*?/\\', '工作表名称不能含有 []:*?/\\'],
  sheetRecord: [
    'a sheet has rows of one kind under its titles, and no place for "{record}"',
    '工作表标题行下只有一种明细，放不下“{record}”',
  ],
  sheetConstant: ['"{record}" needs a constant, or nobody could know it', '“{record}”须有常量，否则无法认出'],
  sheetTitle: [
    '"{field}" is the title of the column and cannot begin or end with a space',
    '“{field}”是列标题，首尾不能有空格',
  ],
  sheetNumber: ['"{field}" is no number', '“{field}”不是数字'],
} as const satisfies Record<string, readonly [en: string, zh: string]>;
