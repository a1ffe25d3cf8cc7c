// Where yika itself is installed: its formats, migrations and version stand beside src/ and dist/.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PACKAGE_ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** SQL files are not compiled, so they are read from src/ by an installed yika too. */
export const MIGRATIONS_FOLDER = join(PACKAGE_ROOT, 'src', 'store', 'migrations');

export const FORMATS_FOLDER = join(PACKAGE_ROOT, 'formats');

export function packageVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return String((JSON.parse(text) as { version: unknown }).version);
}

/** The synthetic files that the demo runs on. */
export const SAMPLES_FOLDER = join(PACKAGE_ROOT, 'samples');
