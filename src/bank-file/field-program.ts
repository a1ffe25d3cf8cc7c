// One field → steps: its content, then what the layout asks of it (padding, longest length, quotes).

import { EngineError } from '../base/error.js';
import { formatReference } from '../base/payment-reference.js';
import { formatAmount } from './amount-text.js';
import { ByteSink } from './byte-sink.js';
import { checkDigit, digestHex } from './check-digit.js';
import { formatDate, movedDate } from './date-pattern.js';
import type { Encoding, FieldDefinition } from './definition.js';
import type { PaymentRow } from './payment-row.js';
import { NO_ROW, type ProgramBuilder, type Step } from './program.js';
import { quotedStep } from './quoted-step.js';
import { codeMatcher } from './record-alternatives.js';
import { joined, numberOp, type RowOp, withOps } from './row-op.js';
import { type ContentStep, mappedStep, type OutcomeCell, rowStep, rowText } from './row-value.js';
import { formatTemplate, type ValueLookup } from './template.js';
import { isOfRow, templateStep, textContent } from './template-step.js';
import { lastRefused, pointName, type TextTable, textTable, writeText } from './text-rules.js';
import { type ValueName, valueSpec } from './value.js';

/** What is known while a program is compiled. */
export interface WriteContext {
  readonly encoding: Encoding;
  /** Values of the file and the batch; row values are not asked for here. */
  readonly lookup: ValueLookup;
  readonly outcome: OutcomeCell;
  /** The bank that the file is for, or NaN where that is not known. */
  readonly ownBank: number;
  readonly escape: 'none' | 'xml' | 'json' | 'sheet';
  /** The record's separator, which no unquoted content may hold. */
  readonly separator: string;
  readonly quote: 'none' | 'needed' | 'always';
  /** Which of the records of a row it is, from 0, of how many. */
  readonly place: { readonly index: number; readonly of: number };
  /** Positions of the fields of the record being written: start and end of field n at 2n and 2n + 1. */
  readonly marks: Int32Array;
  /** Of the record. */
  readonly fields: readonly FieldDefinition[];
  /** Fields of the record by name, for check digits and digests. */
  indexOf(name: string): number;
  /** Fields whose position someone needs. */
  readonly marked: ReadonlySet<number>;
}

const encoder = new TextEncoder();

/** Whether the field's bytes change with the row. */
export function isRowField(field: FieldDefinition): boolean {
  const { content } = field;
  if (field.codes.length > 0) return true;
  if (content.kind === 'value') return isOfRow(content.value);
  if (content.kind === 'template')
    return content.parts.some((part) => part.kind === 'value' && isOfRow(part.text));
  return content.kind === 'checkDigit' || content.kind === 'digest';
}

/** Adds the field to the program. Content that does not change with the row is rendered here and now. */
export function addField(
  builder: ProgramBuilder,
  field: FieldDefinition,
  index: number,
  context: WriteContext,
): void {
  const step = fieldStep(field, context);
  const marked = context.marked.has(index);
  const { marks } = context;
  if (marked) builder.step(markStep((sink) => void (marks[2 * index] = sink.length), [{ op: 'beginField' }]));
  if (isRowField(field) && fixedDigits(field, context) === undefined) builder.step(step);
  else builder.bytes(render(step));
  // Nothing but hashes asks for places: whatever else does has no operations.
  const ended: RowOp[] = [{ op: 'hash', field: field.name }];
  if (marked) builder.step(markStep((sink) => void (marks[2 * index + 1] = sink.length), ended));
}

function markStep(mark: (sink: ByteSink) => void, ops: readonly RowOp[]): Step {
  return withOps<Step>((_row, _sequence, _inBatch, sink) => mark(sink), ops);
}

export function render(step: Step): Uint8Array {
  const sink = new ByteSink(256);
  step(NO_ROW, 0, 0, sink);
  return sink.take();
}

/** The complete step of one field. */
export function fieldStep(field: FieldDefinition, context: WriteContext): Step {
  const quoted = context.quote !== 'none' && (field.type.kind === 'text' || context.quote === 'always');
  const plain = textTable({
    encoding: context.encoding,
    characters: field.characters,
    forbidden: context.quote === 'none' ? context.separator : '',
    escape: context.quote === 'none' ? context.escape : 'quote',
  });
  const content = contentStep(field, plain, context);
  const bounded = boundedStep(
    field,
    insteadStep(field, forCodes(field, content, context), plain, context),
    plain,
    context,
  );
  return quoted ? quotedStep(bounded, context) : bounded;
}

