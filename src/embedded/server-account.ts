// Under which account the server runs. Postgres refuses to run as root. Under root it must therefore not look like root: in
// a user namespace of its own the same user appears as 1000, files keep their owner, and folders of mode 0700 are no
// obstacle. Where namespaces are not allowed (containers, as a rule) another account does it, if it can reach the program
// files and the data folder.

import { type SpawnOptions, spawn } from 'node:child_process';
import { chmod, chown, readFile, stat } from 'node:fs/promises';
import { EngineError } from '../base/error.js';
import type { ClusterPlace } from './cluster-place.js';
import type { ProgramFiles } from './program-files.js';

export interface ServerAccount {
  /** Put before the program's own command line. */
  prefix: readonly string[];
  /** The account to change to; undefined keeps this process's own. */
  change: { uid: number; gid: number } | undefined;
  /** Who owns the server's files, as seen from outside of any namespace. */
  uid: number;
}

const NAMESPACE = ['unshare', '--user', '--map-user=1000', '--map-group=1000', '--'];
const ACCOUNTS = ['postgres', 'nobody'];

export async function chooseAccount(place: ClusterPlace, programs: ProgramFiles): Promise<ServerAccount> {
  const uid = process.getuid?.() ?? 0;
  const owner = await ownerOf(place.cluster);
  if (uid !== 0) {
    if (owner === undefined || owner.uid === uid) return { prefix: [], change: undefined, uid };
    throw new EngineError('DATA_FOLDER_UNUSABLE', { reason: 'owner', folder: place.cluster });
  }
  if (owner !== undefined && owner.uid !== 0) return { prefix: [], change: owner, uid: owner.uid };
  const inNamespace: ServerAccount = { prefix: NAMESPACE, change: undefined, uid: 0 };
  if (await canReach(inNamespace, place.home, programs)) return inNamespace;
  return await otherAccount(place, programs);
}

/** A child's environment holds only what the programs need: ours may hold a database URL with its password. */
export function spawnOptions(account: ServerAccount): SpawnOptions {
  const path = process.env['PATH'] ?? '/usr/bin:/bin';
  return { cwd: '/', env: { PATH: path, LC_ALL: 'C', TZ: 'UTC' }, ...account.change };
}

export function commandLine(
  account: ServerAccount,
  program: string,
  flags: readonly string[],
): [string, string[]] {
  const [command, ...rest] = [...account.prefix, program, ...flags];
  return [command as string, rest];
}

async function otherAccount(place: ClusterPlace, programs: ProgramFiles): Promise<ServerAccount> {
  const entries = await passwdEntries();
  for (const name of ACCOUNTS) {
    const change = entries.get(name);
    if (change === undefined) continue;
    const account: ServerAccount = { prefix: [], change, uid: change.uid };
    await openWay(place, change);
    if (await canReach(account, place.home, programs)) return account;
  }
  throw new EngineError('EMBEDDED_UNAVAILABLE', {
    reason: 'root',
    programs: programs.postgres,
    folder: place.dataFolder,
  });
}

/** The cluster's folders become the account's; the data folder lets its group pass through, no more. */
async function openWay(place: ClusterPlace, change: { uid: number; gid: number }): Promise<void> {
  await chown(place.home, change.uid, change.gid);
  const { mode, uid } = await stat(place.dataFolder);
  if (uid !== 0 || (mode & 0o001) !== 0) return;
  await chown(place.dataFolder, uid, change.gid);
  await chmod(place.dataFolder, (mode & 0o777) | 0o010);
}

/** Asks for what will be needed: run the program, write the folder. */
async function canReach(account: ServerAccount, folder: string, programs: ProgramFiles): Promise<boolean> {
  const probe = 'test -w "$1" && test -x "$1" && exec "$2" --version';
  const flags = ['-c', probe, 'sh', folder, programs.postgres];
  const [command, rest] = commandLine(account, '/bin/sh', flags);
  return await new Promise((resolve) => {
    const child = spawn(command, rest, { ...spawnOptions(account), stdio: 'ignore' });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}

async function ownerOf(path: string): Promise<{ uid: number; gid: number } | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found && { uid: found.uid, gid: found.gid };
}

async function passwdEntries(): Promise<Map<string, { uid: number; gid: number }>> {
  const text = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const rows = text.split('\n').map((line) => line.split(':'));
  return new Map(rows.map(([name, , uid, gid]) => [name ?? '', { uid: Number(uid), gid: Number(gid) }]));
}
