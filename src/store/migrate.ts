// Brings the schema up to date: numbered SQL files, each applied once, in order, in a transaction of its own together with
// the row that records it. An advisory lock held by that transaction lets 20 commands start at once: one applies, the
// others find it done. An applied file never changes; its hash is kept to prove it.

import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assert } from '../base/assert.js';
import { EngineError } from '../base/error.js';
import type { Database } from './connection.js';
import type { Session } from './session.js';

export interface Migration {
  number: number;
  name: string;
  sql: string;
  /** SHA-256, hexadecimal; of the text with LF, so that a checkout with CRLF is the same file. */
  hash: string;
}

interface Applied {
  number: number;
  name: string;
  hash: string;
}

/** Any number that nobody else locks in this database. */
const MIGRATE_LOCK = 7_960_002;

const FILE_NAME = /^([0-9]{4})-[a-z0-9-]+\.sql$/;

/**
 * Answers with the names of the files applied now. Throws DATABASE_TOO_NEW when the database holds a migration that this
 * version does not know (`reason: 'newer'`), or knows with another content (`reason: 'differs'`).
 */
export async function migrate(database: Database, migrationsFolder: string): Promise<{ applied: string[] }> {
  const files = await readMigrations(migrationsFolder);
  return await database.withSession(async (session) => {
    if (firstPending(files, await readApplied(session)) === undefined) return { applied: [] };
    const applied: string[] = [];
    for (;;) {
      const name = await session.transaction(() => applyNext(session, files));
      if (name === undefined) return { applied };
      applied.push(name);
    }
  });
}

export async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const files = await Promise.all(names.map((name) => readMigration(folder, name)));
  files.forEach((file, index) => {
    assert(file.number === index + 1, `migration ${file.name} should have number ${index + 1}`);
  });
  return files;
}

async function readMigration(folder: string, name: string): Promise<Migration> {
  const number = FILE_NAME.exec(name)?.[1];
  assert(number !== undefined, `migration ${name} is not named like 0001-what-it-does.sql`);
  const sql = (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n');
  return { number: Number(number), name, sql, hash: createHash('sha256').update(sql).digest('hex') };
}

/** The lock ends with the transaction, so whoever comes next sees what was committed. */
async function applyNext(session: Session, files: readonly Migration[]): Promise<string | undefined> {
  await session.query(`select pg_advisory_xact_lock(${MIGRATE_LOCK})`);
  const next = firstPending(files, await readApplied(session));
  if (next === undefined) return undefined;
  await session.query(`
    create schema if not exists yika;
    create table if not exists yika.migration (
      number int4 primary key,
      name text not null,
      hash text not null,
      applied_at timestamptz not null default now()
    );
  `);
  await session.query(next.sql);
  await session.query('insert into yika.migration (number, name, hash) values ($1, $2, $3)', [
    next.number,
    next.name,
    next.hash,
  ]);
  return next.name;
}

/**
 * Looks into the catalogue with a query, not with to_regclass(): that answers from the session's cache, which after a wait
 * for the advisory lock does not know yet what another command made meanwhile.
 */
async function readApplied(session: Session): Promise<Applied[]> {
  const found = await session.query(
    `select from pg_catalog.pg_tables where schemaname = 'yika' and tablename = 'migration'`,
  );
  if (found.length === 0) return [];
  return await session.query<Applied>('select number, name, hash from yika.migration order by number');
}

/** Undefined when all are applied. Pure: what stands in the database against what stands in the folder. */
export function firstPending(
  files: readonly Migration[],
  applied: readonly Applied[],
): Migration | undefined {
  for (const row of applied) {
    const file = files[row.number - 1];
    if (file === undefined) {
      throw new EngineError('DATABASE_TOO_NEW', { reason: 'newer', migration: row.name });
    }
    if (file.hash !== row.hash) {
      throw new EngineError('DATABASE_TOO_NEW', { reason: 'differs', migration: row.name });
    }
  }
  return files[applied.length];
}
