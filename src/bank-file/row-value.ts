// The values of one payment (and of the bank's answer to it) as bytes: one closure for each value, chosen when the
// format is compiled, so that nothing is looked up by name while rows are written.

import { BATCH_DIGITS, LINE_DIGITS } from '../base/payment-reference.js';
import { amountWriter } from './amount-text.js';
import type { ByteSink } from './byte-sink.js';
import type { FieldDefinition } from './definition.js';
import type { PaymentRow } from './payment-row.js';
import { type TextTable, writeText } from './text-rules.js';
import type { ValueName } from './value.js';

/** Returns the number of characters written, or -1 when a character cannot be written. */
export type ContentStep = (
  row: PaymentRow,
  sequence: number,
  sequenceInBatch: number,
  sink: ByteSink,
) => number;

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

/** The step that writes a row or outcome value. `width` > 0: numbers are padded with zeros to it at once. */
export function rowStep(
  value: ValueName,
  field: FieldDefinition,
  width: number,
  table: TextTable,
  cell: OutcomeCell,
): ContentStep {
  switch (value) {
    case 'reference':
      return (row, _sequence, _inBatch, sink) => {
        sink.digits(row.batch, BATCH_DIGITS);
        sink.digits(row.line, LINE_DIGITS);
        return BATCH_DIGITS + LINE_DIGITS;
      };
    case 'account':
      return (row, _sequence, _inBatch, sink) => {
        sink.copy(row.bytes, row.accountFrom, row.accountTo);
        return row.accountTo - row.accountFrom;
      };
    case 'name':
      return (row, _sequence, _inBatch, sink) => writeText(table, row.bytes, row.nameFrom, row.nameTo, sink);
    case 'residentId':
      return (row, _sequence, _inBatch, sink) =>
        writeText(table, row.bytes, row.residentIdFrom, row.residentIdTo, sink);
    case 'amount':
      return amountStep(field, width);
    default:
      return numberStep(value, width) ?? textStep(value, table, cell);
  }
}

function amountStep(field: FieldDefinition, width: number): ContentStep {
  const type = field.type.kind === 'amount' ? field.type : undefined;
  const write = amountWriter(type ?? { kind: 'amount', unit: 'fen', decimals: 2, point: false }, width);
  return (row, _sequence, _inBatch, sink) => {
    const start = sink.length;
    write(row.amountFen, sink);
    return sink.length - start;
  };
}

function numberStep(value: ValueName, width: number): ContentStep | undefined {
  const digits = (sink: ByteSink, number: number, least: number): number => {
    const start = sink.length;
    sink.digits(number, least);
    return sink.length - start;
  };
  switch (value) {
    case 'sequence':
      return (_row, sequence, _inBatch, sink) => digits(sink, sequence, width);
    case 'sequenceInBatch':
      return (_row, _sequence, inBatch, sink) => digits(sink, inBatch, width);
    case 'payeeBank':
      return (row, _sequence, _inBatch, sink) => digits(sink, row.bank, 3);
    case 'region':
      return (row, _sequence, _inBatch, sink) => digits(sink, row.region, 6);
    case 'rosterBatch':
      return (row, _sequence, _inBatch, sink) => digits(sink, row.batch, width);
    case 'rosterLine':
      return (row, _sequence, _inBatch, sink) => digits(sink, row.line, width);
    default:
      return undefined;
  }
}

/** Values that are strings (the bank's codes and texts): few different ones, so their UTF-8 bytes are kept. */
function textStep(value: ValueName, table: TextTable, cell: OutcomeCell): ContentStep {
  const known = new Map<string, Uint8Array>();
  return (row, sequence, inBatch, sink) => {
    const text = rowText(value, row, sequence, inBatch, cell);
    const bytes = known.get(text) ?? encoder.encode(text);
    if (known.size < 1000) known.set(text, bytes);
    return writeText(table, bytes, 0, bytes.length, sink);
  };
}

/** A value written by a code map: the mapped text, or `otherwise`, or refused (-1). */
export function mappedStep(
  value: ValueName,
  field: FieldDefinition,
  table: TextTable,
  cell: OutcomeCell,
): ContentStep {
  const mapped = new Map(field.map.map(([from, to]) => [from, encoder.encode(to)]));
  const otherwise = field.otherwise === undefined ? undefined : encoder.encode(field.otherwise);
  const byBank: (Uint8Array | undefined)[] = [];
  return (row, sequence, inBatch, sink) => {
    let bytes = value === 'payeeBank' ? byBank[row.bank] : undefined;
    if (bytes === undefined) {
      bytes = mapped.get(rowText(value, row, sequence, inBatch, cell)) ?? otherwise;
      if (bytes === undefined) return -1;
      if (value === 'payeeBank') byBank[row.bank] = bytes;
    }
    return writeText(table, bytes, 0, bytes.length, sink);
  };
}
