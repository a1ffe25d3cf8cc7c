// A whole month through every format that yika brings: release, the bank's answer, reconciliation without an exception,
// the same bytes again, and answers that are broken: refused, kept aside, and nothing changed.

import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { compilePaymentFormat } from '../../src/bank-file/compile-payment.js';
import { approveBatch } from '../../src/operation/approve-batch.js';
import type { Context } from '../../src/operation/context.js';
import { importCardholders } from '../../src/operation/import-cardholders.js';
import { importReturns } from '../../src/operation/import-returns.js';
import { importRoster } from '../../src/operation/import-roster.js';
import { markSent } from '../../src/operation/mark-sent.js';
import { publishCatalogue } from '../../src/operation/publish-catalogue.js';
import { reconcileBatch } from '../../src/operation/reconcile-batch.js';
import { type ReleaseAnswer, releaseBatches } from '../../src/operation/release-batches.js';
import { resendFile } from '../../src/operation/resend-file.js';
import { type SampleReturn, sampleReturns } from '../../src/operation/sample-returns.js';
import { showBatch } from '../../src/operation/show-batch.js';
import { submitBatch } from '../../src/operation/submit-batch.js';
import { verify } from '../../src/operation/verify.js';
import { FORMAT_NAMES, loadFormat, sampleParameters } from '../bank-file/formats.js';
import { sample, testContext, useFolder } from '../support/context.js';
import { useDatabase } from '../support/database.js';
import { residentId } from '../support/small-base.js';

const database = useDatabase();
const folder = useFolder();
/** More than the 1,000 rows that some banks take in a file. */
const PEOPLE = 1100;
/** What the people are called and how long their accounts are: for each format the first that it takes. */
const KINDS = [
  { name: '王小明', digits: 10 },
  { name: 'LI XIAOMING', digits: 10 },
  { name: 'LI XIAOMING', digits: 13 },
  { name: 'LI XIAOMING', digits: 9 },
  { name: 'LI XIAOMING', digits: 8 },
];
let maker: Context;

const people = KINDS.flatMap(({ name, digits }, kind) =>
  Array.from({ length: PEOPLE }, (_, nth) => {
    const index = kind * PEOPLE + nth;
    const id = residentId(`1940010${1 + Math.floor(index / 900)}`, index % 900);
    return { id, name, account: `621${String(index).padStart(digits - 3, '0')}` };
  }),
);

/** People whom banks of this format can pay. */
function payeesOf(format: string): typeof people {
  const { unencodable, unacceptableAccount } = compilePaymentFormat(loadFormat(format));
  const first = people.findIndex(
    ({ name, account }) => unencodable(name) === undefined && unacceptableAccount(account) === undefined,
  );
  return people.slice(first, first + PEOPLE);
}

beforeAll(async () => {
  maker = testContext(database(), folder);
  const rows = people.map(({ id, name, account }) => `${id},${name},460105,正常,104,${account}\n`);
  const base = join(folder, 'base.csv');
  writeFileSync(base, `身份证号,姓名,发卡地区,卡状态,开户银行,账号\n${rows.join('')}`);
  await publishCatalogue(maker, { path: sample('catalogue') });
  await importCardholders(maker, { file: base, delta: false });
});

/** The maker in an institution whose bank takes this format. */
function inFormat(name: string): Context {
  return {
    ...maker,
    formats: async () => {
      const library = await maker.formats();
      const parameters = sampleParameters(loadFormat(name));
      return { ...library, profiles: new Map([[104, { bank: '104', format: name, parameters }]]) };
    },
  };
}

/** An answer of the samples that is in another format. */
function anotherAnswer(format: string): string {
  const names = readdirSync(sample('returns'));
  return names.find((name) => name.endsWith(format === 'iso20022' ? '.txt' : '.xml'))!;
}

const formats = FORMAT_NAMES.filter((name) => loadFormat(name).returns !== undefined);

describe.each(formats.map((name, index) => [name, index] as const))('%s', (name, index) => {
  let context: Context;
  let batch: number;
  let released: ReleaseAnswer;
  let answers: SampleReturn[];

  beforeAll(async () => {
    context = inFormat(name);
    const payees = payeesOf(name);
    const file = join(folder, `${name}.csv`);
    const lines = payees.map((person) => `${person.id},${person.name},100.00\n`);
    writeFileSync(file, `身份证号,姓名,金额\n${lines.join('')}`);
    // One month for each, so that nobody is paid twice.
    const period = `${2026 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
    ({ batch } = await importRoster(context, { file, programme: 'GLJT', period }));
    await submitBatch(context, { batch });
    await approveBatch({ ...context, actor: 'checker' }, { batch });
    released = await releaseBatches(context, { batches: [batch], payDate: '2026-10-28' });
    answers = (await sampleReturns(context, { batch, fail: 0.3, out: join(folder, name) })).files;
  });

  it('writes the same file again', async () => {
    for (const file of released.files) {
      const bytes = readFileSync(file.path);
      await markSent(context, { name: file.name });
      rmSync(file.path);
      await resendFile(context, { name: file.name });
      expect(readFileSync(file.path).equals(bytes)).toBe(true);
    }
  });

  it.each<[string, (bytes: Buffer) => Uint8Array]>([
    ['cut in half', (bytes) => bytes.subarray(0, bytes.length / 2)],
    // Fewer bytes may be no more than the filler of a last block, or blanks that a reader does without.
    ['without its end', (bytes) => bytes.subarray(0, bytes.length - 1030)],
    ['in UTF-16', (bytes) => Buffer.from(bytes.toString('latin1'), 'utf16le')],
    ['of another bank', () => readFileSync(sample(join('returns', anotherAnswer(name))))],
  ])('refuses an answer %s, and changes nothing', async (what, damage) => {
    const path = join(folder, `broken-${name}`);
    writeFileSync(path, damage(readFileSync(answers[0]!.path)));
    const before = await showBatch(context, { batch });
    const { files, errors } = await importReturns(context, { files: [path], bank: '104' });
    expect([what, files]).toEqual([what, []]);
    expect(errors).toHaveLength(1);
    expect(['RETURN_FILE_INVALID', 'RETURN_FILE_UNKNOWN', 'XLSX_INVALID']).toContain(errors[0]!.code);
    expect(await showBatch(context, { batch })).toEqual(before);
    const kept = readdirSync(join(folder, 'inbox/refused'));
    expect(kept.filter((file) => file.endsWith(`broken-${name}`)).length).toBeGreaterThan(0);
  });

  it('reconciles without an exception', async () => {
    const { files, errors } = await importReturns(context, { files: answers.map(({ path }) => path) });
    expect(errors).toEqual([]);
    expect(files.map((file) => file.exceptions)).toEqual(files.map(() => ({})));
    const failed = files.reduce((sum, file) => sum + file.failed.count, 0);
    const paid = files.reduce((sum, file) => sum + file.paid.count, 0);
    expect(paid + failed).toBe(PEOPLE);
    expect(failed).toBeGreaterThan(PEOPLE / 5);
    const reconciled = await reconcileBatch(context, { batch });
    expect(reconciled).toMatchObject({ exceptions: {}, outstanding: { count: 0 } });
    expect(await verify(context, { batch, files: true })).toMatchObject({ ok: true });
  });
});
