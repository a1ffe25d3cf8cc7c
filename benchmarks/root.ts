// Where the checkout is: compiled, the benchmark stands in a folder below it.

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder above this program that holds formats/. */
export const ROOT = findRoot(dirname(fileURLToPath(import.meta.url)));

function findRoot(folder: string): string {
  return existsSync(join(folder, 'formats', 'banks.yaml')) ? folder : findRoot(dirname(folder));
}
