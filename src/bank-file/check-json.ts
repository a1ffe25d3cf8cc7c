// JSON definitions: paths that make one tree, in which an object, an array and a value are never the same place.

import type { FieldDefinition, FileLayout, PathStep, RecordDefinition } from './definition.js';
import { type Report, type Unplaced, unplaced } from './definition-problem.js';
import { encodeAll } from './text-rules.js';

export function checkJson(layout: FileLayout, report: Report): void {
  const { batch, detail } = layout.tree!;
  if (detail.length === 0) report(layout.place, 'jsonRowsMissing');
  for (const steps of [batch, detail]) {
    if ((steps.at(-1)?.index ?? 0) > 0) report(layout.place, 'jsonRowsPlace', { name: steps.at(-1)!.name });
  }
  const { fileHeader, batchHeader, detail: rows, batchTrailer, fileTrailer } = layout.records;
  if (batch.length === 0 && batchHeader.length + batchTrailer.length > 0) {
    report(layout.place, 'jsonBatchMissing');
  }
  const around = batch.length > 0 ? batch : detail;
  checkObject([...fileHeader, ...fileTrailer], around, layout, report);
  checkObject([...batchHeader, ...batchTrailer], detail, layout, report);
  checkObject(rows, [], layout, report);
}

/** The members of one object; `rows` is the array in it that the rows or batches stand in. */
function checkObject(
  records: readonly RecordDefinition[],
  rows: readonly PathStep[],
  layout: FileLayout,
  report: Report,
): void {
  /** Places by name: what was said to be there. */
  const known = new Map<string, 'object' | 'array' | 'value'>();
  const fields = records.flatMap((record) => record.fields);
  if (rows.length > 0) place(rows, 'array', known);
  for (const field of fields) {
    checkField(field, layout, report);
    const steps = field.path?.steps ?? [];
    const problem = place(steps, 'value', known);
    if (problem !== undefined) report(field.place, problem.code, problem.values);
  }
}

function checkField(field: FieldDefinition, layout: FileLayout, report: Report): void {
  for (const { name } of field.path?.steps ?? []) {
    if (encodeAll(name, layout.encoding) === undefined)
      report(field.place, 'jsonKeyUnencodable', { name, encoding: layout.encoding });
  }
  const numeric = field.type.kind === 'amount' || field.type.kind === 'integer';
  if (field.bare && !numeric) report(field.place, 'jsonQuotes', { field: field.name });
  if (field.bare && field.width > 0) report(field.place, 'jsonPadded', { field: field.name });
  if (field.content.kind === 'checkDigit' || field.content.kind === 'digest')
    report(field.place, 'checkElsewhere');
}

/** Puts a path among those known; what is wrong with it, if anything. */
function place(
  steps: readonly PathStep[],
  end: 'array' | 'value',
  known: Map<string, 'object' | 'array' | 'value'>,
): Unplaced | undefined {
  let path = '';
  for (const [at, { name, index }] of steps.entries()) {
    const isLast = at === steps.length - 1;
    path += `/${name}`;
    if (index > 0) {
      const problem = settle(path, 'array', known);
      if (problem !== undefined) return problem;
      if (index > 1 && !known.has(`${path}[${index - 1}]`))
        return unplaced('indexMissing', { name, index, before: index - 1 });
      path += `[${index}]`;
    }
    if (isLast && end === 'value' && known.has(path)) return unplaced('pathTwice', { path: path.slice(1) });
    const problem = settle(path, isLast ? end : 'object', known);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

const KINDS_ZH = { object: '对象', array: '数组', value: '值' } as const;

function settle(
  path: string,
  kind: 'object' | 'array' | 'value',
  known: Map<string, 'object' | 'array' | 'value'>,
): Unplaced | undefined {
  const before = known.get(path);
  known.set(path, before ?? kind);
  if (before === undefined || before === kind) return undefined;
  const chinese = { beforeZh: KINDS_ZH[before], kindZh: KINDS_ZH[kind] };
  return unplaced('pathBoth', { path: path.slice(1), before, kind, ...chinese });
}
