import type { DefinitionProblem, FormatDefinition } from './definition.js';
export function checkDefinition(_d: FormatDefinition): DefinitionProblem[] {
  return [];
}
