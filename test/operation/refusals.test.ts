// Every refusal of an operation: the code, the exit code that goes with it, and nothing changed.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { EngineError, type ErrorCode } from '../../src/base/error.js';
import { toEngineError } from '../../src/cli/to-engine-error.js';
import { approveBatch } from '../../src/operation/approve-batch.js';
import { checkFormat } from '../../src/operation/check-format.js';
import { closeBatch } from '../../src/operation/close-batch.js';
import type { Context } from '../../src/operation/context.js';
import { importCardholders } from '../../src/operation/import-cardholders.js';
import { importReturns } from '../../src/operation/import-returns.js';
import { importRoster } from '../../src/operation/import-roster.js';
import { listBatches } from '../../src/operation/list-batches.js';
import { markSent } from '../../src/operation/mark-sent.js';
import { publishCatalogue } from '../../src/operation/publish-catalogue.js';
import { reconcileBatch } from '../../src/operation/reconcile-batch.js';
import { refuseSecondPayment } from '../../src/operation/refuse-second-payment.js';
import { reissueBatch } from '../../src/operation/reissue-batch.js';
import { releaseBatches } from '../../src/operation/release-batches.js';
import { showCardholder } from '../../src/operation/show-cardholder.js';
import { showFormat } from '../../src/operation/show-format.js';
import { showProgramme } from '../../src/operation/show-programme.js';
import { submitBatch } from '../../src/operation/submit-batch.js';
import { sample, testContext, useFolder } from '../support/context.js';
import { useDatabase } from '../support/database.js';
import { residentId } from '../support/small-base.js';

const database = useDatabase();
const folder = useFolder();
let maker: Context;
let checker: Context;

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const header = '身份证号,姓名,金额\n';
const people = [1, 2, 3].map((sequence) => residentId('19400101', sequence));
const roster = (name: string, ids: readonly string[], amount = '100.00'): string =>
  file(name, header + ids.map((id) => `${id},王小明,${amount}\n`).join(''));
const importOf = (path: string, extra: object = {}) =>
  importRoster(maker, { file: path, programme: 'GLJT', period: '2026-10', ...extra });

async function refusal(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
    return 'done';
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return `${error.code} ${error.exitCode}`;
  }
}

beforeAll(async () => {
  maker = testContext(database(), folder);
  checker = { ...maker, actor: 'checker' };
  const rows = people.map(
    (id, index) => `${id},王小明,460105,正常,104,${6217000000000000000n + BigInt(index)}\n`,
  );
  const base = file('base.csv', `身份证号,姓名,发卡地区,卡状态,开户银行,账号\n${rows.join('')}`);
  await publishCatalogue(maker, { path: sample('catalogue') });
  await importCardholders(maker, { file: base, delta: false });
  // Batch 1 is released and waits for the bank; batch 2 has nothing to pay.
  await importOf(roster('one.csv', people.slice(0, 2)));
  await importOf(roster('two.csv', [people[2] as string], '1.00'));
  await submitBatch(maker, { batch: 1 });
  await approveBatch(checker, { batch: 1 });
  await releaseBatches(maker, { batches: [1], payDate: '2026-10-28' });
});

