// What an institution says of its banks is looked at before a file is written: a mistake there pays nobody and leaves nothing.

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { describeError } from '../../src/message/describe-error.js';
import { approveBatch } from '../../src/operation/approve-batch.js';
import type { Context } from '../../src/operation/context.js';
import { importCardholders } from '../../src/operation/import-cardholders.js';
import { importRoster } from '../../src/operation/import-roster.js';
import { publishCatalogue } from '../../src/operation/publish-catalogue.js';
import { releaseBatches } from '../../src/operation/release-batches.js';
import { showBatch } from '../../src/operation/show-batch.js';
import { submitBatch } from '../../src/operation/submit-batch.js';
import { sample, testContext, useFolder } from '../support/context.js';
import { useDatabase } from '../support/database.js';

const database = useDatabase();
const folder = useFolder();
let maker: Context;

beforeAll(async () => {
  maker = testContext(database(), folder);
  await importCardholders(maker, { file: sample('cardholders/cardholders.csv'), delta: false });
  await publishCatalogue(maker, { path: sample('catalogue') });
  const roster = { file: sample('rosters/01-gljt-2026-10.csv'), programme: 'GLJT', period: '2026-10' };
  const { batch } = await importRoster(maker, roster);
  await submitBatch(maker, { batch });
  await approveBatch({ ...maker, actor: 'checker' }, { batch });
});

/** The institution with another profile of bank 402. */
function saying(format: string, parameters: Record<string, string>): Context {
  return {
    ...maker,
    formats: async () => {
      const { formats, profiles } = await maker.formats();
      return { formats, profiles: new Map([...profiles, [402, { bank: '402', format, parameters }]]) };
    },
  };
}

it.each<[string, string, Record<string, string>, string, RegExp]>([
  ['a format that is not there', 'none', {}, 'FORMAT_UNKNOWN', /没有银行格式 none/],
  [
    'a parameter that is missing',
    'jinzhong-pay',
    {},
    'CONFIG_INVALID',
    /银行 402 的配置缺少参数：unitNumber/,
  ],
  [
    'a parameter that is mistyped',
    'jinzhong-pay',
    { unitNumber: '1046', unitNumbr: '1' },
    'CONFIG_INVALID',
    /没有的参数：unitNumbr；可用的参数：unitNumber/,
  ],
  [
    'a file name in another folder',
    'jinzhong-pay',
    { unitNumber: '../1' },
    'PAYMENT_FILE_REFUSED',
    /不允许的字符/,
  ],
  [
    'a parameter that is too long',
    'jinzhong-pay',
    { unitNumber: '10460' },
    'PAYMENT_FILE_REFUSED',
    /单位编号/,
  ],
])('%s', async (_what, format, parameters, code, chinese) => {
  const error = await releaseBatches(saying(format, parameters), {
    batches: [1],
    payDate: '2026-10-28',
  }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ code });
  expect(describeError(error as never, 'zh')).toMatch(chinese);
  expect((await showBatch(maker, { batch: 1 })).state).toBe('approved');
  const outbox = join(folder, 'outbox');
  // Files begun aside never come out of there; the next release takes them away.
  expect(existsSync(outbox) ? readdirSync(outbox).filter((name) => name !== '.aside') : []).toEqual([]);
});
