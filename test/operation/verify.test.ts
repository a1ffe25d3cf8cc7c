// Whatever is changed behind the engine's back, verify says where it does not add up.

import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { approveBatch } from '../../src/operation/approve-batch.js';
import type { Context } from '../../src/operation/context.js';
import { importCardholders } from '../../src/operation/import-cardholders.js';
import { importReturns } from '../../src/operation/import-returns.js';
import { importRoster } from '../../src/operation/import-roster.js';
import { publishCatalogue } from '../../src/operation/publish-catalogue.js';
import { releaseBatches } from '../../src/operation/release-batches.js';
import { sampleReturns } from '../../src/operation/sample-returns.js';
import { submitBatch } from '../../src/operation/submit-batch.js';
import { verify } from '../../src/operation/verify.js';
import { sample, testContext, useFolder } from '../support/context.js';
import { useDatabase } from '../support/database.js';

const database = useDatabase();
const folder = useFolder();
let maker: Context;

const sql = (text: string) => database().withSession((session) => session.query(text));
const verifyAll = () => verify(maker, { files: false });
async function whatFails(): Promise<string[]> {
  const { checks } = await verifyAll();
  return checks.filter((check) => !check.ok).map(({ name }) => name.replace('batch 1: ', ''));
}

const TABLES = ['payment_1', 'finding_1', 'outcome_1', 'batch_funding', 'batch_bank', 'payment_file_segment'];

beforeAll(async () => {
  maker = testContext(database(), folder);
  await importCardholders(maker, { file: sample('cardholders/cardholders.csv'), delta: false });
  await publishCatalogue(maker, { path: sample('catalogue') });
  const roster = { file: sample('rosters/01-gljt-2026-10.csv'), programme: 'GLJT', period: '2026-10' };
  await importRoster(maker, roster);
  await submitBatch(maker, { batch: 1 });
  await approveBatch({ ...maker, actor: 'checker' }, { batch: 1 });
  await releaseBatches(maker, { batches: [1], payDate: '2026-10-28' });
  const { files } = await sampleReturns(maker, {
    batch: 1,
    fail: 0.2,
    seed: 1,
    out: join(folder, 'returns'),
  });
  await importReturns(maker, { files: files.map(({ path }) => path) });
  for (const table of TABLES) await sql(`create table kept_${table} as select * from ${table}`);
});

describe('verify', () => {
  it('holds for a month that nobody touched', async () => {
    expect(await verifyAll()).toMatchObject({ ok: true });
  });

  const FIRST = '(select min(line) from payment_1)';
  const LAST = '(select max(line) from payment_1)';
  it.each<[string, string, string[]]>([
    [
      'a fen more',
      `update payment_1 set amount = amount + 1 where line = ${FIRST}`,
      ['accepted', 'payments by bank', 'digest of the payments', 'funding in all', 'payments in file 1'],
    ],
    [
      'a fen moved',
      `update payment_1 set amount = amount + case line when ${FIRST} then 1 else -1 end where line in (${FIRST}, ${LAST})`,
      ['digest of the payments'],
    ],
    [
      'another name',
      `update payment_1 p set details = payment_details(f.payee, '某某', f.account, f.region, f.follows_line, f.department_line)
       from payment_in_full f where f.batch = 1 and f.line = p.line and p.line = ${FIRST}`,
      ['digest of the payments'],
    ],
    [
      'details that cannot be read',
      `update payment_1 set details = substring(details for 15) where line = ${FIRST}`,
      ['digest of the payments'],
    ],
    [
      'another bank',
      `update payment_1 set bank = case bank when 104 then 105 else 104 end where line = ${FIRST}`,
      ['payments by bank', 'payments in all files', 'bank 104: paid + failed + outstanding'],
    ],
    [
      'a payment lost',
      `delete from payment_1 where line = ${FIRST}`,
      ['accepted', 'lines', 'outcomes without a payment'],
    ],
    [
      'a finding lost',
      'delete from finding_1 where severity = 0 and line = (select min(line) from finding_1 where severity = 0)',
      ['lines'],
    ],
    [
      'an outcome lost',
      `delete from outcome_1 where class = 1 and line = (select min(line) from outcome_1 where class = 1)`,
      ['paid'],
    ],
    [
      'an outcome turned round',
      `update outcome_1 set class = 3 - class where line = (select min(line) from outcome_1 where class = 2)`,
      ['paid', 'failed'],
    ],
    [
      'an outcome of nobody',
      'insert into outcome_1 (line, return_file, row, class) values (999999, 1, 9999, 1)',
      ['outcomes without a payment'],
    ],
    [
      'an outcome of a line that no file has',
      'insert into outcome_1 (line, return_file, row, class) values (2000000000, 1, 9998, 2)',
      ['outcomes without a payment'],
    ],
    [
      'a newer outcome',
      `insert into outcome_1 (line, return_file, row, class) select line, 1000, 1, 3 from outcome_1 where class = 1 limit 1`,
      ['paid'],
    ],
    [
      'an older outcome: the newest holds',
      `insert into outcome_1 (line, return_file, row, class) select line, 0, 1, 2 from outcome_1 where class = 1 limit 1`,
      [],
    ],
    [
      'another funding share',
      `update batch_funding set amount = amount + case ordinal when 1 then 100 else -100 end where batch = 1 and ordinal <= 2`,
      ['funding province'],
    ],
    [
      'another sum of a bank',
      'update batch_bank set amount = amount + 1 where batch = 1 and bank = 104',
      ['payments by bank', 'bank 104: paid + failed + outstanding'],
    ],
    [
      'a running total',
      'update payment_file_segment set paid_count = paid_count + 1 where file = (select min(file) from payment_file_segment)',
      ['paid'],
    ],
    [
      'lines of a file',
      'update payment_file_segment set last_line = first_line where file = (select max(file) from payment_file_segment)',
      ['payments in all files'],
    ],
  ])('notices %s', async (_what, tampering, expected) => {
    await sql(`set session_replication_role = replica; ${tampering}; set session_replication_role = default`);
    const failing = await whatFails();
    expect(failing).toEqual(expect.arrayContaining(expected));
    if (expected.length === 0) expect(failing).toEqual([]);
    for (const table of TABLES) {
      await sql(`set session_replication_role = replica; delete from ${table}; insert into ${table} select * from kept_${table};
        set session_replication_role = default`);
    }
    expect(await whatFails()).toEqual([]);
  });
});
