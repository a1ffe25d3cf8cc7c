// One round: a month from an empty base to reconciled payments, ours and the peers' stage by stage in turn, so that what
// else the machine does meets all alike.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Book } from './book.js';
import type { Cluster } from './cluster.js';
import { measureCommands } from './commands.js';
import { type Done, Job, runAlone, type SideName, type World } from './job.js';
import { type BenchOptions, STAGES, type StageName } from './options.js';
import type { SampleFiles } from './sample-files.js';

/** A process is bound to one processor by a program that is everywhere on Linux only. */
const CAN_BIND = process.platform === 'linux';

export interface RoundInput {
  options: BenchOptions;
  files: SampleFiles;
  cluster: Cluster;
  book: Book;
  round: number;
  tell(line: string): void;
}

export async function runRound(input: RoundInput): Promise<void> {
  const round = new Round(input);
  try {
    await round.open();
    await round.run();
  } finally {
    await round.close();
  }
}

class Round {
  readonly #input: RoundInput;
  readonly #names: { yika: string; peer: string };
  #yika: World | undefined;
  #peer: World | undefined;
  #duckDb: Job | undefined;

  constructor(input: RoundInput) {
    this.#input = input;
    this.#names = { yika: `yika_round_${input.round}`, peer: `peer_round_${input.round}` };
  }

  async open(): Promise<void> {
    const { cluster, files, options, round } = this.#input;
    const at = (name: string): string => join(cluster.folder, `round-${round}`, name);
    const world = {
      ...{ files, threads: options.threads, dataFolder: at('data'), out: at('peer-files') },
      returns: { own: at('returns'), csv: at('returns-csv') },
    };
    this.#yika = { ...world, database: await cluster.createDatabase(this.#names.yika) };
    await this.#ours('catalogue', undefined);
    if (!options.peers) return;
    this.#peer = { ...world, database: await cluster.createDatabase(this.#names.peer) };
    this.#duckDb = new Job('duckdb', this.#peer);
  }

  /** Stages that were not asked for are run all the same where a later one needs what they leave, and not shown. */
  async run(): Promise<void> {
    const { only } = this.#input.options;
    const last = Math.max(...only.map((name) => STAGES.indexOf(name)));
    const onDemand: readonly StageName[] = ['readers', 'verify', 'threads', 'command'];
    const steps: Readonly<Record<StageName, () => Promise<void>>> = {
      readers: () => this.#readers(),
      base: () => this.#base(),
      directory: () => this.#directory(),
      roster: () => this.#everybody('roster'),
      release: () => this.#release(),
      returns: () => this.#returns(),
      reconcile: () => this.#everybody('reconcile'),
      verify: () => this.#verify(),
      threads: () => this.#threads(),
      command: () => measureCommands({ ...this.#input, world: this.#yika as World }),
    };
    const needsMonth = only.some((name) => ['release', 'returns', 'reconcile', 'verify'].includes(name));
    for (const [at, name] of STAGES.entries()) {
      const isAsked = only.includes(name);
      const isNeeded =
        at < last && !onDemand.includes(name) && (needsMonth || at <= STAGES.indexOf('directory'));
      if (isAsked || isNeeded) await steps[name]();
    }
  }

  async close(): Promise<void> {
    const { cluster, round } = this.#input;
    await this.#duckDb?.end();
    await cluster.dropDatabase(this.#names.yika);
    await cluster.dropDatabase(this.#names.peer);
    await rm(join(cluster.folder, `round-${round}`), { recursive: true, force: true });
  }

  async #readers(): Promise<void> {
    const world = this.#yika as World;
    await this.#timed('read: scan the bytes', 'readers', () => runAlone('readers', world, 'scan'));
    if (this.#input.options.peers) {
      await this.#timed('read: fast-csv', 'readers', () => runAlone('readers', world, 'fastCsv'));
    }
  }

  async #base(): Promise<void> {
    await this.#everybody('base');
    await this.#postgres('prepare', undefined);
    await this.#duckDb?.run('prepare');
  }

  async #directory(): Promise<void> {
    await this.#ours('forgetDirectory', undefined);
    await this.#ours('directory', 'directory from PostgreSQL');
    await this.#ours('directory', 'directory from disk');
  }

  async #release(): Promise<void> {
    await this.#ours('approve', 'submit and approve');
    await this.#everybody('release');
  }

