// One YAML file with its places: text → plain value, and for every path in it the line and column.

import { isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { DefinitionProblem, Place } from './definition.js';

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
  const problems: DefinitionProblem[] = document.errors.map((error) => ({
    ...placeAt(error.pos[0]),
    problem: error.message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, ''),
  }));
  if (problems.length > 0) return { value: undefined, locate, problems };
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return { value: parsed.data, locate, problems };
  return {
    value: undefined,
    locate,
    problems: parsed.error.issues.flatMap((issue) => issueProblems(issue, locate)),
  };
}

function issueProblems(issue: z.core.$ZodIssue, locate: Locator): DefinitionProblem[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      ...locate([...path, key]),
      problem: `the key "${key}" is unknown here`,
    }));
  }
  return [{ ...locate(path), problem: issueText(issue, String(path.at(-1) ?? 'the file')) }];
}

function issueText(issue: z.core.$ZodIssue, key: string): string {
  if (issue.code === 'invalid_type' && issue.input === undefined)
    return `"${key}" is missing or of the wrong kind`;
  if (issue.code === 'invalid_value')
    return `"${key}" must be one of: ${issue.values.map(String).join(', ')}`;
  return `"${key}": ${issue.message}`;
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
