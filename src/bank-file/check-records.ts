// Records as a whole: what a row must carry, records that a reader can tell apart, trailers that fit the layout.

import { isReadableContent } from './check-contents.js';
import type { Side } from './check-definition.js';
import { checkJson } from './check-json.js';
import { checkSheet } from './check-sheet.js';
import type { FieldDefinition, FileLayout, RecordDefinition } from './definition.js';
import type { Report } from './definition-problem.js';
import { formatSteps } from './element-path.js';

export function checkRecords(side: Side, report: Report): void {
  const { layout } = side;
  checkSeparators(layout, report);
  checkBlocks(layout, report);
  if (layout.kind === 'json') checkJson(layout, report);
  else if (layout.kind === 'xlsx') checkSheet(layout, report);
  else if (layout.tree === undefined) checkDistinct(side, report);
  else checkPaths(layout, report);
  if (side.isReturn) checkReturnRow(side, report);
  else checkPaymentRow(layout, report);
  for (const record of Object.values(layout.records).flat()) {
    for (const field of record.fields) {
      if (isReadableContent(field.content)) continue;
      report(field.place, 'runsTogether', { field: field.name });
    }
  }
}

function checkSeparators(layout: FileLayout, report: Report): void {
  for (const record of Object.values(layout.records).flat()) {
    if (layout.kind === 'delimited' && record.separator === '') report(record.place, 'separatorMissing');
    if (!/^[\t -~]*$/.test(record.separator)) report(record.place, 'separatorAscii');
    if (record.quote !== 'always' && /[A-Za-z0-9.-]/.test(record.separator))
      report(record.place, 'separatorInValues', { separator: record.separator });
    if (record.quote !== 'none' && record.separator.length > 1) {
      report(record.place, 'quoteSeparator');
    }
  }
}

function checkBlocks(layout: FileLayout, report: Report): void {
  const { filler } = layout.records;
  if (layout.blockRecords > 0 && filler.length !== 1) {
    report(layout.place, 'fillerMissing');
  }
  if (layout.blockRecords === 0 && filler.length > 0) report(filler[0]!.place, 'fillerElsewhere');
  if (layout.lineEnd === 'none' && layout.kind === 'delimited') {
    report(layout.place, 'lineEndMissing');
  }
  const lengths = new Set(
    Object.values(layout.records)
      .flat()
      .map((record) => record.length),
  );
  if (layout.lineEnd === 'none' && lengths.size > 1) {
    report(layout.place, 'lengthsDiffer');
  }
}

function valuesIn(records: readonly RecordDefinition[]): Set<string> {
  return new Set(
    records.flatMap((record) =>
      record.fields.flatMap(({ content }) => {
        if (content.kind === 'value') return content.slice === undefined ? [content.value as string] : [];
        return content.kind === 'template' ? content.parts.map((part) => part.text) : [];
      }),
    ),
  );
}

function checkPaymentRow(layout: FileLayout, report: Report): void {
  const values = valuesIn(layout.records.detail);
  for (const needed of ['account', 'amount']) {
    if (!values.has(needed)) report(layout.records.detail[0]!.place, 'rowNeeds', { value: needed });
  }
}

function checkReturnRow({ layout, definition, returns: answer }: Side, report: Report): void {
  const values = valuesIn(layout.records.detail);
  const { place } = layout.records.detail[0]!;
  const returns = answer!;
  for (const key of returns.matchBy) {
    const needed = key === 'accountAmount' ? ['account', 'amount'] : [key];
    for (const value of needed) if (!values.has(value)) report(place, 'matchNeeds', { key, value });
  }
  if (
    returns.matchBy.includes('reference') &&
    !valuesIn(definition.payment.layout.records.detail).has('reference')
  )
    report(place, 'matchNeverSent');
  if (!values.has('code') && !values.has('status') && returns.lists !== 'failed') {
    report(place, 'codeNeeded');
  }
  if (returns.lists === 'all' && returns.unlisted === 'paid' && returns.wholes.length === 0) {
    report(layout.place, 'unlistedPaid');
  }
}

