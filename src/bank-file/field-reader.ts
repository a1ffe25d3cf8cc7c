// One field → what it means: a value of the row, or a value of the file or the batch. Compiled once for each format.

import { REFERENCE_DIGITS } from '../base/payment-reference.js';
import { parseAmount, readAmount, readAmountText } from './amount-text.js';
import { parseDate } from './date-pattern.js';
import type { Encoding, FieldDefinition, FieldType } from './definition.js';
import { decodeField, isAscii, isFieldText, TextCache } from './field-text.js';
import type { ReadRow } from './read-row.js';
import { compileTemplateReader } from './template.js';
import { type FixedTemplate, fixedTemplate } from './template-bytes.js';
import { type ValueName, valueSpec } from './value.js';

/** Reads `bytes[from, to)` (padding taken off) into the row; a text when it cannot, saying why. */
export type RowFieldReader = (bytes: Buffer, from: number, to: number, row: ReadRow) => string | undefined;

/** The same for layouts that give text (XML, JSON). */
export type RowTextReader = (text: string, row: ReadRow) => string | undefined;

/** Undefined when the field holds nothing that a reader wants. */
export function rowTextReader(field: FieldDefinition): RowTextReader | undefined {
  const { content, type } = field;
  const set =
    content.kind === 'value' && content.slice === undefined
      ? (restoringZeros(field) ?? rowSetter(content.value))
      : undefined;
  if (set !== undefined) {
    const inverse = field.map.length === 0 ? undefined : new Map(field.map.map(([from, to]) => [to, from]));
    return (text, row) => void set(row, inverse?.get(text) ?? text);
  }
  if (content.kind === 'value' && content.value === 'amount' && type.kind === 'amount') {
    return (text, row) => {
      row.amountFen = readAmountText(type, text);
      return row.amountFen < 0 ? 'the amount is not an amount' : undefined;
    };
  }
  const read = rowFieldReader(field, 'UTF-8');
  if (read === undefined) return undefined;
  return (text, row) => {
    const bytes = Buffer.from(text, 'utf8');
    return read(bytes, 0, bytes.length, row);
  };
}

/**
 * Undefined when the field holds nothing that a reader wants. `stays`: the bytes of a record stay as they are until its row
 * is visited, so that texts can wait until someone asks for them.
 */
export function rowFieldReader(
  field: FieldDefinition,
  encoding: Encoding,
  { quoted = false, stays = false }: { quoted?: boolean; stays?: boolean } = {},
): RowFieldReader | undefined {
  const { content } = field;
  if (content.kind === 'template') return rowTemplateReader(field, encoding);
  if (content.kind !== 'value' || content.slice !== undefined) return undefined;
  const set = restoringZeros(field) ?? rowSetter(content.value);
  if (content.value === 'amount') return amountReader(field.type, field.codes.length > 0);
  if (content.value === 'sequence' || content.value === 'sequenceInBatch')
    return sequenceReader(content.value);
  if (set === undefined) return undefined;
  const held = !stays || quoted || field.map.length > 0 ? undefined : heldReader(field, encoding);
  if (held !== undefined) return held;
  const cached = valueSpec(content.value)?.scope === 'outcome' ? new TextCache(encoding) : undefined;
  const inverse = field.map.length === 0 ? undefined : new Map(field.map.map(([from, to]) => [to, from]));
  return (bytes, from, to, row) => {
    const text =
      cached === undefined ? decodeField(bytes, from, to, encoding) : cached.decode(bytes, from, to);
    if (text === undefined) return notText(field, encoding);
    set(row, inverse?.get(text) ?? (quoted ? unquoted(text) : text));
    return undefined;
  };
}

/** Values of every row that hardly anybody asks for as texts. */
function heldReader(field: FieldDefinition, encoding: Encoding): RowFieldReader | undefined {
  const { content } = field;
  if (content.kind !== 'value') return undefined;
  const slow = (bytes: Buffer, from: number, to: number, row: ReadRow, set: Setter): string | undefined => {
    const text = decodeField(bytes, from, to, encoding);
    if (text === undefined) return notText(field, encoding);
    set(row, text);
    return undefined;
  };
  switch (content.value) {
    case 'reference': {
      const set = restoringZeros(field) ?? SETTERS.reference!;
      return (bytes, from, to, row) =>
        row.holdReference(bytes, from, to) ? undefined : slow(bytes, from, to, row, set);
    }
    case 'account':
      return (bytes, from, to, row) => {
        if (!isAscii(bytes, from, to)) return slow(bytes, from, to, row, SETTERS.account!);
        row.holdAccount(bytes, from, to);
        return undefined;
      };
    case 'name':
      return (bytes, from, to, row) => {
        if (!isFieldText(bytes, from, to, encoding)) return notText(field, encoding);
        row.holdName(bytes, from, to, encoding);
        return undefined;
      };
    default:
      return undefined;
  }
}

