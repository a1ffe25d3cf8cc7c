// What each field holds: a value that exists, in a record where it is known, made of parameters that are declared.

import type { Side } from './check-definition.js';
import {
  allReturns,
  type FieldContent,
  type FieldDefinition,
  type Place,
  type RecordDefinition,
  type Section,
  type TemplatePart,
} from './definition.js';
import type { Report } from './definition-problem.js';
import { fitsFileName } from './file-name.js';
import { IDENTITY_KINDS } from './row-value.js';
import { isReadable } from './template.js';
import { encodeAll } from './text-rules.js';
import { valueKey, valueSpec } from './value.js';

const TRAILERS: readonly Section[] = ['batchTrailer', 'fileTrailer'];
const OF_BATCH: readonly Section[] = ['batchHeader', 'detail', 'batchTrailer'];

export function checkContents(side: Side, report: Report): void {
  const used = new Set<string>();
  for (const [section, records] of Object.entries(side.layout.records) as [
    Section,
    readonly RecordDefinition[],
  ][]) {
    for (const record of records) {
      checkNames(record, report);
      for (const field of record.fields) {
        for (const name of valuesOf(field.content)) {
          used.add(name);
          checkValue(name, section, field, side, report);
        }
        checkConstant(field, record, side, report);
        checkReferences(field, record, report);
        checkMap(field, report);
      }
    }
  }
  for (const { parts } of fileNames(side)) for (const part of parts) used.add(part.text);
  checkFileNames(side, report);
  checkParameters(side, used, report);
  checkHashes(side, used, report);
}

function valuesOf(content: FieldContent): string[] {
  if (content.kind === 'value') return [content.value];
  return content.kind === 'template'
    ? content.parts.filter((part) => part.kind === 'value').map((part) => part.text)
    : [];
}

function checkNames(record: RecordDefinition, report: Report): void {
  const seen = new Set<string>();
  for (const field of record.fields) {
    if (seen.has(field.name)) report(field.place, 'fieldTwice', { record: record.name, field: field.name });
    seen.add(field.name);
  }
}

function checkValue(
  name: string,
  section: Section,
  field: FieldDefinition,
  side: Side,
  report: Report,
): void {
  const spec = valueSpec(name)!;
  checkDeclared(name, field.place, side, report);
  if (spec.returnOnly && !side.isReturn) report(field.place, 'returnOnly', { value: name });
  if ((spec.scope === 'row' || spec.scope === 'outcome') && section !== 'detail') {
    report(field.place, 'rowValueOutside', { value: name, section });
  }
  if (spec.scope === 'batch' && !OF_BATCH.includes(section)) {
    report(field.place, 'batchValueOutside', { value: name, section });
  }
  if (spec.atEnd && !TRAILERS.includes(section)) {
    report(field.place, 'endValueOutside', { value: name, section });
  }
  if (name.startsWith('batch.') && spec.atEnd && section === 'fileTrailer') {
    report(field.place, 'batchValueOutside', { value: name, section });
  }
}

function checkConstant(field: FieldDefinition, record: RecordDefinition, side: Side, report: Report): void {
  if (field.content.kind !== 'constant') return;
  const { text } = field.content;
  if (encodeAll(text, side.layout.encoding) === undefined) {
    report(field.place, 'constantUnencodable', { text, encoding: side.layout.encoding });
  }
  if (record.separator !== '' && record.quote === 'none' && text.includes(record.separator)) {
    report(field.place, 'constantSeparator', { text });
  }
}

/** Check digits and digests are over fields that stand before them in the same record. */
function checkReferences(field: FieldDefinition, record: RecordDefinition, report: Report): void {
  const { content } = field;
  if (content.kind !== 'checkDigit' && content.kind !== 'digest') return;
  const own = record.fields.indexOf(field);
  for (const name of content.of) {
    const index = record.fields.findIndex((other) => other.name === name);
    if (index === -1 || index >= own) report(field.place, 'notBefore', { of: name, field: field.name });
  }
}

/** Values that are one of a few words: a map with another word is mistyped, and its code would never be written. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  identityKind: IDENTITY_KINDS,
  'file.isLast': ['true', 'false'],
};

function checkMap({ content, map, place }: FieldDefinition, report: Report): void {
  const words = content.kind === 'value' ? WORDS[content.value] : undefined;
  if (words === undefined || content.kind !== 'value') return;
  for (const [from] of map)
    if (!words.includes(from))
      report(place, 'mapUnknown', { from, value: content.value, choices: words.join(', ') });
}

interface FileName {
  readonly parts: readonly TemplatePart[];
  readonly place: Place;
}

function fileNames({ layout, isReturn, definition }: Side): FileName[] {
  const own = { parts: layout.fileName, place: layout.fileNamePlace };
  const { returnFileName, returnFileNamePlace } = definition.payment;
  return isReturn ? [own] : [own, { parts: returnFileName, place: returnFileNamePlace }];
}

/** Names stand in directory listings and logs: never a value of a row. Two files must never have one name. */
function checkFileNames(side: Side, report: Report): void {
  for (const { parts, place } of fileNames(side)) {
    for (const part of parts) {
      if (part.kind === 'literal') {
        if (!fitsFileName(part.text)) report(place, 'fileNameCharacter', { text: part.text });
      } else if (valueSpec(part.text)!.scope !== 'file' || valueSpec(part.text)!.atEnd) {
        report(place, 'fileNameValue', { value: part.text });
      } else checkDeclared(part.text, place, side, report);
    }
  }
  const { fileName, fileNamePlace } = side.layout;
  if (side.isReturn || fileName.some((part) => part.text === 'file.number')) return;
  report(fileNamePlace, 'fileNameNumber');
}

/** Parameters and hashes are families: the member must be declared. */
function checkDeclared(name: string, place: Place, side: Side, report: Report): void {
  const key = valueKey(name);
  const { parameters } = side.definition.payment;
  if (name.startsWith('parameter.') && !parameters.some((parameter) => parameter.name === key)) {
    report(place, 'parameterUndeclared', { key });
  }
  if (name.includes('.hash.') && !side.layout.hashes.some((hash) => hash.name === key)) {
    report(place, 'hashUnknown', { hash: key });
  }
}

function checkParameters(side: Side, used: ReadonlySet<string>, report: Report): void {
  if (side.isReturn) return;
  const elsewhere = JSON.stringify(allReturns(side.definition).map(({ layout }) => layout));
  for (const { name, place } of side.definition.payment.parameters) {
    if (used.has(`parameter.${name}`) || elsewhere.includes(`parameter.${name}`)) continue;
    report(place, 'parameterUnused', { key: name });
  }
}

function checkHashes(side: Side, used: ReadonlySet<string>, report: Report): void {
  const { layout } = side;
  const details = layout.records.detail.flatMap((record) => record.fields.map((field) => field.name));
  for (const hash of layout.hashes) {
    if (!details.includes(hash.of)) report(hash.place, 'hashOverNothing', { hash: hash.name, of: hash.of });
    if (!used.has(`file.hash.${hash.name}`) && !used.has(`batch.hash.${hash.name}`)) {
      report(hash.place, 'hashUnwritten', { hash: hash.name });
    }
  }
}

/** Exported for the record checks: a template that must be read back. */
export function isReadableContent(content: FieldContent): boolean {
  return content.kind !== 'template' || isReadable(content.parts);
}
