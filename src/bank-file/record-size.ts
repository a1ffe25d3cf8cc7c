// The most bytes that a record can take, from its fields: what a limit on the bytes of a file means in rows.

import { BATCH_DIGITS, LINE_DIGITS } from '../base/payment-reference.js';
import { ACCOUNT_DIGITS_MAX } from '../identity/account-number.js';
import { dateLength } from './date-pattern.js';
import type { Encoding, FieldDefinition, FileLayout, RecordDefinition, TemplatePart } from './definition.js';
import { type Unplaced, unplaced } from './definition-problem.js';
import { LINE_ENDS } from './record-program.js';
import { encodeAll } from './text-rules.js';
import { valueSpec } from './value.js';

/** Bytes of the longest character. */
const CHARACTER_BYTES: Readonly<Record<Encoding, number>> = {
  'UTF-8': 4,
  GB18030: 4,
  GBK: 2,
  ASCII: 1,
  'Latin-1': 1,
};

/** A safe integer, or the sum of many: 20 digits, and a point with up to five decimals. */
const NUMBER_BYTES = 26;
/** Values that have a longest length of their own. */
const VALUE_BYTES: Readonly<Record<string, number>> = {
  reference: BATCH_DIGITS + LINE_DIGITS,
  account: ACCOUNT_DIGITS_MAX,
  payeeBank: 3,
  region: 6,
  'file.bank': 3,
  'file.isLast': 5,
};

/** The bytes of a record with its line end, or the field that has no longest length. */
export function largestRecord(record: RecordDefinition, layout: FileLayout): number | FieldDefinition {
  let bytes = LINE_ENDS[layout.lineEnd].length + record.separator.length * record.fields.length;
  for (const field of record.fields) {
    const most = largestField(field, layout);
    if (most === undefined) return field;
    if (record.quote === 'none') bytes += most;
    // Quotes stand round the field, and every quote in a text is doubled.
    else bytes += isText(field) ? 2 * most + 2 : most + 2;
  }
  return bytes;
}

function largestField(field: FieldDefinition, layout: FileLayout): number | undefined {
  const perCharacter = field.maxUnit === 'bytes' || !isText(field) ? 1 : CHARACTER_BYTES[layout.encoding];
  const content = field.max > 0 ? field.max * perCharacter : largestContent(field, layout);
  return content === undefined ? undefined : Math.max(content, field.width * perCharacter);
}

/** Whether there may be more than ASCII in it, and quotes. */
function isText({ content, type }: FieldDefinition): boolean {
  return type.kind === 'text' && ['constant', 'value', 'template'].includes(content.kind);
}

function largestContent(field: FieldDefinition, layout: FileLayout): number | undefined {
  const { content, type } = field;
  switch (content.kind) {
    case 'filler':
      return 0;
    case 'constant':
      return encodeAll(content.text, layout.encoding)?.length;
    case 'checkDigit':
      return 2;
    case 'digest':
      return 64;
    case 'template':
      return largestTemplate(content.parts, layout);
    case 'value': {
      if (content.slice !== undefined) return content.slice[1] - content.slice[0] + 1;
      if (type.kind === 'date') return dateLength(type.pattern);
      if (field.map.length > 0) return largestCode(field, layout);
      return largestValue(content.value);
    }
  }
}

/** With a map, what is not in it is refused or is `otherwise`. */
function largestCode(field: FieldDefinition, layout: FileLayout): number {
  const codes = [...field.map.map(([, to]) => to), field.otherwise ?? ''];
  return Math.max(...codes.map((code) => encodeAll(code, layout.encoding)?.length ?? 0));
}

function largestValue(value: string): number | undefined {
  const spec = valueSpec(value);
  return (
    VALUE_BYTES[value] ?? (spec?.kind === 'integer' || spec?.kind === 'amount' ? NUMBER_BYTES : undefined)
  );
}

function largestTemplate(parts: readonly TemplatePart[], layout: FileLayout): number | undefined {
  let bytes = 0;
  for (const part of parts) {
    if (part.kind === 'literal') bytes += encodeAll(part.text, layout.encoding)?.length ?? 0;
    else if (part.pattern !== '') bytes += dateLength(part.pattern);
    else {
      const most = part.width > 0 ? part.width : largestValue(part.text);
      if (most === undefined) return undefined;
      bytes += most;
    }
  }
  return bytes;
}

/** What a limit on bytes allows: rows, or why it cannot be kept. */
export function rowsWithin(
  layout: FileLayout,
  bytesPerFile: number,
  batches: { readonly rows: number | undefined; readonly byAmount: boolean },
): { readonly rows: number } | { readonly problem: Unplaced } {
  if (layout.kind !== 'fixed' && layout.kind !== 'delimited') return { problem: unplaced('bytesElsewhere') };
  const sizes = { file: 0, batch: 0, row: 0 };
  const { records } = layout;
  const sections = [
    ['file', [...records.fileHeader, ...records.fileTrailer]],
    ['batch', [...records.batchHeader, ...records.batchTrailer]],
    ['row', records.detail],
  ] as const;
  for (const [part, list] of sections) {
    for (const record of list) {
      const size = largestRecord(record, layout);
      if (typeof size !== 'number') return { problem: unplaced('bytesUnbounded', { field: size.name }) };
      sizes[part] += size;
    }
  }
  const filling = records.filler
    .map((record) => largestRecord(record, layout))
    .filter(Number.isFinite) as number[];
  const frame = sizes.file + sizes.batch + layout.blockRecords * Math.max(0, ...filling);
  // Batches that are closed by their amount may be as small as one row.
  const perRow =
    sizes.row + (batches.byAmount ? sizes.batch : Math.ceil(sizes.batch / (batches.rows ?? Infinity)));
  const rows = Math.floor((bytesPerFile - frame) / perRow);
  return rows < 1 ? { problem: unplaced('bytesTooFew', { bytes: frame + perRow }) } : { rows };
}