function contentStep(field: FieldDefinition, table: TextTable, context: WriteContext): ContentStep {
  const { content } = field;
  switch (content.kind) {
    case 'filler':
      return withOps<ContentStep>(() => 0, []);
    case 'constant':
      return textContent(field, content.text, table);
    case 'template':
      return templateStep(field, content.parts, table, context);
    case 'checkDigit': {
      const fixed = fixedDigits(field, context);
      if (fixed !== undefined) return textContent(field, checkDigit(content.algorithm, fixed), table);
      return (_row, _sequence, _inBatch, sink) =>
        writeAscii(checkDigit(content.algorithm, markedText(content.of, sink, context)), sink);
    }
    case 'digest':
      return (_row, _sequence, _inBatch, sink) =>
        writeAscii(digestHex(content.algorithm, markedBytes(content.of, sink, context)), sink);
    case 'value':
      return sliced(content.slice, valueStep(field, content.value, table, context));
  }
}

function valueStep(
  field: FieldDefinition,
  value: ValueName,
  table: TextTable,
  context: WriteContext,
): ContentStep {
  const scope = valueSpec(value)?.scope;
  if (scope !== 'row' && scope !== 'outcome')
    return textContent(field, staticText(field, value, context.lookup), table);
  const mapped = field.map.length > 0 || field.otherwise !== undefined;
  if (mapped) return mappedStep(value, field, table, context.outcome, context.ownBank);
  const zeros = field.pad === '0' && field.justify === 'right' ? field.width : 0;
  if (value === 'recordInBatch') {
    const { index, of } = context.place;
    return withOps<ContentStep>(
      (_row, _sequence, inBatch, sink) => writeDigits((inBatch - 1) * of + index + 1, zeros, sink),
      [numberOp('inBatch', zeros, { times: of, plus: index + 1 - of })],
    );
  }
  return rowStep(value, field, zeros, table, context.outcome, context.ownBank);
}

/** A value of the file or the batch as text, after its code map. */
function staticText(field: FieldDefinition, value: ValueName, lookup: ValueLookup): string {
  const raw = lookup(value);
  if (raw === undefined) return '';
  const text = formatStatic(field, raw);
  if (field.map.length === 0) return text;
  const mapped = field.map.find(([from]) => from === text)?.[1] ?? field.otherwise;
  if (mapped !== undefined) return mapped;
  throw new EngineError('PAYMENT_FILE_REFUSED', {
    field: field.name,
    problem: `no code is declared for "${text}"`,
  });
}

function formatStatic(field: FieldDefinition, value: string | number | bigint): string {
  if (field.type.kind === 'amount') return formatAmount(field.type, BigInt(value));
  if (field.type.kind === 'date') {
    return formatDate(field.type.pattern, movedDate(String(value), field.addDays));
  }
  return field.alphabet === '' ? String(value) : inAlphabet(BigInt(value), field.alphabet, field.width);
}

/** The low-order digits of a number in a base of its own, such as the letters that number the files of a day. */
function inAlphabet(value: bigint, alphabet: string, width: number): string {
  const base = BigInt(alphabet.length);
  let text = '';
  for (let rest = value; text.length < width; rest /= base) text = alphabet[Number(rest % base)]! + text;
  return text;
}

/** The digits that a check digit is over, where they are the same in every row: one bank's routing number. */
function fixedDigits(field: FieldDefinition, context: WriteContext): string | undefined {
  if (field.content.kind !== 'checkDigit') return undefined;
  const of = field.content.of.map((name) => context.fields[context.indexOf(name)]);
  if (of.some((other) => other === undefined || isRowField(other))) return undefined;
  return of.map((other) => Buffer.from(render(fieldStep(other!, context))).toString('latin1')).join('');
}

/** Nothing but padding for rows whose code is not among the field's. */
function forCodes(field: FieldDefinition, content: ContentStep, context: WriteContext): ContentStep {
  if (field.codes.length === 0) return content;
  const { outcome } = context;
  const matches = codeMatcher(field.codes);
  const step: ContentStep = (row, sequence, inBatch, sink) =>
    matches(outcome.code) ? content(row, sequence, inBatch, sink) : 0;
  // A payment has no code.
  return withOps(step, matches('') ? content.ops : []);
}

/** What the scheme lets stand in for a text that it has no characters for. */
function insteadStep(
  field: FieldDefinition,
  content: ContentStep,
  table: TextTable,
  context: WriteContext,
): ContentStep {
  if (field.instead === undefined) return content;
  const other = templateStep(
    { ...field, content: { kind: 'template', parts: field.instead } },
    field.instead,
    table,
    context,
  );
  const step: ContentStep = (row, sequence, inBatch, sink) => {
    const start = sink.length;
    const characters = content(row, sequence, inBatch, sink);
    if (characters >= 0) return characters;
    sink.length = start;
    return other(row, sequence, inBatch, sink);
  };
  if (content.ops === undefined || other.ops === undefined) return step;
  return withOps(step, [{ op: 'instead', content: content.ops, other: other.ops }]);
}

function writeDigits(number: number, least: number, sink: ByteSink): number {
  const start = sink.length;
  sink.digits(number, least);
  return sink.length - start;
}

function writeAscii(text: string, sink: ByteSink): number {
  sink.text(text);
  return text.length;
}