/** Whether a reader of XML, JSON or a workbook looks at the field: it holds a value, or a constant that is compared. */
export function isLookedAt({ content, compare, only }: FieldDefinition): boolean {
  if (only === 'write' || (content.kind === 'constant' && !compare)) return false;
  return content.kind === 'value' || content.kind === 'template' || content.kind === 'constant';
}

/** RFC 4180: a quote inside quotes is doubled. */
export function unquoted(text: string): string {
  return text.includes('""') ? text.replaceAll('""', '"') : text;
}

export function notText(field: FieldDefinition, encoding: Encoding): string {
  return `"${field.name}" is not text in ${encoding}`;
}

/** `zeroIsNone`: the amount stands there for some codes only, zeros elsewhere. */
function amountReader(type: FieldType, zeroIsNone: boolean): RowFieldReader {
  const amount = type.kind === 'amount' ? type : undefined;
  return (bytes, from, to, row) => {
    // Rows that carry no amount (refused before it was read) leave it empty.
    if (from === to) return undefined;
    const fen = amount === undefined ? -1 : readAmount(amount, bytes, from, to);
    if (fen < 0) return 'the amount is not an amount';
    if (fen > 0 || !zeroIsNone) row.amountFen = fen;
    return undefined;
  };
}

function sequenceReader(value: 'sequence' | 'sequenceInBatch'): RowFieldReader {
  return (bytes, from, to, row) => {
    if (from === to) return undefined;
    let number = 0;
    for (let at = from; at < to; at++) {
      const digit = bytes[at]! - 0x30;
      if (digit < 0 || digit > 9 || number > 1e13) return 'the sequence is not a number';
      number = number * 10 + digit;
    }
    row[value] = number;
    return undefined;
  };
}

type Setter = (row: ReadRow, text: string) => void;

// Where an element stands several times (reasons in a status report), the first one counts; texts are joined.
const SETTERS: Partial<Record<ValueName, Setter>> = {
  reference: (row, text) => {
    row.reference =
      text === '' ? undefined : text.length > REFERENCE_DIGITS ? text.slice(-REFERENCE_DIGITS) : text;
  },
  account: (row, text) => {
    row.account = text === '' ? undefined : text;
  },
  name: (row, text) => {
    row.name = text;
  },
  residentId: (row, text) => {
    row.residentId = text;
  },
  payeeBank: (row, text) => {
    row.payeeBank = text;
  },
  status: (row, text) => {
    row.status ||= text;
  },
  // Of several parts the innermost counts, which stands last.
  'status.1': (row, text) => {
    row.statusParts[0] = text;
  },
  'status.2': (row, text) => {
    row.statusParts[1] = text;
  },
  'status.3': (row, text) => {
    row.statusParts[2] = text;
  },
  code: (row, text) => {
    row.code ||= text;
  },
  text: (row, text) => {
    row.text = row.text === '' ? text : `${row.text} ${text}`;
  },
  'correction.account': (row, text) => {
    if (text !== '') row.correct('account', text);
  },
  'correction.name': (row, text) => {
    if (text !== '') row.correct('name', text);
  },
  'correction.bank': (row, text) => {
    if (text !== '') row.correct('bank', text);
  },
  'correction.residentId': (row, text) => {
    if (text !== '') row.correct('residentId', text);
  },
  'correction.data': (row, text) => {
    if (text !== '') row.correct('data', text);
  },
};

/** A reference that is padded with zeros: banks and spreadsheets that take it for a number drop them. */
function restoringZeros(field: FieldDefinition): Setter | undefined {
  if (field.content.kind !== 'value' || field.content.value !== 'reference') return undefined;
  if (field.pad !== '0' || field.justify !== 'right') return undefined;
  return (row, text) => {
    const isShort = /^[1-9][0-9]*$/.test(text) && text.length < REFERENCE_DIGITS;
    SETTERS.reference!(row, isShort ? text.padStart(REFERENCE_DIGITS, '0') : text);
  };
}

