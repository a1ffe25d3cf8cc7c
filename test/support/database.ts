// A database of its own for each test file, cloned from a template that was migrated once per run.

import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, inject } from 'vitest';
import { type Database, openDatabaseAt } from '../../src/store/connection.js';
import { migrate } from '../../src/store/migrate.js';
import type { ConnectionSettings } from '../../src/store/session.js';
import { ensureTestServer } from './server.js';

export const MIGRATIONS = fileURLToPath(new URL('../../src/store/migrations', import.meta.url));

const TEMPLATE = 'yika_template';

export interface TestDatabase {
  database: Database;
  settings: ConnectionSettings;
  /** For commands that take --database. */
  url: string;
  drop(): Promise<void>;
}

export interface TestDatabaseOptions {
  /** Without any migration. */
  empty?: boolean;
}

/** Opened before the file's tests and dropped after them: `const db = useDatabase()`, then `db().withSession(…)`. */
export function useDatabase(options: TestDatabaseOptions = {}): () => Database {
  const current = useTestDatabase(options);
  return () => current().database;
}

export function useTestDatabase(options: TestDatabaseOptions = {}): () => TestDatabase {
  let made: TestDatabase | undefined;
  beforeAll(async () => {
    made = await createTestDatabase(options);
  });
  afterAll(async () => {
    await made?.drop();
  });
  return () => {
    if (made === undefined) throw new Error('the test database is there from beforeAll on');
    return made;
  };
}

export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const server = await testServer();
  const name = `t_${randomBytes(6).toString('hex')}`;
  const template = options.empty === true ? 'template0' : TEMPLATE;
  await administer(server, `create database ${name} template ${template}`);
  const settings = { ...server, database: name };
  const database = await openDatabaseAt(settings);
  return {
    database,
    settings,
    url: databaseUrl(settings),
    async drop() {
      await database.close();
      await administer(server, `drop database if exists ${name} with (force)`);
    },
  };
}

/** Settings of the run's server, at its `postgres` database. */
export async function testServer(): Promise<ConnectionSettings> {
  return await ensureTestServer(inject('testServerFolder'), makeTemplate);
}

export function databaseUrl(settings: ConnectionSettings): string {
  const { user, database, host, port } = settings;
  return `postgresql://${user}@/${database}?host=${encodeURIComponent(host)}&port=${port}`;
}

async function makeTemplate(server: ConnectionSettings): Promise<void> {
  await administer(server, `create database ${TEMPLATE} template template0`);
  const database = await openDatabaseAt({ ...server, database: TEMPLATE });
  if (existsSync(MIGRATIONS)) await migrate(database, MIGRATIONS);
  await database.close();
}

async function administer(server: ConnectionSettings, sql: string): Promise<void> {
  const database = await openDatabaseAt(server);
  try {
    await database.withSession((session) => session.query(sql));
  } finally {
    await database.close();
  }
}
