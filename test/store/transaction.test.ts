import { beforeAll, describe, expect, it } from 'vitest';
import { AssertionError } from '../../src/base/assert.js';
import { EngineError } from '../../src/base/error.js';
import type { Session } from '../../src/store/session.js';
import { useDatabase } from '../support/database.js';

const db = useDatabase({ empty: true });

beforeAll(async () => {
  await db().withSession((session) =>
    session.query(`
      create schema yika;
      create table yika.account (number int4 primary key, fen int8 not null);
      insert into yika.account values (1, 100), (2, 100);
    `),
  );
});

async function balance(session: Session, number: number): Promise<bigint | undefined> {
  const [row] = await session.query<{ fen: bigint }>('select fen from account where number = $1', [number]);
  return row?.fen;
}

async function add(session: Session, number: number, fen: bigint): Promise<void> {
  await session.query('update account set fen = fen + $2 where number = $1', [number, fen]);
}

describe('a transaction', () => {
  it('keeps all of its work or none', async () => {
    await db().withSession(async (session) => {
      const before = await balance(session, 1);
      const failing = session.transaction(async () => {
        await add(session, 1, 50n);
        throw new Error('changed our mind');
      });
      await expect(failing).rejects.toThrow('changed our mind');
      expect(await balance(session, 1)).toBe(before);
      expect(await session.transaction(async () => 'result')).toBe('result');
    });
  });

  it('does not pretend to have committed when its work swallowed a failed statement', async () => {
    await db().withSession(async (session) => {
      const swallowing = session.transaction(async () => {
        await add(session, 1, 50n);
        await session.query('select 1 / 0').catch(() => undefined);
      });
      await expect(swallowing).rejects.toBeInstanceOf(AssertionError);
      expect(await balance(session, 1)).toBe(100n);
    });
  });

  it('is not opened inside another', async () => {
    await db().withSession(async (session) => {
      const nested = session.transaction(() => session.transaction(async () => undefined));
      await expect(nested).rejects.toBeInstanceOf(AssertionError);
      expect(await balance(session, 1)).toBe(100n);
    });
  });

  it('may be read only', async () => {
    await db().withSession(async (session) => {
      const writing = session.transaction(() => add(session, 1, 1n), { readOnly: true });
      await expect(writing).rejects.toMatchObject({ sqlState: '25006' });
    });
  });
});

/** Two transactions that read what the other writes; without a retry one must fail (serializable). */
async function collide(retries: number): Promise<PromiseSettledResult<void>[]> {
  let read = 0;
  let bothRead = () => undefined as undefined;
  const met = new Promise<void>((resolve) => {
    bothRead = () => void resolve();
  });
  const move = (from: number, to: number) =>
    db().withSession((session) =>
      session.transaction(
        async () => {
          const fen = await balance(session, from);
          read += 1;
          if (read >= 2) bothRead();
          await met;
          await session.query('update account set fen = $2 where number = $1', [to, fen]);
        },
        { isolation: 'serializable', retries },
      ),
    );
  return await Promise.allSettled([move(1, 2), move(2, 1)]);
}

describe('a serialization failure', () => {
  it('is DATABASE_BUSY when no retry was asked for', async () => {
    const failed = (await collide(0)).filter((result) => result.status === 'rejected');
    expect(failed).toHaveLength(1);
    expect(failed[0]?.reason).toBeInstanceOf(EngineError);
    expect(failed[0]?.reason).toMatchObject({ code: 'DATABASE_BUSY' });
  });

  it('is run again when it was', async () => {
    expect((await collide(5)).map((result) => result.status)).toEqual(['fulfilled', 'fulfilled']);
  });

  it('is the only thing that is run again', async () => {
    let runs = 0;
    await db().withSession(async (session) => {
      const failing = session.transaction(
        async () => {
          runs += 1;
          await session.query('select 1 / 0');
        },
        { retries: 5 },
      );
      await expect(failing).rejects.toMatchObject({ sqlState: '22012' });
    });
    expect(runs).toBe(1);
  });
});
