// Totals of a payment file against its rows: wide enough for one of them, and with something to count.

import { formatYuan } from '../money/fen.js';
import type { Side } from './check-definition.js';
import type { FieldDefinition, FileLimits } from './definition.js';
import type { Report } from './definition-problem.js';
import { fieldCapacity, fieldsWith } from './file-limits.js';

export function checkTotals({ layout, definition, isReturn }: Side, report: Report): void {
  for (const field of fieldsWith(layout, 'file.blocks'))
    if (layout.blockRecords === 0) report(field.place, 'blocksMissing', { field: field.name });
  if (isReturn) return;
  const { limits } = definition.payment;
  for (const field of [...fieldsWith(layout, 'batch.amount'), ...fieldsWith(layout, 'file.amount')])
    checkTotal(field, limits, report);
}

/** The largest row must fit into every total. */
function checkTotal(field: FieldDefinition, { amountPerRowFen }: FileLimits, report: Report): void {
  const held = fieldCapacity(field);
  if (held === undefined || amountPerRowFen === undefined || held >= amountPerRowFen) return;
  const values = { field: field.name, held: formatYuan(held), amount: formatYuan(amountPerRowFen) };
  report(field.place, 'totalTooNarrow', values);
}
