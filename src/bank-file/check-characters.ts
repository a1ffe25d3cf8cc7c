// Which characters a bank takes: a class that can be understood, and stand-ins that can be written.

import type { Encoding } from './definition.js';
import type { ProblemCode, ProblemValues } from './definition-problem.js';
import type { CharactersInput } from './definition-schema.js';
import { encodeAll } from './text-rules.js';

/** Asked of the rules where they are written: once for the file, and for each field that has its own. */
export function checkCharacters(
  rules: CharactersInput | undefined,
  encoding: Encoding,
  report: (code: ProblemCode, values: ProblemValues) => void,
): void {
  if (rules?.allow !== undefined && !isClass(rules.allow)) report('classInvalid', { allow: rules.allow });
  for (const [from, to] of Object.entries(rules?.transliterate ?? {})) {
    if ([...from].length !== 1) report('transliterateOne', { from });
    if (encodeAll(to, encoding) === undefined) report('transliterateUnencodable', { from, to, encoding });
  }
}

function isClass(allow: string): boolean {
  try {
    new RegExp(`^[${allow}]$`, 'u');
    return true;
  } catch {
    return false;
  }
}
