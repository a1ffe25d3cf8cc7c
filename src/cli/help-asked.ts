// Words that ask for help and for nothing else. They need no parser, and what they show must not wait for one.

import type { Language } from '../message/language.js';
import { COMMANDS, GROUPS } from './command-table.js';
import { commandHelp, groupHelp, rootHelp } from './help.js';

/** `yika help roster import` is `yika roster import --help`. */
export function withoutHelpWord(argv: readonly string[]): readonly string[] {
  return argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv;
}

/** Undefined: there is more to understand, or nobody asks. */
export function helpAsked(argv: readonly string[], language: Language): string | undefined {
  const words = withoutHelpWord(argv);
  const last = words.at(-1);
  if (last !== '--help' && last !== '-h') return undefined;
  const named = words.slice(0, -1);
  if (named.length === 0) return rootHelp(language);
  const spec = COMMANDS.find(({ words: own }) => own.join(' ') === named.join(' '));
  if (spec !== undefined) return commandHelp(spec, language);
  const [word] = named;
  return named.length === 1 && GROUPS.some((group) => group.word === word)
    ? groupHelp(word as string, language)
    : undefined;
}
