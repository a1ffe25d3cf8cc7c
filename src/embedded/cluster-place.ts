// Where the embedded cluster and what belongs to it lie: everything below `<data folder>/postgres`, except for the socket
// when the path is too long for one.

import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chown, lstat, mkdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EngineError } from '../base/error.js';
import type { ServerAccount } from './server-account.js';

export interface ClusterPlace {
  dataFolder: string;
  /** `<data folder>/postgres`, mode 0700: what keeps other users from the socket, which asks for no password. */
  home: string;
  cluster: string;
  mutex: string;
  /** Who started the server last; see server-record. */
  record: string;
  log: string;
  socketFolder: string;
}

/** sockaddr_un holds 108 bytes on Linux and 104 on macOS, with a final zero; Postgres appends `/.s.PGSQL.5432.lock`. */
const SOCKET_FOLDER_BYTES_MAX = 84;

const SOCKET_FILES = ['.s.PGSQL.5432', '.s.PGSQL.5432.lock'];

/** Makes the folders where they are missing. The real path counts, so that two spellings of one folder are one. */
export async function placeCluster(dataFolder: string): Promise<ClusterPlace> {
  const real = await makeFolder(dataFolder);
  const home = await makeFolder(join(real, 'postgres'));
  return {
    dataFolder: real,
    home,
    cluster: join(home, 'cluster'),
    mutex: join(home, 'mutex'),
    record: join(home, 'server.json'),
    log: join(home, 'server.log'),
    socketFolder: await chooseSocketFolder(home),
  };
}

async function makeFolder(path: string): Promise<string> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    const real = await realpath(path);
    await access(real, constants.R_OK | constants.W_OK | constants.X_OK);
    return real;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new EngineError('DATA_FOLDER_UNUSABLE', { reason: 'access', folder: path, cause: code }, { cause });
  }
}

async function chooseSocketFolder(home: string): Promise<string> {
  const inside = join(home, 'socket');
  if (Buffer.byteLength(inside) <= SOCKET_FOLDER_BYTES_MAX) return inside;
  const name = `yika-${createHash('sha256').update(home).digest('hex').slice(0, 16)}`;
  // A fixed folder first: commands with different TMPDIR must find the same server.
  for (const parent of ['/tmp', tmpdir()]) {
    const usable = await access(parent, constants.W_OK | constants.X_OK).then(
      () => true,
      () => false,
    );
    if (usable && Buffer.byteLength(join(parent, name)) <= SOCKET_FOLDER_BYTES_MAX) return join(parent, name);
  }
  throw new EngineError('DATA_FOLDER_UNUSABLE', { reason: 'path-too-long', folder: home });
}

/**
 * Makes the socket's folder; only under the start mutex, and with no server running, so that whatever socket stands there
 * is a dead one's, whose lock file, when torn, Postgres would not pass. In a folder that all may write to somebody else could have made it first, to be asked in our
 * server's place: it must be a folder, ours, and closed to others.
 */
export async function makeSocketFolder(folder: string, account: ServerAccount): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const found = await lstat(folder);
  const owners = [account.uid, process.getuid?.()];
  if (!found.isDirectory() || !owners.includes(found.uid) || (found.mode & 0o077) !== 0) {
    throw new EngineError('DATA_FOLDER_UNUSABLE', { reason: 'socket-folder', folder });
  }
  for (const name of SOCKET_FILES) await rm(join(folder, name), { force: true });
  if (found.uid !== account.uid && account.change) {
    await chown(folder, account.change.uid, account.change.gid);
  }
}