function markedBytes(names: readonly string[], sink: ByteSink, context: WriteContext): Uint8Array {
  const collected = new ByteSink(128);
  for (const name of names) {
    const index = context.indexOf(name);
    collected.copy(sink.bytes, context.marks[2 * index]!, context.marks[2 * index + 1]!);
  }
  return collected.take();
}

function markedText(names: readonly string[], sink: ByteSink, context: WriteContext): string {
  return String.fromCharCode(...markedBytes(names, sink, context));
}

function sliced(slice: readonly [number, number] | undefined, step: ContentStep): ContentStep {
  if (slice === undefined) return step;
  const [from, to] = slice;
  const cutOut: ContentStep = (row, sequence, inBatch, sink) => {
    const start = sink.length;
    if (step(row, sequence, inBatch, sink) < 0) return -1;
    const end = Math.min(sink.length, start + to);
    sink.bytes.copyWithin(start, start + from - 1, end);
    sink.length = Math.max(start, end - (from - 1));
    return sink.length - start;
  };
  return withOps(cutOut, joined([step.ops, [{ op: 'slice', from: from - 1, to }]]));
}

/** Padding, longest length, required: what the layout asks of every field. */
function boundedStep(
  field: FieldDefinition,
  content: ContentStep,
  table: TextTable,
  context: WriteContext,
): Step {
  const { width, max, maxUnit, min, justify, required } = field;
  const pad = field.pad.charCodeAt(0);
  const step: Step = (row, sequence, inBatch, sink) => {
    const start = sink.length;
    let characters = content(row, sequence, inBatch, sink);
    if (characters < 0) throw refused(field, row, refusedProblem(field));
    let size = maxUnit === 'bytes' ? sink.length - start : characters;
    if (max > 0 && size > max) {
      if (field.long === 'refuse') throw refused(field, row, `it is longer than ${max} ${maxUnit}`);
      characters = cut(field, table, row, sequence, inBatch, sink, start, context);
      size = maxUnit === 'bytes' ? sink.length - start : characters;
    }
    if (required && sink.length === start) throw refused(field, row, 'it is empty');
    if (size < min) throw refused(field, row, `it is shorter than ${min} ${maxUnit}`);
    if (size < width) padTo(sink, start, width - size, pad, justify);
  };
  const bounds = { max, countsBytes: maxUnit === 'bytes', min, required, width, pad };
  const end: RowOp = { op: 'endField', ...bounds, isRight: justify === 'right' };
  return withOps(step, joined([[{ op: 'beginField' }], content.ops, [end]]));
}

function padTo(sink: ByteSink, start: number, count: number, pad: number, justify: 'left' | 'right'): void {
  const end = sink.length;
  sink.repeat(pad, count);
  if (justify === 'left' || end === start) return;
  sink.bytes.copyWithin(start + count, start, end);
  sink.bytes.fill(pad, start, start + count);
}

/** Writes as many whole characters as fit. */
function cut(
  field: FieldDefinition,
  table: TextTable,
  row: PaymentRow,
  sequence: number,
  inBatch: number,
  sink: ByteSink,
  start: number,
  context: WriteContext,
): number {
  sink.length = start;
  let written = 0;
  for (const character of fieldText(field, row, sequence, inBatch, context)) {
    const before = sink.length;
    const bytes = encoder.encode(character);
    const count = writeText(table, bytes, 0, bytes.length, sink);
    const size = field.maxUnit === 'bytes' ? sink.length - start : written + count;
    if (size > field.max) {
      sink.length = before;
      break;
    }
    written += count;
  }
  return written;
}

function fieldText(
  field: FieldDefinition,
  row: PaymentRow,
  sequence: number,
  inBatch: number,
  context: WriteContext,
): string {
  const { content } = field;
  const lookup: ValueLookup = (name) => {
    const scope = valueSpec(name)?.scope;
    if (scope !== 'row' && scope !== 'outcome') return context.lookup(name);
    return rowText(name as ValueName, row, sequence, inBatch, context.outcome);
  };
  if (content.kind === 'template') return formatTemplate(content.parts, lookup);
  if (content.kind === 'constant') return content.text;
  return content.kind === 'value' ? String(lookup(content.value) ?? '') : '';
}

function refusedProblem(field: FieldDefinition): string {
  if (field.map.length > 0) return 'no code is declared for its value';
  return `the bank cannot take the character ${pointName(lastRefused.point)}`;
}

/** Never names the person: the reference finds the payment. */
function refused(field: FieldDefinition, row: PaymentRow, problem: string): EngineError {
  // Outside rows it is a value of the file that does not fit: the institution's own, most often.
  if (row === NO_ROW) return new EngineError('PAYMENT_FILE_REFUSED', { field: field.name, problem });
  const reference = formatReference(row.batch, row.line);
  return new EngineError('PAYMENT_UNENCODABLE', { reference, field: field.name, problem });
}
