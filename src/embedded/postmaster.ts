// The server's main process: its pid file read and mended, started apart from our terminal, stopped, waited for.

import { spawn } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError } from '../base/error.js';
import type { ClusterPlace } from './cluster-place.js';
import { isRunning } from './process-identity.js';
import type { ProgramFiles } from './program-files.js';
import { commandLine, type ServerAccount, spawnOptions } from './server-account.js';

export interface Postmaster {
  pid: number;
  status: string;
}

const POLL_MS = 5;
const LOG_BYTES_MAX = 16 * 1024 * 1024;
const LOG_TAIL_BYTES = 2000;

/**
 * The running server of this cluster. A pid file that is empty, torn, or names a process that is something else (numbers
 * come again, in containers at once) stands for none. Lines of the file: src/include/utils/pidfile.h.
 */
export async function findPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => undefined);
  const lines = text?.split('\n') ?? [];
  const pid = Number(lines[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0 || !isPostmaster(pid, cluster)) return undefined;
  return { pid, status: (lines[7] ?? '').trim() };
}

/**
 * Only under the start mutex, and only when findPostmaster found none. Postgres would take such a file for a running
 * server's and refuse to start. Backends that outlived their postmaster are still found by it: through the shared memory
 * segment, whose key comes from the cluster folder's inode (src/backend/port/sysv_shmem.c).
 */
export async function removePidFile(cluster: string): Promise<void> {
  await rm(join(cluster, 'postmaster.pid'), { force: true });
}

export async function pidFileStands(cluster: string): Promise<boolean> {
  return (await stat(join(cluster, 'postmaster.pid')).catch(() => undefined)) !== undefined;
}

function isPostmaster(pid: number, cluster: string): boolean {
  if (!isRunning(pid)) return false;
  try {
    // The postmaster works in its cluster folder, also after that was moved.
    if (readlinkSync(`/proc/${pid}/cwd`) === cluster) return true;
  } catch {
    // Not readable for this user, or no /proc here: the command line decides.
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(cluster);
  } catch {
    return process.platform !== 'linux';
  }
}

/** Starts the server in a session of its own, where Ctrl-C does not reach it, and waits until it takes connections. */
export async function startPostmaster(
  place: ClusterPlace,
  programs: ProgramFiles,
  account: ServerAccount,
  settings: Readonly<Record<string, string>>,
): Promise<void> {
  await rotateLog(place.log);
  const log = await open(place.log, 'a', 0o600);
  try {
    const { size } = await log.stat();
    // Root may start a server for the folder's owner, who must be able to write the same log next time.
    if (account.change !== undefined) await log.chown(account.change.uid, account.change.gid);
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const [command, rest] = commandLine(account, programs.postgres, ['-D', place.cluster, ...flags]);
    const child = spawn(command, rest, {
      ...spawnOptions(account),
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    let ended: string | undefined;
    child.on('error', (error) => (ended = error.message));
    child.on('exit', (code, signal) => (ended = `exit ${code ?? signal}`));
    child.unref();
    while (ended === undefined) {
      const found = await findPostmaster(place.cluster);
      if (found?.pid === child.pid && found?.status === 'ready') return;
      await sleep(POLL_MS);
    }
    const output = await tail(place.log, size);
    throw new EngineError('EMBEDDED_UNAVAILABLE', { reason: 'start-failed', ended, output, log: place.log });
  } finally {
    await log.close();
  }
}

/** Fast shutdown: sessions are cut, a checkpoint is written, and the next start needs no recovery. */
export async function stopPostmaster(cluster: string, pid: number): Promise<void> {
  signal(pid, 'SIGINT');
  await waitUntilGone(cluster, pid);
}

/** Smart shutdown: those who are connected may finish, nobody new comes in. */
export async function retirePostmaster(cluster: string, pid: number): Promise<void> {
  signal(pid, 'SIGTERM');
  await waitUntilGone(cluster, pid);
}

export async function waitUntilGone(cluster: string, pid: number): Promise<void> {
  while ((await findPostmaster(cluster))?.pid === pid) await sleep(POLL_MS);
  while (isRunning(pid)) await sleep(POLL_MS);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function rotateLog(path: string): Promise<void> {
  const size = (await stat(path).catch(() => undefined))?.size ?? 0;
  if (size > LOG_BYTES_MAX) await rename(path, `${path}.1`);
}

/** What the server said since it was started; it says nothing of rows (see server-settings). */
export async function tail(path: string, from: number): Promise<string> {
  const text = (await readFile(path).catch(() => Buffer.alloc(0))).subarray(from);
  return text
    .subarray(Math.max(0, text.length - LOG_TAIL_BYTES))
    .toString('utf8')
    .trim();
}
