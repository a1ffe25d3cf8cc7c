// Fixed-width records: no gap, no overlap, the whole length, and room for what must fit.

import { dateLength } from './date-pattern.js';
import type { FieldDefinition, FileLayout, RecordDefinition } from './definition.js';
import { type Report, unitValues } from './definition-problem.js';
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
  if (isOutOfOrder(record, report)) return;
  let at = 1;
  for (const field of record.fields) {
    if (field.at > at) reportGap(field, at, report);
    if (field.at > 0 && field.at < at) {
      report(field.place, 'positionTaken', { field: field.name, from: field.at, taken: at - 1 });
    }
    at = (field.at || at) + field.width;
  }
  const used = at - 1;
  if (used === record.length) return;
  const { name, length } = record;
  report(record.place, 'lengthDiffers', { record: name, used, length, ...unitValues(layout.unit) });
}

/** Fields in another order than their positions: gaps and overlaps would be told that are none. */
function isOutOfOrder({ fields }: RecordDefinition, report: Report): boolean {
  const index = fields.findIndex(
    (field, at) => at > 0 && field.at > 0 && field.at + field.width <= fields[at - 1]!.at,
  );
  if (index === -1) return false;
  const field = fields[index]!;
  const values = { field: field.name, from: field.at, before: fields[index - 1]!.name };
  report(field.place, 'fieldOrder', values);
  return true;
}

function reportGap(field: FieldDefinition, from: number, report: Report): void {
  const to = field.at - 1;
  if (from === to) report(field.place, 'positionUndefined', { field: field.name, from });
  else report(field.place, 'positionsUndefined', { field: field.name, from, to });
}

/** What has a length of its own must fit: constants, dates, references. Amounts and counts bound the file's limits. */
function checkRoom(field: FieldDefinition, layout: FileLayout, report: Report): void {
  const needed = neededLength(field, layout);
  if (needed === undefined || field.max === 0 || needed <= field.max) return;
  const room = { needed, has: field.max, ...unitValues(field.maxUnit) };
  report(field.place, 'roomTooSmall', { field: field.name, ...room });
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
