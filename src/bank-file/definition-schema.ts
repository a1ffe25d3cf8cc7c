// The shape of a definition file. YAML is read with the failsafe schema, so every scalar arrives as the text that was
// written (`0012` stays `0012`, `no` stays `no`); numbers and yes/no are made from text here.

import { z } from '../base/schema.js';

const text = z.string();
const filled = text.min(1, 'notEmptyExpected');
const count = z
  .string()
  .regex(/^[1-9][0-9]{0,14}$/, 'countExpected')
  .transform(Number);
const codePatterns = z
  .array(z.string().regex(/^[^*]*\*?$/, 'codePatternExpected'))
  .min(1, 'notEmptyExpected');
const yesNo = z.enum(['true', 'false'], 'choiceWrong').transform((value) => value === 'true');
const yuan = z
  .string()
  .regex(/^[0-9]+\.[0-9]{2}$/, 'yuanExpected')
  .transform((value) => BigInt(value.replace('.', '')));
const span = z
  .string()
  .regex(/^[1-9][0-9]*(-[1-9][0-9]*)?$/, 'spanExpected')
  .transform((value) => {
    const [from, to] = value.split('-').map(Number) as [number, number?];
    return [from, to ?? from] as const;
  })
  .refine(([from, to]) => from <= to, 'spanBackwards');

const characters = z.strictObject({
  allow: text.optional(),
  transliterate: z.record(z.string(), z.string()).optional(),
  upperCase: yesNo.optional(),
});

const field = z.strictObject({
  name: filled,
  value: text.optional(),
  slice: span.optional(),
  constant: text.optional(),
  template: text.optional(),
  checkDigit: z
    .strictObject({
      algorithm: z.enum(['luhn', 'nacha', 'iso7064mod1110', 'iso7064mod112', 'mod97']),
      of: z.array(text).min(1, 'notEmptyExpected'),
    })
    .optional(),
  digest: z
    .strictObject({ algorithm: z.enum(['sha256', 'sm3']), of: z.array(text).min(1, 'notEmptyExpected') })
    .optional(),
  type: z.enum(['text', 'digits', 'integer', 'amount', 'date']).optional(),
  unit: z.enum(['yuan', 'fen']).optional(),
  decimals: z
    .string()
    .regex(/^[0-5]$/, 'decimalsExpected')
    .transform(Number)
    .optional(),
  point: yesNo.optional(),
  pattern: filled.optional(),
  width: count.optional(),
  at: span.optional(),
  pad: text.regex(/^[ -~]$/, 'padExpected').optional(),
  justify: z.enum(['left', 'right']).optional(),
  max: count.optional(),
  maxUnit: z.enum(['bytes', 'characters']).optional(),
  min: count.optional(),
  long: z.enum(['refuse', 'cut']).optional(),
  required: yesNo.optional(),
  map: z.record(z.string(), z.string()).optional(),
  otherwise: text.optional(),
  instead: filled.optional(),
  alphabet: text.min(2, 'alphabetExpected').optional(),
  addDays: z
    .string()
    .regex(/^-?[1-9][0-9]{0,2}$/, 'daysExpected')
    .transform(Number)
    .optional(),
  compare: yesNo.optional(),
  codes: codePatterns.optional(),
  several: count.optional(),
  characters: characters.optional(),
  path: filled.optional(),
  omitEmpty: yesNo.optional(),
  bare: yesNo.optional(),
  only: z.enum(['read', 'write']).optional(),
});

const delimited = z.strictObject({
  separator: filled.optional(),
  trailing: yesNo.optional(),
  quote: z.enum(['none', 'needed', 'always']).optional(),
});

const record = z.strictObject({
  name: filled,
  optional: yesNo.optional(),
  written: yesNo.optional(),
  codes: codePatterns.optional(),
  delimited: delimited.optional(),
  length: count.optional(),
  fields: z.array(field).min(1, 'notEmptyExpected'),
});

