// Our own stages: the operations behind the commands, on a database of the run's cluster.

import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadFormats } from '../src/config/load-formats.js';
import { approveBatch } from '../src/operation/approve-batch.js';
import { cancelBatch } from '../src/operation/cancel-batch.js';
import type { Context } from '../src/operation/context.js';
import { importCardholders } from '../src/operation/import-cardholders.js';
import { importReturns } from '../src/operation/import-returns.js';
import { importRoster } from '../src/operation/import-roster.js';
import { loadDirectory } from '../src/operation/load-directory.js';
import { publishCatalogue } from '../src/operation/publish-catalogue.js';
import { reconcileBatch } from '../src/operation/reconcile-batch.js';
import { releaseBatches } from '../src/operation/release-batches.js';
import { sampleReturns } from '../src/operation/sample-returns.js';
import { submitBatch } from '../src/operation/submit-batch.js';
import { verify } from '../src/operation/verify.js';
import type { Sum } from '../src/store/batch-store.js';
import { openDatabaseAt } from '../src/store/connection.js';
import { migrate } from '../src/store/migrate.js';
import { checksAlone } from './checks-alone.js';
import type { Side } from './child.js';
import type { Facts, World } from './job.js';
import { ROOT } from './root.js';
import { PERIOD, PROGRAMME } from './sample-files.js';

const BATCH = 1;
const FAILED_SHARE = 0.02;
/** A month whose payments no other stage asks about. */
const OTHER_PERIOD = '2026-11';

export async function openYika(world: World): Promise<Side> {
  const database = await openDatabaseAt(world.database);
  await migrate(database, join(ROOT, 'src/store/migrations'));
  const { dataFolder, threads, files, areThreadsGiven = false } = world;
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  let library: ReturnType<typeof loadFormats> | undefined;
  const context: Context = {
    ...{
      database,
      dataFolder,
      threads,
      areThreadsGiven,
      actor: 'maker',
      now: () => new Date(`${PERIOD}-28T03:00:00Z`),
    },
    progress: { begin: () => undefined, advance: () => undefined, end: () => undefined },
    log: { info: () => undefined, warn: () => undefined },
    formats: () => (library ??= threeFormats()),
  };
  const roster = { file: files.roster, programme: PROGRAMME };
  const directory = async (): Promise<Facts> => ({
    cardholders: (await database.withSession((session) => loadDirectory(context, session))).directory.people,
  });
  let checks: (() => Promise<Facts>) | undefined;
  const again = async (): Promise<Facts> => {
    const answer = await importRoster(context, { ...roster, period: OTHER_PERIOD });
    return { ...rosterFacts(answer), batch: answer.batch, digest: answer.digest };
  };
  return {
    stages: {
      catalogue: async () => {
        await publishCatalogue(context, { path: join(ROOT, 'samples/catalogue') });
        return {};
      },
      base: async () => {
        const { cardholders, rejected } = await importCardholders(context, {
          file: files.cardholders,
          delta: false,
        });
        return { cardholders, rejected };
      },
      forgetDirectory: async () => {
        await rm(join(dataFolder, 'directory'), { recursive: true, force: true });
        return {};
      },
      directory,
      roster: async () => rosterFacts(await importRoster(context, { ...roster, period: PERIOD })),
      approve: async () => {
        await submitBatch(context, { batch: BATCH });
        await approveBatch({ ...context, actor: 'checker' }, { batch: BATCH });
        return {};
      },
      release: async () => {
        const answer = await releaseBatches(context, { batches: [BATCH], payDate: `${PERIOD}-28` });
        const facts: Facts = {};
        for (const { bank, count } of answer.files) facts[bank] = Number(facts[bank] ?? 0) + count;
        return { ...facts, ...sumFacts('paid out', sumOf(answer.files)) };
      },
      playBanks: async () => {
        const input = { batch: BATCH, fail: FAILED_SHARE, seed: 1, out: world.returns.own };
        const { files } = await sampleReturns(context, input);
        return { files: files.length };
      },
      returns: async () => {
        const names = (await readdir(world.returns.own)).sort();
        const paths = names.map((name) => join(world.returns.own, name));
        const answer = await importReturns(context, { files: paths });
        if (answer.errors.length > 0) throw new Error(JSON.stringify(answer.errors));
        const [paid, failed] = [
          answer.files.map((file) => file.paid),
          answer.files.map((file) => file.failed),
        ];
        return { ...sumFacts('paid', sumOf(paid)), ...sumFacts('failed', sumOf(failed)) };
      },
      exportReturns: () => exportReturns(context, world.returns.csv),
      reconcile: async () => {
        const { paid, failed, outstanding } = await reconcileBatch(context, { batch: BATCH });
        return { ...sumFacts('paid', paid), ...sumFacts('failed', failed), outstanding: outstanding.count };
      },
      verify: async () => verifyFacts(await verify(context, { batch: BATCH, files: false })),
      verifyFiles: async () => verifyFacts(await verify(context, { batch: BATCH, files: true })),
      rosterAgain: again,
      prepareChecks: async () => {
        checks = await checksAlone(context, { ...roster, period: OTHER_PERIOD });
        return {};
      },
      checks: async () => (await checks?.()) ?? {},
      cancelAgain: async () => {
        const { batch } = await again();
        await cancelBatch(context, { batch: Number(batch), reason: 'measured again' });
        return {};
      },
    },
    close: () => database.close(),
  };
}

