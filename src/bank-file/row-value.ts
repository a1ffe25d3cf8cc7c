// The values of one payment (and of the bank's answer to it) as bytes: one closure for each value, chosen when the
// format is compiled, so that nothing is looked up by name while rows are written.

import { BATCH_DIGITS, LINE_DIGITS } from '../base/payment-reference.js';
import { type AmountType, amountWriter, isWhole, wholeWidth } from './amount-text.js';
import { ByteSink } from './byte-sink.js';
import type { FieldDefinition } from './definition.js';
import type { PaymentRow } from './payment-row.js';
import { NO_ROW } from './program.js';
import { type FixedText, type NumberSource, numberOp, type RowOp, type WithOps, withOps } from './row-op.js';
import { type TextTable, writeText } from './text-rules.js';
import type { ValueName } from './value.js';

/** Returns the number of characters written, or -1 when a character cannot be written. */
export type ContentStep = WithOps &
  ((row: PaymentRow, sequence: number, sequenceInBatch: number, sink: ByteSink) => number);

export const REFERENCE_OPS: readonly RowOp[] = [
  numberOp('batch', BATCH_DIGITS, { most: BATCH_DIGITS }),
  numberOp('line', LINE_DIGITS, { most: LINE_DIGITS }),
];

/** What the bank answers to the row being written: only return writers fill it. */
export interface OutcomeCell {
  status: string;
  code: string;
  text: string;
  account: string;
  name: string;
  bank: string;
  residentId: string;
  data: string;
}

export function emptyOutcome(): OutcomeCell {
  return { status: '', code: '', text: '', account: '', name: '', bank: '', residentId: '', data: '' };
}

export const IDENTITY_KINDS = ['resident', 'hongKong', 'macau', 'taiwan', 'foreign', 'other'] as const;
export type IdentityKind = (typeof IDENTITY_KINDS)[number];

