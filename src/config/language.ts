// Which language to speak: flag, YIKA_LANG, configuration file, the locale of the environment, else English. The locale is
// a default and not a wish about yika, so the file goes before it.

import { isLanguage, type Language, languageOfLocale } from '../message/language.js';
import type { Environment } from './settings.js';

/** POSIX: LC_ALL goes before LC_MESSAGES, which goes before LANG; an empty one counts as unset. */
export function languageOfEnvironment(environment: Environment): Language {
  const locale = [environment['LC_ALL'], environment['LC_MESSAGES'], environment['LANG']].find(Boolean);
  return languageOfLocale(locale ?? '') ?? 'en';
}

/** The language as far as flag and environment tell it, for help and for errors before anything was read. */
export function earlyLanguage(flag: string | undefined, environment: Environment): Language {
  const wished = flag ?? environment['YIKA_LANG'] ?? '';
  return isLanguage(wished) ? wished : languageOfEnvironment(environment);
}