async function threeFormats(): ReturnType<typeof loadFormats> {
  const path = join(ROOT, 'benchmarks/banks.yaml');
  const banks = { text: await readFile(path, 'utf8'), path };
  return await loadFormats({ own: join(ROOT, 'formats'), extra: undefined, banks });
}

type RosterAnswer = Awaited<ReturnType<typeof importRoster>>;

function rosterFacts({ accepted, held, rejected, findings }: RosterAnswer): Facts {
  return {
    ...sumFacts('accepted', accepted),
    ...sumFacts('held', held),
    ...sumFacts('rejected', rejected),
    ...findings,
  };
}

/** The sums that verify counted again, as the peers count them. */
function verifyFacts({ ok, checks }: Awaited<ReturnType<typeof verify>>): Facts {
  if (!ok) throw new Error('verify found what does not agree');
  const counted = (what: string): string =>
    checks.find(({ name }) => name === `batch ${BATCH}: ${what}`)?.actual ?? '';
  const facts: Facts = {
    checks: checks.length,
    twice: Number(counted('people paid twice in the cycle')),
    strays: Number(counted('outcomes without a payment')),
  };
  for (const place of ['paid', 'failed']) {
    const [count = '', yuan = ''] = counted(place).split(' / ');
    facts[place] = Number(count);
    facts[`${place}, fen`] = yuan.replace('.', '');
  }
  return facts;
}

function sumFacts(name: string, sum: Sum): Facts {
  return { [name]: sum.count, [`${name}, fen`]: String(sum.amount) };
}

function sumOf(sums: readonly Sum[]): Sum {
  return {
    count: sums.reduce((count, sum) => count + sum.count, 0),
    amount: sums.reduce((amount, sum) => amount + sum.amount, 0n),
  };
}

/** What the banks said, as the CSV that a database engineer would ask them for: one file a bank. Ours counts the header as a line. */
async function exportReturns(context: Context, folder: string): Promise<Facts> {
  await mkdir(folder, { recursive: true });
  return await context.database.withSession(async (session) => {
    const banks = await session.query<{ bank: number }>(
      `select distinct bank from payment_${BATCH} order by bank`,
    );
    for (const { bank } of banks) {
      const pieces = session.copyOut(`
        copy (select p.line - 1, payment_account(p.details), p.amount, o.class, o.code
              from payment_${BATCH} p join answer o on o.batch = ${BATCH} and o.line = p.line
              where p.bank = ${bank} order by p.line)
        to stdout (format csv)`);
      await writeFile(join(folder, `${bank}.csv`), pieces);
    }
    return { files: banks.length };
  });
}
