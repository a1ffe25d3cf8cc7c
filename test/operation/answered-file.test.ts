// Which payment file a return file answers, and what is said of one that contradicts itself or is in no shape to say it.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeError } from '../../src/message/describe-error.js';
import { approveBatch } from '../../src/operation/approve-batch.js';
import type { Context } from '../../src/operation/context.js';
import { importCardholders } from '../../src/operation/import-cardholders.js';
import { importReturns } from '../../src/operation/import-returns.js';
import { importRoster } from '../../src/operation/import-roster.js';
import { publishCatalogue } from '../../src/operation/publish-catalogue.js';
import { releaseBatches } from '../../src/operation/release-batches.js';
import { type SampleReturn, sampleReturns } from '../../src/operation/sample-returns.js';
import { showBatch } from '../../src/operation/show-batch.js';
import { showFile } from '../../src/operation/show-file.js';
import { submitBatch } from '../../src/operation/submit-batch.js';
import { sample, testContext, useFolder } from '../support/context.js';
import { useDatabase } from '../support/database.js';

const database = useDatabase();
const folder = useFolder();
let maker: Context;
let answers: SampleReturn[];

beforeAll(async () => {
  maker = testContext(database(), folder);
  await importCardholders(maker, { file: sample('cardholders/cardholders.csv'), delta: false });
  await publishCatalogue(maker, { path: sample('catalogue') });
  const roster = { file: sample('rosters/01-gljt-2026-10.csv'), programme: 'GLJT', period: '2026-10' };
  const { batch } = await importRoster(maker, roster);
  await submitBatch(maker, { batch });
  await approveBatch({ ...maker, actor: 'checker' }, { batch });
  await releaseBatches(maker, { batches: [batch], payDate: '2026-10-28' });
  answers = (await sampleReturns(maker, { batch, fail: 0, out: join(folder, 'returns') })).files;
});

function answerOf(start: string): SampleReturn {
  return answers.find(({ name }) => name.startsWith(start)) as SampleReturn;
}

/** The answer with some bytes changed, under a name. */
function changed(start: string, name: string, from: string, to: string): string {
  const text = readFileSync(answerOf(start).path, 'latin1');
  expect(text).toContain(from);
  const path = join(folder, name);
  writeFileSync(path, text.replace(from, to), 'latin1');
  return path;
}

/** Nothing is taken, the file is kept aside; the error as it is said in both languages. */
async function refused(path: string, bank?: string): Promise<{ code: string; en: string; zh: string }> {
  const before = await showBatch(maker, { batch: 1 });
  const { files, errors } = await importReturns(maker, { files: [path], bank });
  expect(files).toEqual([]);
  expect(await showBatch(maker, { batch: 1 })).toEqual(before);
  const kept = readdirSync(join(folder, 'inbox/refused'));
  expect(kept.some((name) => path.endsWith(name.slice(17)))).toBe(true);
  const { code, ...details } = errors[0]!;
  const error = { code, details };
  return { code, en: describeError(error, 'en'), zh: describeError(error, 'zh') };
}

describe('a return file', () => {
  it('whose first line names another file than its rows is refused', async () => {
    const { code, en, zh } = await refused(changed('DR102', 'other-file.txt', 'R0100000001', 'R0100000077'));
    expect(code).toBe('RETURN_FILE_INVALID');
    expect(en).toContain(
      'other-file.txt:1: the return file other-file.txt cannot be used: it names payment file 77, and its rows belong to DF10220261028_00000001.txt',
    );
    expect(zh).toContain('其中写的是 77 号报盘文件，而明细属于 DF10220261028_00000001.txt');
  });

  it('that repeats other totals than its payment file has is refused with both', async () => {
    const { code, en } = await refused(
      changed('DR102', 'other-totals.txt', '000034000000000000360000', '000033000000000000360000'),
    );
    expect(code).toBe('RETURN_FILE_INVALID');
    expect(en).toContain(
      'it answers DF10220261028_00000001.txt and speaks of 33 payments of 3600.00 yuan, but that file has 34 of 3600.00',
    );
  });

  it('that nobody knows by its content is told where it is broken, when its name is expected', async () => {
    const expected = (await showFile(maker, { name: 'DF10220261028_00000001.txt' })).expectedReturn;
    expect(expected).toBe('DR10220261028_00000001.txt');
    const { code, en } = await refused(changed('DR102', expected, 'R01', 'X01'));
    expect(code).toBe('RETURN_FILE_INVALID');
    expect(en).toMatch(/^DR10220261028_00000001\.txt:1:1: .*"记录类型" is not R/);
    expect((await refused(changed('DR102', 'nobody.txt', 'R01', 'X02'))).code).toBe('RETURN_FILE_UNKNOWN');
  });

  it('whose totals are wrong names the field and yuan', async () => {
    const { en } = await refused(changed('DLR314', 'total.txt', 'T|6|600.00', 'T|6|600.01'));
    expect(en).toContain('total.txt:8: ');
    expect(en).toContain('"总金额": listed.amount says 600.01 yuan, the rows give 600.00 yuan');
  });

  it('of another bank than is said is refused', async () => {
    const { code } = await refused(answerOf('DR102').path, '103');
    expect(code).toBe('RETURN_FILE_UNKNOWN');
  });
});
