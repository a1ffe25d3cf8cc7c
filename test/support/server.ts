// The server that tests run against: the embedded programs, or those of a system PostgreSQL when YIKA_TEST_POSTGRES names
// a major version (15: /usr/lib/postgresql/15/bin). Durability is off here and only here; test/embedded tests the real thing.

import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CLUSTER_USER, ensureCluster } from '../../src/embedded/cluster-files.js';
import { type ClusterPlace, makeSocketFolder, placeCluster } from '../../src/embedded/cluster-place.js';
import { measureMachine } from '../../src/embedded/machine.js';
import { findPostmaster, startPostmaster, stopPostmaster } from '../../src/embedded/postmaster.js';
import { locateProgramFiles, type ProgramFiles } from '../../src/embedded/program-files.js';
import { chooseAccount } from '../../src/embedded/server-account.js';
import { serverSettings } from '../../src/embedded/server-settings.js';
import { withStartMutex } from '../../src/embedded/start-mutex.js';
import type { ConnectionSettings } from '../../src/store/session.js';

/** A role that has to give a password, for tests of what happens when it is wrong. */
export const PASSWORD_ROLE = 'yika_password';

const HBA = `local all ${PASSWORD_ROLE} scram-sha-256\nlocal all all trust\n`;

const QUICK = {
  fsync: 'off',
  full_page_writes: 'off',
  shared_buffers: '256MB',
  max_wal_size: '1GB',
  log_min_messages: 'warning',
};

/** `prepare` runs once per run, right after the start and before anybody else gets the settings. */
export async function ensureTestServer(
  folder: string,
  prepare: (settings: ConnectionSettings) => Promise<void>,
): Promise<ConnectionSettings> {
  const place = await placeCluster(folder);
  const settings = settingsOf(place);
  const ready = join(folder, 'prepared');
  if (existsSync(ready)) return settings;
  await withStartMutex(place.mutex, async () => {
    if (existsSync(ready)) return;
    await start(place);
    await prepare(settings);
    await writeFile(ready, '');
  });
  return settings;
}

export async function stopTestServer(folder: string): Promise<void> {
  const { cluster } = await placeCluster(folder);
  const running = await findPostmaster(cluster);
  if (running !== undefined) await stopPostmaster(cluster, running.pid);
}

async function start(place: ClusterPlace): Promise<void> {
  const programs = await testPrograms();
  const account = await chooseAccount(place, programs);
  await ensureCluster(place, programs, account);
  await writeFile(join(place.cluster, 'pg_hba.conf'), HBA);
  await makeSocketFolder(place.socketFolder, account);
  const sized = serverSettings(await measureMachine(place.home));
  await startPostmaster(place, programs, account, {
    ...sized,
    ...QUICK,
    unix_socket_directories: place.socketFolder,
  });
}

async function testPrograms(): Promise<ProgramFiles> {
  const major = process.env['YIKA_TEST_POSTGRES'];
  if (major === undefined || major === '') return await locateProgramFiles();
  const folder = `/usr/lib/postgresql/${major}/bin`;
  await readFile(join(folder, 'postgres'));
  return { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres'), major };
}

function settingsOf(place: ClusterPlace): ConnectionSettings {
  return {
    kind: 'server',
    host: place.socketFolder,
    port: 5432,
    user: CLUSTER_USER,
    database: 'postgres',
    applicationName: 'yika test',
  };
}
