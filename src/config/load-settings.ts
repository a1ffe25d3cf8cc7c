// Puts the settings of a command together, each from the strongest source that gives it, and checks it with words about
// that source: a wrong flag is USAGE_INVALID, a wrong variable or line of the file CONFIG_INVALID.

import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { EngineError, type ErrorDetails } from '../base/error.js';
import { isLanguage, LANGUAGES, type Language } from '../message/language.js';
import type { UsageProblem } from '../message/usage-problem.js';
import type { ConfigFile, ConfigKey } from './config-file.js';
import { languageOfEnvironment } from './language.js';
import { readConfigFile } from './read-config-file.js';
import {
  ACTOR_LENGTH_MAX,
  CONFIG_FILE_DEFAULT,
  DATA_FOLDER_DEFAULT,
  type Environment,
  type Flags,
  type Machine,
  type Settings,
  THREADS_MAX,
} from './settings.js';

type ValueKey = Exclude<ConfigKey, 'banks' | 'formats'>;
type ValueProblem = 'countInvalid' | 'choiceInvalid' | 'textInvalid' | 'urlInvalid';

const VARIABLES: Readonly<Record<ValueKey, string>> = {
  database: 'YIKA_DATABASE_URL',
  data: 'YIKA_DATA',
  actor: 'YIKA_ACTOR',
  threads: 'YIKA_THREADS',
  lang: 'YIKA_LANG',
};

/** A value and the error to throw when it cannot be used. */
interface Given {
  readonly text: string;
  readonly from: 'flag' | 'environment' | 'file';
  invalid(problem: ValueProblem, details?: ErrorDetails): EngineError;
}

export async function loadSettings(
  flags: Flags,
  environment: Environment,
  machine: Machine,
): Promise<Settings> {
  const named = flags.config ?? (environment['YIKA_CONFIG'] || undefined);
  const path = resolve(machine.folder, named ?? CONFIG_FILE_DEFAULT);
  const file = await readConfigFile(path, named !== undefined);
  const given = (key: ValueKey): Given | undefined => giveValue(key, flags, environment, file);
  return {
    database: databaseOf(given('database')),
    data: dataOf(given('data'), file, machine),
    actor: actorOf(given('actor'), machine),
    threads: threadsOf(given('threads'), machine),
    areThreadsGiven: given('threads') !== undefined,
    language: languageOf(given('lang'), environment),
    formats: await formatsOf(file),
    banks: file?.banks === undefined ? undefined : { text: file.banks, path: file.path },
  };
}

function giveValue(
  key: ValueKey,
  flags: Flags,
  environment: Environment,
  file: ConfigFile | undefined,
): Given | undefined {
  const flag = flags[key];
  if (flag !== undefined) {
    const invalid = (problem: UsageProblem, details?: ErrorDetails) =>
      new EngineError('USAGE_INVALID', { problem, option: `--${key}`, ...details });
    return { text: flag, from: 'flag', invalid };
  }
  const variable = VARIABLES[key];
  const text = environment[variable];
  // An empty variable counts as unset: that is how a variable is taken away for one command.
  if (text !== undefined && text !== '') {
    const invalid = (problem: ValueProblem, details?: ErrorDetails) =>
      new EngineError('CONFIG_INVALID', { problem, key: variable, ...details });
    return { text, from: 'environment', invalid };
  }
  const value = file?.values[key];
  if (file === undefined || value === undefined) return undefined;
  return { text: value, from: 'file', invalid: (problem, details) => file.invalid(key, problem, details) };
}

/** The URL may hold a password, so no error quotes it. */
function databaseOf(given: Given | undefined): string | undefined {
  if (given === undefined) return undefined;
  const text = given.text.trim();
  if (!/^postgres(ql)?:\/\/\S+$/.test(text)) throw given.invalid('urlInvalid');
  return text;
}

/** A path in the file is meant from the folder of the file, any other from the folder of the command. */
function dataOf(given: Given | undefined, file: ConfigFile | undefined, machine: Machine): string {
  if (given?.text.trim() === '') throw given.invalid('textInvalid', { max: 4096 });
  const base = given?.from === 'file' && file !== undefined ? dirname(file.path) : machine.folder;
  return resolve(base, given?.text ?? DATA_FOLDER_DEFAULT);
}

function actorOf(given: Given | undefined, machine: Machine): string {
  const name = (given?.text ?? machine.loginName() ?? '').trim();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a name is shown in terminals and logs.
  const usable = name !== '' && [...name].length <= ACTOR_LENGTH_MAX && !/[\u0000-\u001f\u007f]/.test(name);
  if (usable) return name;
  const max = ACTOR_LENGTH_MAX;
  throw (
    given?.invalid('textInvalid', { max }) ??
    new EngineError('USAGE_INVALID', { problem: 'optionMissing', option: '--actor' })
  );
}

function threadsOf(given: Given | undefined, machine: Machine): number {
  if (given === undefined) return Math.min(Math.max(machine.cpuCount(), 1), THREADS_MAX);
  const threads = /^\d{1,3}$/.test(given.text.trim()) ? Number(given.text) : 0;
  if (threads < 1 || threads > THREADS_MAX) {
    throw given.invalid('countInvalid', { min: 1, max: THREADS_MAX });
  }
  return threads;
}

function languageOf(given: Given | undefined, environment: Environment): Language {
  if (given === undefined) return languageOfEnvironment(environment);
  const text = given.text.trim();
  if (!isLanguage(text)) throw given.invalid('choiceInvalid', { choices: LANGUAGES });
  return text;
}

async function formatsOf(file: ConfigFile | undefined): Promise<string | undefined> {
  const value = file?.values.formats;
  if (file === undefined || value === undefined) return undefined;
  const folder = resolve(dirname(file.path), value);
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw file.invalid('formats', 'folderMissing');
  return folder;
}
