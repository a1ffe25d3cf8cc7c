// A file whose delivery is unknown: sent again only when a person says so, and then with the same bytes.

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { approveBatch } from '../../src/operation/approve-batch.js';
import type { Context } from '../../src/operation/context.js';
import { importCardholders } from '../../src/operation/import-cardholders.js';
import { importReturns } from '../../src/operation/import-returns.js';
import { importRoster } from '../../src/operation/import-roster.js';
import { markSent } from '../../src/operation/mark-sent.js';
import { publishCatalogue } from '../../src/operation/publish-catalogue.js';
import { type ReleasedFile, releaseBatches } from '../../src/operation/release-batches.js';
import { resendFile } from '../../src/operation/resend-file.js';
import { sampleReturns } from '../../src/operation/sample-returns.js';
import { submitBatch } from '../../src/operation/submit-batch.js';
import { sample, testContext, useFolder } from '../support/context.js';
import { useDatabase } from '../support/database.js';

const database = useDatabase();
const folder = useFolder();
let maker: Context;
let files: ReleasedFile[];

beforeAll(async () => {
  maker = testContext(database(), folder);
  await importCardholders(maker, { file: sample('cardholders/cardholders.csv'), delta: false });
  await publishCatalogue(maker, { path: sample('catalogue') });
  for (const [name, programme] of [
    ['01-gljt-2026-10.csv', 'GLJT'],
    ['07-gddl-2026.csv', 'GDDL'],
  ] as const) {
    const { batch } = await importRoster(maker, {
      file: sample(`rosters/${name}`),
      programme,
      period: '2026-10',
    });
    await submitBatch(maker, { batch });
    await approveBatch({ ...maker, actor: 'checker' }, { batch });
  }
  // Two batches share the files.
  files = (await releaseBatches(maker, { batches: [1, 2], payDate: '2026-10-28' })).files;
});

describe('a payment file', () => {
  it('that is gone from the outbox comes back with the same bytes, whatever its format', async () => {
    for (const { name, path } of files) {
      const bytes = readFileSync(path);
      await markSent(maker, { name });
      rmSync(path);
      await resendFile(maker, { name });
      expect(readFileSync(path).equals(bytes)).toBe(true);
    }
  });

  it('that was changed is put right when it is sent again, and never marked sent as it is', async () => {
    const [{ name, path }] = files as [ReleasedFile];
    const bytes = readFileSync(path);
    writeFileSync(path, 'something else');
    await resendFile(maker, { name });
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  it.each([
    [
      'has lost a payment',
      'delete from payment_1 where line = (select max(line) from payment_1 where bank = BANK)',
    ],
    [
      'has a payment that cannot be read',
      'update payment_1 set details = substring(details for 15) where line = (select max(line) from payment_1 where bank = BANK)',
    ],
    ['has a payment of a fen more', 'update payment_1 set amount = amount + 1 where bank = BANK'],
  ])('is not written again where the batch %s', async (_what, tampering) => {
    const [{ name, path, bank }] = files as [ReleasedFile];
    const bytes = readFileSync(path);
    const sql = (text: string) => database().withSession((session) => session.query(text));
    await sql('create table kept as select * from payment_1');
    await sql(`alter table payment_1 disable trigger user; ${tampering.replaceAll('BANK', bank)}`);
    rmSync(path);
    await expect(resendFile(maker, { name })).rejects.toMatchObject({ code: 'DIGEST_CHANGED' });
    expect(existsSync(path)).toBe(false);
    await sql(`delete from payment_1; insert into payment_1 select * from kept order by line; drop table kept;
      alter table payment_1 enable trigger user`);
    await resendFile(maker, { name });
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  it('that the bank has answered is not sent again', async () => {
    const made = await sampleReturns(maker, { batch: 1, fail: 0, out: `${folder}/returns` });
    await importReturns(maker, { files: made.files.map((file) => file.path) });
    await expect(resendFile(maker, { name: files[0]?.name ?? '' })).rejects.toMatchObject({
      code: 'PAYMENT_FILE_REFUSED',
    });
  });
});
