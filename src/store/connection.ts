// The database of one command: the embedded server of the data folder, or the server that a URL names. Both are the same
// from here on.

import { CLUSTER_DATABASE, CLUSTER_USER } from '../embedded/cluster-files.js';
import {
  type EmbeddedServer,
  joinServer,
  type LeaseConnection,
  type Log,
} from '../embedded/embedded-server.js';
import pg from './driver.js';
import { parseServerUrl } from './server-url.js';
import { type ConnectionSettings, SERVER_VERSION_MIN, type Session } from './session.js';
import { SessionPool } from './session-pool.js';
import { toStoreError, unavailable } from './sql-error.js';

export interface Database {
  readonly kind: 'embedded' | 'server';
  /** 180004 for PostgreSQL 18.4. */
  readonly serverVersion: number;
  /** Plain data for openSession in a worker thread; holds the password of a server. */
  connection(): ConnectionSettings;
  session(): Promise<Session>;
  withSession<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** The last one out stops the embedded server. Sessions still lent are cut; calling again does nothing. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** `postgresql://…`; the embedded server of the data folder when undefined. */
  url?: string | undefined;
  dataFolder: string;
  log?: Log | undefined;
}

/** A command loads over two to four sessions and reads over a few more. */
const SESSIONS_MAX = 10;
const APPLICATION_NAME = 'yika';

/** Throws DATABASE_UNAVAILABLE, DATA_FOLDER_UNUSABLE or EMBEDDED_UNAVAILABLE with details.reason. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  if (options.url !== undefined) {
    return await openDatabaseAt(parseServerUrl(options.url, APPLICATION_NAME));
  }
  const server = await joinEmbedded(options.dataFolder, options.log ?? (() => undefined));
  return await openDatabaseAt(embeddedSettings(server.socketFolder, CLUSTER_DATABASE, APPLICATION_NAME), () =>
    server.leave(),
  );
}

async function joinEmbedded(dataFolder: string, log: Log): Promise<EmbeddedServer> {
  try {
    return await joinServer(dataFolder, openLease, log);
  } catch (error) {
    throw toStoreError(error, { kind: 'embedded', host: dataFolder, port: 0, database: 'postgres' });
  }
}

/** A database whose place is known already; `leave` runs once all sessions are closed. */
export async function openDatabaseAt(
  settings: ConnectionSettings,
  leave: () => Promise<void> = async () => undefined,
): Promise<Database> {
  const pool = new SessionPool(settings, SESSIONS_MAX);
  const withSession = async <T>(work: (session: Session) => Promise<T>): Promise<T> => {
    const session = await pool.session();
    try {
      return await work(session);
    } finally {
      session.release();
    }
  };
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= pool.close().then(leave));
  try {
    const serverVersion = await withSession(readVersion);
    if (serverVersion < SERVER_VERSION_MIN) throw tooOld(settings, serverVersion);
    return {
      kind: settings.kind,
      serverVersion,
      connection: () => settings,
      session: () => pool.session(),
      withSession,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function readVersion(session: Session): Promise<number> {
  const [row] = await session.query<{ version: number }>(
    `select current_setting('server_version_num')::int4 as version`,
  );
  return row?.version ?? 0;
}

function tooOld(settings: ConnectionSettings, serverVersion: number): Error {
  const { kind, host, port, database } = settings;
  const found = String(Math.floor(serverVersion / 10_000));
  return unavailable('too-old', { kind, host, port, database }, found);
}

function embeddedSettings(
  socketFolder: string,
  database: string,
  applicationName: string,
): ConnectionSettings {
  return {
    kind: 'embedded',
    host: socketFolder,
    port: 5432,
    user: CLUSTER_USER,
    database,
    applicationName,
  };
}

/** Raw errors: joinServer decides by their codes whether to wait, to start the server, or to give up. */
async function openLease(socketFolder: string): Promise<LeaseConnection> {
  const settings = embeddedSettings(socketFolder, 'postgres', `yika lease ${process.pid}`);
  const client = new pg.Client({
    host: settings.host,
    port: settings.port,
    user: settings.user,
    database: settings.database,
    application_name: settings.applicationName,
  });
  client.on('error', () => undefined);
  await client.connect();
  return {
    query: async (sql) => (await client.query(sql)).rows as Record<string, unknown>[],
    close: () => client.end().catch(() => undefined),
  };
}
