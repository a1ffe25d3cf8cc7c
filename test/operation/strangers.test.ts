// Return files whose rows do not fit: payments of another file, payments nobody made, the same answer under two names.

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
let files: SampleReturn[];

beforeAll(async () => {
  maker = testContext(database(), folder);
  await importCardholders(maker, { file: sample('cardholders/cardholders.csv'), delta: false });
  await publishCatalogue(maker, { path: sample('catalogue') });
  const { batch } = await importRoster(maker, {
    file: sample('rosters/01-gljt-2026-10.csv'),
    programme: 'GLJT',
    period: '2026-10',
  });
  await submitBatch(maker, { batch });
  await approveBatch({ ...maker, actor: 'checker' }, { batch });
  await releaseBatches(maker, { batches: [batch], payDate: '2026-10-28' });
  files = (await sampleReturns(maker, { batch, fail: 0, out: `${folder}/returns` })).files;
});

/** The ISO 20022 answer, changed by hand. */
function changed(name: string, change: (text: string) => string): string {
  const original = files.find((file) => file.name.startsWith('pain002_301')) as SampleReturn;
  const path = join(folder, name);
  writeFileSync(path, change(readFileSync(original.path, 'utf8')));
  return path;
}

describe('a return file', () => {
  it('with payments that nobody made, or of another file, leaves exceptions and takes the rest', async () => {
    const references = /<OrgnlEndToEndId>(\d{15})<\/OrgnlEndToEndId>/g;
    const path = changed('strangers.xml', (text) => {
      const [first = '', second = ''] = [...text.matchAll(references)].map(
        ([, reference]) => reference as string,
      );
      // Line 2 of the roster is paid by another bank's file; batch 77 was never made.
      // PART: what the answer does not list is not said to be paid.
      const part = text.replace(/<(GrpSts|PmtInfSts)>[A-Z]+</g, '<$1>PART<');
      return part.replaceAll(first, '000007700000001').replaceAll(second, '000000100000002');
    });
    const { files: answers, errors } = await importReturns(maker, { files: [path] });
    expect(errors).toEqual([]);
    const [answer] = answers;
    expect(answer?.exceptions).toMatchObject({ PAYMENT_UNKNOWN: 1 });
    expect(Object.values(answer?.exceptions ?? {}).reduce((sum, count) => sum + count, 0)).toBe(2);
    expect(answer?.paid.count).toBe(4);
    expect((await reconcileBatch(maker, { batch: 1 })).outstanding.count).toBe(257);
  });

  it('that says the same under another name changes nothing', async () => {
    const original = files.find((file) => file.name.startsWith('pain002_301')) as SampleReturn;
    const first = await importReturns(maker, { files: [original.path] });
    expect(first.files[0]).toMatchObject({ paid: { count: 2 }, repeated: 4, exceptions: {} });
    const again = changed('again.xml', (text) => `${text}\n`);
    expect((await importReturns(maker, { files: [again] })).files[0]).toMatchObject({
      paid: { count: 0 },
      repeated: 6,
    });
  });

  it('that tells of a return days after the payment counts it as failed from then on', async () => {
    const late = changed('late.xml', (text) =>
      text
        .replace('<TxSts>ACSC</TxSts>', '<TxSts>RJCT</TxSts>')
        .replace('<TxSts>ACCC</TxSts>', '<TxSts>RJCT</TxSts>')
        .replace(/<(GrpSts|PmtInfSts)>[A-Z]+</g, '<$1>PART<'),
    );
    const { files: answers } = await importReturns(maker, { files: [late] });
    expect(answers[0]).toMatchObject({ failed: { count: 1 }, exceptions: { PAID_THEN_RETURNED: 1 } });
    const proof = await verify(maker, { files: true });
    expect(proof.checks.filter((check) => !check.ok)).toEqual([]);
  });
});
