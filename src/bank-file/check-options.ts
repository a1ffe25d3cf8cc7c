// Keys of fields and records that mean something in some places only: each says where.

import type { Report, Side } from './check-definition.js';
import type { FieldDefinition, FileLayout, RecordDefinition, Section } from './definition.js';
import { recordGroups } from './record-alternatives.js';
import { valueSpec } from './value.js';

export function checkOptions(side: Side, report: Report): void {
  const { layout } = side;
  if (
    layout.shortLines &&
    (layout.kind !== 'fixed' || layout.lineEnd === 'none' || layout.unit !== 'bytes')
  ) {
    report(layout.place, '"short" is for fixed records in bytes that end with a line end');
  }
  if (layout.joined && !canBeJoined(layout))
    report(layout.place, '"joined" is for fixed records of one length in bytes that end with a line end');
  for (const [section, records] of Object.entries(layout.records) as [
    Section,
    readonly RecordDefinition[],
  ][]) {
    for (const record of records) {
      checkRecord(record, section, side, report);
      for (const field of record.fields) checkField(field, section, side, report);
    }
  }
  checkAlternatives(side, report);
}

function canBeJoined({ kind, lineEnd, unit, records }: FileLayout): boolean {
  const lengths = new Set(Object.values(records).flatMap((some) => some.map(({ length }) => length)));
  return kind === 'fixed' && lineEnd !== 'none' && unit === 'bytes' && lengths.size === 1;
}

function checkRecord(record: RecordDefinition, section: Section, side: Side, report: Report): void {
  if (!record.written && !(record.optional && section === 'detail')) {
    report(record.place, '"written: false" is for optional records of a row');
  }
  if (record.codes.length === 0) return;
  if (!side.isReturn || section !== 'detail' || side.layout.tree !== undefined) {
    report(record.place, '"codes" is for records of a row in a return file of text records');
  }
  if (!record.fields.some((field) => holds(field, 'code'))) {
    report(
      record.place,
      `the record "${record.name}" is chosen by its code and has no field with the value "code"`,
    );
  }
}

/** A row must always have a record to be written with, and hash totals a field that every row has. */
function checkAlternatives({ layout }: Side, report: Report): void {
  if (layout.tree !== undefined) return;
  for (const group of recordGroups(layout.records.detail)) {
    const [first] = group as [RecordDefinition];
    if (first.codes.length === 0) continue;
    if (group.length === 1)
      report(first.place, `"${first.name}" names codes and has no alternative beside it`);
    for (const { name, of, place } of layout.hashes) {
      const inGroup = group.some((record) => record.fields.some((field) => field.name === of));
      if (inGroup) report(place, `the hash "${name}" is over a record that not every row has`);
    }
  }
}

function checkField(field: FieldDefinition, section: Section, side: Side, report: Report): void {
  const { content, place, name } = field;
  if (field.min > 0 && field.max > 0 && field.min > field.max) {
    report(place, `"${name}" cannot be at least ${field.min} and at most ${field.max} long`);
  }
  if (!field.compare && content.kind !== 'constant') report(place, '"compare" is for constants');
  if (field.addDays !== 0 && field.type.kind !== 'date') report(place, '"addDays" is for dates');
  if (field.codes.length > 0 && (!side.isReturn || section !== 'detail')) {
    report(place, '"codes" is for fields of a row in a return file');
  }
  if (field.several > 0 && !['code', 'batch.status', 'file.status'].some((value) => holds(field, value))) {
    report(place, '"several" is for the codes of a row, or the status of a batch or file');
  }
  checkInstead(field, side, report);
  checkExample(field, side, report);
  checkAlphabet(field, report);
}

function checkInstead(field: FieldDefinition, { isReturn, definition }: Side, report: Report): void {
  const { instead, place, content } = field;
  if (instead === undefined) return;
  const scope = content.kind === 'value' ? valueSpec(content.value)?.scope : undefined;
  if (scope !== 'row' || field.type.kind !== 'text') report(place, '"instead" is for text of a row');
  for (const part of instead) {
    const spec = part.kind === 'value' ? valueSpec(part.text) : undefined;
    if (spec?.atEnd || (spec?.returnOnly && !isReturn))
      report(place, `"${part.text}" cannot stand in "instead"`);
    const parameter = /^parameter\.(.*)$/.exec(part.text)?.[1];
    if (part.kind === 'value' && parameter !== undefined) {
      const known = definition.payment.parameters.some((declared) => declared.name === parameter);
      if (!known) report(place, `the parameter "${parameter}" is not declared under "parameters"`);
    }
  }
}

/** The example of a parameter must fit wherever it stands. */
function checkExample(field: FieldDefinition, { definition }: Side, report: Report): void {
  const { content, place, min, max, long } = field;
  const parameter = content.kind === 'value' ? /^parameter\.(.*)$/.exec(content.value)?.[1] : undefined;
  const example = definition.payment.parameters.find(({ name }) => name === parameter)?.example ?? '';
  if (example === '' || (example.length >= min && (max === 0 || example.length <= max || long === 'cut')))
    return;
  report(place, `the example "${example}" of the parameter "${parameter}" does not fit`);
}

function checkAlphabet({ alphabet, type, width, content, place }: FieldDefinition, report: Report): void {
  if (alphabet === '') return;
  const scope = content.kind === 'value' ? valueSpec(content.value)?.scope : undefined;
  if (type.kind !== 'integer' || width === 0 || (scope !== 'file' && scope !== 'batch')) {
    report(place, '"alphabet" is for numbers of the file or the batch that have a width');
  }
  if (new Set(alphabet).size !== alphabet.length) report(place, 'a character stands twice in the alphabet');
}

function holds({ content }: FieldDefinition, value: string): boolean {
  return content.kind === 'value' && content.value === value;
}
