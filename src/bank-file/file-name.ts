// Names of payment and return files. What stands in them must never reach another folder, nor be refused by a bank's machine.

import { EngineError } from '../base/error.js';
import type { TemplatePart } from './definition.js';
import { formatTemplate, type ValueLookup } from './template.js';

const FORBIDDEN = /[/\\:*?"<>|\p{Cc}]/u;

/** Whether a text may stand in a file name on every system that a bank may have. */
export function fitsFileName(text: string): boolean {
  return !FORBIDDEN.test(text);
}

/** Throws PAYMENT_FILE_REFUSED when a parameter brings in what a file name cannot hold. */
export function fileNameText(parts: readonly TemplatePart[], lookup: ValueLookup): string {
  const name = formatTemplate(parts, lookup);
  if (fitsFileName(name) && !name.startsWith('.')) return name;
  throw new EngineError('PAYMENT_FILE_REFUSED', { file: name, problem: 'nameInvalid' });
}
