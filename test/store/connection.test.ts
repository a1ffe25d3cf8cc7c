import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../src/base/error.js';
import { openDatabase, openDatabaseAt } from '../../src/store/connection.js';
import { parseServerUrl } from '../../src/store/server-url.js';
import { type ConnectionSettings, openSession } from '../../src/store/session.js';
import { SqlError } from '../../src/store/sql-error.js';
import { createTestDatabase, databaseUrl, testServer, useTestDatabase } from '../support/database.js';
import { PASSWORD_ROLE } from '../support/server.js';

const db = useTestDatabase({ empty: true });

async function refusal(work: () => Promise<unknown>): Promise<EngineError> {
  const error = await work().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(EngineError);
  return error as EngineError;
}

const values: readonly [sql: string, expected: unknown][] = [
  ['9223372036854775807::int8', 9223372036854775807n],
  ['2147483647::int4', 2147483647],
  ['(select sum(x) from (values (1::int8), (2)) as v (x))', '3'],
  ['1052774143.29::numeric', '1052774143.29'],
  ['10.50::numeric', '10.50'],
  [`date '2026-01-31'`, '2026-01-31'],
  [`timestamptz '2026-01-31 08:00:00+08'`, new Date('2026-01-31T00:00:00Z')],
  [`timestamp '2026-01-31 08:00:00'`, '2026-01-31 08:00:00'],
  ['array[1, null, 9223372036854775807]::int8[]', [1n, null, 9223372036854775807n]],
  [`array[date '2026-01-31', null]`, ['2026-01-31', null]],
  ['array[10.50, null]::numeric[]', ['10.50', null]],
  ['null::int8', null],
  ['true', true],
  [`'王·小明'`, '王·小明'],
];

describe('values', () => {
  it.each(values)('reads %s exactly', async (sql, expected) => {
    const rows = await db().database.withSession((session) => session.query(`select ${sql} as value`));
    expect(rows).toEqual([{ value: expected }]);
  });

  it('takes bigint, text, date and null as parameters', async () => {
    const rows = await db().database.withSession((session) =>
      session.query('select $1::int8 as a, $2::text as b, $3::date as c, $4::int8 as d, $5::int8[] as e', [
        9223372036854775807n,
        '王',
        '2026-01-31',
        null,
        [1n, 2n],
      ]),
    );
    expect(rows).toEqual([{ a: 9223372036854775807n, b: '王', c: '2026-01-31', d: null, e: [1n, 2n] }]);
  });

  it('counts the rows that a statement touched', async () => {
    await db().database.withSession(async (session) => {
      await session.query('create temporary table touched (n int4)');
      expect(await session.execute('insert into touched select generate_series(1, 7)')).toBe(7);
      expect(await session.execute('delete from touched where n > $1', [5])).toBe(2);
    });
  });
});

describe('session settings', () => {
  it('are the same on every server', async () => {
    const rows = await db().database.withSession((session) =>
      session.query(
        `select name, setting from pg_settings where name in
         ('search_path', 'synchronous_commit', 'TimeZone', 'client_connection_check_interval') order by name collate "C" desc`,
      ),
    );
    expect(rows).toEqual([
      { name: 'synchronous_commit', setting: 'on' },
      { name: 'search_path', setting: 'yika' },
      { name: 'client_connection_check_interval', setting: '2000' },
      { name: 'TimeZone', setting: 'UTC' },
    ]);
  });
});

describe('sessions', () => {
  it('are lent to one borrower at a time and opened up to a bound', async () => {
    const { database } = db();
    const lent = await Promise.all(Array.from({ length: 10 }, () => database.session()));
    const pids = await Promise.all(lent.map((one) => one.query('select pg_backend_pid() as pid')));
    expect(new Set(pids.map((rows) => JSON.stringify(rows))).size).toBe(10);
    let eleventh = false;
    const waiting = database.session().then((session) => {
      eleventh = true;
      return session;
    });
    await sleep(50);
    expect(eleventh).toBe(false);
    lent[0]?.release();
    (await waiting).release();
    for (const session of lent) session.release();
  });

  it('may not be used after release', async () => {
    const session = await db().database.session();
    session.release();
    await expect(session.query('select 1')).rejects.toThrow('after release');
  });

  it('that were cut by the server are replaced', async () => {
    const { database, settings } = db();
    const session = await database.session();
    const [row] = await session.query<{ pid: number }>('select pg_backend_pid() as pid');
    session.release();
    const killer = await openSession(settings);
    await killer.query('select pg_terminate_backend($1)', [row?.pid]);
    killer.release();
    await sleep(50);
    expect(await database.withSession((fresh) => fresh.query('select 1 as one'))).toEqual([{ one: 1 }]);
  });

  it('given back in the middle of a transaction are not lent again', async () => {
    const { database } = db();
    const session = await database.session();
    const [row] = await session.query<{ pid: number }>('select pg_backend_pid() as pid');
    const endless = session.transaction(() => new Promise(() => undefined));
    endless.catch(() => undefined);
    await sleep(20);
    session.release();
    const others = await Promise.all(Array.from({ length: 10 }, () => database.session()));
    const rows = await Promise.all(others.map((one) => one.query('select pg_backend_pid() as pid')));
    for (const one of others) one.release();
    expect(rows.flat()).not.toContainEqual({ pid: row?.pid });
  });

  it('open from plain settings, as a worker thread does', async () => {
    const settings = structuredClone(db().database.connection());
    const session = await openSession(settings);
    expect(await session.query('select 1 as one')).toEqual([{ one: 1 }]);
    session.release();
  });

  it('are cut when the database closes', async () => {
    const { database, drop } = await createTestDatabase({ empty: true });
    const session = await database.session();
    await database.close();
    expect((await refusal(() => session.query('select 1'))).details['reason']).toBe('lost');
    await drop();
  });
});

