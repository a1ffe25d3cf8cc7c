import { EngineError, type ErrorDetails } from '../base/error.js';
import { maskNumber } from '../base/mask.js';
import type { UsageProblem } from '../message/usage-problem.js';

const VALUE_LENGTH_MAX = 40;

export function usageError(problem: UsageProblem, details: ErrorDetails = {}): EngineError {
  return new EngineError('USAGE_INVALID', { problem, ...details });
}

/** What was typed, fit to be repeated in an error: a long number may be somebody's resident ID or account. */
export function quotable(text: string): string {
  const masked = text.replace(/[0-9][0-9Xx]{8,}/g, (digits) => maskNumber(digits));
  const characters = [...masked];
  return characters.length <= VALUE_LENGTH_MAX
    ? masked
    : `${characters.slice(0, VALUE_LENGTH_MAX).join('')}…`;
}
