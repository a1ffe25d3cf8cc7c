// The shape of a definition file. YAML is read with the failsafe schema, so every scalar arrives as the text that was
// written (`0012` stays `0012`, `no` stays `no`); numbers and yes/no are made from text here.

import { z } from 'zod';

const text = z.string();
const count = z
  .string()
  .regex(/^[1-9][0-9]{0,14}$/, 'expected a whole number from 1')
  .transform(Number);
const codePatterns = z
  .array(z.string().regex(/^[^*]*\*?$/, 'expected a code, or its beginning and a star'))
  .min(1);
const yesNo = z.enum(['true', 'false'], 'expected true or false').transform((value) => value === 'true');
const yuan = z
  .string()
  .regex(/^[0-9]+\.[0-9]{2}$/, 'expected yuan with two decimals, such as 1000.00')
  .transform((value) => BigInt(value.replace('.', '')));
const span = z
  .string()
  .regex(/^[1-9][0-9]*(-[1-9][0-9]*)?$/, 'expected positions such as 4-13')
  .transform((value) => {
    const [from, to] = value.split('-').map(Number) as [number, number?];
    return [from, to ?? from] as const;
  });

const characters = z.strictObject({
  allow: text.optional(),
  transliterate: z.record(z.string(), z.string()).optional(),
  upperCase: yesNo.optional(),
});

const field = z.strictObject({
  name: text.min(1),
  value: text.optional(),
  slice: span.optional(),
  constant: text.optional(),
  template: text.optional(),
  checkDigit: z
    .strictObject({
      algorithm: z.enum(['luhn', 'nacha', 'iso7064mod1110', 'iso7064mod112', 'mod97']),
      of: z.array(text),
    })
    .optional(),
  digest: z.strictObject({ algorithm: z.enum(['sha256', 'sm3']), of: z.array(text) }).optional(),
  type: z.enum(['text', 'digits', 'integer', 'amount', 'date']).optional(),
  unit: z.enum(['yuan', 'fen']).optional(),
  decimals: z
    .string()
    .regex(/^[0-5]$/, 'expected 0 to 5')
    .transform(Number)
    .optional(),
  point: yesNo.optional(),
  pattern: text.min(1).optional(),
  width: count.optional(),
  at: span.optional(),
  pad: text.length(1).optional(),
  justify: z.enum(['left', 'right']).optional(),
  max: count.optional(),
  maxUnit: z.enum(['bytes', 'characters']).optional(),
  min: count.optional(),
  long: z.enum(['refuse', 'cut']).optional(),
  required: yesNo.optional(),
  map: z.record(z.string(), z.string()).optional(),
  otherwise: text.optional(),
  instead: text.min(1).optional(),
  alphabet: text.min(2).optional(),
  addDays: z
    .string()
    .regex(/^-?[1-9][0-9]{0,2}$/, 'expected a number of days, such as -1')
    .transform(Number)
    .optional(),
  compare: yesNo.optional(),
  codes: codePatterns.optional(),
  several: count.optional(),
  characters: characters.optional(),
  path: text.min(1).optional(),
  omitEmpty: yesNo.optional(),
  bare: yesNo.optional(),
  only: z.enum(['read', 'write']).optional(),
});

const delimited = z.strictObject({
  separator: text.min(1).optional(),
  trailing: yesNo.optional(),
  quote: z.enum(['none', 'needed', 'always']).optional(),
});

const record = z.strictObject({
  name: text.min(1),
  optional: yesNo.optional(),
  written: yesNo.optional(),
  codes: codePatterns.optional(),
  delimited: delimited.optional(),
  length: count.optional(),
  fields: z.array(field).min(1),
});

const records = z.strictObject({
  fileHeader: z.array(record).optional(),
  batchHeader: z.array(record).optional(),
  detail: z.array(record).min(1),
  batchTrailer: z.array(record).optional(),
  fileTrailer: z.array(record).optional(),
  filler: z.array(record).optional(),
});

const layout = {
  format: text.min(1),
  title: text.min(1),
  source: text.min(1),
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
      namespaces: z.array(text.min(1)).optional(),
      file: text.min(1),
      batch: text.min(1).optional(),
      detail: text.min(1),
      rows: text.min(1).optional(),
      rootAttributes: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
  json: z.strictObject({ batch: text.min(1).optional(), detail: text.min(1) }).optional(),
  xlsx: z.strictObject({ sheet: text.min(1).max(31) }).optional(),
  blocking: z.strictObject({ records: count }).optional(),
  characters: characters.optional(),
  hashes: z.array(z.strictObject({ name: text.min(1), of: text.min(1), digits: count })).optional(),
  fileName: text.min(1),
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
      z.strictObject({ about: text.min(1), example: text.optional(), required: yesNo.optional() }),
    )
    .optional(),
  returnFileName: text.min(1).optional(),
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
  matchBy: z.array(z.enum(['reference', 'sequence', 'accountAmount'])).min(1),
  ...codeTables,
});

export const codesSchema = z.strictObject({
  format: text.min(1),
  source: text.min(1),
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
