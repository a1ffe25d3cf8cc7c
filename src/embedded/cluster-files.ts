// The cluster's files: made once, aside and renamed, so that an initdb killed half-way leaves nothing that looks like a
// cluster; and checked before each start.

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../base/error.js';
import type { ClusterPlace } from './cluster-place.js';
import type { ProgramFiles } from './program-files.js';
import { commandLine, type ServerAccount, spawnOptions } from './server-account.js';

export const CLUSTER_USER = 'yika';
export const CLUSTER_DATABASE = 'yika';

const ASIDE = 'cluster.new-';

/**
 * UTF-8 with C collation: the order of bytes, the same on every machine and in every version of its libraries. Data
 * checksums are initdb's default since 18. The socket's folder lets nobody else in, so no password is asked for.
 */
const INITDB_FLAGS = [
  `--username=${CLUSTER_USER}`,
  '--encoding=UTF8',
  '--locale=C',
  '--data-checksums',
  '--auth-local=trust',
  '--auth-host=reject',
  '--no-instructions',
];

/** Only under the start mutex. True when the cluster was made now. */
export async function ensureCluster(
  place: ClusterPlace,
  programs: ProgramFiles,
  account: ServerAccount,
): Promise<boolean> {
  const version = await readFile(join(place.cluster, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (version === undefined) {
    await makeCluster(place, programs, account);
    return true;
  }
  if (version.trim() !== programs.major) {
    throw new EngineError('DATA_FOLDER_UNUSABLE', {
      reason: 'major-version',
      folder: place.cluster,
      found: version.trim(),
      needed: programs.major,
    });
  }
  if (account.change !== undefined) await giveTree(place.cluster, account.change);
  return false;
}

async function makeCluster(
  place: ClusterPlace,
  programs: ProgramFiles,
  account: ServerAccount,
): Promise<void> {
  await removeLeftovers(place.home);
  const aside = join(place.home, ASIDE + randomBytes(6).toString('hex'));
  await run(account, programs.initdb, ['-D', aside, ...INITDB_FLAGS]);
  const single = ['--single', '-D', aside, 'postgres'];
  await run(account, programs.postgres, single, `create database ${CLUSTER_DATABASE}\n`);
  await rename(aside, place.cluster);
  await syncFolder(place.home);
}

/** An orphaned initdb may still write into its folder while it is taken away; it fails, and the next start ends it. */
async function removeLeftovers(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    if (!name.startsWith(ASIDE)) continue;
    await rm(join(home, name), { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
}

/** A cluster made by root, now to be run by another account because this machine allows no user namespaces. */
async function giveTree(folder: string, owner: { uid: number; gid: number }): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isSymbolicLink()) await chown(join(entry.parentPath, entry.name), owner.uid, owner.gid);
  }
  await chown(folder, owner.uid, owner.gid);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function run(
  account: ServerAccount,
  program: string,
  flags: readonly string[],
  input = '',
): Promise<void> {
  const [command, rest] = commandLine(account, program, flags);
  const child = spawn(command, rest, { ...spawnOptions(account), stdio: ['pipe', 'pipe', 'pipe'] });
  let output = '';
  const hear = (chunk: Buffer) => (output = (output + chunk.toString('utf8')).slice(-2000));
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(input);
  const ended = await new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(String(code ?? signal)));
  });
  if (ended !== '0') {
    throw new EngineError('EMBEDDED_UNAVAILABLE', { reason: 'initdb-failed', ended, output: output.trim() });
  }
}
