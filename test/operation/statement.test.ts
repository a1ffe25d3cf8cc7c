// A month whose banks answer with statements of the paying account: reconciled without an exception, and a statement
// that answers several payment files at once.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { approveBatch } from '../../src/operation/approve-batch.js';
import type { Context } from '../../src/operation/context.js';
import { importCardholders } from '../../src/operation/import-cardholders.js';
import { importReturns } from '../../src/operation/import-returns.js';
import { importRoster } from '../../src/operation/import-roster.js';
import { publishCatalogue } from '../../src/operation/publish-catalogue.js';
import { reconcileBatch } from '../../src/operation/reconcile-batch.js';
import { releaseBatches } from '../../src/operation/release-batches.js';
import { type SampleReturn, sampleReturns } from '../../src/operation/sample-returns.js';
import { submitBatch } from '../../src/operation/submit-batch.js';
import { verify } from '../../src/operation/verify.js';
import { sample, testContext, useFolder } from '../support/context.js';
import { useDatabase } from '../support/database.js';

const database = useDatabase();
const folder = useFolder();
let maker: Context;

async function release(roster: string, programme: string): Promise<number> {
  const { batch } = await importRoster(maker, { file: sample(roster), programme, period: '2026-10' });
  await submitBatch(maker, { batch });
  await approveBatch({ ...maker, actor: 'checker' }, { batch });
  await releaseBatches(maker, { batches: [batch], payDate: '2026-10-28' });
  return batch;
}

async function answers(batch: number, kind: string, fail: number): Promise<SampleReturn[]> {
  return (await sampleReturns(maker, { batch, fail, kind, out: `${folder}/${kind}-${batch}` })).files;
}

let first: number;
let second: number;

beforeAll(async () => {
  maker = testContext(database(), folder);
  await importCardholders(maker, { file: sample('cardholders/cardholders.csv'), delta: false });
  await publishCatalogue(maker, { path: sample('catalogue') });
  first = await release('rosters/01-gljt-2026-10.csv', 'GLJT');
  second = await release('rosters/02-cjsh-2026-10.csv', 'CJSH');
});

/** The entries of two statements in one, with an entry that is none of ours. */
function merged(left: string, right: string): string {
  const entries = (text: string): string =>
    text.slice(text.indexOf('<Ntry>'), text.lastIndexOf('</Ntry>') + 7);
  const other = entries(left)
    .slice(0, entries(left).indexOf('</Ntry>') + 7)
    .replace(/<EndToEndId>\d+</, '<EndToEndId>RENT 2026<');
  return left
    .replace(entries(left), () => `${entries(left)}${other}${entries(right)}`)
    .replace(/<TxsSummry>.*<\/TxsSummry>/, '');
}

describe('statements of the account', () => {
  it('refuse a kind of answer that no format has', async () => {
    await expect(answers(first, 'camt099', 0)).rejects.toMatchObject({
      code: 'USAGE_INVALID',
      details: { option: '--answer' },
    });
  });

  it('answer several payment files at once, each entry once', async () => {
    const [mine, theirs] = [await answers(first, 'camt053', 0.3), await answers(second, 'camt053', 0.3)];
    const ofBank = (files: readonly SampleReturn[]): SampleReturn =>
      files.find(({ name }) => name.startsWith('camt053_301')) as SampleReturn;
    const [left, right] = [ofBank(mine), ofBank(theirs)];
    const path = join(folder, 'statement.xml');
    writeFileSync(path, merged(readFileSync(left.path, 'utf8'), readFileSync(right.path, 'utf8')));
    const { files, errors } = await importReturns(maker, { files: [path] });
    expect(errors).toEqual([]);
    expect(files).toMatchObject([
      {
        answers: `${left.answers}, ${right.answers}`,
        lines: left.paid.count + left.failed.count + right.paid.count + right.failed.count,
        paid: { count: left.paid.count + right.paid.count, amount: left.paid.amount + right.paid.amount },
        failed: { count: left.failed.count + right.failed.count },
        exceptions: {},
      },
    ]);
    const again = await importReturns(maker, { files: [path] });
    expect(again.files).toMatchObject([{ ...files[0], alreadyImported: true }]);
  });

  it('repeat in the notices of the day what is known, and leave nothing open', async () => {
    for (const batch of [first, second]) {
      const made = await answers(batch, 'camt054', 0.3);
      const { files, errors } = await importReturns(maker, { files: made.map(({ path }) => path) });
      expect(errors).toEqual([]);
      expect(files.map(({ exceptions }) => exceptions)).toEqual(files.map(() => ({})));
      const state = await reconcileBatch(maker, { batch });
      expect(state.outstanding.count).toBe(0);
    }
    const proof = await verify(maker, { files: true });
    expect(proof.checks.filter((check) => !check.ok)).toEqual([]);
  });
});
