// A whole month on the samples: what a newcomer runs first. Two people act, the banks' answers are simulated, what failed
// is corrected in the base and reissued, and every fen is proved at the end.

import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../base/error.js';
import { FOLDER_MODE } from '../exchange/write-whole.js';
import { approveBatch } from './approve-batch.js';
import { closeBatch } from './close-batch.js';
import type { Context } from './context.js';
import { importCardholders } from './import-cardholders.js';
import { importHoldList } from './import-hold-list.js';
import { importReturns } from './import-returns.js';
import { importRoster } from './import-roster.js';
import { listFindings } from './list-findings.js';
import { publishCatalogue } from './publish-catalogue.js';
import { reconcileBatch } from './reconcile-batch.js';
import { reissueBatch } from './reissue-batch.js';
import { releaseBatches } from './release-batches.js';
import { sampleReturns } from './sample-returns.js';
import { submitBatch } from './submit-batch.js';
import { type VerifyAnswer, verify } from './verify.js';

export const DEMO_STEPS = [
  'cardholders',
  'hold',
  'catalogue',
  'roster',
  'findings',
  'submit',
  'approve',
  'release',
  'returns',
  'import-returns',
  'reconcile',
  'correct',
  'reissue',
  'close',
  'verify',
] as const;

export type DemoStepName = (typeof DEMO_STEPS)[number];

export interface DemoStep {
  name: DemoStepName;
  actor: string;
  /** What a person would type. */
  command: string;
  answer: unknown;
}

export interface DemoInput {
  /** The folder of the shipped samples. */
  samples: string;
  out: string;
  /** Called in order; the demo waits for it. */
  say(step: DemoStep): Promise<void>;
}

const MAKER = 'maker.li';
const CHECKER = 'checker.wang';
const PERIOD = '2026-10';
const PAY_DATE = '2026-10-28';
const FAIL = 0.06;
const SEED = 7;
const MARK = '.yika-demo';

const ROSTERS = [
  ['01-gljt-2026-10.csv', 'GLJT'],
  ['02-cjsh-2026-10.csv', 'CJSH'],
  ['03-gljt-2026-10-part-2.xlsx', 'GLJT'],
  ['07-gddl-2026.csv', 'GDDL'],
] as const;

/** Empties the folder of an earlier demo; a folder with anything else in it is refused. */
export async function prepareDemoFolder(out: string): Promise<void> {
  if (existsSync(out) && !existsSync(join(out, MARK)) && (await readdir(out)).length > 0) {
    throw new EngineError('OUTPUT_UNAVAILABLE', { file: out, problem: 'notEmpty' });
  }
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true, mode: FOLDER_MODE });
  await writeFile(join(out, MARK), 'This folder belongs to yika demo, which empties it at its next run.\n');
}

/** `context` stands on a database of the demo's own. Answers with the proof of the whole month. */
export async function runDemo(context: Context, input: DemoInput): Promise<VerifyAnswer> {
  const demo = new Demo(context, input);
  const batches = await demo.checkRosters();
  await demo.pay(batches, `${input.out}/returns`, FAIL);
  await demo.reconcile(batches);
  const reissued = await demo.reissue(batches);
  await demo.pay(reissued, `${input.out}/returns-of-reissues`, 0);
  await demo.reconcile(reissued);
  return await demo.finish([...batches, ...reissued]);
}

class Demo {
  readonly #maker: Context;
  readonly #checker: Context;
  readonly #input: DemoInput;

  constructor(context: Context, input: DemoInput) {
    this.#maker = { ...context, actor: MAKER };
    this.#checker = { ...context, actor: CHECKER };
    this.#input = input;
  }