function rowSetter(value: string): Setter | undefined {
  return SETTERS[value as ValueName];
}

/** Row values inside a template, such as a reference with a prefix. */
function rowTemplateReader(field: FieldDefinition, encoding: Encoding): RowFieldReader | undefined {
  if (field.content.kind !== 'template') return undefined;
  const wanted = field.content.parts.filter(
    (part) => rowSetter(part.text) !== undefined || part.text.startsWith('seq'),
  );
  if (wanted.length === 0) return undefined;
  const fixed = fixedTemplate(field.content.parts, encoding);
  if (fixed !== undefined) return fixedTemplateReader(fixed);
  const read = compileTemplateReader(field.content.parts);
  return (bytes, from, to, row) => {
    const text = decodeField(bytes, from, to, encoding);
    if (text === undefined) return notText(field, encoding);
    const values = read(text);
    // Text of another shape is not ours: the row stays without this value and finds its payment another way.
    for (const [name, value] of values ?? []) {
      if (name === 'sequence' || name === 'sequenceInBatch') row[name] = Number(value);
      else rowSetter(name)?.(row, value);
    }
    return undefined;
  };
}

/** Bytes of another shape are not ours, as in `rowTemplateReader`. */
function fixedTemplateReader(template: FixedTemplate): RowFieldReader {
  const spans = template.spans.map((span) => ({ ...span, set: spanSetter(span.name) }));
  return (bytes, from, to, row) => {
    if (!template.matches(bytes, from, to)) return undefined;
    for (const span of spans) span.set?.(row, bytes, from + span.from, from + span.to);
    return undefined;
  };
}

type SpanSetter = (row: ReadRow, bytes: Buffer, from: number, to: number) => void;

function spanSetter(name: string): SpanSetter | undefined {
  if (name === 'sequence' || name === 'sequenceInBatch') {
    return (row, bytes, from, to) => {
      row[name] = readDigits(bytes, from, to);
    };
  }
  const set = rowSetter(name);
  return set && ((row, bytes, from, to) => set(row, bytes.toString('latin1', from, to)));
}

/** The number in a range of digits; other characters (padding) do not count. */
export function readDigits(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = bytes[at]! - 0x30;
    if (digit >= 0 && digit <= 9) value = value * 10 + digit;
  }
  return value;
}

export type StaticValue = string | number | bigint;

/** The values of the file or the batch that a header or trailer field gives; a text when the field is broken. */
export function readStatic(
  field: FieldDefinition,
  text: string,
): readonly (readonly [string, StaticValue])[] | string {
  const { content } = field;
  if (content.kind === 'template') return readTemplate(field, text);
  if (content.kind !== 'value' || text === '') return [];
  // `otherwise` stands for several values, so it says none of them.
  if (text === field.otherwise && !field.map.some(([, to]) => to === text)) return [];
  // A number in another base lost its high digits, and a moved date is not the file's.
  if (field.alphabet !== '' || field.addDays !== 0) return [];
  const mapped = field.map.find(([, to]) => to === text)?.[0] ?? text;
  const value = parseStatic(field.type, mapped);
  if (value === undefined)
    return `"${field.name}" is not ${field.type.kind === 'date' ? 'a date' : 'a number'}`;
  return [[content.value, value]];
}

function parseStatic(type: FieldType, text: string): StaticValue | undefined {
  switch (type.kind) {
    case 'amount':
      return parseAmount(type, text);
    case 'integer':
      return /^[0-9]+$/.test(text) ? (text.length < 16 ? Number(text) : BigInt(text)) : undefined;
    case 'date':
      return parseDate(type.pattern, text) ?? text;
    default:
      return text;
  }
}

function readTemplate(field: FieldDefinition, text: string): readonly (readonly [string, StaticValue])[] {
  if (field.content.kind !== 'template') return [];
  const values = compileTemplateReader(field.content.parts)(text);
  return [...(values ?? [])].map(([name, value]) => {
    const number = valueSpec(name)?.kind === 'integer' && /^[0-9]+$/.test(value);
    return [name, number ? Number(value) : value] as const;
  });
}
