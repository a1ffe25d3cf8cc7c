// What a command is run with, beside its own arguments (contract, section 1). Flags beat the environment, which beats the
// configuration file, which beats the defaults.

import type { Language } from '../message/language.js';

export const THREADS_MAX = 64;
export const ACTOR_LENGTH_MAX = 100;
export const DATA_FOLDER_DEFAULT = './yika-data';
export const CONFIG_FILE_DEFAULT = 'yika.yaml';

export interface Settings {
  /** `postgresql://…`; undefined = the embedded server of the data folder. May hold a password: never shown. */
  readonly database: string | undefined;
  readonly data: string;
  readonly actor: string;
  readonly threads: number;
  /** Somebody named the number of threads; it holds for small work too. */
  readonly areThreadsGiven: boolean;
  readonly language: Language;
  /** Folder with formats of the institution, beside those that yika brings. */
  readonly formats: string | undefined;
  /** The `banks:` section of the configuration file, for parseBankProfiles: other lines are blank, so places are right. */
  readonly banks: { readonly text: string; readonly path: string } | undefined;
}

/** What stood on the command line; all text as it was typed. */
export interface Flags {
  readonly database?: string | undefined;
  readonly data?: string | undefined;
  readonly actor?: string | undefined;
  readonly threads?: string | undefined;
  readonly lang?: string | undefined;
  readonly config?: string | undefined;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** What the machine says; asked only where a default needs it. */
export interface Machine {
  readonly folder: string;
  cpuCount(): number;
  /** Undefined when the login has no name. */
  loginName(): string | undefined;
}
