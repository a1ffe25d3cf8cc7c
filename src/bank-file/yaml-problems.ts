// What the YAML library and the schema say against a file → problems in our own words.

import type { YAMLError } from 'yaml';
import type { z } from 'zod';
import {
  isProblemCode,
  type ProblemCode,
  type ProblemValues,
  type Unplaced,
  unplaced,
} from './definition-problem.js';

const YAML_CODES: Readonly<Record<string, ProblemCode>> = {
  TAB_AS_INDENT: 'yamlTab',
  BAD_INDENT: 'yamlIndent',
  BLOCK_AS_IMPLICIT_KEY: 'yamlIndent',
  MULTILINE_IMPLICIT_KEY: 'yamlIndent',
  MISSING_CHAR: 'yamlOpen',
  DUPLICATE_KEY: 'keyTwice',
};

/** One mistake of indentation makes the library stumble over everything behind it: only keys that stand twice are many. */
export function firstYamlErrors(errors: readonly YAMLError[]): readonly YAMLError[] {
  const first = errors.find(({ code }) => code !== 'DUPLICATE_KEY');
  return first === undefined ? errors : [first];
}

export function yamlProblem({ code, message }: YAMLError): Unplaced {
  const own = message.startsWith('Flow ') ? 'yamlOpen' : YAML_CODES[code];
  if (own !== undefined) return unplaced(own);
  const text = message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, '');
  return unplaced('yamlInvalid', { text });
}

/** What one issue says of the value at its path; `isThere` tells a missing value from one of the wrong kind. */
export function issueProblem(issue: z.core.$ZodIssue, isThere: boolean): Unplaced {
  const key = String([...issue.path].reverse().find((step) => typeof step === 'string') ?? '');
  if (issue.code === 'invalid_type') {
    if (!isThere) return unplaced('keyMissing', { key: String(issue.path.at(-1)) });
    return unplaced(KINDS[issue.expected] ?? 'mappingExpected', { key });
  }
  if (issue.code === 'invalid_value')
    return unplaced('choiceWrong', { key, choices: issue.values.map(String).join(', ') });
  const values: ProblemValues = { key };
  return isProblemCode(issue.message) ? unplaced(issue.message, values) : unplaced('mappingExpected', values);
}

const KINDS: Readonly<Record<string, ProblemCode>> = { string: 'textExpected', array: 'listExpected' };
