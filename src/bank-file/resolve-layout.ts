// The layout keys that payment and return files share → FileLayout.

import {
  type CharacterRules,
  type DefinitionProblem,
  type FileLayout,
  type PathStep,
  type RecordDefinition,
  SECTIONS,
  type Section,
  type TemplatePart,
  type TreeDefinition,
} from './definition.js';
import type { LayoutInput, RecordInput } from './definition-schema.js';
import { parseSteps } from './element-path.js';
import { parseJsonSteps } from './json-path.js';
import { mergeCharacters, resolveField } from './resolve-field.js';
import { parseTemplate } from './template.js';
import type { Locator, YamlPath } from './yaml-source.js';

const ANYTHING: CharacterRules = { allow: undefined, transliterate: [], upperCase: false };
/** No bank's line is longer than this; it bounds what a reader holds of a broken file. */
const LINE_BYTES_MAX = 64 * 1024;

export function resolveLayout(
  input: LayoutInput,
  locate: Locator,
  problems: DefinitionProblem[],
): FileLayout {
  const report = (path: YamlPath, problem: string): void => {
    problems.push({ ...locate(path), problem });
  };
  const tree = resolveTree(input, report);
  const fixedLines = input.layout === 'fixed' || input.layout === 'delimited';
  return {
    file: locate([]).file,
    title: input.title,
    source: input.source,
    status: input.status,
    kind: input.layout,
    encoding: input.encoding,
    lineEnd: input.lines?.end ?? (fixedLines ? 'CRLF' : 'LF'),
    lastLineEnd: input.lines?.last ?? true,
    unit: input.fixed?.unit ?? (input.layout === 'fixed' ? 'bytes' : 'characters'),
    shortLines: input.fixed?.short ?? false,
    joined: input.fixed?.joined ?? false,
    blockRecords: input.blocking?.records ?? 0,
    lineBytesMax: input.lines?.max ?? LINE_BYTES_MAX,
    tree,
    sheetName: input.xlsx?.sheet ?? (input.layout === 'xlsx' ? 'Sheet1' : ''),
    hashes: (input.hashes ?? []).map((hash, index) => ({ ...hash, place: locate(['hashes', index]) })),
    records: resolveRecords(input, locate, report),
    fileName: resolveFileName(input, report),
    fileNamePlace: locate(['fileName']),
    place: locate(['layout']),
  };
}

type Report = (path: YamlPath, problem: string) => void;

function resolveFileName(input: LayoutInput, report: Report): TemplatePart[] {
  const parts = parseTemplate(input.fileName);
  if (!('problem' in parts)) return parts;
  report(['fileName'], parts.problem);
  return [];
}

function resolveTree(input: LayoutInput, report: Report): TreeDefinition | undefined {
  if (input.layout !== 'xml' && input.layout !== 'json') return undefined;
  const layout = input.layout;
  const tree: Partial<Record<'file' | 'batch' | 'detail', string | undefined>> | undefined = input[layout];
  if (tree === undefined) {
    report(['layout'], `the layout ${layout} needs the key "${layout}"`);
    return undefined;
  }
  const steps = (key: 'file' | 'batch' | 'detail' | 'rows'): PathStep[] => {
    const text = key === 'rows' ? input.xml?.rows : tree[key];
    if (text === undefined) return [];
    const parsed = layout === 'json' ? parseJsonSteps(text) : parseSteps(text);
    if (parsed === undefined) report([layout, key], `"${text}" is not an element path`);
    return parsed ?? [];
  };
  return {
    namespaces: input.xml?.namespaces ?? [],
    file: steps('file'),
    batch: steps('batch'),
    detail: steps('detail'),
    rows: steps('rows'),
    rootAttributes: Object.entries(input.xml?.rootAttributes ?? {}),
  };
}

function resolveRecords(
  input: LayoutInput,
  locate: Locator,
  report: Report,
): Record<Section, RecordDefinition[]> {
  const records = {} as Record<Section, RecordDefinition[]>;
  for (const section of SECTIONS) {
    records[section] = (input.records[section] ?? []).map((record, index) =>
      resolveRecord(input, record, ['records', section, index], locate, report),
    );
  }
  return records;
}

function resolveRecord(
  input: LayoutInput,
  record: RecordInput,
  path: YamlPath,
  locate: Locator,
  report: Report,
): RecordDefinition {
  const unit = input.fixed?.unit ?? (input.layout === 'fixed' ? 'bytes' : 'characters');
  const characters = mergeCharacters(input.characters, ANYTHING);
  const length = record.length ?? input.fixed?.length ?? 0;
  if (input.layout === 'fixed' && length === 0) report(path, `the record "${record.name}" needs a length`);
  return {
    name: record.name,
    fields: record.fields.map((field, index) => {
      const fieldPath = [...path, 'fields', index];
      const context = { kind: input.layout, unit, characters, place: locate(fieldPath) };
      return resolveField(field, { ...context, report: (problem) => report(fieldPath, problem) });
    }),
    optional: record.optional ?? false,
    written: record.written ?? true,
    codes: record.codes ?? [],
    separator: record.delimited?.separator ?? input.delimited?.separator ?? '',
    trailing: record.delimited?.trailing ?? input.delimited?.trailing ?? false,
    quote: record.delimited?.quote ?? input.delimited?.quote ?? 'none',
    length: input.layout === 'fixed' ? length : 0,
    place: locate(path),
  };
}
