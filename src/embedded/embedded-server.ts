// The life of the embedded server: started by the first command that needs it, shared by those that run at once, stopped by
// the last one out. Each command holds a lease: one idle connection with a shared advisory lock. The last one out is who
// gets that lock alone, and while it is held nobody can join; whoever waits for it is cut off by the shutdown and begins
// again. Postgres itself is the judge, so a command that is killed needs no clearing up: its lease ends with its socket.

import { rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError } from '../base/error.js';
import { ensureCluster } from './cluster-files.js';
import { type ClusterPlace, makeSocketFolder, placeCluster } from './cluster-place.js';
import { measureMachine } from './machine.js';
import { endOrphans } from './orphans.js';
import {
  findPostmaster,
  type Postmaster,
  pidFileStands,
  removePidFile,
  retirePostmaster,
  startPostmaster,
  stopPostmaster,
  waitUntilGone,
} from './postmaster.js';
import { locateProgramFiles } from './program-files.js';
import { chooseAccount } from './server-account.js';
import { inUseElsewhere, keepFresh, startedHere, writeRecord } from './server-record.js';
import { serverSettings } from './server-settings.js';
import { withStartMutex } from './start-mutex.js';

export type Log = (message: string, fields?: object) => void;

/** One connection to the cluster's `postgres` database, opened by the store. Errors carry SQLSTATE or errno as `code`. */
export interface LeaseConnection {
  query(sql: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}
export type OpenLease = (socketFolder: string) => Promise<LeaseConnection>;

export interface EmbeddedServer {
  readonly socketFolder: string;
  /** Ends the lease; the last one out stops the server and waits until it is down. Never rejects. */
  leave(): Promise<void>;
}

/** Any number that nobody else uses in the cluster's own `postgres` database. */
const LEASE_LOCK = 7_960_001;
const TAKE_LEASE = `select pg_advisory_lock_shared(${LEASE_LOCK})`;
const GIVE_LEASE = `select pg_advisory_unlock_shared(${LEASE_LOCK})`;
const TAKE_ALONE = `select pg_try_advisory_lock(${LEASE_LOCK}) as alone`;

const RETRY_MS = 15;

/** Nobody listens: the server is to be started. */
const ABSENT: ReadonlySet<string> = new Set(['ENOENT', 'ECONNREFUSED', 'ENOTDIR']);

/** The server is on its way up or down, or full; or it went while we spoke. */
const PASSING: ReadonlySet<string> = new Set([
  '57P01',
  '57P02',
  '57P03',
  '53300',
  'ECONNRESET',
  'EPIPE',
  'EAGAIN',
  'ENOTCONN',
]);

/** The driver's words, without a code, for a connection that ended between two statements (pg 8, lib/client.js). */
const GONE_MESSAGE = /^(Connection terminated|Client has encountered|Client was closed)/;

export async function joinServer(
  dataFolder: string,
  openLease: OpenLease,
  log: Log,
): Promise<EmbeddedServer> {
  const place = await placeCluster(dataFolder);
  const lease = await takeLease(place, openLease, log);
  const stopTouching = keepFresh(place.record);
  return {
    socketFolder: place.socketFolder,
    async leave() {
      stopTouching();
      await leaveServer(place, lease, openLease, log).catch((error: unknown) => {
        log('the embedded server could not be left in order', { error: String(error) });
      });
    },
  };
}

async function takeLease(place: ClusterPlace, openLease: OpenLease, log: Log): Promise<LeaseConnection> {
  for (;;) {
    const state = await tryLease(place, openLease);
    if (typeof state === 'object') return state;
    if (state === 'absent') {
      const unneeded = async () => (await findPostmaster(place.cluster))?.status === 'ready';
      await withStartMutex(place.mutex, () => startServer(place, openLease, log), { unneeded });
    }
    await sleep(state === 'passing' ? RETRY_MS : 0);
  }
}

async function tryLease(
  place: ClusterPlace,
  openLease: OpenLease,
): Promise<LeaseConnection | 'absent' | 'passing'> {
  let lease: LeaseConnection | undefined;
  try {
    lease = await openLease(place.socketFolder);
    await lease.query(TAKE_LEASE);
    return lease;
  } catch (error) {
    await lease?.close();
    const { code, message } = error as NodeJS.ErrnoException;
    if (ABSENT.has(code ?? '')) return 'absent';
    if (PASSING.has(code ?? '') || GONE_MESSAGE.test(message)) return 'passing';
    throw error;
  }
}

/** Under the start mutex. Somebody else may have started the server since we looked, or it may be going down. */
async function startServer(place: ClusterPlace, openLease: OpenLease, log: Log): Promise<void> {
  await refuseIfElsewhere(place);
  const running = (await startedHere(place.record)) ? await findPostmaster(place.cluster) : undefined;
  if (running !== undefined) return await settleRunning(place, openLease, running, log);
  const began = performance.now();
  const programs = await locateProgramFiles();
  const account = await chooseAccount(place, programs);
  const made = await ensureCluster(place, programs, account);
  const orphans = await endOrphans(place.cluster);
  await removePidFile(place.cluster);
  await makeSocketFolder(place.socketFolder, account);
  await writeRecord(place.record);
  const settings = serverSettings(await measureMachine(place.home));
  await startPostmaster(place, programs, account, {
    ...settings,
    unix_socket_directories: place.socketFolder,
  });
  log('embedded PostgreSQL started', {
    made,
    orphans,
    milliseconds: Math.round(performance.now() - began),
  });
}

/** The mutex is held, so nobody else starts or mends; whatever is running came before. */
async function settleRunning(
  place: ClusterPlace,
  openLease: OpenLease,
  running: Postmaster,
  log: Log,
): Promise<void> {
  if (running.status === 'stopping') return await waitUntilGone(place.cluster, running.pid);
  if (running.status !== 'ready') return await sleep(RETRY_MS);
  const lease = await tryLease(place, openLease);
  if (lease === 'passing') return;
  if (lease !== 'absent') return await lease.close();
  // Its socket is gone, cleared away from outside: those inside may finish, then a new server takes over.
  log('the embedded server cannot be reached and is replaced', { pid: running.pid });
  await retirePostmaster(place.cluster, running.pid);
}

async function leaveServer(
  place: ClusterPlace,
  lease: LeaseConnection,
  openLease: OpenLease,
  log: Log,
): Promise<void> {
  const last = await isLastOut(lease).catch(() => undefined);
  if (last === undefined) return await leaveAfterLoss(place, openLease, log);
  if (last) await stopServer(place, log);
  await lease.close();
}

/** The lease was lost with a crashed server. Postgres starts again by itself, and may now have nobody left. */
async function leaveAfterLoss(place: ClusterPlace, openLease: OpenLease, log: Log): Promise<void> {
  let lease = await tryLease(place, openLease);
  for (; lease === 'passing'; lease = await tryLease(place, openLease)) await sleep(RETRY_MS);
  if (lease === 'absent') return;
  if (await isLastOut(lease)) await stopServer(place, log);
  await lease.close();
}

async function isLastOut(lease: LeaseConnection): Promise<boolean> {
  await lease.query(GIVE_LEASE);
  const [row] = await lease.query(TAKE_ALONE);
  return row?.['alone'] === true;
}

/** A server that another container started cannot be signalled from here; commands there will stop it. */
async function stopServer(place: ClusterPlace, log: Log): Promise<void> {
  if (!(await startedHere(place.record))) return;
  const running = await findPostmaster(place.cluster);
  if (running === undefined) return;
  const began = performance.now();
  await stopPostmaster(place.cluster, running.pid);
  await removeOutsideFolder(place);
  log('embedded PostgreSQL stopped', { milliseconds: Math.round(performance.now() - began) });
}

/** A socket folder in /tmp goes with its server, unless the next one has begun to use it. */
async function removeOutsideFolder(place: ClusterPlace): Promise<void> {
  if (dirname(place.socketFolder) === place.home) return;
  await withStartMutex(place.mutex, async () => {
    if (!(await pidFileStands(place.cluster))) await rmdir(place.socketFolder).catch(() => undefined);
  });
}

async function refuseIfElsewhere(place: ClusterPlace): Promise<void> {
  const host = await inUseElsewhere(place.record);
  if (host === undefined || !(await pidFileStands(place.cluster))) return;
  throw new EngineError('DATA_FOLDER_UNUSABLE', {
    reason: 'in-use-elsewhere',
    folder: place.dataFolder,
    host,
  });
}
