// Text that is made when a record is compiled, and templates over values of the row.

import type { FieldDefinition, TemplatePart } from './definition.js';
import type { WriteContext } from './field-program.js';
import { rowTemplateStep } from './row-template.js';
import { type ContentStep, fixedStep, rowText } from './row-value.js';
import { formatTemplate, type ValueLookup } from './template.js';
import { type TextTable, textTable, writeText } from './text-rules.js';
import { type ValueName, valueSpec } from './value.js';

const encoder = new TextEncoder();

export function textContent(field: FieldDefinition, text: string, table: TextTable): ContentStep {
  const { content, type } = field;
  const numeric = type.kind === 'integer' || type.kind === 'amount' || content.kind === 'constant';
  // Constants and numbers are the definition's own: the bank's character rules are for what people typed.
  return fixedStep(numeric ? ownTable(table) : table, encoder.encode(text));
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
  const fast = rowTemplateStep(field, parts, table, context);
  if (fast !== undefined) return fast;
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
