// What readers of bank files say is wrong, in Chinese. They say it in English sentences; each is known here by its pattern, and
// what no pattern knows is shown as it is.

/** `$1` is the first group. */
const SENTENCES: readonly (readonly [RegExp, string])[] = [
  [/^"(.*)": \S+ says (.+), the rows give (.+)$/, '“$1”写的是 $2，而明细合计为 $3'],
  [/^"(.*)": \S+ is (.+) here and (.+) in line (\d+)$/, '“$1”此处是 $2，而第 $4 行是 $3'],
  [/^(\S+) says (.+), the rows give (.+)$/, '$1 写的是 $2，而明细合计为 $3'],
  [/^(\S+) is (.+) here and (.+) in line (\d+)$/, '$1 此处是 $2，而第 $4 行是 $3'],
  [/^there are more than (\d+) fields$/, '字段多于 $1 个'],
  [/^there are (\d+) fields, not (\d+)$/, '字段有 $1 个，应为 $2 个'],
  [/^the separator after the last field is missing$/, '缺少末尾字段后的分隔符'],
  [/^the record is (\d+) long, not (\d+)$/, '记录长 $1，应为 $2'],
  [/^a quote is not closed$/, '引号没有闭合'],
  [/^the code is not one of (.+)$/, '代码不在以下之内：$1'],
  [/^the file ends before its JSON is complete$/, 'JSON 没有结束，文件已到末尾'],
  [/^the file ends before its root element is closed$/, '根元素没有闭合，文件已到末尾'],
  [/^the file ends inside a tag or a comment$/, '文件在标签或注释中间结束'],
  [/^the file ends before its (.+)$/, '文件已到末尾，缺少 $1'],
  [/^the last line has no line end, so the file may be cut off$/, '最后一行没有行结束符，文件可能被截断'],
  [/^there is a line after the (.+)$/, '$1 之后还有内容'],
  [/^an empty line stands before this one$/, '此行之前有空行'],
  [/^the line is longer than any record$/, '此行比任何记录都长'],
  [/^the line is not text in (.+)$/, '此行不是 $1 文本'],
  [/^a string is not text in (.+)$/, '字符串不是 $1 文本'],
  [/^"(.*)" is not text in (.+)$/, '“$1”不是 $2 文本'],
  [/^"(.*)" is not a date$/, '“$1”不是日期'],
  [/^"(.*)" is not a number$/, '“$1”不是数字'],
  [/^the amount is not an amount$/, '金额无法识别'],
  [/^the sequence is not a number$/, '序号不是数字'],
  [/^the sequence is (\d+), and should be (\d+)$/, '序号是 $1，应为 $2'],
  [/^the account is missing$/, '缺少账号'],
  [/^the amount is missing$/, '缺少金额'],
  [/^"(.*)" is over fields that are not all digits$/, '“$1”的计算对象不全是数字'],
  [/^"(.*)" is (.+), the record gives (.+)$/, '“$1”是 $2，按记录计算应为 $3'],
  [/^"(.*)" stands there twice$/, '“$1”重复'],
  [/^"(.*)" is not (.+)$/, '“$1”不是 $2'],
  [/^there is no "(.*)"$/, '缺少“$1”'],
  [/^the JSON is broken$/, 'JSON 格式损坏'],
  [/^something stands after the JSON$/, 'JSON 之后还有内容'],
  [/^a string is not closed$/, '字符串没有闭合'],
  [/^a string has a broken escape$/, '字符串中的转义损坏'],
  [/^a control character stands in a string$/, '字符串中有控制字符'],
  [/^a value is too long$/, '有值过长'],
  [/^the JSON is nested too deeply$/, 'JSON 嵌套过深'],
  [/^the sheet ends before its (.+)$/, '工作表缺少 $1'],
  [/^no row has the titles (.+)$/, '没有含以下列标题的行：$1'],
  [/^the titles stand before the (.+)$/, '列标题出现在 $1 之前'],
  [/^the title (.+) stands there twice$/, '列标题 $1 重复'],
  [/^there is a row after the (.+)$/, '$1 之后还有行'],
  [/^a total by status has no count$/, '按状态的合计没有笔数'],
  [/^the status (.+) stands for (.+), the rows give (.+)$/, '状态 $1 的合计是 $2，而明细合计为 $3'],
  [
    /^the totals by status are of (.+) payments, the file is about (.+)$/,
    '按状态的合计共 $1 笔，而文件涉及 $2 笔',
  ],
  [/^the root element is (.+), not (.+)$/, '根元素是 $1，应为 $2'],
  [/^the namespace "(.*)" is not one of this format$/, '命名空间“$1”不属于此格式'],
  [/^an element stands where the text of another is expected$/, '应为文本之处出现了元素'],
  [/^the file is in UTF-16, which is not supported$/, '文件是 UTF-16 编码，不受支持'],
  [/^the file has the mark of UTF-8 and declares (.+)$/, '文件带 UTF-8 标记，却声明为 $1'],
  [/^the encoding (.+) is not supported$/, '不支持编码 $1'],
  [/^the XML declaration is not well-formed$/, 'XML 声明格式不正确'],
  [/^a document type is not allowed$/, '不允许文档类型声明'],
  [/^these bytes are not text in (.+)$/, '这些字节不是 $1 文本'],
  [/^there is text outside the root element$/, '根元素之外有文本'],
  [/^the element (.+) is not closed before this tag$/, '元素 $1 在此标签之前没有闭合'],
  [/^an attribute stands twice$/, '属性重复'],
  [/^it is longer than (\d+) bytes$/, '超过 $1 字节'],
  [/^it is longer than (\d+) characters$/, '超过 $1 个字符'],
  [/^it is shorter than (\d+) (?:bytes|characters)$/, '不足 $1 位'],
  [/^it is empty$/, '内容为空'],
  [/^it is not all digits$/, '不全是数字'],
  [/^no code is declared for its value$/, '没有为此值规定代码'],
  [/^no code is declared for "(.*)"$/, '没有为“$1”规定代码'],
  [/^the bank cannot take the character (.+)$/, '银行系统不接受字符 $1'],
  [/^one payment alone is over the limit$/, '单独一笔就超过限制'],
  [/^(\S+) has more than (\d+) digits$/, '$1 超过 $2 位'],
];

const UNITS: readonly (readonly [RegExp, string])[] = [
  [/ yuan\b/g, ' 元'],
  [/ payments\b/g, ' 笔'],
  [/ to /g, ' 至 '],
];

/** The sentence itself when it is not known. */
export function fileProblem(sentence: string): string {
  const expected = /^expected (.+?): (.+)$/s.exec(sentence);
  if (expected !== null) return `应为 ${expected[1]}：${fileProblem(expected[2] as string)}`;
  const hinted = /^(.+); the line looks like UTF-8, the format is (.+)$/s.exec(sentence);
  if (hinted !== null) return `${fileProblem(hinted[1] as string)}；此行像是 UTF-8，而格式规定 ${hinted[2]}`;
  const broken = /^the XML is broken: (.+)$/s.exec(sentence);
  if (broken !== null) return `XML 格式损坏：${fileProblem(broken[1] as string)}`;
  for (const [pattern, template] of SENTENCES) {
    const match = pattern.exec(sentence);
    if (match === null) continue;
    const filled = template.replace(/\$(\d)/g, (_whole, group: string) => match[Number(group)] ?? '');
    return UNITS.reduce((text, [unit, word]) => text.replace(unit, word), filled);
  }
  return sentence;
}