/** The kind of an identity number by its first characters (GB 11643 and the residence permits that use its check). */
export function identityKind(bytes: Uint8Array, from: number): IdentityKind {
  const first = bytes[from]!;
  if (first < 0x30 || first > 0x39) return 'other';
  if (first === 0x39) return 'foreign';
  if (first !== 0x38) return 'resident';
  const second = bytes[from + 1];
  if (second === 0x31) return 'hongKong';
  return second === 0x32 ? 'macau' : second === 0x33 ? 'taiwan' : 'resident';
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** The value as text: for code maps and for cutting, away from the hot path. */
export function rowText(
  value: ValueName,
  row: PaymentRow,
  sequence: number,
  inBatch: number,
  cell: OutcomeCell,
): string {
  const text = (from: number, to: number): string => decoder.decode(row.bytes.subarray(from, to));
  switch (value) {
    case 'reference':
      return String(row.batch).padStart(BATCH_DIGITS, '0') + String(row.line).padStart(LINE_DIGITS, '0');
    case 'sequence':
      return String(sequence);
    case 'sequenceInBatch':
      return String(inBatch);
    case 'account':
      return text(row.accountFrom, row.accountTo);
    case 'name':
      return text(row.nameFrom, row.nameTo);
    case 'residentId':
      return text(row.residentIdFrom, row.residentIdTo);
    case 'identityKind':
      return identityKind(row.bytes, row.residentIdFrom);
    case 'amount':
      return String(row.amountFen);
    case 'payeeBank':
      return String(row.bank);
    case 'region':
      return String(row.region).padStart(6, '0');
    case 'rosterBatch':
      return String(row.batch);
    case 'rosterLine':
      return String(row.line);
    default:
      return outcomeText(value, cell);
  }
}

function outcomeText(value: ValueName, cell: OutcomeCell): string {
  switch (value) {
    case 'status':
      return cell.status;
    case 'status.1':
    case 'status.2':
    case 'status.3':
      return cell.status.split('/')[Number(value.slice(-1)) - 1] ?? '';
    case 'code':
      return cell.code;
    case 'text':
      return cell.text;
    case 'correction.account':
      return cell.account;
    case 'correction.name':
      return cell.name;
    case 'correction.bank':
      return cell.bank;
    case 'correction.data':
      return cell.data;
    default:
      return cell.residentId;
  }
}

/** A text that is the same in every row. */
export function fixedStep(table: TextTable, bytes: Uint8Array): ContentStep {
  const text = fixedText(table, bytes);
  const step: ContentStep = (_row, _sequence, _inBatch, sink) =>
    writeText(table, bytes, 0, bytes.length, sink);
  return withOps(step, text && [{ op: 'bytes', ...text }]);
}

/** Undefined when the bank does not take it. */
function fixedText(table: TextTable, bytes: Uint8Array): FixedText | undefined {
  const sink = new ByteSink(bytes.length * 2 + 8);
  const characters = writeText(table, bytes, 0, bytes.length, sink);
  return characters < 0 ? undefined : { bytes: sink.take(), characters };
}

/** The step that writes a row or outcome value. `width` > 0: numbers are padded with zeros to it at once. */
export function rowStep(
  value: ValueName,
  field: FieldDefinition,
  width: number,
  table: TextTable,
  cell: OutcomeCell,
  ownBank: number,
): ContentStep {
  switch (value) {
    case 'reference':
      return withOps<ContentStep>((row, _sequence, _inBatch, sink) => {
        sink.digits(row.batch, BATCH_DIGITS);
        sink.digits(row.line, LINE_DIGITS);
        return BATCH_DIGITS + LINE_DIGITS;
      }, REFERENCE_OPS);
    case 'account':
      return withOps<ContentStep>(
        (row, _sequence, _inBatch, sink) => {
          sink.copy(row.bytes, row.accountFrom, row.accountTo);
          return row.accountTo - row.accountFrom;
        },
        [{ op: 'account' }],
      );
    case 'name':
      return withOps<ContentStep>(
        (row, _sequence, _inBatch, sink) => writeText(table, row.bytes, row.nameFrom, row.nameTo, sink),
        [{ op: 'name', table }],
      );
    case 'residentId':
      return withOps<ContentStep>(
        (row, _sequence, _inBatch, sink) =>
          writeText(table, row.bytes, row.residentIdFrom, row.residentIdTo, sink),
        [{ op: 'residentId', table }],
      );
    case 'amount':
      return amountStep(field, width);
    default:
      return numberStep(value, width, ownBank) ?? textStep(value, table, cell);
  }
}

const FEN: AmountType = { kind: 'amount', unit: 'fen', decimals: 2, point: false };

function amountOp(type: AmountType, width: number): RowOp {
  const { point, decimals } = type;
  if (isWhole(type)) return numberOp('amount', width);
  return { op: 'yuan', least: wholeWidth(type, width), point, extra: decimals - 2 };
}

function amountStep(field: FieldDefinition, width: number): ContentStep {
  const { type: declared } = field;
  const type = declared.kind === 'amount' ? declared : FEN;
  const write = amountWriter(type, width);
  return withOps<ContentStep>(
    (row, _sequence, _inBatch, sink) => {
      const start = sink.length;
      write(row.amountFen, sink);
      return sink.length - start;
    },
    [amountOp(type, width)],
  );
}

function numberStep(value: ValueName, width: number, ownBank: number): ContentStep | undefined {
  const said = (of: NumberSource, least: number, step: ContentStep): ContentStep =>
    withOps(step, [numberOp(of, least)]);
  const digits = (sink: ByteSink, number: number, least: number): number => {
    const start = sink.length;
    sink.digits(number, least);
    return sink.length - start;
  };
  switch (value) {
    case 'sequence':
      return said('sequence', width, (_row, sequence, _inBatch, sink) => digits(sink, sequence, width));
    case 'sequenceInBatch':
      return said('inBatch', width, (_row, _sequence, inBatch, sink) => digits(sink, inBatch, width));
    case 'payeeBank':
      return bankStep(ownBank, (row, _sequence, _inBatch, sink) => digits(sink, row.bank, 3));
    case 'region':
      return said('region', 6, (row, _sequence, _inBatch, sink) => digits(sink, row.region, 6));
    case 'rosterBatch':
      return said('batch', width, (row, _sequence, _inBatch, sink) => digits(sink, row.batch, width));
    case 'rosterLine':
      return said('line', width, (row, _sequence, _inBatch, sink) => digits(sink, row.line, width));
    default:
      return undefined;
  }
}

/** Values that are strings (the bank's codes and texts): few different ones, so their UTF-8 bytes are kept. */
function textStep(value: ValueName, table: TextTable, cell: OutcomeCell): ContentStep {
  const known = new Map<string, Uint8Array>();
  const step: ContentStep = (row, sequence, inBatch, sink) => {
    const text = rowText(value, row, sequence, inBatch, cell);
    const bytes = known.get(text) ?? encoder.encode(text);
    if (known.size < 1000) known.set(text, bytes);
    return writeText(table, bytes, 0, bytes.length, sink);
  };
  return value === 'identityKind' ? withOps(step, [kindOp(table, (kind) => encoder.encode(kind))]) : step;
}

/** A value written by a code map: the mapped text, or `otherwise`, or refused (-1). */
export function mappedStep(
  value: ValueName,
  field: FieldDefinition,
  table: TextTable,
  cell: OutcomeCell,
  ownBank: number,
): ContentStep {
  const mapped = new Map(field.map.map(([from, to]) => [from, encoder.encode(to)]));
  const otherwise = field.otherwise === undefined ? undefined : encoder.encode(field.otherwise);
  const byBank: (Uint8Array | undefined)[] = [];
  const step: ContentStep = (row, sequence, inBatch, sink) => {
    let bytes = value === 'payeeBank' ? byBank[row.bank] : undefined;
    if (bytes === undefined) {
      bytes = mapped.get(rowText(value, row, sequence, inBatch, cell)) ?? otherwise;
      if (bytes === undefined) return -1;
      if (value === 'payeeBank') byBank[row.bank] = bytes;
    }
    return writeText(table, bytes, 0, bytes.length, sink);
  };
  if (value === 'payeeBank') return bankStep(ownBank, step);
  if (value !== 'identityKind') return step;
  return withOps(step, [kindOp(table, (kind) => mapped.get(kind) ?? otherwise)]);
}

/** The payee's bank is the one that the file is for, wherever rows are written without steps. */
function bankStep(ownBank: number, step: ContentStep): ContentStep {
  if (!(ownBank > 0)) return step;
  const sink = new ByteSink(64);
  const characters = step({ ...NO_ROW, bank: ownBank }, 0, 0, sink);
  return characters < 0 ? step : withOps(step, [{ op: 'bytes', bytes: sink.take(), characters }]);
}

function kindOp(table: TextTable, textOf: (kind: IdentityKind) => Uint8Array | undefined): RowOp {
  const texts = IDENTITY_KINDS.map((kind) => {
    const bytes = textOf(kind);
    return bytes && fixedText(table, bytes);
  });
  return { op: 'kind', texts };
}
