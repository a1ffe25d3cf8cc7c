// Text that is made when a record is compiled, and templates over values of the row.

import type { FieldDefinition, TemplatePart } from './definition.js';
import type { WriteContext } from './field-program.js';
import { type ContentStep, rowStep, rowText } from './row-value.js';
import { formatTemplate, type ValueLookup } from './template.js';
import { type TextTable, textTable, writeText } from './text-rules.js';
import { type ValueName, valueSpec } from './value.js';

const encoder = new TextEncoder();

export function textContent(field: FieldDefinition, text: string, table: TextTable): ContentStep {
  const bytes = encoder.encode(text);
  const { content, type } = field;
  const numeric = type.kind === 'integer' || type.kind === 'amount' || content.kind === 'constant';
  // Constants and numbers are the definition's own: the bank's character rules are for what people typed.
  const rules = numeric ? ownTable(table) : table;
  return (_row, _sequence, _inBatch, sink) => writeText(rules, bytes, 0, bytes.length, sink);
}

function ownTable(table: TextTable): TextTable {
  const characters = { allow: undefined, transliterate: [], upperCase: false };
  return textTable({ ...table.rules, characters });
}

/** Whether a value changes with every row. */
export function isOfRow(name: string): boolean {
  return ['row', 'outcome'].includes(valueSpec(name)?.scope ?? 'file');
}

export function templateStep(
  field: FieldDefinition,
  parts: readonly TemplatePart[],
  table: TextTable,
  context: WriteContext,
): ContentStep {
  if (!parts.some((part) => part.kind === 'value' && isOfRow(part.text)))
    return textContent(field, formatTemplate(parts, context.lookup), table);
  if (parts.every(isPlain)) return joinedStep(field, parts, table, context);
  return (row, sequence, inBatch, sink) => {
    const lookup: ValueLookup = (name) => {
      const scope = valueSpec(name)?.scope;
      if (scope !== 'row' && scope !== 'outcome') return context.lookup(name);
      return rowText(name as ValueName, row, sequence, inBatch, context.outcome);
    };
    const bytes = encoder.encode(formatTemplate(parts, lookup));
    return writeText(table, bytes, 0, bytes.length, sink);
  };
}

/** Written into a template as it stands in a field of its own; amounts and widths go the long way. */
const PLAIN = new Set(['reference', 'account', 'name', 'residentId', 'sequence', 'sequenceInBatch']);

function isPlain(part: TemplatePart): boolean {
  if (part.kind === 'literal' || !isOfRow(part.text)) return true;
  return PLAIN.has(part.text) && part.width === 0;
}

/** A template of plain values, without a text in between for every row. */
function joinedStep(
  field: FieldDefinition,
  parts: readonly TemplatePart[],
  table: TextTable,
  context: WriteContext,
): ContentStep {
  const steps = parts.map((part) => {
    const ofRow = part.kind === 'value' && isOfRow(part.text);
    if (ofRow) return rowStep(part.text as ValueName, field, 0, table, context.outcome);
    return textContent(field, formatTemplate([part], context.lookup), table);
  });
  return (row, sequence, inBatch, sink) => {
    let characters = 0;
    for (let index = 0; index < steps.length; index++) {
      const written = steps[index]!(row, sequence, inBatch, sink);
      if (written < 0) return -1;
      characters += written;
    }
    return characters;
  };
}
