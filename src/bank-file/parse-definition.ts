// The files of one folder formats/<name>/ → FormatDefinition. Every mistake is found with its file, line and column;
// `checkFormat` gives them all, `parseFormat` throws the first.

import { EngineError } from '../base/error.js';
import { checkDefinition } from './check-definition.js';
import type {
  FileLimits,
  FormatDefinition,
  PaymentDefinition,
  ResultCode,
  ReturnDefinition,
  WholeCode,
} from './definition.js';
import { type DefinitionProblem, describeProblem, problemAt } from './definition-problem.js';
import {
  type CodesInput,
  codesSchema,
  type PaymentInput,
  paymentSchema,
  type ReturnInput,
  returnSchema,
} from './definition-schema.js';
import { deriveLimits } from './file-limits.js';
import { resolveLayout } from './resolve-layout.js';
import { parseTemplate } from './template.js';
import { type Locator, readYaml, type YamlSource } from './yaml-source.js';

export interface FormatInput {
  /** The folder's name, which is the format's name. */
  readonly name: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

/** Throws FORMAT_INVALID with {file, line, column, problem, more} at the first mistake; `more` counts the others. */
export function parseFormat(input: FormatInput): FormatDefinition {
  const { definition, problems } = readFormat(input);
  const first = problems[0];
  if (first !== undefined) throw formatInvalid(first, problems.length - 1);
  return definition!;
}

/** `more` counts the other problems. */
export function formatInvalid(first: DefinitionProblem, more: number): EngineError {
  const { file, line, column, problem } = first;
  return new EngineError('FORMAT_INVALID', {
    ...{ file, line, column, problem, more },
    problemZh: describeProblem(first, 'zh'),
  });
}

/** All mistakes of a format, in the order of the files; empty = the format can be used. */
export function checkFormat(input: FormatInput): DefinitionProblem[] {
  return [...readFormat(input).problems];
}

interface ReadFormat {
  readonly definition: FormatDefinition | undefined;
  readonly problems: readonly DefinitionProblem[];
}

function readFormat(input: FormatInput): ReadFormat {
  const problems: DefinitionProblem[] = [];
  const payment = readPart(input, 'payment.yaml', paymentSchema, problems);
  const returns = readPart(input, 'return.yaml', returnSchema, problems);
  const more = moreKinds(input).map((kind) => ({
    kind,
    part: readPart(input, `return-${kind}.yaml`, returnSchema, problems),
  }));
  const codes = readPart(input, 'result-codes.yaml', codesSchema, problems);
  reportUnknownFiles(input, returns !== undefined, problems);
  if (payment === undefined) {
    const place = { file: `${input.name}/payment.yaml`, line: 1, column: 1 };
    problems.push(problemAt(place, 'fileMissing'));
    return { definition: undefined, problems };
  }
  for (const part of [payment, returns, codes, ...more.map(({ part }) => part)])
    reportName(part, input.name, problems);
  if (problems.length > 0 || payment.value === undefined) return { definition: undefined, problems };
  const definition: FormatDefinition = {
    name: input.name,
    payment: resolvePayment(payment.value, payment.locate, problems),
    returns:
      returns?.value === undefined
        ? undefined
        : resolveReturn('', returns.value, returns.locate, codes, problems),
    moreReturns: more.flatMap(({ kind, part }) =>
      part?.value === undefined ? [] : [resolveReturn(kind, part.value, part.locate, codes, problems)],
    ),
  };
  if (problems.length === 0) problems.push(...checkDefinition(definition));
  return { definition: problems.length === 0 ? definition : undefined, problems };
}

function readPart<S extends Parameters<typeof readYaml>[2]>(
  input: FormatInput,
  name: string,
  schema: S,
  problems: DefinitionProblem[],
): ReturnType<typeof readYaml<S>> | undefined {
  const file = input.files.find((candidate) => baseName(candidate.path) === name);
  if (file === undefined) return undefined;
  const source = readYaml(file.path, file.text, schema);
  problems.push(...source.problems);
  return source;
}

const MORE_RETURNS = /^return-([a-z][a-z0-9]*)\.yaml$/;

/** `camt054` for return-camt054.yaml, in the order of the alphabet: it does not depend on how files were listed. */
function moreKinds(input: FormatInput): string[] {
  return input.files
    .map(({ path }) => MORE_RETURNS.exec(baseName(path))?.[1])
    .filter((kind) => kind !== undefined)
    .sort();
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function reportUnknownFiles(input: FormatInput, returns: boolean, problems: DefinitionProblem[]): void {
  for (const { path } of input.files) {
    if (['payment.yaml', 'return.yaml', 'result-codes.yaml'].includes(baseName(path))) continue;
    if (MORE_RETURNS.test(baseName(path)) && returns) continue;
    const code = MORE_RETURNS.test(baseName(path)) ? 'returnMissing' : 'fileUnknown';
    problems.push(problemAt({ file: path, line: 1, column: 1 }, code));
  }
}

function reportName(
  source: YamlSource<{ format: string }> | undefined,
  name: string,
  problems: DefinitionProblem[],
): void {
  if (source?.value === undefined || source.value.format === name) return;
  const { format } = source.value;
  problems.push(problemAt(source.locate(['format']), 'folderDiffers', { format, folder: name }));
}

function resolvePayment(
  input: PaymentInput,
  locate: Locator,
  problems: DefinitionProblem[],
): PaymentDefinition {
  const layout = resolveLayout(input, locate, problems);
  const limits = input.limits ?? {};
  const declared: FileLimits = {
    rowsPerBatch: limits.rowsPerBatch,
    batchesPerFile: limits.batchesPerFile,
    rowsPerFile: limits.rowsPerFile,
    amountPerRowFen: limits.amountPerRow,
    amountPerBatchFen: limits.amountPerBatch,
    amountPerFileFen: limits.amountPerFile,
    bytesPerFile: limits.bytesPerFile,
  };
  const returnFileName = input.returnFileName === undefined ? [] : parseTemplate(input.returnFileName);
  if ('problem' in returnFileName) {
    const { code, values } = returnFileName.problem;
    problems.push(problemAt(locate(['returnFileName']), code, values));
  }
  return {
    layout,
    limits: deriveLimits(layout, declared, (key, { code, values }) => {
      problems.push(problemAt(locate(['limits', key.replace(/Fen$/, '')]), code, values));
    }),
    parameters: Object.entries(input.parameters ?? {}).map(([name, parameter]) => ({
      name,
      about: parameter.about,
      example: parameter.example ?? '',
      required: parameter.required ?? true,
      place: locate(['parameters', name]),
    })),
    returnFileName: 'problem' in returnFileName ? [] : returnFileName,
    returnFileNamePlace: locate(['returnFileName']),
  };
}

function resolveReturn(
  kind: string,
  input: ReturnInput,
  locate: Locator,
  tables: YamlSource<CodesInput> | undefined,
  problems: DefinitionProblem[],
): ReturnDefinition {
  return {
    kind,
    layout: resolveLayout(input, locate, problems),
    lists: input.lists,
    unlisted: input.unlisted,
    rowsAre: input.rowsAre ?? 'results',
    decides: input.decides ?? 'status',
    matchBy: input.matchBy,
    codes: [...codesOf(input, 'codes', locate), ...codesOf(tables?.value, 'codes', tables?.locate)],
    statuses: input.statuses
      ? codesOf(input, 'statuses', locate)
      : codesOf(tables?.value, 'statuses', tables?.locate),
    wholes: input.wholes ? wholesOf(input, locate) : wholesOf(tables?.value, tables?.locate),
  };
}

type Tables = Pick<CodesInput, 'codes' | 'statuses' | 'wholes'>;

function codesOf(
  tables: Tables | undefined,
  key: 'codes' | 'statuses',
  locate: Locator | undefined,
): ResultCode[] {
  if (tables === undefined || locate === undefined) return [];
  return (tables[key] ?? []).map((row, index) => ({ ...row, place: locate([key, index]) }));
}

function wholesOf(tables: Tables | undefined, locate: Locator | undefined): WholeCode[] {
  if (tables === undefined || locate === undefined) return [];
  return (tables.wholes ?? []).map((row, index) => ({ ...row, place: locate(['wholes', index]) }));
}
