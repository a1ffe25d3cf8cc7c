// A month through the formats of other countries: paid by files in each of them, answered by the banks of the simulator,
// and reconciled to the fen without one exception. Names that a format cannot carry are held before release.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadFormats } from '../../src/config/load-formats.js';
import { FORMATS_FOLDER } from '../../src/config/package-root.js';
import { approveBatch } from '../../src/operation/approve-batch.js';
import type { Context } from '../../src/operation/context.js';
import { importCardholders } from '../../src/operation/import-cardholders.js';
import { importReturns } from '../../src/operation/import-returns.js';
import { importRoster } from '../../src/operation/import-roster.js';
import { publishCatalogue } from '../../src/operation/publish-catalogue.js';
import { reconcileBatch } from '../../src/operation/reconcile-batch.js';
import { releaseBatches } from '../../src/operation/release-batches.js';
import { sampleReturns } from '../../src/operation/sample-returns.js';
import { submitBatch } from '../../src/operation/submit-batch.js';
import { verify } from '../../src/operation/verify.js';
import { sample, testContext, useFolder } from '../support/context.js';
import { useDatabase } from '../support/database.js';
import { residentId } from '../support/small-base.js';

const BANKS = [
  { bank: 102, format: 'nacha-ppd', digits: 12, takesChinese: false },
  { bank: 103, format: 'nacha-ccd', digits: 17, takesChinese: false },
  { bank: 104, format: 'cnab240', digits: 13, takesChinese: false },
  { bank: 105, format: 'aba', digits: 9, takesChinese: true },
  { bank: 301, format: 'bacs18', digits: 8, takesChinese: true },
  { bank: 308, format: 'pam-spr', digits: 17, takesChinese: false },
] as const;
/** More than ABA's five hundred a file. */
const PEOPLE = 620;
const database = useDatabase();
const folder = useFolder();
let maker: Context;

/** Every bank has its people; the last of each has a Chinese name. */
function people() {
  return BANKS.flatMap(({ bank, digits }, at) =>
    Array.from({ length: PEOPLE }, (_, index) => {
      const sequence = at * PEOPLE + index;
      const id = residentId(
        `19${String(30 + Math.floor(sequence / 900)).padStart(2, '0')}0101`,
        (sequence % 900) + 1,
      );
      const name = index === PEOPLE - 1 ? '王小明' : `PAYEE NUMBER ${index}`;
      return { bank, id, name, account: bank + String(sequence).padStart(digits - 3, '0') };
    }),
  );
}

beforeAll(async () => {
  const formats = await loadFormats({ own: FORMATS_FOLDER, extra: undefined, banks: undefined });
  const profiles = new Map(formats.profiles);
  for (const { bank, format } of BANKS) {
    const { parameters } = formats.formats.get(format)!.payment;
    const examples = Object.fromEntries(parameters.map(({ name, example }) => [name, example]));
    profiles.set(bank, { bank: String(bank), format, parameters: examples });
  }
  maker = {
    ...testContext(database(), folder),
    formats: () => Promise.resolve({ formats: formats.formats, profiles }),
  };
  const base = people().map(
    ({ bank, id, name, account }) => `${id},${name},460105,active,${bank},${account}`,
  );
  writeFileSync(
    join(folder, 'base.csv'),
    `resident_id,name,region,card_state,bank,account\n${base.join('\n')}\n`,
  );
  const roster = people().map(
    ({ id, name }, index) => `${id},${name},${(index % 90) + 10}.${10 + (index % 90)}`,
  );
  writeFileSync(join(folder, 'roster.csv'), `resident_id,name,amount\n${roster.join('\n')}\n`);
  await importCardholders(maker, { file: join(folder, 'base.csv'), delta: false });
  await publishCatalogue(maker, { path: sample('catalogue') });
});

describe('a month in six countries’ formats', () => {
  it('holds the names that a format cannot carry', async () => {
    const answer = await importRoster(maker, {
      file: join(folder, 'roster.csv'),
      programme: 'CJSH',
      period: '2026-10',
    });
    const refusing = BANKS.filter(({ takesChinese }) => !takesChinese).length;
    expect(answer.findings).toEqual({ NAME_UNENCODABLE: refusing });
    expect(answer.accepted.count).toBe(BANKS.length * PEOPLE - refusing);
  });

  it('is paid, answered and reconciled without an exception', async () => {
    await submitBatch(maker, { batch: 1 });
    await approveBatch({ ...maker, actor: 'checker' }, { batch: 1 });
    const { files } = await releaseBatches(maker, { batches: [1], payDate: '2026-10-28' });
    const counted = files.map(({ format, count }) => [format, count]);
    expect(counted).toContainEqual(['aba', 500]);
    expect(counted).toContainEqual(['aba', 120]);
    expect(new Set(files.map(({ format }) => format))).toEqual(new Set(BANKS.map(({ format }) => format)));
    const played = await sampleReturns(maker, { batch: 1, fail: 0.1, out: join(folder, 'returns') });
    const { files: answers, errors } = await importReturns(maker, {
      files: played.files.map(({ path }) => path),
    });
    expect(errors).toEqual([]);
    expect(answers.map(({ exceptions }) => exceptions)).toEqual(answers.map(() => ({})));
    expect(answers.map(({ answers: file, failed }) => [file, failed])).toEqual(
      played.files.map(({ answers: file, failed }) => [file, failed]),
    );
    const reconciled = await reconcileBatch(maker, { batch: 1 });
    expect(reconciled.outstanding.count).toBe(0);
    expect(reconciled.exceptions).toEqual({});
    expect(reconciled.paid.amount + reconciled.failed.amount).toBe(reconciled.instructed.amount);
    expect(reconciled.failed.count).toBeGreaterThan(200);
    const proof = await verify(maker, { files: true });
    expect(proof.checks.filter((check) => !check.ok)).toEqual([]);
  });
});
