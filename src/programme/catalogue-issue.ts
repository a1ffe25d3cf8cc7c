// What the schema says against a value, in the words of catalogue-problem.ts.

import type { z } from 'zod';
import { AssertionError } from '../base/assert.js';
import type { ValuePath } from './catalogue-file.js';
import { CATALOGUE_PROBLEMS, type CatalogueProblemCode } from './catalogue-problem.js';
import { ENTITLEMENT_KINDS } from './catalogue-schema.js';
import type { ProgrammeProblem } from './check-programme.js';

/** One issue may name several unknown keys. `sourceOf` gives a scalar as it is written. */
export function problemOfIssue(
  issue: z.core.$ZodIssue,
  root: unknown,
  sourceOf: (path: ValuePath) => string | undefined,
): ProgrammeProblem[] {
  const path = issue.path.map((segment) => (typeof segment === 'symbol' ? String(segment) : segment));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ at: [...path, key], key: true, code: 'unknownKey', values: { key } }));
  }
  const value = valueAtPath(root, path);
  const last = path.at(-1);
  if (value === undefined && typeof last === 'string') {
    return [{ at: path, code: 'keyMissing', values: { key: last } }];
  }
  return [{ at: path, ...problemOfValue(issue, value, sourceOf(path)) }];
}

function problemOfValue(
  issue: z.core.$ZodIssue,
  value: unknown,
  source: string | undefined,
): Pick<ProgrammeProblem, 'code' | 'values'> {
  if (value === null) return { code: 'valueEmpty', values: {} };
  if (isProblemCode(issue.message)) return { code: issue.message, values: {} };
  const shown = source ?? String(value);
  switch (issue.code) {
    case 'invalid_type':
      return problemOfType(issue.expected, typeof value === 'object', shown);
    case 'invalid_value':
      return { code: 'choiceWrong', values: { value: shown, choices: issue.values.join(', ') } };
    case 'invalid_union':
      return { code: 'choiceWrong', values: { value: shown, choices: ENTITLEMENT_KINDS.join(', ') } };
    default:
      throw new AssertionError(`the schema says ${issue.code} without a code of ours`);
  }
}

// A number or a truth value where text belongs only lacks its quotes.
function problemOfType(
  expected: string,
  isContainer: boolean,
  shown: string,
): Pick<ProgrammeProblem, 'code' | 'values'> {
  if (expected === 'array') return { code: 'listExpected', values: {} };
  if (expected !== 'string') return { code: 'mappingExpected', values: {} };
  return isContainer
    ? { code: 'plainTextExpected', values: {} }
    : { code: 'textExpected', values: { shown } };
}

function isProblemCode(message: string): message is CatalogueProblemCode {
  return Object.hasOwn(CATALOGUE_PROBLEMS, message);
}

function valueAtPath(root: unknown, path: ValuePath): unknown {
  let value = root;
  for (const segment of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string | number, unknown>)[segment];
  }
  return value;
}
