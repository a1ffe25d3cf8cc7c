// What must be known of a command line before it is understood: how to show help and errors, also of a line that makes no
// sense.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { earlyLanguage } from '../config/language.js';
import { CONFIG_FILE_DEFAULT, type Environment } from '../config/settings.js';
import type { Language } from '../message/language.js';

export interface EarlyFlags {
  readonly json: boolean;
  readonly verbose: boolean;
  readonly color: boolean;
  readonly language: Language;
}

export function readEarlyFlags(
  argv: readonly string[],
  environment: Environment,
  folder: string,
): EarlyFlags {
  const end = argv.indexOf('--');
  const words = end < 0 ? argv : argv.slice(0, end);
  const lang = lastValue(words, '--lang');
  const decided = lang ?? (environment['YIKA_LANG'] || undefined);
  const config = lastValue(words, '--config') ?? (environment['YIKA_CONFIG'] || CONFIG_FILE_DEFAULT);
  return {
    json: words.includes('--json'),
    verbose: words.includes('--verbose'),
    color: !words.includes('--no-color'),
    language: earlyLanguage(decided ?? languageOfFile(resolve(folder, config)), environment),
  };
}

function lastValue(words: readonly string[], flag: string): string | undefined {
  const found = words.findLastIndex((word) => word === flag || word.startsWith(`${flag}=`));
  const word = words[found];
  if (word === undefined) return undefined;
  return word === flag ? words[found + 1] : word.slice(flag.length + 1);
}

/** A look at one line only: help must not wait for the YAML parser, and must come even when the file is wrong. */
function languageOfFile(path: string): string | undefined {
  try {
    return /^lang:[ \t]*["']?(zh|en)["']?[ \t]*(?:#.*)?$/m.exec(readFileSync(path, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}
