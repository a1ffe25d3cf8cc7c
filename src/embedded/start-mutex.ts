// One process at a time makes the cluster, mends it or starts the server. Every contender puts a file of its own into the
// mutex folder and then looks around: whoever sees another live contender takes its file away and tries again later. Two
// can never both stay, because the one that came later sees the earlier; and since the identity is the file's name there
// is no half-written lock, and a dead owner's file is removed without a race: its name never comes back.

import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, thisProcess } from './process-identity.js';

const RETRY_MS = 15;

/** An owner in another container cannot be seen; it shows that it lives by touching its file. */
const HEARTBEAT_MS = 2_000;
const FOREIGN_SILENT_MS = 30_000;

export interface MutexWait {
  /** Asked before each new try; true gives up the wait because the mutex is no longer needed. */
  unneeded?: () => Promise<boolean>;
}

/** Runs `work` alone. Undefined when the wait was given up. */
export async function withStartMutex<T>(
  folder: string,
  work: () => Promise<T>,
  wait: MutexWait = {},
): Promise<T | undefined> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (;;) {
    const mine = await tryEnter(folder);
    if (mine !== undefined) return await holding(mine, work);
    await sleep(RETRY_MS * (1 + Math.random() * 3));
    if (await wait.unneeded?.()) return undefined;
  }
}

async function tryEnter(folder: string): Promise<string | undefined> {
  if (await othersIn(folder, '')) return undefined;
  const { pid, startTicks, space } = thisProcess();
  const name = [pid, startTicks, space, randomBytes(6).toString('hex')].join('-');
  const path = join(folder, name);
  await writeFile(path, '', { flag: 'wx', mode: 0o600 });
  if (!(await othersIn(folder, name))) return path;
  await rm(path, { force: true });
  return undefined;
}

async function holding<T>(path: string, work: () => Promise<T>): Promise<T> {
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, HEARTBEAT_MS);
  heartbeat.unref();
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    await rm(path, { force: true });
  }
}

async function othersIn(folder: string, mine: string): Promise<boolean> {
  for (const name of await readdir(folder)) {
    if (name === mine) continue;
    if (await isHeld(join(folder, name), name)) return true;
    await rm(join(folder, name), { force: true });
  }
  return false;
}

async function isHeld(path: string, name: string): Promise<boolean> {
  const [pid, startTicks, space] = name.split('-');
  const alive = isAlive({ pid: Number(pid), startTicks: startTicks ?? '', space: space ?? '' });
  if (alive !== undefined) return alive;
  const touched = await stat(path).catch(() => undefined);
  return touched !== undefined && Date.now() - touched.mtimeMs < FOREIGN_SILENT_MS;
}