/** Records that may stand at the same point must differ in length, number of fields, or a constant at one place. */
function checkDistinct({ layout, definition }: Side, report: Report): void {
  const { fileHeader, batchHeader, detail, batchTrailer, fileTrailer, filler } = layout.records;
  const oneBatch = definition.payment.limits.batchesPerFile === 1;
  const rivals = [
    detail[0]!,
    batchTrailer[0],
    oneBatch ? undefined : batchHeader[0],
    fileTrailer[0],
    filler[0],
  ];
  const present = rivals.filter((record) => record !== undefined);
  const optional = [...fileHeader, ...batchHeader, ...detail].filter((record) => record.optional);
  for (const [left, right] of pairs([...present, ...optional])) {
    if (left === right || differ(left, right, layout)) continue;
    report(right.place, 'recordsAlike', { record: right.name, other: left.name });
  }
}

function pairs(records: readonly RecordDefinition[]): [RecordDefinition, RecordDefinition][] {
  return records.flatMap((left, index) =>
    records.slice(index + 1).map((right) => [left, right] as [RecordDefinition, RecordDefinition]),
  );
}

function differ(left: RecordDefinition, right: RecordDefinition, layout: FileLayout): boolean {
  if (layout.kind === 'fixed') {
    if (left.length !== right.length) return true;
    const [mine, theirs] = [constantPositions(left), constantPositions(right)];
    return [...mine].some(([at, character]) => theirs.has(at) && theirs.get(at) !== character);
  }
  if (left.separator !== right.separator || left.trailing !== right.trailing) return true;
  if (left.fields.length !== right.fields.length) return true;
  return left.fields.some((field, index) => {
    const [mine, theirs] = [constantText(field), constantText(right.fields[index]!)];
    return mine !== undefined && theirs !== undefined && mine !== theirs;
  });
}

function constantText(field: FieldDefinition): string | undefined {
  return field.content.kind === 'constant' && field.compare ? field.content.text : undefined;
}

function constantPositions(record: RecordDefinition): Map<number, string> {
  const positions = new Map<number, string>();
  let at = 0;
  for (const field of record.fields) {
    const text = constantText(field);
    if (text !== undefined)
      [...text.padEnd(field.width)].forEach((character, index) => void positions.set(at + index, character));
    at += field.width;
  }
  return positions;
}

/** `Ustrd[2]` is the second only when a first one is written before it. */
function checkIndexes(layout: FileLayout, report: Report): void {
  for (const records of Object.values(layout.records)) {
    const written = new Set<string>();
    for (const field of records.flatMap((record) => record.fields)) {
      let parent = '';
      for (const { name, index } of field.path?.steps ?? []) {
        if (index > 1 && !written.has(`${parent}/${name}[${index - 1}]`)) {
          report(field.place, 'indexMissing', { name, index, before: index - 1 });
        }
        parent += `/${name}[${index}]`;
        written.add(parent);
      }
    }
  }
}

/** An element holds text or elements, not both: a reader refuses the file. */
function checkTexts(layout: FileLayout, report: Report): void {
  for (const records of Object.values(layout.records)) {
    const fields = records.flatMap((record) => record.fields);
    const texts = new Set(
      fields.map(({ path }) =>
        path === undefined || path.attribute !== undefined ? '' : formatSteps(path.steps),
      ),
    );
    for (const field of fields) {
      const steps = field.path?.steps ?? [];
      const holder = steps.findIndex(
        (_step, index) => index > 0 && texts.has(formatSteps(steps.slice(0, index))),
      );
      if (holder !== -1)
        report(field.place, 'insideText', { field: field.name, path: formatSteps(steps.slice(0, holder)) });
      else if (steps.length === 0 && field.path !== undefined && records === layout.records.fileHeader)
        report(field.place, 'rootAttribute');
    }
  }
}

function checkPaths(layout: FileLayout, report: Report): void {
  for (const records of Object.values(layout.records)) {
    const seen = new Set<string>();
    for (const field of records.flatMap((record) => record.fields)) {
      const key = JSON.stringify(field.path);
      if (field.path !== undefined && seen.has(key))
        report(field.place, 'pathTwiceXml', { field: field.name });
      seen.add(key);
    }
  }
  checkIndexes(layout, report);
  checkTexts(layout, report);
  const tree = layout.tree!;
  if (tree.file.length === 0 || tree.detail.length === 0) report(layout.place, 'xmlElementsMissing');
  if (tree.batch.length === 0 && layout.records.batchHeader.length + layout.records.batchTrailer.length > 0) {
    report(layout.place, 'xmlBatchMissing');
  }
}