describe('an operation', () => {
  const table: [what: string, refused: string, work: () => Promise<unknown>][] = [
    ['on a batch that does not exist', 'BATCH_UNKNOWN 2', () => submitBatch(maker, { batch: 99 })],
    ['on a batch in another state', 'BATCH_STATE_REFUSED 3', () => approveBatch(checker, { batch: 1 })],
    ['that submits nothing', 'BATCH_EMPTY 3', () => submitBatch(maker, { batch: 2 })],
    ['that closes what is outstanding', 'BATCH_OUTSTANDING 3', () => closeBatch(maker, { batch: 1 })],
    ['that reissues where nothing failed', 'NOTHING_TO_REISSUE 3', () => reissueBatch(maker, { batch: 1 })],
    [
      'for a programme that is not in force',
      'PROGRAMME_NOT_IN_CATALOGUE 3',
      () => importOf(roster('a.csv', people), { programme: 'NONE' }),
    ],
    [
      'for a period before the catalogue',
      'PROGRAMME_NOT_IN_CATALOGUE 3',
      () => importOf(roster('a.csv', people), { period: '2025-12' }),
    ],
    [
      'for a region of another province',
      'REGION_REFUSED 3',
      () => importOf(roster('a.csv', people), { region: '440100' }),
    ],
    [
      'that follows a batch not released',
      'FOLLOWS_REFUSED 3',
      () => importOf(roster('b.csv', people), { follows: 2, reason: 'x' }),
    ],
    [
      'that follows without a reason',
      'USAGE_INVALID 2',
      () => importOf(roster('b.csv', people), { follows: 1 }),
    ],
    [
      'with control totals that disagree',
      'CONTROL_TOTAL_MISMATCH 3',
      () => importOf(roster('b.csv', people), { lines: 4 }),
    ],
    [
      'on a UTF-16 file',
      'ENCODING_INVALID 4',
      () => importOf(file('utf16.csv', Buffer.from(`\ufeff${header}`, 'utf16le'))),
    ],
    [
      'on a file without the amount',
      'COLUMN_MISSING 4',
      () => importOf(file('c.csv', '身份证号,姓名\n1,2\n')),
    ],
    ['on a file that is not there', 'FILE_NOT_FOUND 4', () => importOf(join(folder, 'none.csv'))],
    ['on a header without lines', 'FILE_EMPTY 4', () => importOf(file('d.csv', header))],
    [
      'on a payment file that does not exist',
      'PAYMENT_FILE_UNKNOWN 2',
      () => markSent(maker, { name: 'none.txt' }),
    ],
    ['on a format that does not exist', 'FORMAT_UNKNOWN 2', () => showFormat(maker, { name: 'none' })],
    [
      'on a programme that does not exist',
      'PROGRAMME_UNKNOWN 2',
      () => showProgramme(maker, { code: 'NONE' }),
    ],
    [
      'on a person who is not in the base',
      'CARDHOLDER_NOT_FOUND 2',
      () => showCardholder(maker, { identifier: residentId('19400101', 9) }),
    ],
    [
      'for a bank without a format',
      'BANK_WITHOUT_FORMAT 3',
      () => importReturns(maker, { files: [file('r.txt', 'x')], bank: '999' }),
    ],
  ];
  for (const [what, refused, work] of table) {
    it(`${what} is refused with ${refused}, and changes nothing`, async () => {
      const before = await listBatches(maker);
      expect(await refusal(work)).toBe(refused);
      expect(await listBatches(maker)).toEqual(before);
    });
  }

  it('that the database itself refuses, because it would pay twice, says so', async () => {
    const byHand = `
      create table payment_900 (like payment including defaults including constraints);
      insert into payment_900 select 900, line, person, amount, sequence, bank, details from payment_1;
      alter table payment attach partition payment_900 for values in (900);
      insert into batch select 900, kind, 'checked', programme, period, cycle, region, catalogue, base_version, follows, reason,
        roster_name, roster_digest, control_lines, control_amount, lines, accepted_count, accepted_amount, held_count, held_amount,
        rejected_count, rejected_amount, digest, created_by from batch where number = 1`;
    const work = () => database().withSession((session) => session.transaction(() => session.query(byHand)));
    expect(await refusal(() => refuseSecondPayment(work))).toBe('PAID_TWICE_REFUSED 3');
  });

  it('keeps a file that answers nothing aside, and tells of it', async () => {
    const { files, errors } = await importReturns(maker, { files: [file('hello.txt', 'hello\n')] });
    expect([files, errors]).toEqual([
      [],
      [
        expect.objectContaining({
          file: 'hello.txt',
          code: 'RETURN_FILE_UNKNOWN',
          readAs: expect.arrayContaining([expect.stringMatching(/^boc-normal 1:\d+ expected /)]),
        }),
      ],
    ]);
    expect((await reconcileBatch(maker, { batch: 1 })).outstanding.count).toBe(2);
  });

  it('tells the place in a broken beginning by the bank that the file’s name is of', async () => {
    const path = file('PAYOFFRESULT_104_20261015_00000001.txt', 'PAYOFFSTORT|\r\n');
    const { files, errors } = await importReturns(maker, { files: [path] });
    expect(files).toEqual([]);
    expect(errors).toMatchObject([{ code: 'RETURN_FILE_INVALID', line: 1, problem: expect.any(String) }]);
  });

  it('leaves a format’s mistakes to the check, with their place', async () => {
    mkdirSync(join(folder, 'broken'));
    file('broken/payment.yaml', 'source: x\nlayout: nothing\n');
    const { ok, problems } = await checkFormat({ path: join(folder, 'broken') });
    expect(ok).toBe(false);
    expect(problems[0]).toMatchObject({
      file: expect.stringContaining('payment.yaml'),
      line: expect.any(Number),
    });
  });
});

describe('what nobody expected', () => {
  it('is a fault of ours, with exit code 70 and no text of the original', () => {
    const error = toEngineError(new TypeError('460105194001010010 leaked'));
    expect([error.code satisfies ErrorCode, error.exitCode]).toEqual(['INTERNAL', 70]);
    expect(JSON.stringify(error.details)).not.toContain('460105');
  });
});
