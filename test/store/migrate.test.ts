import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
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
      'select person, card_state::int as card, account_state::int as account from yika.cardholder_in_full order by person',
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

  it('keeps every cardholder of every version, in order, when records are packed', async () => {
    const all = join(PACKAGE_ROOT, 'src/store/migrations');
    for (const name of (await readdir(all)).filter((file) => file < '0006')) {
      await copyFile(join(all, name), join(folder, name));
    }
    await migrate(db.database, folder);
    await query(`
      set search_path = yika;
      create table cardholder_1 partition of cardholder for values in (1);
      create table cardholder_12 partition of cardholder for values in (12);
      create unique index on cardholder_1 (person);
      create unique index on cardholder_12 (person);
      insert into cardholder (version, person, name, region, card_number, card_state, bank, account, account_state, deceased,
        died_on, updated_on, fingerprint)
      select 1, 99999999999999999 - n, name, 100000 + n % 900000, card_number, n % 5, 100 + n % 900,
        repeat((n % 10)::text, 6 + n % 27), n % 4, n % 3 = 0, died_on, updated_on, (n - 500) * 9223372036854775
      from generate_series(0, 999) n,
        lateral (select (array['王', '阿迪力·热合曼', 'JOHN', '陈𠮷', repeat('周', 20000), ' a' || chr(10)])[n % 6 + 1] as name,
          (array['A12345678', null, repeat('卡', 32)])[n % 3 + 1] as card_number,
          (array[null, '1970-01-01', '0001-01-01', '9999-12-31', '2026-10-01']::date[])[n % 5 + 1] as died_on,
          (array[null, '1970-01-01', '1969-12-31', '9999-12-31']::date[])[n % 4 + 1] as updated_on) texts;
      insert into cardholder select 12, person, name, region, card_number, card_state, bank, account, account_state, deceased,
        died_on, updated_on, fingerprint, true from cardholder where person % 7 = 0;
      insert into cardholder (version, person, name, region, card_state, bank, account, account_state, deceased, fingerprint)
      values (12, -5, '李', 999999, 0, 999, '000000', 0, false, -9223372036854775808);`);
    const rows = (table: string) =>
      query(`select *, card_state::int as card_state, bank::int as bank, account_state::int as account_state
        from yika.${table} order by version, ctid`);
    const before = await rows('cardholder');
    await migrate(db.database, all);
    expect(
      await query(
        `select u.*, c.version from yika.cardholder_1 c, yika.unpack_cardholder(c.record) u limit 1`,
      ),
    ).toHaveLength(1);
    const after = await query(`
      select version, person, name, region, card_number, card_state::int as card_state, bank::int as bank, account,
        account_state::int as account_state, deceased, died_on, updated_on, fingerprint, removed
      from yika.cardholder_in_full order by version`);
    const inOrder = (version: number) => after.filter((row) => row['version'] === version);
    expect([...inOrder(1), ...inOrder(12)]).toEqual(before);
    expect(before.length).toBeGreaterThan(1100);
    await expect(query('delete from yika.cardholder')).rejects.toMatchObject({ sqlState: 'YK002' });
    const again =
      'insert into yika.cardholder (version, person, record) select 12, person, record from yika.cardholder_12';
    await expect(query(again)).rejects.toMatchObject({ sqlState: '23505' });
    expect(await query(`select count(*)::int from pg_class where relname like 'unpacked%'`)).toEqual([
      { count: 0 },
    ]);
  });

  it('keeps what banks said, and notes what files instruct, when outcomes become numbers', async () => {
    const all = join(PACKAGE_ROOT, 'src/store/migrations');
    for (const name of ['0001-initial.sql', '0002-states-as-numbers.sql'])
      await copyFile(join(all, name), join(folder, name));
    await migrate(db.database, folder);
    // Without foreign keys: only what the migration reads is there.
    await query(`
      set session_replication_role = replica; set search_path = yika;
      insert into batch (number, kind, state, programme, period, cycle, catalogue, base_version, roster_name, roster_digest,
        lines, accepted_count, accepted_amount, held_count, held_amount, rejected_count, rejected_amount, digest, created_by)
      values (5, 'roster', 'released', 'P', '2026-10', '2026-10', 1, 1, 'r', sha256('r'), 0, 0, 0, 0, 0, 0, 0, sha256('d'), 'm');
      create table payment_5 partition of payment for values in (5);
      create table outcome_5 partition of outcome for values in (5);
      insert into payment (batch, line, person, sequence, name, bank, account, amount, region)
      select 5, line, line, 0, 'x', bank, '1', amount, 460105
      from (values (3, 104, 70000), (2, 104, 9007199254740991), (4, 105, 1)) p (line, bank, amount);
      insert into payment_file (number, name, bank, format, format_digest, pay_date, part, parts, count, amount, size,
        digest, context, written_by)
      values (9, 'f', 104, 'x', '', '2026-10-28', 1, 1, 2, 9007199254810991, 1, sha256('f'), '{}', 'm');
      insert into payment_file_segment (file, batch, first_line, last_line, first_sequence, count, amount)
      values (9, 5, 2, 3, 1, 2, 9007199254810991);
      insert into return_file (number, name, digest, format, bank, lines, imported_by)
      values (1, 'r', sha256('r'), 'x', 104, 2, 'm');
      insert into outcome values (5, 2, 1, 1, 'paid', null, null), (5, 3, 1, 2, 'failed', 'E1', '户名不符'),
        (5, 3, 1, 0, 'pending', 'E1', null), (5, 2, 1, 9, 'unresolved', 'E1', '户名不符');
      set session_replication_role = default;`);
    const before = await query(
      'select line, row, class::text as class, code, text from yika.outcome order by row',
    );
    await migrate(db.database, all);
    const after = await query('select line, row, class, code, text from yika.answer order by row');
    const orEmpty = (row: Record<string, unknown>) =>
      row['code'] === null ? row : { ...row, text: row['text'] ?? '' };
    expect(after).toEqual(before.map(orEmpty));
    expect(
      await query(`select file, batch, encode(payments, 'hex') as payments from yika.payment_file_content`),
    ).toEqual([{ file: 9, batch: 5, payments: '00000002001fffffffffffff000000030000000000011170' }]);
    await expect(query('update yika.outcome set row = 7')).rejects.toMatchObject({ sqlState: 'YK002' });
  });

  it('keeps every value of payments, and the order in which they lie, when they are packed', async () => {
    const all = join(PACKAGE_ROOT, 'src/store/migrations');
    for (const name of (await readdir(all)).filter((file) => file < '0005'))
      await copyFile(join(all, name), join(folder, name));
    await migrate(db.database, folder);
    await query(`
      set session_replication_role = replica; set search_path = yika;
      create table payment_5 partition of payment for values in (5);
      create table payment_6 partition of payment for values in (6);
      create unique index on payment_5 (person);
      create index on payment_5 using brin (line);
      insert into payment (batch, line, person, sequence, payee, name, bank, account, amount, region, follows_line, department_line)
      select case when line > 3000 then 6 else 5 end, line, line * 7, line % 2, case when line % 3 = 0 then -line end,
        repeat('买', line % 40) || '·𠮷', 100 + line % 900, repeat('6', 6 + line % 27), 9007199254740991 - line, 100000 + line,
        case when line % 2 = 1 then line + 5 end, case line % 4 when 0 then '' when 1 then '第' || line when 2 then '7' end
      from generate_series(1, 4000) line;
      set session_replication_role = default;`);
    const columns = `batch, line, person, sequence, payee, name, bank, account, amount, region, follows_line, department_line`;
    const before = await query(`select ${columns} from yika.payment order by batch, line`);
    const AS_STORED = 'select line from yika.payment_5 order by ctid';
    const stored = await query(AS_STORED);
    await migrate(db.database, all);
    expect(await query(`select ${columns} from yika.payment_in_full order by batch, line`)).toEqual(before);
    expect(before).toHaveLength(4000);
    expect(await query(AS_STORED)).toEqual(stored);
    expect(
      await query(`select c.relname as "table", a.amname as kind from pg_index x join pg_class i on i.oid = x.indexrelid
        join pg_class c on c.oid = x.indrelid join pg_am a on a.oid = i.relam
        where c.relname in ('payment_5', 'payment_6') order by 1, 2`),
    ).toEqual([
      { table: 'payment_5', kind: 'brin' },
      { table: 'payment_5', kind: 'btree' },
      { table: 'payment_6', kind: 'btree' },
    ]);
    expect(
      await query(
        `select conrelid::regclass::text as "table" from pg_constraint where conname = 'makes_sense' order by 1`,
      ),
    ).toEqual([{ table: 'payment_5' }, { table: 'payment_6' }]);
    for (const change of [
      'update yika.payment set amount = 1',
      'delete from yika.payment_6',
      'insert into yika.payment_5 select * from yika.payment_6',
    ])
      await expect(query(change)).rejects.toMatchObject({ sqlState: 'YK002' });
  });
});
