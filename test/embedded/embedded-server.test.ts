import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findPostmaster } from '../../src/embedded/postmaster.js';
import { openDatabase } from '../../src/store/connection.js';
import { type Command, compileStore, removeCompiled, startCommand } from '../support/child-command.js';

let compiled: string;
/** A data folder whose cluster has run, holds one row, and was stopped in order; making one costs a second. */
let seed: string;
let parent: string;
let folder: string;
let commands: Command[];

beforeAll(async () => {
  compiled = await compileStore();
  seed = await mkdtemp(join(tmpdir(), 'yika-seed-'));
  folder = seed;
  await runAlone('create schema yika; create table yika.kept as select 42 as answer');
});
afterAll(async () => {
  await removeCompiled(compiled);
  await rm(seed, { recursive: true, force: true });
});

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'yika-embedded-'));
  folder = join(parent, 'data');
  commands = [];
});
afterEach(async () => {
  for (const command of commands) await command.kill();
  const left = await postmaster();
  if (left !== undefined) process.kill(left, 'SIGQUIT');
  while ((await postmaster()) !== undefined) await sleep(10);
  await rm(parent, { recursive: true, force: true, maxRetries: 5 });
});

async function start(sql?: string): Promise<Command> {
  const command = await startCommand(compiled, folder, sql);
  commands.push(command);
  return command;
}

const cluster = () => join(folder, 'postgres/cluster');
const postmaster = async () => (await findPostmaster(cluster()))?.pid;

async function runAlone(sql = 'select 1 as one'): Promise<Record<string, unknown>[]> {
  const database = await openDatabase({ dataFolder: folder });
  try {
    return await database.withSession((session) => session.query(sql));
  } finally {
    await database.close();
  }
}

/** The test works on the folder that the others use too; whatever they did to it, it must serve. */
function takeStopped(): void {
  folder = seed;
}
const readKept = () => runAlone('select answer from yika.kept');

describe('where it runs', () => {
  it.each([
    ['a plain folder', 'data'],
    ['spaces, quotes and Chinese characters', `数据 of "the" bureau's 县`],
    ['a path too long for a socket', `${'long-'.repeat(30)}path`],
  ])('%s', async (_name, name) => {
    folder = join(parent, name);
    expect(await runAlone()).toEqual([{ one: 1 }]);
    expect(await postmaster()).toBeUndefined();
  });

  it('leaves no folder behind where the socket had to lie elsewhere', async () => {
    folder = join(parent, `${'long-'.repeat(30)}path`);
    const command = await start();
    const socketFolder = command.opened.host ?? '';
    expect(socketFolder.startsWith(folder)).toBe(false);
    expect((await stat(socketFolder)).mode & 0o077).toBe(0);
    await command.close();
    expect(existsSync(socketFolder)).toBe(false);
  });

  it('below a folder that only its owner may enter', async () => {
    await mkdir(folder, { mode: 0o700 });
    await chmod(parent, 0o700);
    expect(await runAlone()).toEqual([{ one: 1 }]);
  });

  it('lets no other user near the socket, the rows or the log', async () => {
    takeStopped();
    const command = await start();
    for (const path of [join(folder, 'postgres'), command.opened.host ?? '', cluster()]) {
      expect((await stat(path)).mode & 0o077, path).toBe(0);
    }
    expect((await stat(join(folder, 'postgres/server.log'))).mode & 0o077).toBe(0);
  });

  it('keeps everything durable, and listens on no port', async () => {
    takeStopped();
    const rows = await runAlone(
      `select name, setting from pg_settings where name in
       ('fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums', 'listen_addresses', 'server_encoding')
       order by name`,
    );
    expect(Object.fromEntries(rows.map((row) => [row['name'], row['setting']]))).toEqual({
      data_checksums: 'on',
      fsync: 'on',
      full_page_writes: 'on',
      listen_addresses: '',
      server_encoding: 'UTF8',
      synchronous_commit: 'on',
    });
  });

  it('writes no value of a failed statement into its log', async () => {
    takeStopped();
    const secret = '460105199001011234';
    await runAlone(`select '${secret}x'::int8`).catch(() => undefined);
    await runAlone(
      `create temporary table t (id text unique); insert into t values ('${secret}'), ('${secret}')`,
    ).catch(() => undefined);
    expect(await readFile(join(folder, 'postgres/server.log'), 'utf8')).not.toContain(secret);
  });
});

