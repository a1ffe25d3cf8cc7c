// Detail records of a return file that depend on the bank's code: a returned entry brings other records than a changed
// account. Neighbours that name codes are alternatives, and a row has exactly one of them.

import type { RecordDefinition } from './definition.js';

/** `R02` is that code, `R*` every code that begins with R, `*` every code. */
export function codeMatcher(patterns: readonly string[]): (code: string) => boolean {
  const exact = new Set(patterns.filter((pattern) => !pattern.endsWith('*')));
  const starts = patterns.filter((pattern) => pattern.endsWith('*')).map((pattern) => pattern.slice(0, -1));
  if (starts.includes('')) return () => true;
  return (code) => exact.has(code) || starts.some((start) => code.startsWith(start));
}

/** The records of a row in order: each group is one record, or the alternatives for one place. */
export function recordGroups(records: readonly RecordDefinition[]): RecordDefinition[][] {
  const groups: RecordDefinition[][] = [];
  for (const record of records) {
    const open = groups.at(-1);
    if (record.codes.length > 0 && open !== undefined && open[0]!.codes.length > 0) open.push(record);
    else groups.push([record]);
  }
  return groups;
}

/** The groups that a writer writes: records that readers merely accept are left out. */
export function writtenGroups(records: readonly RecordDefinition[]): RecordDefinition[][] {
  return recordGroups(records.filter((record) => record.written));
}

/** Index of the record after the alternatives that the record at `index` belongs to. */
export function afterAlternatives(records: readonly RecordDefinition[], index: number): number {
  let next = index + 1;
  if (records[index]!.codes.length === 0) return next;
  while (next < records.length && records[next]!.codes.length > 0) next++;
  return next;
}
