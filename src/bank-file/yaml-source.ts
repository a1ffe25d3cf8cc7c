// One YAML file with its places: text → plain value, and for every path in it the line and column.

import { isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import type { Place } from './definition.js';
import { type DefinitionProblem, problemAt } from './definition-problem.js';
import { firstYamlErrors, issueProblem, yamlProblem } from './yaml-problems.js';

export type YamlPath = readonly (string | number)[];

/** Turns a path in the value into its place in the file; the nearest parent when the path itself is not there. */
export type Locator = (path: YamlPath) => Place;

export interface YamlSource<T> {
  readonly value: T | undefined;
  readonly locate: Locator;
  readonly problems: readonly DefinitionProblem[];
}

/** Parses and checks one file against a schema. `value` is undefined exactly when there are problems. */
export function readYaml<S extends z.ZodType>(
  file: string,
  text: string,
  schema: S,
): YamlSource<z.output<S>> {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, schema: 'failsafe', uniqueKeys: true });
  const placeAt = (offset: number): Place => {
    const { line, col } = lineCounter.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const locate: Locator = (path) => placeAt(offsetOf(document, path));
  const problems = firstYamlErrors(document.errors).map((error) => {
    const { code, values } = yamlProblem(error);
    return problemAt(placeAt(error.pos[0]), code, values);
  });
  if (problems.length > 0) return { value: undefined, locate, problems };
  const invalid = (...found: DefinitionProblem[]): YamlSource<z.output<S>> => ({
    value: undefined,
    locate,
    problems: found,
  });
  if (document.contents === null) return invalid(problemAt(placeAt(0), 'fileEmpty'));
  const content = contentOf(document, placeAt);
  if ('code' in content) return invalid(content);
  const parsed = schema.safeParse(content.value);
  if (parsed.success) return { value: parsed.data, locate, problems };
  return invalid(
    ...parsed.error.issues.flatMap((issue) => issueProblems(issue, locate, (path) => document.hasIn(path))),
  );
}

/** The plain value; aliases (`*name`) are put in, which fails for one that nobody named. */
function contentOf(
  document: ReturnType<typeof parseDocument>,
  placeAt: (offset: number) => Place,
): { readonly value: unknown } | DefinitionProblem {
  try {
    return { value: document.toJS() };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    let unknown: { readonly name: string; readonly at: number } | undefined;
    visit(document, {
      Alias(_key, node) {
        if (node.resolve(document) !== undefined) return undefined;
        unknown = { name: node.source, at: node.range?.[0] ?? 0 };
        return visit.BREAK;
      },
    });
    if (unknown === undefined) return problemAt(placeAt(0), 'aliasTooMany');
    return problemAt(placeAt(unknown.at), 'aliasUnknown', { name: unknown.name });
  }
}

function issueProblems(
  issue: z.core.$ZodIssue,
  locate: Locator,
  isThere: (path: YamlPath) => boolean,
): DefinitionProblem[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => problemAt(locate([...path, key]), 'keyUnknown', { key }));
  const { code, values } = issueProblem(issue, path.length === 0 || isThere(path));
  return [problemAt(locate(path), code, values)];
}

function offsetOf(document: ReturnType<typeof parseDocument>, path: YamlPath): number {
  for (let length = path.length; length > 0; length--) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === key);
      if (pair !== undefined && isNode(pair.key) && pair.key.range) return pair.key.range[0];
    }
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return isNode(document.contents) && document.contents.range ? document.contents.range[0] : 0;
}
