// The peer in PostgreSQL: what a good database engineer would write instead of yika. Unlogged staging, bigint keys, tables
// filled before they are indexed, plans in parallel; results durable, as ours are. Each stage is one transaction, so that
// tables filled in it need no WAL.

import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import copyStreams from 'pg-copy-streams';
import type { Side } from '../child.js';
import type { Facts, World } from '../job.js';
import { type Dialect, HELD, parsedColumns, preparedBase, splitColumns, verdict } from './checks.js';

export const POSTGRES_SETTINGS = `
  set synchronous_commit = on;
  set work_mem = '1GB';
  set maintenance_work_mem = '1GB';
  set max_parallel_workers_per_gather = 2;
  set max_parallel_maintenance_workers = 2;
  set client_min_messages = warning`;

const DIALECT: Dialect = {
  divide: '/',
  matches: (text, pattern) => `${text} ~ '${pattern}'`,
  otherPerson: (id) => `-1 - (hashtextextended(${id}, 0) & 9007199254740991)`,
};

const BASE_COLUMNS = `resident_id text, name text, region text, card_number text, card_state text, bank text,
  account text, account_state text, alive text, died_on text, updated_on text`;

/** In two steps to `parsed`: flattened into one, the planner would work `digits` out again for each of its thirty uses. */
const ROSTER_SQL = `
  create unlogged table split as select ${splitColumns(DIALECT)} from staging;
  create unlogged table parsed as select ${parsedColumns(DIALECT)} from split;
  analyze parsed;
  create unlogged table repeated as
    select person, min(line) as first_line from parsed where person is not null group by person having count(*) > 1;
  analyze repeated;
  create table checked as
    select p.line, p.person, c.name, c.bank, c.account, c.region, p.fen, ${verdict(DIALECT)} as code,
      coalesce(c.shared_account, false) as shared_account
    from parsed p left join repeated r using (person) left join cardholder c using (person)
      left join (select person from paid where programme = 'GLJT' and period = '2026-10') q using (person);
  create unique index on checked (person) where code is null`;

const COUNTS_SQL = `
  select code, count(*)::int as count, coalesce(sum(fen), 0)::text as fen, count(*) filter (where shared_account)::int as shared,
    count(*) filter (where person < 0)::int as unchecked
  from checked group by code`;

/**
 * What our verify proves, as far as the peer keeps it: every payment in one place with its money, by bank; nobody twice; no
 * outcome of nobody; a hash over the payments, which a real one would compare with what was approved.
 */
const PROOF_SQL = `
  with payments as (select * from checked where code is null),
    places as (
      select p.bank, o.class, count(*) as count, sum(p.fen) as fen,
        sum(hashtextextended(p::text, 0)::numeric) as hash
      from payments p left join outcome o using (line) group by 1, 2)
  select sum(count) filter (where class = 'paid')::int as paid,
    (sum(fen) filter (where class = 'paid'))::text as "paid, fen",
    sum(count) filter (where class = 'failed')::int as failed,
    (sum(fen) filter (where class = 'failed'))::text as "failed, fen",
    (select count(*)::int from (select person from payments group by person having count(*) > 1) twice) as twice,
    (select count(*)::int from outcome o where not exists (select from payments p where p.line = o.line)) as strays
  from places having sum(hash) is not null`;

