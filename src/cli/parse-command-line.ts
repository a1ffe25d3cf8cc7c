// argv → a command and what was given to it, or a text to show. commander splits the words and knows the options; what it
// says of mistakes becomes USAGE_INVALID.

import { Command, CommanderError, Option } from 'commander';
import type { Language } from '../message/language.js';
import type { CommandSpec, OptionSpec } from './command-spec.js';
import { COMMANDS, GROUPS } from './command-table.js';
import { toUsageError } from './commander-mistake.js';
import { Given } from './given.js';
import { GLOBAL_OPTIONS } from './global-options.js';
import { commandHelp, groupHelp, rootHelp } from './help.js';
import { withoutHelpWord } from './help-asked.js';

export type Parsed =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'command';
      readonly spec: CommandSpec;
      readonly given: Given;
      readonly flags: Readonly<Record<string, unknown>>;
    };

/** Throws USAGE_INVALID. */
export function parseCommandLine(argv: readonly string[], language: Language, version: string): Parsed {
  let shown = '';
  let chosen: Parsed | undefined;
  const program = buildProgram(language, version, (spec, values, options) => {
    chosen = { kind: 'command', spec, given: new Given(spec, values, options), flags: options };
  });
  for (const command of allCommands(program)) {
    command.configureOutput({
      writeOut: (text) => (shown += text),
      writeErr: () => undefined,
      outputError: () => undefined,
    });
  }
  const words = withoutHelpWord(argv);
  try {
    program.parse(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: 'text', text: shown };
    throw toUsageError(error, words);
  }
  if (chosen === undefined) throw toUsageError(undefined, words);
  return chosen;
}

type Choose = (
  spec: CommandSpec,
  values: readonly unknown[],
  options: Readonly<Record<string, unknown>>,
) => void;

function buildProgram(language: Language, version: string, choose: Choose): Command {
  const program = prepared(new Command('yika'), () => rootHelp(language));
  program.version(version, '-V, --version');
  for (const option of GLOBAL_OPTIONS) program.addOption(toOption(option));
  for (const { word } of GROUPS)
    program.addCommand(prepared(new Command(word), () => groupHelp(word, language)));
  for (const spec of COMMANDS) {
    const parent = spec.words.length === 1 ? program : childOf(program, spec.words[0] as string);
    parent.addCommand(toCommand(spec, language, choose));
  }
  return program;
}

function toCommand(spec: CommandSpec, language: Language, choose: Choose): Command {
  const command = prepared(new Command(spec.words.at(-1)), () => commandHelp(spec, language));
  for (const { name, many } of spec.arguments ?? []) {
    // Everything is optional for commander: Given names what is missing in the language of the screen.
    command.argument(many ? `[${name}...]` : `[${name}]`);
  }
  for (const option of spec.options ?? []) command.addOption(toOption(option));
  command.action((...all: unknown[]) => {
    const values = all.slice(0, spec.arguments?.length ?? 0);
    choose(spec, values, command.optsWithGlobals());
  });
  return command;
}

/** The text is made when it is asked for: of all commands together it takes as long as Node needs to start. */
function prepared(command: Command, help: () => string): Command {
  return command
    .exitOverride()
    .helpCommand(false)
    .allowExcessArguments(false)
    .helpOption('-h, --help')
    .configureHelp({ formatHelp: help });
}

function toOption({ flag, value, many }: Pick<OptionSpec, 'flag' | 'value' | 'many'>): Option {
  const name = value?.replace(/[<>]/g, '') ?? '';
  return new Option(value === undefined ? flag : many ? `${flag} <${name}...>` : `${flag} <${name}>`);
}

function childOf(program: Command, word: string): Command {
  const found = program.commands.find((command) => command.name() === word);
  if (found === undefined) throw new Error(`no group ${word}`);
  return found;
}

function allCommands(program: Command): Command[] {
  return [program, ...program.commands.flatMap(allCommands)];
}