  async checkRosters(): Promise<number[]> {
    const sample = (path: string): string => join(this.#input.samples, path);
    const maker = this.#maker;
    const base = sample('cardholders/cardholders.csv');
    await this.#say(
      'cardholders',
      `cardholder import ${base}`,
      await importCardholders(maker, { file: base, delta: false }),
    );
    const hold = sample('hold-list.csv');
    await this.#say('hold', `cardholder hold ${hold}`, await importHoldList(maker, { file: hold }));
    const catalogue = sample('catalogue');
    await this.#say(
      'catalogue',
      `catalogue publish ${catalogue}`,
      await publishCatalogue(maker, { path: catalogue }),
    );
    const batches: number[] = [];
    for (const [name, programme] of ROSTERS) {
      const file = sample(`rosters/${name}`);
      const command = `roster import ${file} --programme ${programme} --period ${PERIOD}`;
      const answer = await importRoster(maker, { file, programme, period: PERIOD });
      await this.#say('roster', command, answer);
      batches.push(answer.batch);
    }
    const [first = 0] = batches;
    const csv = join(this.#input.out, `findings-of-batch-${first}.csv`);
    const { findings } = await listFindings(maker, { batch: first, csv });
    await this.#say('findings', `batch findings ${first} --csv ${csv}`, {
      batch: first,
      findings: findings.length,
      csv,
    });
    return batches;
  }

  /** Two people, one payment file a bank, and the banks' answers. */
  async pay(batches: readonly number[], returns: string, fail: number): Promise<void> {
    for (const batch of batches) {
      await this.#say('submit', `batch submit ${batch}`, await submitBatch(this.#maker, { batch }));
      const approved = await approveBatch(this.#checker, { batch });
      await this.#say('approve', `batch approve ${batch}`, approved, CHECKER);
    }
    const numbers = batches.join(' ');
    const released = await releaseBatches(this.#maker, { batches, payDate: PAY_DATE });
    await this.#say(
      'release',
      `batch release ${numbers} --pay-date ${PAY_DATE} --confirm ${numbers}`,
      released,
    );
    // Several batches may share a file, so one batch after the other names the same files again.
    const files = new Set<string>();
    for (const batch of batches) {
      const made = await sampleReturns(this.#maker, { batch, fail, seed: SEED, out: returns });
      for (const { path } of made.files) files.add(path);
    }
    await this.#say('returns', `sample returns ${batches[0]} --fail ${fail} --out ${returns}`, {
      files: files.size,
      out: returns,
    });
    const answer = await importReturns(this.#maker, { files: [...files].sort() });
    await this.#say('import-returns', `return import ${returns}/*`, answer);
  }

  async reconcile(batches: readonly number[]): Promise<void> {
    for (const batch of batches) {
      await this.#say('reconcile', `batch reconcile ${batch}`, await reconcileBatch(this.#maker, { batch }));
    }
  }

  /** The corrected accounts come with a delta of the base; then what failed is paid again. */
  async reissue(batches: readonly number[]): Promise<number[]> {
    const file = join(this.#input.samples, 'cardholders/delta.csv');
    const corrected = await importCardholders(this.#maker, { file, delta: true });
    await this.#say('correct', `cardholder import ${file} --delta`, corrected);
    const reissued: number[] = [];
    for (const batch of batches) {
      try {
        const answer = await reissueBatch(this.#maker, { batch });
        await this.#say('reissue', `batch reissue ${batch}`, answer);
        if (answer.accepted.count > 0) reissued.push(answer.batch);
      } catch (error) {
        if (!(error instanceof EngineError) || error.code !== 'NOTHING_TO_REISSUE') throw error;
      }
    }
    return reissued;
  }

  async finish(batches: readonly number[]): Promise<VerifyAnswer> {
    for (const batch of batches) {
      await this.#say('close', `batch close ${batch}`, await closeBatch(this.#maker, { batch }));
    }
    const proof = await verify(this.#maker, { files: true });
    await this.#say('verify', 'verify --files', proof);
    return proof;
  }

  async #say(name: DemoStepName, command: string, answer: unknown, actor = MAKER): Promise<void> {
    await this.#input.say({ name, actor, command: `yika ${command}`, answer });
  }
}
