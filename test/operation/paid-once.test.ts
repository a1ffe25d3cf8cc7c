// Never paid twice: two machines at once, the database's own refusal, and what may be changed behind yika's back.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { approveBatch } from '../../src/operation/approve-batch.js';
import { cancelBatch } from '../../src/operation/cancel-batch.js';
import type { Context } from '../../src/operation/context.js';
import { importCardholders } from '../../src/operation/import-cardholders.js';
import { importRoster } from '../../src/operation/import-roster.js';
import { publishCatalogue } from '../../src/operation/publish-catalogue.js';
import { releaseBatches } from '../../src/operation/release-batches.js';
import { submitBatch } from '../../src/operation/submit-batch.js';
import { verify } from '../../src/operation/verify.js';
import { sample, testContext, useFolder } from '../support/context.js';
import { useDatabase } from '../support/database.js';
import { residentId } from '../support/small-base.js';

const database = useDatabase();
const folder = useFolder();
let maker: Context;
let checker: Context;

const ids = Array.from({ length: 40 }, (_, index) => residentId('19400101', index + 1));
const header = '序号,身份证号,姓名,金额\n';

function roster(name: string, from: number, to: number): string {
  const path = join(folder, name);
  writeFileSync(
    path,
    header +
      ids
        .slice(from, to)
        .map((id, index) => `${index + 1},${id},王小明,100.00\n`)
        .join(''),
  );
  return path;
}

function code(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'done',
    (error: { code?: string; sqlState?: string }) => error.code ?? error.sqlState,
  );
}

const sql = (text: string): Promise<unknown> => database().withSession((session) => session.query(text));

beforeAll(async () => {
  maker = testContext(database(), folder);
  checker = { ...maker, actor: 'checker' };
  const base = join(folder, 'base.csv');
  const rows = ids.map(
    (id, index) =>
      `${id},王小明,460105,A${index},正常,${index % 2 ? 104 : 102},${6217000000000000000n + BigInt(index)}\n`,
  );
  writeFileSync(base, `身份证号,姓名,发卡地区,卡号,卡状态,开户银行,账号\n${rows.join('')}`);
  await importCardholders(maker, { file: base, delta: false });
  await publishCatalogue(maker, { path: sample('catalogue') });
});

describe('a person', () => {
  it('stands in one of two rosters that two machines import at the same moment', async () => {
    const files = [roster('one.csv', 0, 20), roster('two.csv', 10, 30)];
    const answers = await Promise.all(
      files.map((file) => importRoster(maker, { file, programme: 'GLJT', period: '2026-10' })),
    );
    const counts = answers.map(({ accepted, findings }) => [accepted.count, findings['ALREADY_PAID'] ?? 0]);
    expect(counts.toSorted(([one = 0], [other = 0]) => one - other)).toEqual([
      [10, 10],
      [20, 0],
    ]);
    expect(answers.map(({ batch }) => batch).toSorted()).toEqual([1, 2]);
  });

  it('may be paid for another month, and once more after the batch was cancelled', async () => {
    const next = await importRoster(maker, {
      file: roster('one.csv', 0, 20),
      programme: 'GLJT',
      period: '2026-11',
    });
    expect(next.accepted.count).toBe(20);
    await cancelBatch(maker, { batch: next.batch, reason: 'wrong month' });
    const again = await importRoster(maker, {
      file: roster('one.csv', 0, 20),
      programme: 'GLJT',
      period: '2026-11',
    });
    expect(again).toMatchObject({ batch: next.batch + 1, accepted: { count: 20 } });
  });

  it('cannot be added to a second live batch even by hand: the database refuses', async () => {
    // The same people at the same sequence, in a batch that no check of the engine has seen.
    const insert = `
      create table payment_900 (like payment including defaults including constraints);
      alter table payment_900 alter column batch set default 900;
      insert into payment_900 select 900, line, person, amount, sequence, bank, details from payment_1;
      alter table payment attach partition payment_900 for values in (900);
      insert into batch select 900, kind, state, programme, period, cycle, region, catalogue, base_version, follows, reason, roster_name,
        roster_digest, control_lines, control_amount, lines, accepted_count, accepted_amount, held_count, held_amount, rejected_count,
        rejected_amount, digest, created_by from batch where number = 1;`;
    const work = database().withSession((session) => session.transaction(() => session.query(insert)));
    expect(await code(work)).toBe('YK001');
  });

  it('keeps the payments of a sealed batch: no row is added, changed or removed', async () => {
    for (const statement of [
      'update payment set amount = amount + 1 where batch = 1',
      'delete from payment_1',
      'insert into payment_1 select * from payment_2',
      "update batch set accepted_amount = 1, state = 'submitted' where number = 1",
      'delete from batch where number = 1',
      'update event set actor = null',
      'delete from event',
    ]) {
      expect([statement, await code(sql(statement))]).toEqual([statement, 'YK002']);
    }
    expect(await code(sql("update batch set state = 'released' where number = 1"))).toBe('YK004');
  });
});