export async function openPostgres(world: World): Promise<Side> {
  const connect = async (): Promise<pg.Client> => {
    const { host, port, user, database } = world.database;
    const client = new pg.Client({ host, port, user, database });
    await client.connect();
    await client.query(POSTGRES_SETTINGS);
    return client;
  };
  const client = await connect();
  const encoding = world.files.encoding === 'utf-8' ? 'UTF8' : 'GB18030';
  const copyIn = async (sql: string, path: string): Promise<number> => {
    const stream = client.query(copyStreams.from(sql));
    await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), stream);
    return stream.rowCount ?? 0;
  };
  const inTransaction = (stage: () => Promise<Facts>) => async (): Promise<Facts> => {
    await client.query('begin');
    const facts = await stage();
    await client.query('commit');
    return facts;
  };

  const copyReturns = async (): Promise<void> => {
    await client.query(
      'create unlogged table said (line int, account text, fen bigint, class text, code text)',
    );
    for (const name of await readdir(world.returns.csv)) {
      await copyIn('copy said from stdin (format csv)', join(world.returns.csv, name));
    }
    await client.query('analyze said');
  };
  const outcomeFacts = async (table: string): Promise<Facts> => {
    const { rows } = await client.query(
      `select class, count(*)::int as count, sum(fen)::text as fen from ${table} where class is not null group by class`,
    );
    return Object.fromEntries(
      rows.flatMap(({ class: name, count, fen }) => [
        [name, count],
        [`${name}, fen`, fen],
      ]),
    );
  };

  return {
    stages: {
      base: inTransaction(async () => {
        await client.query(`create table cardholder_file (${BASE_COLUMNS})`);
        const cardholders = await copyIn(
          `copy cardholder_file from stdin (format csv, header, null '~', encoding '${encoding}')`,
          world.files.cardholders,
        );
        await client.query('create unique index on cardholder_file (resident_id)');
        return { cardholders };
      }),
      prepare: async () => {
        await client.query(`create table cardholder as ${preparedBase(DIALECT)}`);
        await client.query('create unique index on cardholder (person)');
        await client.query('create table paid (person bigint, programme text, period text)');
        await client.query('create unique index on paid (person, programme, period)');
        await client.query('vacuum analyze cardholder');
        return {};
      },
      roster: inTransaction(async () => {
        await client.query(
          'create unlogged table staging (line int, resident_id text, name text, account text, amount text)',
        );
        const copy = `copy staging from stdin (format csv, header, encoding '${encoding}')`;
        await copyIn(copy, world.files.cleanRoster);
        await client.query(ROSTER_SQL);
        return rosterFacts((await client.query(COUNTS_SQL)).rows);
      }),
      release: () => release(client, connect, world.out),
      returns: inTransaction(async () => {
        await copyReturns();
        await client.query(`create table outcome as
          select s.line, s.class, s.code, c.fen from said s
          join checked c on c.line = s.line and c.fen = s.fen and c.account = s.account and c.code is null`);
        await client.query('create unique index on outcome (line)');
        return await outcomeFacts('outcome');
      }),
      /** Untimed: the other way of taking returns begins as the first did, on a table of its own, since it leaves it twice as large. */
      readyForUpdate: async () => {
        await client.query('drop table said');
        await client.query(
          'create table updated as select *, null::text as class, null::text as bank_code from checked',
        );
        await client.query('create unique index on updated (person) where code is null');
        await client.query('vacuum analyze updated');
        return {};
      },
      returnsUpdate: inTransaction(async () => {
        await copyReturns();
        await client.query(`update updated c set class = s.class, bank_code = s.code from said s
          where c.line = s.line and c.fen = s.fen and c.account = s.account and c.code is null`);
        return await outcomeFacts('updated');
      }),
      forgetUpdate: async () => {
        await client.query('drop table updated');
        return {};
      },
      reconcile: async () => {
        const { rows } = await client.query(`
          select o.class, count(*)::int as count, sum(c.fen)::text as fen
          from checked c left join outcome o using (line) where c.code is null group by o.class`);
        const facts: Facts = { outstanding: 0 };
        for (const { class: name, count, fen } of rows) {
          facts[name ?? 'outstanding'] = count;
          if (name !== null) facts[`${name}, fen`] = fen;
        }
        return facts;
      },
      verify: async () => {
        const [proof] = (await client.query(PROOF_SQL)).rows as Record<string, number | string>[];
        return { ...proof };
      },
      checkpoint: async () => {
        await client.query('checkpoint');
        return {};
      },
    },
    close: () => client.end(),
  };
}

/** One COPY TO a bank, over two connections at once: there are two cores. */
async function release(client: pg.Client, connect: () => Promise<pg.Client>, out: string): Promise<Facts> {
  await mkdir(out, { recursive: true });
  const found = await client.query(`
    select bank::text, count(*)::int as count, sum(fen)::text as fen from checked where code is null group by bank`);
  const sums = found.rows as { bank: string; count: number; fen: string }[];
  const waiting = sums.map(({ bank }) => bank);
  const second = await connect();
  const work = async (connection: pg.Client): Promise<void> => {
    for (let bank = waiting.pop(); bank !== undefined; bank = waiting.pop()) {
      const rows = connection.query(
        copyStreams.to(`copy (select line, name, account, round(fen / 100.0, 2) from checked
          where code is null and bank = ${bank}) to stdout (format csv)`),
      );
      await pipeline(rows, createWriteStream(join(out, `${bank}.csv`)));
    }
  };
  await Promise.all([work(client), work(second)]);
  await second.end();
  const facts = Object.fromEntries(sums.map(({ bank, count }) => [bank, count]));
  const fen = sums.reduce((sum, row) => sum + BigInt(row.fen), 0n);
  return {
    ...facts,
    'paid out': sums.reduce((sum, row) => sum + row.count, 0),
    'paid out, fen': String(fen),
  };
}

export interface CodeRow {
  code: string | null;
  count: number;
  fen: string;
  shared: number;
  unchecked: number;
}

/** Rows of counts by finding to the words that all sides share. */
export function rosterFacts(rows: readonly CodeRow[]): Facts {
  const sum = (of: readonly CodeRow[], key: 'count' | 'shared' | 'unchecked') =>
    of.reduce((all, row) => all + row[key], 0);
  const fen = (of: readonly CodeRow[]) => String(of.reduce((all, row) => all + BigInt(row.fen), 0n));
  const accepted = rows.filter(({ code }) => code === null);
  const held = rows.filter(({ code }) => code !== null && HELD.includes(`'${code}'`));
  const facts: Facts = {
    ...{ accepted: sum(accepted, 'count'), 'accepted, fen': fen(accepted) },
    ...{ held: sum(held, 'count'), 'held, fen': fen(held) },
  };
  for (const { code, count } of rows) if (code !== null) facts[code] = count;
  const warnings = { ACCOUNT_SHARED: sum(rows, 'shared'), RESIDENT_ID_UNCHECKED: sum(rows, 'unchecked') };
  for (const [code, count] of Object.entries(warnings)) if (count > 0) facts[code] = count;
  return facts;
}
