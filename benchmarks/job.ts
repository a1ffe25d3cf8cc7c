// One child process that runs stages for one side. Ours runs each stage in a process of its own, so that the peak of its
// memory is that stage's; DuckDB keeps its tables in one.

import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ConnectionSettings } from '../src/store/session.js';
import type { SampleFiles } from './sample-files.js';

export type SideName = 'yika' | 'postgres' | 'duckdb' | 'readers';

/** What any stage may need; plain data. */
export interface World {
  files: SampleFiles;
  /** The database of this side in the run's cluster. */
  database: ConnectionSettings;
  /** Data folder of yika. */
  dataFolder: string;
  /** Where this side writes its payment files. */
  out: string;
  /** Folder of the banks' return files: in each bank's format, and the same as CSV for the peers. */
  returns: { own: string; csv: string };
  threads: number;
  /** The number is what is measured: small work gets no fewer. */
  areThreadsGiven?: boolean;
}

/** What a stage found out, in words that all sides share: counts, and sums of money in fen as text. */
export type Facts = Record<string, number | string>;

export interface Done {
  seconds: number;
  /** Processor time of the process, its threads included. */
  cpu: number;
  facts: Facts;
  /** Peak of the process so far; undefined where it was not asked. */
  megabytes: number | undefined;
}

interface JobOptions {
  /** Folder for a profile of the processor's time. */
  profile?: string | undefined;
  /** The whole process on one processor, by taskset(1). */
  onOneProcessor?: boolean;
}

export class Job {
  readonly #child: ChildProcess;

  constructor(side: SideName, world: World, { profile, onOneProcessor }: JobOptions = {}) {
    const profiling = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
    const program = fileURLToPath(new URL('child.js', import.meta.url));
    this.#child = fork(program, [side], {
      serialization: 'advanced',
      ...(onOneProcessor
        ? { execPath: 'taskset', execArgv: ['-c', '0', process.execPath, ...profiling] }
        : { execArgv: profiling }),
    });
    this.#child.send(world);
  }

  async run(stage: string): Promise<Done> {
    const answer = new Promise<Done>((resolve, reject) => {
      const ended = (code: number | null) => reject(new Error(`${stage}: the process ended with ${code}`));
      this.#child.once('exit', ended);
      this.#child.once('message', (message: Done | { error: string }) => {
        this.#child.off('exit', ended);
        if ('error' in message) reject(new Error(`${stage}: ${message.error}`));
        else resolve(message);
      });
    });
    this.#child.send(stage);
    return await answer;
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const gone = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.send('end');
    await gone;
  }
}

/** A stage in a process of its own. */
export async function runAlone(side: SideName, world: World, stage: string, profile?: string): Promise<Done> {
  const job = new Job(side, world, { profile });
  try {
    return await job.run(stage);
  } finally {
    await job.end();
  }
}
