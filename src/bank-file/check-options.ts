// Keys of fields and records that mean something in some places only: each says where.

import type { Side } from './check-definition.js';
import type { FieldDefinition, FileLayout, RecordDefinition, Section } from './definition.js';
import type { Report } from './definition-problem.js';
import { recordGroups } from './record-alternatives.js';
import { valueSpec } from './value.js';

export function checkOptions(side: Side, report: Report): void {
  const { layout } = side;
  if (
    layout.shortLines &&
    (layout.kind !== 'fixed' || layout.lineEnd === 'none' || layout.unit !== 'bytes')
  ) {
    report(layout.place, 'shortElsewhere');
  }
  if (layout.joined && !canBeJoined(layout)) report(layout.place, 'joinedElsewhere');
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
    report(record.place, 'unwrittenElsewhere');
  }
  if (record.codes.length === 0) return;
  if (!side.isReturn || section !== 'detail' || side.layout.tree !== undefined) {
    report(record.place, 'recordCodesElsewhere');
  }
  if (!record.fields.some((field) => holds(field, 'code'))) {
    report(record.place, 'recordWithoutCode', { record: record.name });
  }
}

/** A row must always have a record to be written with, and hash totals a field that every row has. */
function checkAlternatives({ layout }: Side, report: Report): void {
  if (layout.tree !== undefined) return;
  for (const group of recordGroups(layout.records.detail)) {
    const [first] = group as [RecordDefinition];
    if (first.codes.length === 0) continue;
    if (group.length === 1) report(first.place, 'alternativeAlone', { record: first.name });
    for (const { name, of, place } of layout.hashes) {
      const inGroup = group.some((record) => record.fields.some((field) => field.name === of));
      if (inGroup) report(place, 'hashOverAlternative', { hash: name });
    }
  }
}

function checkField(field: FieldDefinition, section: Section, side: Side, report: Report): void {
  const { content, place, name } = field;
  const elsewhere = (key: string, where: string, whereZh: string): void =>
    report(place, 'keyElsewhere', { key, where, whereZh });
  if (field.min > 0 && field.max > 0 && field.min > field.max) {
    report(place, 'lengthBackwards', { field: name, min: field.min, max: field.max });
  }
  if (!field.compare && content.kind !== 'constant') elsewhere('compare', 'constants', '常量');
  if (field.addDays !== 0 && field.type.kind !== 'date') elsewhere('addDays', 'dates', '日期');
  if (field.codes.length > 0 && (!side.isReturn || section !== 'detail')) {
    report(place, 'fieldCodesElsewhere');
  }
  if (field.several > 0 && !['code', 'batch.status', 'file.status'].some((value) => holds(field, value))) {
    report(place, 'severalElsewhere');
  }
  checkInstead(field, side, report);
  checkExample(field, side, report);
  checkAlphabet(field, report);
}

function checkInstead(field: FieldDefinition, { isReturn, definition }: Side, report: Report): void {
  const { instead, place, content } = field;
  if (instead === undefined) return;
  const scope = content.kind === 'value' ? valueSpec(content.value)?.scope : undefined;
  if (scope !== 'row' || field.type.kind !== 'text') report(place, 'insteadElsewhere');
  for (const part of instead) {
    const spec = part.kind === 'value' ? valueSpec(part.text) : undefined;
    if (spec?.atEnd || (spec?.returnOnly && !isReturn)) report(place, 'insteadValue', { value: part.text });
    const parameter = /^parameter\.(.*)$/.exec(part.text)?.[1];
    if (part.kind === 'value' && parameter !== undefined) {
      const known = definition.payment.parameters.some((declared) => declared.name === parameter);
      if (!known) report(place, 'parameterUndeclared', { key: parameter });
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
  report(place, 'exampleUnfit', { example, key: parameter ?? '' });
}

function checkAlphabet({ alphabet, type, width, content, place }: FieldDefinition, report: Report): void {
  if (alphabet === '') return;
  const scope = content.kind === 'value' ? valueSpec(content.value)?.scope : undefined;
  if (type.kind !== 'integer' || width === 0 || (scope !== 'file' && scope !== 'batch')) {
    report(place, 'alphabetElsewhere');
  }
  if (new Set(alphabet).size !== alphabet.length) report(place, 'alphabetTwice');
}

function holds({ content }: FieldDefinition, value: string): boolean {
  return content.kind === 'value' && content.value === value;
}