  async #returns(): Promise<void> {
    await this.#ours('playBanks', undefined);
    await this.#ours('returns', 'returns');
    await this.#ours('exportReturns', undefined);
    await this.#postgres('returns', 'returns');
    await this.#inDuckDb('returns');
    if (!this.#peer) return;
    await this.#postgres('readyForUpdate', undefined);
    await this.#postgres('returnsUpdate', 'returns by UPDATE');
    await this.#postgres('forgetUpdate', undefined);
  }

  async #verify(): Promise<void> {
    await this.#everybody('verify');
    await this.#ours('verifyFiles', 'verify with files');
  }

  /** The same roster for another month, on one thread and on two: the checks alone, then the whole import. */
  async #threads(): Promise<void> {
    const world = this.#yika as World;
    const digests: Record<string, unknown[]> = { checks: [], roster: [] };
    for (const threads of [1, 2]) {
      const on = { ...world, threads, areThreadsGiven: true };
      const name = threads === 1 ? 'one thread' : 'two threads';
      digests['checks']?.push(await this.#checks(`checks on ${name}`, on));
      const done = await this.#timed(`roster on ${name}`, 'yika', () => runAlone('yika', on, 'rosterAgain'));
      digests['roster']?.push(done.facts['digest']);
      // The first batch makes room for the second.
      await runAlone('yika', world, 'cancelAgain');
    }
    if (CAN_BIND) {
      const on = { ...world, threads: 1, areThreadsGiven: true };
      digests['checks']?.push(await this.#checks('checks on one processor', on, true));
    }
    for (const [what, [first, ...others]] of Object.entries(digests)) {
      if (others.some((other) => other !== first))
        this.#input.book.differences.push(`threads: the digests of the ${what} differ`);
    }
  }

  /** Answers with their digest. */
  async #checks(stage: string, world: World, onOneProcessor = false): Promise<unknown> {
    const job = new Job('yika', world, { onOneProcessor });
    try {
      await job.run('prepareChecks');
      return (await this.#timed(stage, 'yika', () => job.run('checks'))).facts['digest'];
    } finally {
      await job.end();
    }
  }

  async #everybody(stage: string): Promise<void> {
    await this.#ours(stage, stage);
    await this.#postgres(stage, stage);
    await this.#inDuckDb(stage);
  }

  async #ours(job: string, stage: string | undefined): Promise<void> {
    const profile = stage === undefined ? undefined : this.#input.options.profile;
    const folder = profile === undefined ? undefined : join(profile, job);
    await this.#timed(stage, 'yika', () => runAlone('yika', this.#yika as World, job, folder));
  }

  async #postgres(job: string, stage: string | undefined): Promise<void> {
    const world = this.#peer;
    if (world) await this.#timed(stage, 'postgres', () => runAlone('postgres', world, job));
  }

  async #inDuckDb(job: string): Promise<void> {
    const duckDb = this.#duckDb;
    if (duckDb) await this.#timed(job, 'duckdb', () => duckDb.run(job));
  }

  async #timed(stage: string | undefined, side: SideName, work: () => Promise<Done>): Promise<Done> {
    const { cluster, book, tell } = this.#input;
    await cluster.checkpoint();
    const before = cluster.cpu?.seconds() ?? 0;
    const done = await work();
    if (stage !== undefined) {
      const inServer = cluster.cpu ? cluster.cpu.seconds() - before : Number.NaN;
      book.add(stage, side, { ...done, cpu: done.cpu + inServer });
      tell(`${stage}, ${side}: ${done.seconds.toFixed(3)} s, ${Math.round(done.megabytes ?? 0)} MB`);
    }
    return done;
  }
}
