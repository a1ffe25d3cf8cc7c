// A detail record → the program that compiled loops read its rows by (kernel/assembly/bank-rows.ts), where they can.

import type { Encoding, FieldDefinition, FieldType, FileLayout, RecordDefinition } from './definition.js';
import { rowFieldReader } from './field-reader.js';
import { type Constant, constantsOf } from './record-reader.js';
import { valueSpec } from './value.js';

/** In the order of assembly/bank-rows.ts. */
export const STEP_KINDS = [
  'constant',
  'sequence',
  'number',
  'reference',
  'amount',
  'asciiText',
  'text',
  'said',
  'blank',
] as const;

const FIELDS_MAX = 100;
const AMOUNT_YUAN = 1;
const AMOUNT_ZERO_IS_NONE = 2;
const AMOUNT_ZERO_PADDED = 4;

export interface RowStep {
  readonly kind: (typeof STEP_KINDS)[number];
  /** Offset in a record of fixed width; number of the field where fields are delimited. */
  readonly at: number;
  readonly width: number;
  /** Flags of an amount; number of a field that says something. */
  readonly more: number;
  /** What a constant must be. */
  readonly bytes: Uint8Array | undefined;
}

export interface AnswerProgram {
  readonly record: RecordDefinition;
  readonly steps: readonly RowStep[];
}

/**
 * Undefined where rows have what the loops do not read: several records, check digits, hash totals, templates, characters for a
 * unit, records without line ends, separators of several bytes; or nothing that the loops could find their payment by.
 */
export function compileAnswerProgram(layout: FileLayout): AnswerProgram | undefined {
  const [record, ...others] = layout.records.detail;
  if (record === undefined || others.length > 0 || !canCut(layout, record)) return undefined;
  if (record.fields.length > FIELDS_MAX) return undefined;
  if (layout.hashes.length > 0 || record.codes.length > 0) return undefined;
  const constants = constantsOf(record, layout);
  const steps: RowStep[] = [];
  let offset = 0;
  for (const [index, field] of record.fields.entries()) {
    const at = layout.kind === 'fixed' ? offset : index;
    offset += field.width;
    const constant = constants.find((candidate) => candidate.index === index);
    const found = stepOf(field, index, at, layout, constant);
    if (found === 'none') return undefined;
    if (found !== 'unread') steps.push(found);
  }
  const stands = (kind: RowStep['kind']): number => steps.filter((step) => step.kind === kind).length;
  if (stands('reference') !== 1 || stands('sequence') > 1 || stands('amount') > 1) return undefined;
  // What tells most rows from others is looked at first.
  return { record, steps: steps.sort((one, other) => rank(one) - rank(other)) };
}

function rank({ kind }: RowStep): number {
  return kind === 'constant' ? 0 : kind === 'reference' ? 1 : 2;
}

function canCut(layout: FileLayout, record: RecordDefinition): boolean {
  if (layout.lineEnd !== 'CRLF' && layout.lineEnd !== 'LF') return false;
  if (layout.kind === 'fixed') return layout.unit === 'bytes' && record.length > 1;
  return layout.kind === 'delimited' && record.separator.length === 1 && record.separator < '\u0080';
}

/** `unread`: whatever stands there; `none`: the loops cannot read it. */
function stepOf(
  field: FieldDefinition,
  index: number,
  at: number,
  layout: FileLayout,
  constant: Constant | undefined,
): RowStep | 'unread' | 'none' {
  const { content } = field;
  const step = (kind: RowStep['kind'], more = 0): RowStep => {
    return { kind, at, width: field.width, more, bytes: undefined };
  };
  switch (content.kind) {
    case 'constant':
      return constant === undefined ? 'unread' : { ...step('constant'), bytes: constant.bytes };
    case 'checkDigit':
    case 'digest':
      return 'none';
    case 'filler':
      return 'unread';
    case 'template':
      return rowFieldReader(field, layout.encoding) === undefined ? 'unread' : 'none';
    case 'value': {
      const found = valueStep(field, index, layout.encoding);
      if (typeof found === 'string') return found;
      const isOfNumber = found.kind === 'sequence' || found.kind === 'number' || found.kind === 'amount';
      if (isOfNumber && !isNumber(field)) return 'none';
      const padded = found.kind === 'amount' && field.width > 0 && field.pad === '0' ? AMOUNT_ZERO_PADDED : 0;
      return step(found.kind, found.more | padded);
    }
  }
}

/** How a value is read whose padding was taken off, or is none but blanks. `index`: which field of the row it is. */
export function valueStep(
  field: FieldDefinition,
  index: number,
  encoding: Encoding,
): Pick<RowStep, 'kind' | 'more'> | 'unread' | 'none' {
  const { content } = field;
  if (content.kind !== 'value') return 'none';
  const { value } = content;
  if (rowFieldReader(field, encoding) === undefined) return 'unread';
  if (value.startsWith('correction.')) return field.map.length === 0 ? { kind: 'blank', more: 0 } : 'none';
  if (valueSpec(value)?.scope === 'outcome') return { kind: 'said', more: index };
  switch (value) {
    case 'sequence':
      return { kind: 'sequence', more: 0 };
    case 'sequenceInBatch':
      return { kind: 'number', more: 0 };
    case 'reference':
      return field.map.length === 0 ? { kind: 'reference', more: 0 } : 'none';
    case 'amount': {
      const flags = amountFlags(field);
      return flags === undefined ? 'none' : { kind: 'amount', more: flags };
    }
    case 'account':
      return { kind: 'asciiText', more: 0 };
    default:
      return { kind: encoding === 'ASCII' || encoding === 'Latin-1' ? 'asciiText' : 'text', more: 0 };
  }
}

/** Padded with what does not change a number. */
function isNumber({ width, pad, justify }: FieldDefinition): boolean {
  return width === 0 || pad === ' ' || (pad === '0' && justify === 'right');
}

function amountFlags({ type, codes }: FieldDefinition): number | undefined {
  const yuan = unitFlag(type);
  return yuan === undefined ? undefined : yuan | (codes.length > 0 ? AMOUNT_ZERO_IS_NONE : 0);
}

function unitFlag(type: FieldType): number | undefined {
  if (type.kind !== 'amount') return undefined;
  if (type.unit === 'fen') return 0;
  if (type.point) return AMOUNT_YUAN;
  return type.decimals === 2 ? 0 : undefined;
}