describe('an approval', () => {
  it('is refused to the submitter by the database too', async () => {
    await submitBatch(maker, { batch: 1 });
    expect(await code(approveBatch({ ...maker, actor: 'ＭＡＫＥＲ' }, { batch: 1 }))).toBe(
      'APPROVER_IS_SUBMITTER',
    );
    const byHand = `insert into approval (batch, ordinal, submitted_by, digest, decision, decided_by)
      select batch, ordinal, submitted_by, digest, 'approved', 'Maker' from submission where batch = 1`;
    expect(await code(sql(byHand))).toBe('23514');
  });

  it('is refused when the payments are no longer those that were submitted', async () => {
    await sql(
      'alter table payment_1 disable trigger user; update payment_1 set amount = amount + 1 where line = 2',
    );
    expect(await code(approveBatch(checker, { batch: 1 }))).toBe('DIGEST_CHANGED');
    await sql(
      'update payment_1 set amount = amount - 1 where line = 2; alter table payment_1 enable trigger user',
    );
  });

  it('is given by another person', async () => {
    expect(await approveBatch(checker, { batch: 1 })).toMatchObject({ batch: 1, state: 'approved' });
    await sql('create table kept as select * from payment_1');
  });

  it.each([
    ['one changed fen', 'update payment_1 set amount = amount + 1 where line = 2'],
    [
      'a fen moved from one payment to another',
      'update payment_1 set amount = amount + case line when 2 then 1 else -1 end where line in (2, 3)',
    ],
    [
      'another account',
      `update payment_1 p set details = payment_details(f.payee, f.name, '6222000000000000000', f.region, f.follows_line,
         f.department_line) from payment_in_full f where f.batch = 1 and f.line = p.line and p.line = 2`,
    ],
    ['details of another form', `update payment_1 set details = substring(details for 20) where line = 2`],
    ['no details', `update payment_1 set details = '\\x00' where line = 2`],
    [
      'another bank, one with payments',
      'update payment_1 set bank = (select max(bank) from payment_1) where bank <> (select max(bank) from payment_1)',
    ],
    ['another bank, one without', 'update payment_1 set bank = 999 where line = 2'],
    ['a payment less', 'delete from payment_1 where line = 2'],
    [
      'a payment more',
      `insert into payment_1 select 1, 900, person + 77777777, amount, sequence, bank, details from payment_1 where line = 2`,
    ],
  ])('is of exactly these payments: %s, and nothing is released', async (_what, tampering) => {
    await sql(`alter table payment_1 disable trigger user; ${tampering}`);
    expect(await code(releaseBatches(maker, { batches: [1], payDate: '2026-10-28' }))).toBe('DIGEST_CHANGED');
    const proof = await verify(maker, { batch: 1, files: false });
    expect(proof.ok).toBe(false);
    expect(proof.checks.filter((check) => !check.ok).map(({ name }) => name)).toContain(
      'batch 1: digest of the payments',
    );
    await sql(
      'delete from payment_1; insert into payment_1 select * from kept order by line; alter table payment_1 enable trigger user',
    );
  });

  it('stands again once the payments are what they were', async () => {
    expect((await releaseBatches(maker, { batches: [1], payDate: '2026-10-28' })).files).toHaveLength(2);
  });
});
