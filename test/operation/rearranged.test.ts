// The database keeps no order of rows. Whoever rearranges a table of payments changes nothing of what is paid.

import { readFileSync } from 'node:fs';
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
let batch: number;

const query = (sql: string) => database().withSession((session) => session.query(sql));
const storedLines = async (): Promise<unknown[]> =>
  (await query(`select line from payment_${batch} order by ctid`)).map(({ line }) => line);

/** Rewrites the payments in the order of their people. */
async function rearrange(): Promise<void> {
  await query(`cluster payment_${batch} using payment_${batch}_person_idx`);
}

beforeAll(async () => {
  maker = testContext(database(), folder);
  await importCardholders(maker, { file: sample('cardholders/cardholders.csv'), delta: false });
  await publishCatalogue(maker, { path: sample('catalogue') });
  const roster = { file: sample('rosters/01-gljt-2026-10.csv'), programme: 'GLJT', period: '2026-10' };
  ({ batch } = await importRoster(maker, roster));
  await rearrange();
});

describe('payments that lie in another order than they came', () => {
  it('are no longer in the order of their lines', async () => {
    const lines = (await storedLines()) as number[];
    expect(lines).not.toEqual([...lines].sort((left, right) => left - right));
  });

  it('have the digest that was approved, and go into the files in the order of the roster', async () => {
    await submitBatch(maker, { batch });
    await approveBatch({ ...maker, actor: 'checker' }, { batch });
    const { files } = await releaseBatches(maker, { batches: [batch], payDate: '2026-10-28' });
    const references = files.flatMap(({ path, format }) =>
      format === 'delimited-sample'
        ? [
            [...readFileSync(path, 'latin1').matchAll(/\|(\d{15})\r?$/gm)].map(
              ([, reference]) => reference ?? '',
            ),
          ]
        : [],
    );
    expect(references.length).toBeGreaterThan(0);
    for (const found of references) {
      expect(found.length).toBeGreaterThan(1);
      expect(found).toEqual([...found].sort());
    }
  });

  it('take their outcomes, and every sum agrees', async () => {
    const { files } = await sampleReturns(maker, { batch, fail: 0.2, seed: 1, out: join(folder, 'returns') });
    await rearrange();
    const answer = await importReturns(maker, { files: files.map(({ path }) => path) });
    expect(answer.errors).toEqual([]);
    expect(answer.files.every(({ exceptions }) => Object.keys(exceptions).length === 0)).toBe(true);
    expect((await verify(maker, { batch, files: true })).ok).toBe(true);
  });

  it('take the newest outcome of each, wherever it lies', async () => {
    // A bank corrects itself: what it said of one payment is said again, newer, and then laid before what it said first.
    const paid = await query(`select line from outcome_${batch} where class = 1 order by line limit 1`);
    const { line } = paid[0] as { line: number };
    await query(`insert into outcome_${batch} (line, return_file, row, class)
      select line, return_file, (select max(row) + 1 from outcome_${batch}), 3 from outcome_${batch} where line = ${line}`);
    const failedChecks = async (): Promise<string[]> =>
      (await verify(maker, { batch, files: false })).checks.filter(({ ok }) => !ok).map(({ name }) => name);
    const asSaid = await failedChecks();
    expect(asSaid.length).toBeGreaterThan(0);
    await query(`create index rearranged on outcome_${batch} (class desc)`);
    await query(`cluster outcome_${batch} using rearranged`);
    expect(await failedChecks()).toEqual(asSaid);
  });
});
