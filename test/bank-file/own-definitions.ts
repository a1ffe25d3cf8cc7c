// Definitions that use what no shipped format does: every kind of step, in every layout.

import type { FormatDefinition } from '../../src/bank-file/definition.js';
import { parseFormat } from '../../src/bank-file/parse-definition.js';

function define(text: string): FormatDefinition {
  const head =
    'format: inline\ntitle: Inline\nsource: made for the tests\nstatus: sample\nfileName: "F{file.bank}{file.number:4}.txt"\n';
  return parseFormat({ name: 'inline', files: [{ path: 'inline/payment.yaml', text: head + text }] });
}

const delimited = (encoding: string, separator: string, quote: string, more = ''): FormatDefinition =>
  define(`layout: delimited
encoding: ${encoding}
lines: { end: LF, last: false }
delimited: { separator: "${separator}", quote: ${quote} }
${more}
limits: { rowsPerFile: 7, rowsPerBatch: 3 }
records:
  detail:
    - name: row
      fields:
        - { name: 序号, value: sequence, width: 5, pad: "*", justify: right }
        - { name: 批内, value: sequenceInBatch }
        - { name: 批, value: batch.number, width: 3 }
        - { name: 户名, value: name, min: 2 }
        - { name: 账号, value: account }
        - { name: 尾号, value: account, slice: 3-5 }
        - { name: 名首, value: name, slice: 1-4 }
        - { name: 证件, value: residentId, characters: { upperCase: true } }
        - { name: 类型, value: identityKind }
        - { name: 类, value: identityKind, map: { resident: "1", hongKong: "2", macau: 三 }, otherwise: "9" }
        - { name: 金额, value: amount, decimals: 4, point: false }
        - { name: 分, value: amount, unit: fen }
        - { name: 地区, value: region }
        - { name: 行, value: payeeBank, map: { "104": 中行 }, otherwise: 他行 }
        - { name: 号, value: payeeBank }
        - { name: 编号, template: "P{reference}-{rosterBatch}/{rosterLine:6}{sequence:3}" }
        - { name: 附言, template: "{name}的{account}" }
        - { name: 空, value: identityKind, map: { resident: "" }, otherwise: x }
        - { name: 批号, value: rosterBatch, width: 9 }
`);

const fixed = (encoding: string, unit: string): FormatDefinition =>
  define(`layout: fixed
encoding: ${encoding}
lines: { end: CRLF }
fixed: { length: 140, unit: ${unit} }
characters: { allow: "A-Za-z0-9 .,'?一-龥", upperCase: true, transliterate: { "&": "ND", "(": "-", "·": " " } }
hashes: [ { name: tail, of: 尾, digits: 9 }, { name: same, of: 同, digits: 6 } ]
records:
  detail:
    - name: 主
      fields:
        - { name: t, at: 1-2, constant: "6 " }
        - { name: 尾, at: 3-8, value: account, slice: 1-6 }
        - { name: 同, at: 9-12, constant: "0042", type: digits }
        - { name: 号, at: 13-20, value: recordInBatch }
        - { name: 户名, at: 21-60, value: name, justify: right, instead: "NAME {rosterLine:4}" }
        - { name: 账号, at: 61-92, value: account, justify: right, pad: "*" }
        - { name: 证件, at: 93-112, value: residentId }
        - { name: 金额, at: 113-132, value: amount, justify: right, pad: "0" }
        - { name: x, at: 133-140 }
    - name: 附
      fields:
        - { name: t, at: 1-2, constant: "7 " }
        - { name: 号, at: 3-10, value: recordInBatch }
        - { name: 说, at: 11-40, template: "{reference}", justify: right }
        - { name: x, at: 41-140 }
  fileTrailer:
    - name: 尾
      fields:
        - { name: t, at: 1-2, constant: "9 " }
        - { name: a, at: 3-11, value: file.hash.tail }
        - { name: b, at: 12-17, value: file.hash.same }
        - { name: n, at: 18-27, value: file.records }
        - { name: x, at: 28-140 }
`);

const xml = (encoding: string): FormatDefinition =>
  define(`layout: xml
encoding: ${encoding}
lines: { end: LF }
xml: { file: Doc, batch: Part, detail: Row }
limits: { rowsPerBatch: 2, rowsPerFile: 5 }
records:
  detail:
    - name: row
      fields:
        - { name: 号, path: "@No", value: sequence }
        - { name: 批, path: Part, value: batch.number }
        - { name: 名, path: A/Nm, value: name, max: 12, long: cut }
        - { name: 首, path: A/First, value: name, slice: 4-6 }
        - { name: 深, path: B/C/D, value: account, slice: 20-30 }
        - { name: 账, path: B/C/E, value: account, slice: 18-30 }
        - { name: 地, path: F, value: identityKind, map: { resident: "" }, otherwise: "other" }
        - { name: 户, path: Acct, value: account }
        - { name: 附, path: "G@Cc", value: region }
        - { name: 额, path: G, value: amount }
`);

const json = (encoding: string): FormatDefinition =>
  define(`layout: json
encoding: ${encoding}
lines: { end: LF, last: false }
json: { batch: parts, detail: rows }
limits: { rowsPerBatch: 2, rowsPerFile: 5 }
records:
  fileHeader: [ { name: head, fields: [ { name: n, path: n, value: file.number } ] } ]
  batchHeader: [ { name: part, fields: [ { name: p, path: p, value: batch.number } ] } ]
  detail:
    - name: row
      fields:
        - { name: 号, path: no, value: sequence, bare: true }
        - { name: 名, path: who/name, value: name, max: 20, maxUnit: bytes, long: cut }
        - { name: 证, path: who/id, value: residentId }
        - { name: 账, path: account, value: account }
        - { name: 额, path: amount, value: amount, bare: true }
`);

const workbook = define(`layout: xlsx
encoding: UTF-8
xlsx: { sheet: 清单 }
records:
  fileHeader: [ { name: 题, fields: [ { name: 题, constant: 清单 } ] } ]
  detail:
    - name: 行
      fields:
        - { name: 序号, value: sequence, bare: true }
        - { name: 姓名, value: name, max: 30 }
        - { name: 账号, value: account }
        - { name: 证件, value: residentId }
        - { name: 金额, value: amount, bare: true }
`);

/** A code map over what is not the same in all rows, and a check digit over it: no operations say that. */
export const FOR_STEPS_ONLY = define(`layout: delimited
encoding: GBK
lines: { end: CRLF }
delimited: { separator: "|" }
limits: { rowsPerFile: 7 }
records:
  detail:
    - name: row
      fields:
        - { name: 账号, value: account }
        - { name: 校验, checkDigit: { algorithm: luhn, of: [账号] } }
        - { name: 户名, value: name }
        - { name: 金额, value: amount }
        - { name: 地, value: region, map: { "460105": 海口 }, otherwise: 其他 }
`);

export const OWN_DEFINITIONS: readonly (readonly [string, FormatDefinition])[] = [
  ['a list in GBK, quoted where needed', delimited('GBK', ',', 'needed')],
  ['a list in GB18030, always quoted', delimited('GB18030', ';', 'always')],
  ['a list in UTF-8 without quotes', delimited('UTF-8', '|', 'none')],
  ['fixed width in bytes of GBK', fixed('GBK', 'bytes')],
  ['fixed width in characters of UTF-8', fixed('UTF-8', 'characters')],
  ['XML in UTF-8', xml('UTF-8')],
  ['XML in GBK', xml('GBK')],
  ['JSON in UTF-8', json('UTF-8')],
  ['a workbook', workbook],
];