describe('who starts and stops it', () => {
  it('two commands share one server and the last one out stops it', async () => {
    takeStopped();
    const [first, second] = await Promise.all([start(), start()]);
    const server = await postmaster();
    expect(server).toBeDefined();
    await first.close();
    expect(await postmaster()).toBe(server);
    await second.close();
    expect(await postmaster()).toBeUndefined();
    expect(existsSync(join(cluster(), 'postmaster.pid'))).toBe(false);
  });

  it('six commands that begin in an empty folder at once make one cluster', async () => {
    const started = await Promise.all(Array.from({ length: 6 }, () => start()));
    expect(started.map((command) => command.opened.state)).toEqual(Array(6).fill('open'));
    await Promise.all(started.map((command) => command.close()));
    expect(await postmaster()).toBeUndefined();
    expect((await readdir(join(folder, 'postgres'))).filter((name) => name.startsWith('cluster'))).toEqual([
      'cluster',
    ]);
    expect(await readdir(join(folder, 'postgres/mutex'))).toEqual([]);
  });

  it('commands that come while another is leaving are served', async () => {
    takeStopped();
    const lives = Array.from({ length: 4 }, async (_, index) => {
      for (let round = 0; round < 4; round += 1) {
        await sleep(index * 7);
        expect(await readKept()).toEqual([{ answer: 42 }]);
      }
    });
    await Promise.all(lives);
    expect(await postmaster()).toBeUndefined();
  });

  it('it runs in a session of its own, where an interrupt at the terminal does not reach it', async () => {
    takeStopped();
    const command = await start();
    const session = async (pid: number) =>
      (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /, '').split(' ')[3];
    const server = (await postmaster()) as number;
    expect(await session(server)).toBe(String(server));
    expect(await session(command.pid)).not.toBe(String(server));
  });
});

describe('what is killed', () => {
  it('a command: its server is joined by the next and stopped after it', async () => {
    takeStopped();
    const command = await start();
    const server = await postmaster();
    await command.kill();
    expect(await postmaster()).toBe(server);
    const next = await start();
    expect(await postmaster()).toBe(server);
    await next.close();
    expect(await postmaster()).toBeUndefined();
  });

  it('the server: the next command finds what was committed', async () => {
    takeStopped();
    const command = await start('create table yika.late as select 43 as answer');
    process.kill((await postmaster()) as number, 'SIGKILL');
    expect(await runAlone('select answer from yika.late')).toEqual([{ answer: 43 }]);
    await command.close();
  });

  it('the server, while one of its backends is too busy to notice', async () => {
    takeStopped();
    const database = await openDatabase({ dataFolder: folder });
    const session = await database.session();
    const busy = session
      .query('select count(*) from generate_series(1, 2000000000)')
      .catch((error: unknown) => error);
    await sleep(100);
    process.kill((await postmaster()) as number, 'SIGKILL');
    expect(await readKept()).toEqual([{ answer: 42 }]);
    expect(await busy).toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    await database.close();
    expect(await postmaster()).toBeUndefined();
  });

  it('one backend: the server recovers by itself and is still stopped at the end', async () => {
    takeStopped();
    const database = await openDatabase({ dataFolder: folder });
    await database.withSession(async (session) => {
      const [row] = await session.query<{ pid: number }>('select pg_backend_pid() as pid');
      process.kill(row?.pid as number, 'SIGKILL');
      await expect(session.query('select pg_sleep(5)')).rejects.toMatchObject({
        code: 'DATABASE_UNAVAILABLE',
      });
    });
    await sleep(500);
    await database.close();
    expect(await postmaster()).toBeUndefined();
  });

  it('an initdb: its leftovers are cleared and nobody takes them for a cluster', async () => {
    const torn = join(folder, 'postgres/cluster.new-0123456789ab');
    await mkdir(torn, { recursive: true, mode: 0o700 });
    await writeFile(join(torn, 'PG_VERSION'), '18\n');
    expect(await runAlone()).toEqual([{ one: 1 }]);
    expect(existsSync(torn)).toBe(false);
  });
});

