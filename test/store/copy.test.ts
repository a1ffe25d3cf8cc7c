import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../src/base/error.js';
import { openSession, type Session } from '../../src/store/session.js';
import { SqlError } from '../../src/store/sql-error.js';
import { useTestDatabase } from '../support/database.js';

const db = useTestDatabase({ empty: true });
const MIB = 1024 * 1024;

const withSession = <T>(work: (session: Session) => Promise<T>) => db().database.withSession(work);
const bytes = (text: string) => Buffer.from(text, 'utf8');

/** Temporary tables live as long as the connection, which the pool lends again. */
async function makeLine(session: Session, columns: string): Promise<void> {
  await session.query(`drop table if exists line; create temporary table line (${columns})`);
}

async function collect(source: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

async function thrownBy(work: Promise<unknown>): Promise<unknown> {
  return await work.then(
    () => expect.unreachable(),
    (error: unknown) => error,
  );
}

describe('copy in', () => {
  it('answers with the number of rows, visible at once', async () => {
    await withSession(async (session) => {
      await makeLine(session, 'number int4, name text');
      const copy = session.copyIn('copy line from stdin');
      await copy.write(bytes('1\t王小明\n2\t李'));
      await copy.write(bytes('四\n'));
      await copy.write(bytes(''));
      expect(await copy.finish()).toBe(2);
      expect(await session.query('select * from line')).toEqual([
        { number: 1, name: '王小明' },
        { number: 2, name: '李四' },
      ]);
    });
  });

  it('takes nothing and counts zero', async () => {
    await withSession(async (session) => {
      await makeLine(session, 'number int4');
      expect(await session.copyIn('copy line from stdin').finish()).toBe(0);
    });
  });

  it('that is abandoned leaves no row, and the session usable', async () => {
    await withSession(async (session) => {
      await makeLine(session, 'number int4');
      const copy = session.copyIn('copy line from stdin');
      await copy.write(bytes('1\n'.repeat(100_000)));
      await copy.abort(new Error('the reader failed'));
      expect(await session.query('select count(*) from line')).toEqual([{ count: 0n }]);
    });
  });

  it('that is abandoned before its first byte leaves the session usable', async () => {
    await withSession(async (session) => {
      await makeLine(session, 'number int4');
      await session.copyIn('copy line from stdin').abort(new Error('nothing to load'));
      expect(await session.query('select count(*) from line')).toEqual([{ count: 0n }]);
    });
  });

  it('may be abandoned twice, and after it failed or finished', async () => {
    await withSession(async (session) => {
      const failing = session.copyIn('copy nowhere from stdin');
      await thrownBy(failing.finish());
      await failing.abort(new Error('again'));
      await failing.abort(new Error('and again'));
      expect(await session.query('select 1 as one')).toEqual([{ one: 1 }]);
    });
  });

  it('into a table that is not there fails at the next write or at finish, and leaves the session usable', async () => {
    await withSession(async (session) => {
      const copy = session.copyIn('copy nowhere from stdin');
      const error = await thrownBy(
        (async () => {
          for (let i = 0; i < 100; i += 1) await copy.write(Buffer.alloc(MIB));
          await copy.finish();
        })(),
      );
      expect(error).toMatchObject({ name: 'SqlError', sqlState: '42P01' });
      expect(await session.query('select 1 as one')).toEqual([{ one: 1 }]);
    });
  });

  it('with a bad value fails, says which code and not which value, and rolls its transaction back', async () => {
    await withSession(async (session) => {
      await makeLine(session, 'number int4');
      const load = session.transaction(async () => {
        const copy = session.copyIn('copy line from stdin');
        await copy.write(bytes('1\nx460105199001011234\n'));
        for (let i = 0; i < 20; i += 1) await copy.write(bytes('2\n'.repeat(MIB / 2)));
        await copy.finish();
      });
      const error = await thrownBy(load);
      expect(error).toBeInstanceOf(SqlError);
      expect(error).toMatchObject({ sqlState: '22P02' });
      expect(String(error)).not.toContain('460105');
      expect(await session.query('select count(*) from line')).toEqual([{ count: 0n }]);
    });
  });

  it('makes the writer wait while the server does not read', async () => {
    const blocker = await openSession(db().settings);
    const loader = await openSession(db().settings);
    await blocker.query('create schema if not exists yika; create table yika.slow (filler text)');
    await blocker.query('begin; lock table yika.slow in access exclusive mode');
    const line = bytes(`${'x'.repeat(MIB - 1)}\n`);
    const copy = loader.copyIn('copy yika.slow from stdin');
    let written = 0;
    const writing = (async () => {
      for (; written < 32; written += 1) await copy.write(line);
      return await copy.finish();
    })();
    await sleep(300);
    expect(written).toBe(1);
    await blocker.query('rollback');
    expect(await writing).toBe(32);
    blocker.release();
    loader.release();
  });

  it('reports the loss of the connection in the middle', async () => {
    const loader = await openSession(db().settings);
    const [row] = await loader.query<{ pid: number }>('select pg_backend_pid() as pid');
    await makeLine(loader, 'number int4');
    const copy = loader.copyIn('copy line from stdin');
    await copy.write(bytes('1\n'));
    await withSession((session) => session.query('select pg_terminate_backend($1)', [row?.pid]));
    const error = await thrownBy(
      (async () => {
        for (;;) {
          await copy.write(bytes('1\n'));
          await sleep(1);
        }
      })(),
    );
    expect(error).toBeInstanceOf(EngineError);
    expect(error).toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    await copy.abort(new Error('over'));
    await expect(loader.query('select 1')).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    loader.release();
  });
});

describe('copy out', () => {
  it('gives the bytes in order', async () => {
    await withSession(async (session) => {
      const text = await collect(
        session.copyOut(`copy (select n, '王' from generate_series(1, 200000) as n) to stdout`),
      );
      const lines = text.split('\n');
      expect(lines.length).toBe(200_001);
      expect(lines[199_999]).toBe('200000\t王');
      expect(lines.every((line, i) => line === '' || line === `${i + 1}\t王`)).toBe(true);
      expect(await session.query('select 1 as one')).toEqual([{ one: 1 }]);
    });
  });

  it.each([
    ['short rows and long ones, longer than what comes at once', "repeat('王', (n * 7919) % 90000)", 300],
    ['empty rows', "''", 100_000],
    ['rows of a few bytes', 'n', 100_000],
  ])('gives every byte of %s', async (_name, value, count) => {
    await withSession(async (session) => {
      const rows = `select ${value} as v, n from generate_series(1, ${count}) as n`;
      const text = await collect(session.copyOut(`copy (select v from (${rows}) r order by n) to stdout`));
      const [expected] = await session.query<{ md5: string; length: number }>(
        `select md5(string_agg(v::text || E'\\n', '' order by n)), sum(octet_length(v::text) + 1)::int as length from (${rows}) r`,
      );
      expect(Buffer.byteLength(text)).toBe(expected?.length);
      expect(createHash('md5').update(text).digest('hex')).toBe(expected?.md5);
    });
  });

  it('passes over what the server says in between', async () => {
    await withSession(async (session) => {
      await session.query(`create or replace function pg_temp.told(n int) returns int language plpgsql as $$
        begin raise notice 'row % of many: %', n, repeat('x', n % 200); return n; end $$`);
      const text = await collect(
        session.copyOut('copy (select pg_temp.told(n) from generate_series(1, 20000) as n) to stdout'),
      );
      expect(text).toBe(Array.from({ length: 20_000 }, (_, index) => `${index + 1}\n`).join(''));
      expect(await session.query('select 1 as one')).toEqual([{ one: 1 }]);
    });
  });

  it('makes the server wait for a slow reader, and loses nothing', async () => {
    await withSession(async (session) => {
      let length = 0;
      let pieces = 0;
      for await (const piece of session.copyOut(
        `copy (select repeat('x', 999) from generate_series(1, 20000)) to stdout`,
      )) {
        length += piece.length;
        if (++pieces % 16 === 0) await sleep(5);
      }
      expect(length).toBe(20_000_000);
    });
  });

  it('of nothing gives nothing', async () => {
    await withSession(async (session) => {
      expect(await collect(session.copyOut('copy (select 1 where false) to stdout'))).toBe('');
      expect(await session.query('select 1 as one')).toEqual([{ one: 1 }]);
    });
  });

  it.each([
    ['at once', 'copy nowhere to stdout', '42P01'],
    [
      'after many rows',
      'copy (select 1 / (n - 300000) from generate_series(1, 400000) as n) to stdout',
      '22012',
    ],
  ])('that fails %s raises it and leaves the session usable', async (_name, sql, sqlState) => {
    await withSession(async (session) => {
      expect(await thrownBy(collect(session.copyOut(sql)))).toMatchObject({ sqlState });
      expect(await session.query('select 1 as one')).toEqual([{ one: 1 }]);
    });
  });

  it('left early discards the session, and the database lends another', async () => {
    const { database } = db();
    const session = await database.session();
    for await (const chunk of session.copyOut('copy (select generate_series(1, 50000000)) to stdout')) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    await expect(session.query('select 1')).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    session.release();
    expect(await database.withSession((other) => other.query('select 1 as one'))).toEqual([{ one: 1 }]);
    await expectNoCopyRunning();
  });

  it('whose reader throws raises what the reader threw', async () => {
    const session = await openSession(db().settings);
    const reading = (async () => {
      for await (const _chunk of session.copyOut('copy (select generate_series(1, 50000000)) to stdout')) {
        throw new Error('the disk is full');
      }
    })();
    await expect(reading).rejects.toThrow('the disk is full');
    session.release();
    await expectNoCopyRunning();
  });

  it('reports the loss of the connection in the middle', async () => {
    const session = await openSession(db().settings);
    const [row] = await session.query<{ pid: number }>('select pg_backend_pid() as pid');
    const reading = (async () => {
      let killed = false;
      for await (const _chunk of session.copyOut('copy (select generate_series(1, 50000000)) to stdout')) {
        if (!killed) await withSession((other) => other.query('select pg_terminate_backend($1)', [row?.pid]));
        killed = true;
      }
    })();
    expect(await thrownBy(reading)).toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    session.release();
  });
});

/** The server stops by itself once its reader is gone. */
async function expectNoCopyRunning(): Promise<void> {
  const running = () =>
    withSession((session) =>
      session.query(
        `select 1 from pg_stat_activity where query like 'copy (select generate_series%' and state = 'active'`,
      ),
    );
  for (let i = 0; i < 100 && (await running()).length > 0; i += 1) await sleep(50);
  expect(await running()).toEqual([]);
}
