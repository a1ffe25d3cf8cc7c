// The bank formats and profiles of an installation: those that yika brings, and over them the institution's own. Who has a
// folder or a bank of the same name takes its place whole, so that half of a sample can never stand in a real file.

import { createHash } from 'node:crypto';
import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type BankProfile, parseBankProfiles } from '../bank-file/bank-profile.js';
import type { FormatDefinition } from '../bank-file/definition.js';
import { type FormatInput, parseFormat } from '../bank-file/parse-definition.js';
import { EngineError } from '../base/error.js';
import { PREPARED } from './prepared-formats.js';

/** The same as FormatLibrary of the operations. */
export interface LoadedFormats {
  readonly formats: LazyFormats;
  readonly profiles: ReadonlyMap<number, BankProfile>;
}

export interface FormatSources {
  /** The folder formats/ of yika; holds banks.yaml too. */
  readonly own: string;
  readonly extra: string | undefined;
  readonly banks: { readonly text: string; readonly path: string } | undefined;
}

/** Files are read here; what stands in them is parsed when a format is asked for. Throws FORMAT_INVALID, with its place. */
export async function loadFormats(sources: FormatSources): Promise<LoadedFormats> {
  const folders = sources.extra === undefined ? [sources.own] : [sources.own, sources.extra];
  const inputs = new Map<string, FormatInput>();
  for (const folder of folders) for (const input of readFormats(folder)) inputs.set(input.name, input);
  const formats = new LazyFormats(inputs);

  const profiles = new Map<number, BankProfile>();
  for (const folder of folders) {
    const path = join(folder, 'banks.yaml');
    const text = attempt(() => readFileSync(path, 'utf8'));
    if (text !== undefined) addProfiles(profiles, text, `${basename(folder)}/banks.yaml`);
  }
  if (sources.banks !== undefined) addConfigured(profiles, sources.banks);
  return { formats, profiles };
}

/** A command needs the formats of its banks, and parsing one takes 20 to 40 ms of a process that has just begun. */
export class LazyFormats {
  readonly #inputs: ReadonlyMap<string, FormatInput>;
  readonly #parsed = new Map<string, FormatDefinition>();
  readonly #paymentSides = new Map<string, FormatDefinition>();

  constructor(inputs: ReadonlyMap<string, FormatInput>) {
    this.#inputs = inputs;
  }

  /** Throws FORMAT_INVALID {file, line, column, problem} when what stands in its files is wrong. */
  get(name: string): FormatDefinition | undefined {
    const input = this.#inputs.get(name);
    let definition = this.#parsed.get(name);
    if (input !== undefined && definition === undefined) {
      definition = parseFormat(input);
      this.#parsed.set(name, definition);
    }
    return definition;
  }

  /** Without the return files, which are not even parsed. Throws as get does, of what stands in payment.yaml. */
  paymentSide(name: string): FormatDefinition | undefined {
    const known = this.#parsed.get(name) ?? this.#paymentSides.get(name);
    const input = this.#inputs.get(name);
    if (known !== undefined || input === undefined) return known;
    const side = paymentSideOf(input);
    const definition = PREPARED.get(keyOfFormat(side))?.() ?? parseFormat(side);
    this.#paymentSides.set(name, definition);
    return definition;
  }

  /** All, by name. */
  values(): FormatDefinition[] {
    return [...this.#inputs.keys()].sort().map((name) => this.get(name) as FormatDefinition);
  }
}

/** The format as it would be without its return files. */
export function paymentSideOf({ name, files }: FormatInput): FormatInput {
  return { name, files: files.filter(({ path }) => path.endsWith('/payment.yaml')) };
}

/** What a format is made from, all of it. */
export function keyOfFormat({ name, files }: FormatInput): string {
  return createHash('sha256')
    .update(JSON.stringify([name, files]))
    .digest('hex');
}

function addProfiles(profiles: Map<number, BankProfile>, text: string, path: string): void {
  for (const profile of parseBankProfiles(text, path)) profiles.set(Number(profile.bank), profile);
}

/** What is wrong in yika.yaml is wrong configuration. */
function addConfigured(
  profiles: Map<number, BankProfile>,
  { text, path }: { readonly text: string; readonly path: string },
): void {
  try {
    addProfiles(profiles, text, basename(path));
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'FORMAT_INVALID') throw error;
    throw new EngineError('CONFIG_INVALID', error.details);
  }
}

/** A format is a folder with a payment.yaml; what else stands beside is none of ours. */
export function readFormats(folder: string): FormatInput[] {
  const names = entriesOf(folder)
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map(({ name }) => name);
  const formats = names.sort().map((name) => readFormat(folder, name));
  return formats.filter((format) => format.files.some(({ path }) => path.endsWith('/payment.yaml')));
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (cause) {
    throw new EngineError('FILE_NOT_FOUND', { file: basename(folder) }, { cause });
  }
}

/** Read at once, one after the other: forty small files through the thread pool take three times as long. */
function readFormat(folder: string, name: string): FormatInput {
  const files = attempt(() => readdirSync(join(folder, name))) ?? [];
  const texts = files
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => ({ path: `${name}/${file}`, text: readFileSync(join(folder, name, file), 'utf8') }));
  return { name, files: texts };
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
