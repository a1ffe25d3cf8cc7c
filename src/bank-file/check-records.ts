// Records as a whole: what a row must carry, records that a reader can tell apart, trailers that fit the layout.

import { isReadableContent } from './check-contents.js';
import type { Report, Side } from './check-definition.js';
import { checkJson } from './check-json.js';
import { checkSheet } from './check-sheet.js';
import type { FieldDefinition, FileLayout, RecordDefinition } from './definition.js';
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
      report(field.place, `the values of "${field.name}" run into each other: give them widths`);
    }
  }
}

function checkSeparators(layout: FileLayout, report: Report): void {
  for (const record of Object.values(layout.records).flat()) {
    if (layout.kind === 'delimited' && record.separator === '')
      report(record.place, 'the record needs a separator');
    if (!/^[\t -~]*$/.test(record.separator)) report(record.place, 'a separator is made of ASCII characters');
    if (record.quote !== 'none' && record.separator.length > 1) {
      report(record.place, 'quotes are for separators of one character');
    }
  }
}

function checkBlocks(layout: FileLayout, report: Report): void {
  const { filler } = layout.records;
  if (layout.blockRecords > 0 && filler.length !== 1) {
    report(layout.place, 'block filling needs one filler record');
  }
  if (layout.blockRecords === 0 && filler.length > 0)
    report(filler[0]!.place, 'a filler record needs "blocking"');
  if (layout.lineEnd === 'none' && layout.kind === 'delimited') {
    report(layout.place, 'delimited records need a line end');
  }
  const lengths = new Set(
    Object.values(layout.records)
      .flat()
      .map((record) => record.length),
  );
  if (layout.lineEnd === 'none' && lengths.size > 1) {
    report(layout.place, 'records without line ends must all have the same length');
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
    if (!values.has(needed)) report(layout.records.detail[0]!.place, `a payment row needs the ${needed}`);
  }
}

function checkReturnRow({ layout, returns: answer }: Side, report: Report): void {
  const values = valuesIn(layout.records.detail);
  const { place } = layout.records.detail[0]!;
  const returns = answer!;
  for (const key of returns.matchBy) {
    const needed = key === 'accountAmount' ? ['account', 'amount'] : [key];
    for (const value of needed)
      if (!values.has(value)) report(place, `matchBy "${key}" needs the value "${value}" in a row`);
  }
  if (!values.has('code') && !values.has('status') && returns.lists !== 'failed') {
    report(place, 'a row needs a code or a status, unless the bank lists failed rows only');
  }
  if (returns.lists === 'all' && returns.unlisted === 'paid' && returns.wholes.length === 0) {
    report(layout.place, 'the bank lists all rows, so a row that is not listed cannot be paid');
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
    report(right.place, `"${right.name}" cannot be told from "${left.name}": give them different constants`);
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
          report(field.place, `${name}[${index}] needs ${name}[${index - 1}] before it`);
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
        report(
          field.place,
          `"${field.name}" stands in ${formatSteps(steps.slice(0, holder))}, which holds a text`,
        );
      else if (steps.length === 0 && field.path !== undefined && records === layout.records.fileHeader)
        report(field.place, 'an attribute of the root element is written by "rootAttributes"');
    }
  }
}

function checkPaths(layout: FileLayout, report: Report): void {
  for (const records of Object.values(layout.records)) {
    const seen = new Set<string>();
    for (const field of records.flatMap((record) => record.fields)) {
      const key = JSON.stringify(field.path);
      if (field.path !== undefined && seen.has(key))
        report(field.place, `the path of "${field.name}" is used twice; write [2]`);
      seen.add(key);
    }
  }
  checkIndexes(layout, report);
  checkTexts(layout, report);
  const tree = layout.tree!;
  if (tree.file.length === 0 || tree.detail.length === 0)
    report(layout.place, 'the file and the row need an element');
  if (tree.batch.length === 0 && layout.records.batchHeader.length + layout.records.batchTrailer.length > 0) {
    report(layout.place, 'batch records need the element of the batch');
  }
}
