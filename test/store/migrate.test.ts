import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PACKAGE_ROOT } from '../../src/config/package-root.js';
import { ACCOUNT_STATES, CARD_STATES } from '../../src/directory/layout.js';
import { openDatabaseAt } from '../../src/store/connection.js';
import { firstPending, migrate, readMigrations } from '../../src/store/migrate.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let folder: string;
let db: TestDatabase;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yika-migrations-'));
  db = await createTestDatabase({ empty: true });
});

afterEach(async () => {
  await db.drop();
  await rm(folder, { recursive: true, force: true });
});

async function put(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, sql] of Object.entries(files)) await writeFile(join(folder, name), sql);
}

const query = (sql: string) => db.database.withSession((session) => session.query(sql));

const FIRST = { '0001-first.sql': 'create table one (n int4); insert into one values (1);' };
const SECOND = { '0002-second.sql': 'insert into one values (2);' };

describe('migrate', () => {
  it('applies what is missing, in order, once, into the schema yika', async () => {
    await put(FIRST);
    expect(await migrate(db.database, folder)).toEqual({ applied: ['0001-first.sql'] });
    await put(SECOND);
    expect(await migrate(db.database, folder)).toEqual({ applied: ['0002-second.sql'] });
    expect(await migrate(db.database, folder)).toEqual({ applied: [] });
    expect(await query('select n from yika.one order by n')).toEqual([{ n: 1 }, { n: 2 }]);
    expect(await query('select number, name from yika.migration order by number')).toEqual([
      { number: 1, name: '0001-first.sql' },
      { number: 2, name: '0002-second.sql' },
    ]);
  });

  it('is safe when 20 start at once: each file is applied by exactly one', async () => {
    await put({ ...FIRST, ...SECOND });
    const commands = await Promise.all(Array.from({ length: 20 }, () => openDatabaseAt(db.settings)));
    const results = await Promise.all(commands.map((command) => migrate(command, folder)));
    await Promise.all(commands.map((command) => command.close()));
    expect(results.flatMap((result) => result.applied).sort()).toEqual(['0001-first.sql', '0002-second.sql']);
    expect(await query('select n from yika.one order by n')).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('leaves nothing of a file that fails, and goes on from there', async () => {
    await put({ ...FIRST, '0002-second.sql': 'create table two (n int4); select 1 / 0;' });
    await expect(migrate(db.database, folder)).rejects.toMatchObject({ sqlState: '22012' });
    expect(
      await query(`select to_regclass('yika.one') is not null as one, to_regclass('yika.two') as two`),
    ).toEqual([{ one: true, two: null }]);
    await put(SECOND);
    expect(await migrate(db.database, folder)).toEqual({ applied: ['0002-second.sql'] });
  });

  it('refuses a database that is newer', async () => {
    await put({ ...FIRST, ...SECOND });
    await migrate(db.database, folder);
    await rm(join(folder, '0002-second.sql'));
    await expect(migrate(db.database, folder)).rejects.toMatchObject({
      code: 'DATABASE_TOO_NEW',
      details: { reason: 'newer', migration: '0002-second.sql' },
    });
  });

  it('refuses a file that was changed after it was applied', async () => {
    await put(FIRST);
    await migrate(db.database, folder);
    await put({ '0001-first.sql': 'create table one (n int8);' });
    await expect(migrate(db.database, folder)).rejects.toMatchObject({
      code: 'DATABASE_TOO_NEW',
      details: { reason: 'differs', migration: '0001-first.sql' },
    });
  });

  it('takes a checkout with CRLF for the same files', async () => {
    await put({ '0001-first.sql': 'create table one (\nn int4);\n' });
    await migrate(db.database, folder);
    await put({ '0001-first.sql': 'create table one (\r\nn int4);\r\n' });
    expect(await migrate(db.database, folder)).toEqual({ applied: [] });
  });
});

describe('the migrations folder', () => {
  it.each([
    ['a gap', { ...FIRST, '0003-third.sql': '' }],
    ['a number twice', { ...FIRST, '0001-again.sql': '' }],
    ['another kind of name', { 'first.sql': '' }],
  ])('with %s is our mistake', async (_name, files) => {
    await put(files);
    await expect(readMigrations(folder)).rejects.toThrow('migration');
  });

  it('with nothing applied begins with the first', async () => {
    await put({ ...FIRST, ...SECOND });
    expect(firstPending(await readMigrations(folder), [])?.name).toBe('0001-first.sql');
  });
});

describe('the schema', () => {
  it('keeps the states of cards and accounts when it begins to store them as numbers', async () => {
    const all = join(PACKAGE_ROOT, 'src/store/migrations');
    await copyFile(join(all, '0001-initial.sql'), join(folder, '0001-initial.sql'));
    await migrate(db.database, folder);
    await query(`
      create table yika.cardholder_1 partition of yika.cardholder for values in (1);
      insert into yika.cardholder (version, person, name, region, card_state, bank, account, account_state, deceased,
        fingerprint)
      select 1, row_number() over (), 'x', 460105, card::yika.card_state, 104, '621700', account::yika.account_state, false, 0
      from unnest(array['active', 'lost', 'cancelled', 'replaced', 'not_activated']) card,
        unnest(array['normal', 'dormant', 'frozen', 'closed']) account`);
    const before = await query(
      'select person, card_state::text as card, account_state::text as account from yika.cardholder order by person',
    );
    await migrate(db.database, all);
    const after = await query(
      'select person, card_state::int as card, account_state::int as account from yika.cardholder order by person',
    );
    expect(
      after.map((row) => ({
        ...row,
        card: CARD_STATES[row['card'] as number],
        account: ACCOUNT_STATES[row['account'] as number],
      })),
    ).toEqual(before);
    expect(after).toHaveLength(20);
  });
});
