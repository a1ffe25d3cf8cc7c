// Delimited and fixed-width records → steps.

import type { FileLayout, RecordDefinition } from './definition.js';
import { addField, fieldStep, isRowField, render, type WriteContext } from './field-program.js';
import type { ProgramBuilder } from './program.js';
import type { NumberSource } from './row-op.js';
import type { OutcomeCell } from './row-value.js';
import type { ValueLookup } from './template.js';

export const LINE_ENDS = { CRLF: '\r\n', LF: '\n', CR: '\r', none: '' } as const;

export interface Writing {
  readonly layout: FileLayout;
  readonly lookup: ValueLookup;
  readonly outcome: OutcomeCell;
}

/** Place of the row being written among those of its array or sheet, from 1: set before its steps run. */
export interface RowPlace {
  number: number;
  /** Which of the row's numbers it is, where it is not counted. */
  readonly of?: NumberSource;
}

/** Where the fields of the record just written stand, for hash totals over them. */
export interface RecordMarks {
  readonly marks: Int32Array;
  indexOf(name: string): number;
  /** The bytes of a field that are the same in every row; undefined when they are not. */
  fixed(name: string): Uint8Array | undefined;
}

/** Which of the records of a row it is, from 0, of how many. */
export interface RecordPlace {
  readonly index: number;
  readonly of: number;
}

const ONLY: RecordPlace = { index: 0, of: 1 };

/** Adds one record with its line end. `hashed` names fields whose position is needed afterwards. */
export function addRecord(
  builder: ProgramBuilder,
  record: RecordDefinition,
  writing: Writing,
  hashed: readonly string[] = [],
  place = ONLY,
): RecordMarks {
  const context = writeContext(record, writing, hashed, place);
  const last = record.fields.length - 1;
  record.fields.forEach((field, index) => {
    addField(builder, field, index, context);
    if (record.separator !== '' && (index < last || record.trailing)) builder.ascii(record.separator);
  });
  builder.ascii(LINE_ENDS[writing.layout.lineEnd]);
  return marksOf(context);
}

export function marksOf(context: WriteContext): RecordMarks {
  return { marks: context.marks, indexOf: context.indexOf, fixed: (name) => fixedBytes(name, context) };
}

function fixedBytes(name: string, context: WriteContext): Uint8Array | undefined {
  const field = context.fields[context.indexOf(name)];
  if (field === undefined || isRowField(field)) return undefined;
  return render(fieldStep(field, context));
}

export function writeContext(
  record: Pick<RecordDefinition, 'fields' | 'separator' | 'quote'>,
  writing: Writing,
  hashed: readonly string[],
  place = ONLY,
): WriteContext {
  const { kind, encoding } = writing.layout;
  const indexOf = (name: string): number => record.fields.findIndex((field) => field.name === name);
  const isFixed = (name: string): boolean => {
    const field = record.fields[indexOf(name)];
    return field !== undefined && !isRowField(field);
  };
  const wanted = record.fields.flatMap(({ content }) => {
    if (content.kind === 'digest') return content.of;
    return content.kind === 'checkDigit' && !content.of.every(isFixed) ? content.of : [];
  });
  return {
    encoding,
    lookup: writing.lookup,
    outcome: writing.outcome,
    ownBank: Number(writing.lookup('file.bank')),
    escape: kind === 'xlsx' ? 'sheet' : kind === 'xml' || kind === 'json' ? kind : 'none',
    separator: record.separator,
    quote: record.quote,
    place,
    fields: record.fields,
    marks: new Int32Array(record.fields.length * 2),
    indexOf,
    marked: new Set(
      [...wanted, ...hashed.filter((name) => !isFixed(name))].map(indexOf).filter((index) => index >= 0),
    ),
  };
}
