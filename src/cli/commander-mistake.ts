// What commander found wrong, in our words and in the language of the screen. It says what it means by a code; the name of the
// option and the suggestion stand in its English sentence.

import type { CommanderError } from 'commander';
import type { EngineError, ErrorDetails } from '../base/error.js';
import type { UsageProblem } from '../message/usage-problem.js';
import { COMMANDS, GROUPS } from './command-table.js';
import { quotable, usageError } from './usage-error.js';

/** `undefined`: the words stop before they are a command. */
export function toUsageError(mistake: CommanderError | undefined, words: readonly string[]): EngineError {
  const help = `\`${helpFor(words)}\``;
  const fail = (problem: UsageProblem, details: ErrorDetails = {}) =>
    usageError(problem, { ...details, help });
  const message = mistake?.message ?? '';
  const subject = quotable(/'([^']*)'/.exec(message)?.[1] ?? '');
  const option = subject.replace(/ [<[].*$/, '');
  const suggestion = /\(Did you mean (?:one of )?([^?]*)\?\)/.exec(message)?.[1];
  switch (mistake?.code) {
    case 'commander.unknownCommand':
      return fail('commandUnknown', { value: subject, suggestion });
    case 'commander.unknownOption':
      return fail('optionUnknown', { option: subject, suggestion });
    case 'commander.optionMissingArgument':
      return fail('valueMissing', { option });
    case 'commander.excessArguments':
      return fail('argumentsTooMany');
    case 'commander.missingArgument':
      return fail('argumentMissing', { argument: subject });
    case 'commander.invalidArgument':
      return fail('optionInvalid', { option });
    default:
      return fail('commandMissing', missingCommand(words));
  }
}

/** The help of the command that the words name, as far as they do. */
export function helpFor(words: readonly string[]): string {
  const noun = words.find((word) => COMMANDS.some(({ words: [first] }) => first === word));
  if (noun === undefined) return 'yika --help';
  const verb = words[words.indexOf(noun) + 1];
  const isCommand = COMMANDS.some((spec) => spec.words[0] === noun && spec.words[1] === verb);
  return isCommand && verb !== undefined ? `yika ${noun} ${verb} --help` : `yika ${noun} --help`;
}

function missingCommand(words: readonly string[]): ErrorDetails {
  const group = GROUPS.find(({ word }) => words.includes(word));
  if (group === undefined) return {};
  const verbs = COMMANDS.filter(({ words: [noun] }) => noun === group.word).map(
    ({ words: [, verb] }) => verb ?? '',
  );
  return { command: `yika ${group.word}`, choices: verbs };
}
