// One field of a definition file → FieldDefinition, with every default filled in.

import { checkCharacters } from './check-characters.js';
import { datePatternProblem } from './date-pattern.js';
import type {
  CharacterRules,
  Encoding,
  FieldContent,
  FieldDefinition,
  FieldPath,
  FieldType,
  LayoutKind,
  Place,
} from './definition.js';
import type { ProblemCode, ProblemValues, Unplaced } from './definition-problem.js';
import type { CharactersInput, FieldInput } from './definition-schema.js';
import { parseFieldPath } from './element-path.js';
import { parseJsonPath } from './json-path.js';
import { reportMisplaced } from './misplaced-keys.js';
import { parseTemplate } from './template.js';
import { isValueName, type ValueKind, valueSpec } from './value.js';

export interface FieldContext {
  readonly kind: LayoutKind;
  readonly encoding: Encoding;
  readonly unit: 'bytes' | 'characters';
  readonly characters: CharacterRules;
  readonly place: Place;
  report(code: ProblemCode, values?: ProblemValues): void;
}

export function resolveField(input: FieldInput, context: FieldContext): FieldDefinition {
  const content = resolveContent(input, context);
  const type = resolveType(input, content, context);
  const fixed = context.kind === 'fixed';
  reportMisplaced({ input, kind: context.kind, content, type }, context.report);
  checkCharacters(input.characters, context.encoding, context.report);
  const numeric = type.kind === 'integer' || type.kind === 'amount';
  const width = input.width ?? spanWidth(input) ?? (fixed ? constantWidth(content) : 0);
  if (fixed && width === 0) context.report('widthMissing', { field: input.name });
  return {
    name: input.name,
    content,
    type,
    width,
    at: input.at?.[0] ?? 0,
    pad: input.pad ?? (numeric ? '0' : ' '),
    justify: input.justify ?? (numeric ? 'right' : 'left'),
    max: input.max ?? (fixed ? width : 0),
    maxUnit: input.maxUnit ?? context.unit,
    min: input.min ?? 0,
    long: input.long ?? 'refuse',
    required: input.required ?? false,
    map: Object.entries(input.map ?? {}),
    otherwise: input.otherwise,
    instead: resolveInstead(input, context),
    alphabet: input.alphabet ?? '',
    addDays: input.addDays ?? 0,
    compare: input.compare ?? true,
    codes: input.codes ?? [],
    several: input.several ?? 0,
    characters: mergeCharacters(input.characters, context.characters),
    path: resolvePath(input, context),
    omitEmpty: input.omitEmpty ?? true,
    bare: input.bare ?? false,
    only: input.only,
    place: context.place,
  };
}

function reportUnplaced({ code, values }: Unplaced, context: FieldContext): void {
  context.report(code, values);
}

function spanWidth(input: FieldInput): number | undefined {
  return input.at === undefined ? undefined : input.at[1] - input.at[0] + 1;
}

function constantWidth(content: FieldContent): number {
  return content.kind === 'constant' ? [...content.text].length : 0;
}

function resolveContent(input: FieldInput, context: FieldContext): FieldContent {
  const given = [input.value, input.constant, input.template, input.checkDigit, input.digest];
  if (given.filter((item) => item !== undefined).length > 1) {
    context.report('contentsMany', { field: input.name });
  }
  if (input.constant !== undefined) return { kind: 'constant', text: input.constant };
  if (input.checkDigit !== undefined) return { kind: 'checkDigit', ...input.checkDigit };
  if (input.digest !== undefined) return { kind: 'digest', ...input.digest };
  if (input.template !== undefined) {
    const parts = parseTemplate(input.template);
    if (!('problem' in parts)) return { kind: 'template', parts };
    reportUnplaced(parts.problem, context);
    return { kind: 'filler' };
  }
  if (input.value === undefined) return { kind: 'filler' };
  if (isValueName(input.value)) return { kind: 'value', value: input.value, slice: input.slice };
  context.report('valueUnknown', { value: input.value });
  return { kind: 'filler' };
}

function resolveType(input: FieldInput, content: FieldContent, context: FieldContext): FieldType {
  const natural = naturalKind(content);
  const kind = input.type ?? natural;
  if (!fits(kind, natural)) context.report('typeUnfit', { field: input.name, natural, type: kind });
  switch (kind) {
    case 'amount': {
      const unit = input.unit ?? 'yuan';
      const decimals = input.decimals ?? 2;
      const point = input.point ?? unit === 'yuan';
      if (decimals < 2) context.report('amountDecimals', { field: input.name });
      if (unit === 'fen' && (point || decimals !== 2)) {
        context.report('amountFen', { field: input.name });
      }
      return { kind, unit, decimals, point };
    }
    case 'date': {
      const pattern = input.pattern ?? 'yyyyMMdd';
      const problem = datePatternProblem(pattern);
      if (problem !== undefined) reportUnplaced(problem, context);
      return { kind, pattern };
    }
    default:
      return { kind };
  }
}

function resolveInstead(input: FieldInput, context: FieldContext): FieldDefinition['instead'] {
  if (input.instead === undefined) return undefined;
  const parts = parseTemplate(input.instead);
  if (!('problem' in parts)) return parts;
  reportUnplaced(parts.problem, context);
  return undefined;
}

function naturalKind(content: FieldContent): ValueKind {
  if (content.kind === 'value') return valueSpec(content.value)?.kind ?? 'text';
  return content.kind === 'checkDigit' ? 'digits' : 'text';
}

/** Anything may be written as the text that it is; amounts and dates only from amounts and dates. */
function fits(kind: ValueKind, natural: ValueKind): boolean {
  if (kind === natural || kind === 'text')
    return natural !== 'amount' && natural !== 'date' ? true : kind === natural;
  if (kind === 'digits') return natural === 'text' || natural === 'integer';
  return kind === 'integer' && (natural === 'digits' || natural === 'text');
}

export function mergeCharacters(input: CharactersInput | undefined, base: CharacterRules): CharacterRules {
  if (input === undefined) return base;
  const own = Object.entries(input.transliterate ?? {});
  return {
    allow: input.allow ?? base.allow,
    transliterate: [...own, ...base.transliterate.filter(([from]) => !own.some(([key]) => key === from))],
    upperCase: input.upperCase ?? base.upperCase,
  };
}

function resolvePath(input: FieldInput, context: FieldContext): FieldPath | undefined {
  const tree = context.kind === 'xml' || context.kind === 'json';
  if (input.path === undefined) {
    if (tree) context.report('pathMissing', { field: input.name });
    return undefined;
  }
  const path = context.kind === 'json' ? parseJsonPath(input.path) : parseFieldPath(input.path);
  if (path === undefined) context.report('pathInvalid', { path: input.path });
  return path;
}
