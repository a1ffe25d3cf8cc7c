// The PostgreSQL of a run: the embedded server as yika starts it, with a database for each side and round, so that all work
// on one cluster with the same durability.

import { rm } from 'node:fs/promises';
import { type Database, openDatabase } from '../src/store/connection.js';
import type { ConnectionSettings } from '../src/store/session.js';
import { type ServerCpu, serverCpu } from './server-cpu.js';

/** Shown with the results; durability is on for everybody. */
const SETTINGS = [
  ...['server_version', 'fsync', 'synchronous_commit', 'full_page_writes', 'wal_level', 'shared_buffers'],
  ...['work_mem', 'maintenance_work_mem', 'max_wal_size', 'max_parallel_workers', 'jit'],
];

export class Cluster {
  readonly #database: Database;
  readonly folder: string;

  static async open(folder: string): Promise<Cluster> {
    await rm(folder, { recursive: true, force: true });
    const database = await openDatabase({ dataFolder: folder });
    const [row] = await database.withSession((session) =>
      session.query<{ pid: number }>('select pg_backend_pid() as pid'),
    );
    return new Cluster(database, folder, row && serverCpu(row.pid));
  }

  /** Undefined where processor time cannot be read. */
  readonly cpu: ServerCpu | undefined;

  private constructor(database: Database, folder: string, cpu: ServerCpu | undefined) {
    this.#database = database;
    this.cpu = cpu;
    this.folder = folder;
  }

  async createDatabase(name: string): Promise<ConnectionSettings> {
    await this.run(`create database ${name} template template0`);
    return { ...this.#database.connection(), database: name };
  }

  async dropDatabase(name: string): Promise<void> {
    await this.run(`drop database if exists ${name} with (force)`);
  }

  /** Nobody pays for writing back what another stage left behind. */
  async checkpoint(): Promise<void> {
    await this.run('checkpoint');
  }

  async settings(): Promise<Record<string, string>> {
    return await this.#database.withSession(async (session) => {
      const list = SETTINGS.map((name) => `'${name}'`).join(', ');
      const rows = await session.query<{ name: string; value: string }>(
        `select name, current_setting(name) as value from pg_settings where name in (${list}) order by name`,
      );
      return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
    });
  }

  async run(sql: string): Promise<void> {
    await this.#database.withSession((session) => session.query(sql));
  }

  async close(): Promise<void> {
    await this.#database.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