describe('what cannot be reached', () => {
  const place: ConnectionSettings = {
    kind: 'server',
    host: '127.0.0.1',
    port: 1,
    user: 'nobody',
    database: 'none',
    password: 'secret-word',
    applicationName: 'yika test',
  };

  it.each([
    ['a port where nobody listens', { port: 1 }, 'refused'],
    ['a host that does not exist', { host: 'host.invalid' }, 'host-unknown'],
  ])('%s is DATABASE_UNAVAILABLE', async (_name, change, reason) => {
    const error = await refusal(() => openDatabaseAt({ ...place, ...change }));
    expect(error.code).toBe('DATABASE_UNAVAILABLE');
    expect(error.details['reason']).toBe(reason);
    expect(JSON.stringify([error.message, error.details, error.stack])).not.toContain('secret-word');
  });

  it('a database that does not exist is named', async () => {
    const error = await refusal(async () => openDatabaseAt({ ...(await testServer()), database: 'none' }));
    expect(error.details).toMatchObject({ reason: 'database-missing', database: 'none' });
  });

  it('a wrong password and a missing one say so, and never which', async () => {
    const server = await testServer();
    const admin = await openSession(server);
    await admin.query(`create role ${PASSWORD_ROLE} login password 'right-word'`);
    admin.release();
    const asRole = { ...server, user: PASSWORD_ROLE };
    const wrong = await refusal(() => openDatabaseAt({ ...asRole, password: 'wrong-word' }));
    expect(wrong.details['reason']).toBe('password');
    expect(JSON.stringify(wrong.details) + wrong.message).not.toContain('wrong-word');
    expect((await refusal(() => openDatabaseAt(asRole))).details['reason']).toBe('password');
    const right = await openDatabaseAt({ ...asRole, password: 'right-word' });
    await right.close();
  });

  it.each(['', 'not a url', 'mysql://host/db', 'postgresql://user:secret-word@host:notaport/db'])(
    'the URL %j is refused without being quoted',
    async (url) => {
      const error = await refusal(() => openDatabase({ url, dataFolder: '/nonexistent' }));
      expect(error.details['reason']).toBe('url-invalid');
      expect(JSON.stringify([error.message, error.details, error.stack])).not.toContain('secret-word');
    },
  );
});

describe('a server URL', () => {
  it('reaches the same database, by socket folder too', async () => {
    const database = await openDatabase({ url: databaseUrl(db().settings), dataFolder: '/nonexistent' });
    expect(database.kind).toBe('server');
    expect(database.serverVersion).toBeGreaterThanOrEqual(140_000);
    const rows = await database.withSession((session) => session.query('select current_database() as name'));
    expect(rows).toEqual([{ name: db().settings.database }]);
    await database.close();
  });

  it('is read as libpq reads it', () => {
    expect(parseServerUrl('postgresql://finance:p%40ss@db.example:5433/yika', 'yika')).toEqual({
      kind: 'server',
      host: 'db.example',
      port: 5433,
      user: 'finance',
      password: 'p@ss',
      database: 'yika',
      applicationName: 'yika',
    });
    expect(parseServerUrl('postgres://u@h/d?sslmode=require', 'yika').ssl).toEqual({
      rejectUnauthorized: false,
    });
    expect(parseServerUrl('postgres://u@h/d?sslmode=disable', 'yika').ssl).toBe(false);
  });
});

describe('errors of statements', () => {
  const resident = '460105199001011234';

  it('keep names and codes, and lose every value', async () => {
    await db().database.withSession(async (session) => {
      await session.query('create temporary table person (id text, constraint person_once unique (id))');
      await session.query('insert into person values ($1)', [resident]);
      const error = await session
        .query('insert into person values ($1)', [resident])
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(SqlError);
      expect(error).toMatchObject({ sqlState: '23505', constraint: 'person_once', table: 'person' });
      expect(JSON.stringify(error) + String(error)).not.toContain(resident);
    });
  });

  it.each([
    `select 'x${resident}'::int8`,
    `select '${resident}x'::date`,
    `select '{${resident}'::int8[]`,
    `select "${resident}"`,
    `select ('{"a": ${resident}'::json)`,
  ])('do not quote what was in %s', async (sql) => {
    const error = await db()
      .database.withSession((session) => session.query(sql))
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SqlError);
    expect(JSON.stringify(error) + String(error) + (error as Error).stack).not.toContain(resident);
  });
});