const records = z.strictObject({
  fileHeader: z.array(record).optional(),
  batchHeader: z.array(record).optional(),
  detail: z.array(record).min(1, 'notEmptyExpected'),
  batchTrailer: z.array(record).optional(),
  fileTrailer: z.array(record).optional(),
  filler: z.array(record).optional(),
});

const layout = {
  format: filled,
  title: filled,
  source: filled,
  status: z.enum(['verified', 'sample']),
  layout: z.enum(['delimited', 'fixed', 'xml', 'json', 'xlsx']),
  encoding: z.enum(['UTF-8', 'GBK', 'GB18030', 'ASCII', 'Latin-1']),
  lines: z
    .strictObject({
      end: z.enum(['CRLF', 'LF', 'CR', 'none']).optional(),
      last: yesNo.optional(),
      max: count.optional(),
    })
    .optional(),
  delimited: delimited.optional(),
  fixed: z
    .strictObject({
      length: count.optional(),
      unit: z.enum(['bytes', 'characters']).optional(),
      short: yesNo.optional(),
      joined: yesNo.optional(),
    })
    .optional(),
  xml: z
    .strictObject({
      namespaces: z.array(filled).optional(),
      file: filled,
      batch: filled.optional(),
      detail: filled,
      rows: filled.optional(),
      rootAttributes: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
  json: z.strictObject({ batch: filled.optional(), detail: filled }).optional(),
  xlsx: z.strictObject({ sheet: filled.max(31, 'sheetNameLong') }).optional(),
  blocking: z.strictObject({ records: count }).optional(),
  characters: characters.optional(),
  hashes: z.array(z.strictObject({ name: filled, of: filled, digits: count })).optional(),
  fileName: filled,
  records,
};

const codeList = z.array(
  z.strictObject({
    code: text,
    outcome: z.enum(['paid', 'failed', 'pending']),
    text: text,
  }),
);
const wholeList = z.array(
  z.strictObject({
    code: text,
    means: z.enum(['paid', 'partial', 'pending', 'refused']),
    text: text,
  }),
);

export const paymentSchema = z.strictObject({
  ...layout,
  limits: z
    .strictObject({
      rowsPerBatch: count.optional(),
      batchesPerFile: count.optional(),
      rowsPerFile: count.optional(),
      amountPerRow: yuan.optional(),
      amountPerBatch: yuan.optional(),
      amountPerFile: yuan.optional(),
      bytesPerFile: count.optional(),
    })
    .optional(),
  parameters: z
    .record(
      z.string(),
      z.strictObject({ about: filled, example: text.optional(), required: yesNo.optional() }),
    )
    .optional(),
  returnFileName: filled.optional(),
});

const codeTables = {
  codes: codeList.optional(),
  statuses: codeList.optional(),
  wholes: wholeList.optional(),
};

export const returnSchema = z.strictObject({
  ...layout,
  lists: z.enum(['all', 'failed', 'notPaid', 'failedOrCorrected']),
  unlisted: z.enum(['paid', 'outstanding']),
  rowsAre: z.enum(['results', 'movements']).optional(),
  decides: z.enum(['status', 'code']).optional(),
  matchBy: z.array(z.enum(['reference', 'sequence', 'accountAmount'])).min(1, 'notEmptyExpected'),
  ...codeTables,
});

export const codesSchema = z.strictObject({
  format: filled,
  source: filled,
  status: z.enum(['verified', 'sample']),
  ...codeTables,
});

export type FieldInput = z.output<typeof field>;
export type RecordInput = z.output<typeof record>;
export type CharactersInput = z.output<typeof characters>;
export type PaymentInput = z.output<typeof paymentSchema>;
export type ReturnInput = z.output<typeof returnSchema>;
export type CodesInput = z.output<typeof codesSchema>;
export type LayoutInput = PaymentInput | ReturnInput;
