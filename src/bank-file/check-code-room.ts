// Codes that the field which brings them cannot hold: the bank could never say them, so one of the two is mistyped.

import type { FieldDefinition, FileLayout, Place, ReturnDefinition } from './definition.js';
import { type Report, unitValues } from './definition-problem.js';
import { encodeAll } from './text-rules.js';

export function checkCodeRoom({ layout, codes, statuses, wholes }: ReturnDefinition, report: Report): void {
  checkTable(codes, fieldsWith(['code'], layout), layout, report);
  checkTable(statuses, fieldsWith(['status'], layout), layout, report);
  checkTable(wholes, fieldsWith(['file.status', 'batch.status'], layout), layout, report);
}

function fieldsWith(values: readonly string[], layout: FileLayout): FieldDefinition[] {
  return Object.values(layout.records)
    .flat()
    .flatMap(({ fields }) => fields)
    .filter(
      ({ content, map }) => content.kind === 'value' && values.includes(content.value) && map.length === 0,
    );
}

function checkTable(
  table: readonly { readonly code: string; readonly place: Place }[],
  fields: readonly FieldDefinition[],
  layout: FileLayout,
  report: Report,
): void {
  const [first] = fields;
  if (first === undefined) return;
  for (const { code, place } of table) {
    const bytes = encodeAll(code, layout.encoding)?.length;
    if (bytes === undefined) report(place, 'codeUnencodable', { code, encoding: layout.encoding });
    else if (!fields.some((field) => hasRoom(field, code, bytes))) {
      const room = { has: first.several || first.max, ...unitValues(first.maxUnit) };
      report(place, 'codeUnfit', { code, field: first.name, ...room });
    }
  }
}

function hasRoom({ several, max, maxUnit, content }: FieldDefinition, code: string, bytes: number): boolean {
  const length = maxUnit === 'bytes' ? bytes : [...code].length;
  if (several > 0) return length === several;
  if (content.kind === 'value' && content.slice !== undefined) return true;
  return max === 0 || length <= max;
}
