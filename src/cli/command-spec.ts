// What a command is: its words, what it takes, what it says of itself, and what it does. Parsing and help are
// both made from these tables, so that they cannot disagree.

import type { Settings } from '../config/settings.js';
import type { Text } from '../message/language.js';
import type { Context, Log, Progress } from '../operation/context.js';
import type { Given } from './given.js';

export interface ArgumentSpec {
  /** As it stands in help: FILE, N. */
  readonly name: string;
  readonly about: Text;
  readonly optional?: true;
  /** One or more. */
  readonly many?: true;
}

export interface OptionSpec {
  /** `--as-of`. */
  readonly flag: string;
  /** What it takes, as it stands in help; without one it is a switch. */
  readonly value?: string;
  readonly about: Text;
  readonly required?: true;
  readonly many?: true;
}

/** The outside of one run, as far as commands use it. */
export interface Host {
  readonly settings: Settings;
  readonly log: Log;
  readonly progress: Progress;
  /** Opened at the first call, closed when the command ends, whatever happens. */
  context(): Promise<Context>;
  /** For commands that ask no database: reading `database` of it is a bug. */
  contextWithoutDatabase(): Promise<Context>;
  /** Money leaves the house: see confirm.ts. Throws CONFIRMATION_MISSING. */
  confirm(batches: readonly number[], confirmed: readonly number[] | undefined): Promise<void>;
  /** The first line of standard input, for what should not stand in a list of processes. */
  readLine(): Promise<string>;
  /** Lines of a long story, shown at once. */
  tell(lines: readonly StoryLine[]): Promise<void>;
}

export interface StoryLine {
  readonly text: string;
  readonly style?: 'strong' | 'faint';
}

export interface Outcome {
  readonly answer: object;
  /** 0 when not given. */
  readonly exitCode?: number;
  /** What a person would type next. */
  readonly next?: readonly string[];
}

export interface CommandSpec {
  /** Noun first, then verb. */
  readonly words: readonly string[];
  /** One line. */
  readonly summary: Text;
  readonly about?: Text;
  readonly arguments?: readonly ArgumentSpec[];
  readonly options?: readonly OptionSpec[];
  readonly examples: readonly string[];
  /** Exit codes that are particular to it; 0, 2, 70, 130 and 143 can come from every command. */
  readonly exits: readonly number[];
  run(given: Given, host: Host): Promise<Outcome>;
}

/** A noun with its verbs. */
export interface GroupSpec {
  readonly word: string;
  readonly summary: Text;
}
