// Fixed-width records: no gap, no overlap, the whole length, and room for what must fit.

import type { Report } from './check-definition.js';
import { dateLength } from './date-pattern.js';
import type { FieldDefinition, FileLayout, RecordDefinition } from './definition.js';
import { encodeAll } from './text-rules.js';

const REFERENCE_DIGITS = 15;

export function checkWidths(layout: FileLayout, report: Report): void {
  for (const records of Object.values(layout.records)) {
    for (const record of records) {
      if (layout.kind === 'fixed') checkPositions(record, layout, report);
      for (const field of record.fields) checkRoom(field, layout, report);
    }
  }
}

function checkPositions(record: RecordDefinition, layout: FileLayout, report: Report): void {
  let at = 1;
  for (const field of record.fields) {
    if (field.at > at)
      report(field.place, `positions ${at} to ${field.at - 1} before "${field.name}" are not defined`);
    if (field.at > 0 && field.at < at) {
      report(field.place, `"${field.name}" begins at ${field.at}, but position ${at - 1} is taken`);
    }
    at = (field.at || at) + field.width;
  }
  const used = at - 1;
  if (used === record.length) return;
  const problem = `the fields of "${record.name}" take ${used} ${layout.unit}, the record has ${record.length}`;
  report(record.place, problem);
}

/** What has a length of its own must fit: constants, dates, references. Amounts and counts bound the file's limits. */
function checkRoom(field: FieldDefinition, layout: FileLayout, report: Report): void {
  const needed = neededLength(field, layout);
  if (needed === undefined || field.max === 0 || needed <= field.max) return;
  report(field.place, `"${field.name}" needs ${needed} ${field.maxUnit} and has ${field.max}`);
}

function neededLength(field: FieldDefinition, layout: FileLayout): number | undefined {
  const { content, type } = field;
  if (content.kind === 'constant') {
    const bytes = encodeAll(content.text, layout.encoding)?.length;
    return field.maxUnit === 'bytes' ? bytes : [...content.text].length;
  }
  if (content.kind !== 'value') return undefined;
  if (type.kind === 'date') return dateLength(type.pattern);
  if (content.value === 'reference' && content.slice === undefined) return REFERENCE_DIGITS;
  return type.kind === 'amount' ? smallestAmount(field) : longestCode(field);
}

/** One yuan cent must fit, or the field holds no amount at all. */
function smallestAmount(field: FieldDefinition): number {
  if (field.type.kind !== 'amount' || field.type.unit === 'fen') return 1;
  return field.type.decimals + 1 + (field.type.point ? 1 : 0);
}

function longestCode(field: FieldDefinition): number | undefined {
  if (field.map.length === 0) return undefined;
  return Math.max(...field.map.map(([, to]) => [...to].length));
}
