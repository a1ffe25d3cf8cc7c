// The peer in DuckDB: the same SQL over columns in memory. It keeps nothing: no durable result, no unique index, nothing
// that a second machine could see. The fastest thing that a user could pick instead.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Side } from '../child.js';
import type { Facts, World } from '../job.js';
import { type Dialect, parsedColumns, preparedBase, splitColumns, verdict } from './checks.js';
import { type CodeRow, rosterFacts } from './postgres.js';

const DIALECT: Dialect = {
  divide: '//',
  matches: (text, pattern) => `regexp_full_match(${text}, '${pattern}')`,
  otherPerson: (id) => `-1 - cast(hash(${id}) & 9007199254740991 as bigint)`,
};

const BASE_COLUMNS = [
  ...[
    'resident_id',
    'name',
    'region',
    'card_number',
    'card_state',
    'bank',
    'account',
    'account_state',
    'alive',
  ],
  ...['died_on', 'updated_on'],
];

const ROSTER_SQL = `
  create table parsed as select ${parsedColumns(DIALECT)} from (select ${splitColumns(DIALECT)} from staging);
  create table repeated as
    select person, min(line) as first_line from parsed where person is not null group by person having count(*) > 1;
  create table checked as
    select p.line, p.person, c.name, c.bank, c.account, c.region, p.fen, ${verdict(DIALECT)} as code,
      coalesce(c.shared_account, false) as shared_account
    from parsed p left join repeated r using (person) left join cardholder c using (person)
      left join (select person from paid where programme = 'GLJT' and period = '2026-10') q using (person)`;

/** The same proof as PostgreSQL's. */
const PROOF_SQL = `
  with payments as (select * from checked where code is null),
    places as (
      select p.bank, o.class, count(*) as count, sum(p.fen) as fen, sum(hash(p)) as hash
      from payments p left join outcome o using (line) group by 1, 2)
  select cast(sum(count) filter (where class = 'paid') as int) as paid,
    cast(sum(fen) filter (where class = 'paid') as varchar) as "paid, fen",
    cast(sum(count) filter (where class = 'failed') as int) as failed,
    cast(sum(fen) filter (where class = 'failed') as varchar) as "failed, fen",
    (select cast(count(*) as int) from (select person from payments group by person having count(*) > 1)) as twice,
    (select cast(count(*) as int) from outcome o anti join payments p on p.line = o.line) as strays
  from places having sum(hash) is not null`;

export async function openDuckDb(world: World): Promise<Side> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(world.threads),
    preserve_insertion_order: 'false',
  });
  const connection = await instance.connect();
  const run = async (sql: string): Promise<void> => void (await connection.run(sql));
  const rows = async <Row>(sql: string): Promise<Row[]> =>
    (await connection.runAndReadAll(sql)).getRowObjectsJS() as Row[];
  const classFacts = async (from: string): Promise<Facts> => {
    const found = await rows<{ class: string | null; count: number; fen: string }>(
      `select class, cast(count(*) as int) as count, cast(sum(fen) as varchar) as fen from ${from} group by class`,
    );
    const sums = found.map(({ class: name, count, fen }) => [
      [name ?? 'outstanding', count],
      ...(name === null ? [] : [[`${name}, fen`, fen]]),
    ]);
    return Object.fromEntries(sums.flat());
  };

  return {
    stages: {
      base: async () => {
        await run(
          `create table cardholder_file as select * from ${csv(world.files.utf8.cardholders, BASE_COLUMNS)}`,
        );
        // An index over the text takes DuckDB longer than all else together, and its joins do not use one.
        const [row] = await rows<{ count: number }>(
          'select cast(count(distinct resident_id) as int) as count from cardholder_file',
        );
        return { cardholders: row?.count ?? 0 };
      },
      prepare: async () => {
        await run(`create table cardholder as ${preparedBase(DIALECT)}`);
        await run('create table paid (person bigint, programme text, period text)');
        await run('drop table cardholder_file');
        return {};
      },
      roster: async () => {
        const columns = ['line', 'resident_id', 'name', 'account', 'amount'];
        await run(
          `create table staging as select * from ${csv(world.files.utf8.cleanRoster, columns, 'line')}`,
        );
        await run(ROSTER_SQL);
        return rosterFacts(
          await rows<CodeRow>(`
            select code, cast(count(*) as int) as count, cast(coalesce(sum(fen), 0) as varchar) as fen,
              cast(count(*) filter (where shared_account) as int) as shared,
              cast(count(*) filter (where person < 0) as int) as unchecked
            from checked group by code`),
        );
      },
      release: async () => {
        await mkdir(world.out, { recursive: true });
        const sums = await rows<{ bank: number; count: number; fen: string }>(`
          select bank, cast(count(*) as int) as count, cast(sum(fen) as varchar) as fen
          from checked where code is null group by bank`);
        for (const { bank } of sums) {
          const columns = 'line, name, account, cast(fen as decimal(15, 0)) / 100';
          const lines = `select ${columns} from checked where code is null and bank = ${bank}`;
          await run(
            `copy (${lines}) to '${join(world.out, `duckdb-${bank}.csv`)}' (format csv, header false)`,
          );
        }
        const facts = Object.fromEntries(sums.map(({ bank, count }) => [String(bank), count]));
        const fen = sums.reduce((sum, row) => sum + BigInt(row.fen), 0n);
        return {
          ...facts,
          'paid out': sums.reduce((sum, row) => sum + row.count, 0),
          'paid out, fen': String(fen),
        };
      },
      returns: async () => {
        const columns = "{line: 'int', account: 'varchar', fen: 'bigint', class: 'varchar', code: 'varchar'}";
        await run(`create table outcome as
          select s.line, s.class, s.code, c.fen
          from read_csv('${join(world.returns.csv, '*.csv')}', header = false, auto_detect = false, columns = ${columns}) s
          join checked c on c.line = s.line and c.fen = s.fen and c.account = s.account and c.code is null`);
        return await classFacts('outcome');
      },
      reconcile: async () => ({
        outstanding: 0,
        ...(await classFacts(
          `(select o.class, c.fen from checked c left join outcome o using (line) where c.code is null)`,
        )),
      }),
      verify: async () => {
        const [proof] = await rows<Record<string, number | string>>(PROOF_SQL);
        return { ...proof };
      },
    },
    close: async () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

function csv(path: string, columns: readonly string[], number?: string): string {
  const types = columns.map((name) => `${name}: '${name === number ? 'int' : 'varchar'}'`);
  return `read_csv('${path}', header = true, auto_detect = false, quote = '"', escape = '"', columns = {${types.join(', ')}})`;
}
