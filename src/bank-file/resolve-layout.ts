// The layout keys that payment and return files share → FileLayout.

import { checkCharacters } from './check-characters.js';
import {
  type CharacterRules,
  type FileLayout,
  type PathStep,
  type RecordDefinition,
  SECTIONS,
  type Section,
  type TemplatePart,
  type TreeDefinition,
} from './definition.js';
import {
  type DefinitionProblem,
  type ProblemCode,
  type ProblemValues,
  problemAt,
} from './definition-problem.js';
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
  const report: Report = (path, code, values) => void problems.push(problemAt(locate(path), code, values));
  const tree = resolveTree(input, report);
  reportSections(input, report);
  checkCharacters(input.characters, input.encoding, (code, values) => report(['characters'], code, values));
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

type Report = (path: YamlPath, code: ProblemCode, values?: ProblemValues) => void;

function resolveFileName(input: LayoutInput, report: Report): TemplatePart[] {
  const parts = parseTemplate(input.fileName);
  if (!('problem' in parts)) return parts;
  report(['fileName'], parts.problem.code, parts.problem.values);
  return [];
}

/** Keys of another layout would do nothing. */
function reportSections(input: LayoutInput, report: Report): void {
  const { layout } = input;
  for (const key of ['delimited', 'fixed', 'xml', 'json', 'xlsx'] as const)
    if (key !== layout && input[key] !== undefined) report([key], 'sectionElsewhere', { key, layout });
  if (input.blocking !== undefined && layout !== 'fixed' && layout !== 'delimited') {
    const where = { where: 'fixed and delimited records', whereZh: '定长和分隔记录' };
    report(['blocking'], 'keyElsewhere', { key: 'blocking', ...where });
  }
}

function resolveTree(input: LayoutInput, report: Report): TreeDefinition | undefined {
  if (input.layout !== 'xml' && input.layout !== 'json') return undefined;
  const layout = input.layout;
  const tree: Partial<Record<'file' | 'batch' | 'detail', string | undefined>> | undefined = input[layout];
  if (tree === undefined) {
    report(['layout'], 'sectionMissing', { layout });
    return undefined;
  }
  const steps = (key: 'file' | 'batch' | 'detail' | 'rows'): PathStep[] => {
    const text = key === 'rows' ? input.xml?.rows : tree[key];
    if (text === undefined) return [];
    const parsed = layout === 'json' ? parseJsonSteps(text) : parseSteps(text);
    if (parsed === undefined) report([layout, key], 'pathInvalid', { path: text });
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
  if (input.layout === 'fixed' && length === 0) report(path, 'lengthMissing', { record: record.name });
  if (input.layout !== 'fixed' && record.length !== undefined)
    report([...path, 'length'], 'sectionElsewhere', { key: 'fixed', layout: input.layout });
  if (input.layout !== 'delimited' && record.delimited !== undefined)
    report([...path, 'delimited'], 'sectionElsewhere', { key: 'delimited', layout: input.layout });
  return {
    name: record.name,
    fields: record.fields.map((field, index) => {
      const fieldPath = [...path, 'fields', index];
      const { layout: kind, encoding } = input;
      const context = { kind, encoding, unit, characters, place: locate(fieldPath) };
      return resolveField(field, {
        ...context,
        report: (code, values) => report(fieldPath, code, values),
      });
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