describe('what was left behind', () => {
  const pidFiles: readonly [name: string, text: () => string][] = [
    ['is empty', () => ''],
    ['is torn', () => '12'],
    ['names a process that is gone', () => `999999\n${cluster()}\n1700000000\n5432\n\n\n\nready   \n`],
    [
      'names a process that is something else',
      () => `${process.pid}\n${cluster()}\n1700000000\n5432\n\n\n\nready   \n`,
    ],
  ];
  it.each(pidFiles)('a pid file that %s is no obstacle', async (_name, text) => {
    takeStopped();
    await writeFile(join(cluster(), 'postmaster.pid'), text());
    expect(await readKept()).toEqual([{ answer: 42 }]);
  });

  it('a socket where nobody listens is no obstacle', async () => {
    takeStopped();
    const path = join(folder, 'postgres/socket/.s.PGSQL.5432');
    await rm(path, { force: true });
    const dead = createServer().listen(path);
    await new Promise((resolve) => dead.on('listening', resolve));
    await writeFile(`${path}.lock`, '');
    dead.close();
    expect(await readKept()).toEqual([{ answer: 42 }]);
  });

  it('a mutex file of a dead command is no obstacle', async () => {
    takeStopped();
    await mkdir(join(folder, 'postgres/mutex'), { recursive: true });
    await writeFile(join(folder, 'postgres/mutex/999999-1-0000000000000000-aa'), '');
    const old = new Date(Date.now() - 3_600_000);
    await utimes(join(folder, 'postgres/mutex/999999-1-0000000000000000-aa'), old, old);
    expect(await runAlone()).toEqual([{ one: 1 }]);
  });

  it('a server whose socket was cleared away is replaced once those inside are done', async () => {
    takeStopped();
    const first = await start();
    const server = await postmaster();
    await rm(join(first.opened.host ?? '', '.s.PGSQL.5432'));
    const second = runAlone('select 1 as one');
    await sleep(300);
    await first.close();
    expect(await second).toEqual([{ one: 1 }]);
    expect(await postmaster()).not.toBe(server);
  });
});

describe('what is refused', () => {
  const refused = async () =>
    await runAlone().then(
      () => expect.unreachable(),
      (error: { code: string; details: Record<string, unknown> }) => [error.code, error.details['reason']],
    );

  it('a cluster of another major version', async () => {
    await mkdir(cluster(), { recursive: true, mode: 0o700 });
    await writeFile(join(cluster(), 'PG_VERSION'), '15\n');
    expect(await refused()).toEqual(['DATA_FOLDER_UNUSABLE', 'major-version']);
  });

  it('a folder that another machine is using now, but not one that it left', async () => {
    takeStopped();
    const record = join(folder, 'postgres/server.json');
    await writeFile(join(cluster(), 'postmaster.pid'), `17\n/elsewhere\n1\n5432\n\n\n\nready   \n`);
    await writeFile(record, JSON.stringify({ space: 'ffffffffffffffff', host: 'other-machine' }));
    expect(await refused()).toEqual(['DATA_FOLDER_UNUSABLE', 'in-use-elsewhere']);
    const old = new Date(Date.now() - 3_600_000);
    await utimes(record, old, old);
    expect(await readKept()).toEqual([{ answer: 42 }]);
  });

  it('a data folder that is a file', async () => {
    await writeFile(folder, '');
    expect(await refused()).toEqual(['DATA_FOLDER_UNUSABLE', 'access']);
  });
});
