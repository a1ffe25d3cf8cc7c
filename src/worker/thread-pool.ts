// Runs chunks through threads and hands the results back in order. Piscina runs the threads; a bounded number of chunks
// is on the way at once, so memory does not grow with the file. Small files are checked in the calling thread: starting
// threads takes longer than the work (60 to 80 ms each against 1 ms for a thousand lines).

import { Piscina } from 'piscina';
import { BufferPool } from '../base/buffer-pool.js';
import { EngineError, type ErrorCode, type ErrorDetails } from '../base/error.js';

/** One thread's job: made once from the shared data, then called for each task. */
export interface ThreadJob<Data, Task, Result> {
  /** The compiled module that threads load; it must call serveThread with the same `create`. */
  module: URL;
  /** Results may stand in buffers of the pool, which are given back when the caller is done with them. */
  create(data: Data, buffers: BufferPool): (task: Task) => Result | Promise<Result>;
  /** Buffers that go along with a task or a result without being copied. */
  transferOfTask(task: Task): ArrayBuffer[];
  transferOfResult(result: Result): ArrayBuffer[];
}

/** Chunks on the way beyond those in work, so that a thread never waits for the main thread to read. */
const WAITING_CHUNKS = 2;

/**
 * Threads make short-lived strings only. Left alone, each lets 48 MB of them pile up before it looks; with this limit a roster ten
 * times as long takes a tenth more memory, and no more time.
 */
const YOUNG_MEGABYTES = 4;

export interface ThreadPool<Task, Result> {
  /** Results in the order of the tasks. Ends all work when left early. */
  mapInOrder(tasks: AsyncIterable<Task>): AsyncGenerator<Result>;
  /** Takes buffers of results back, for the results to come. */
  giveBack(buffers: readonly ArrayBufferLike[]): void;
  close(): Promise<void>;
}

export function openThreadPool<Data, Task, Result>(
  job: ThreadJob<Data, Task, Result>,
  data: Data,
  threads: number,
): ThreadPool<Task, Result> {
  return threads === 0 ? inlinePool(job, data) : piscinaPool(job, data, threads);
}

function inlinePool<Data, Task, Result>(
  job: ThreadJob<Data, Task, Result>,
  data: Data,
): ThreadPool<Task, Result> {
  const buffers = new BufferPool();
  const work = job.create(data, buffers);
  return {
    async *mapInOrder(tasks) {
      for await (const task of tasks) yield await work(task);
    },
    giveBack: (done) => {
      for (const buffer of done) buffers.give(buffer);
    },
    close: async () => undefined,
  };
}

function piscinaPool<Data, Task, Result>(
  job: ThreadJob<Data, Task, Result>,
  data: Data,
  threads: number,
): ThreadPool<Task, Result> {
  const pool = new Piscina<Message<Task>, Answer<Result>>({
    filename: job.module.href,
    workerData: data,
    minThreads: threads,
    maxThreads: threads,
    idleTimeout: Number.POSITIVE_INFINITY,
    atomics: 'disabled',
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
  });
  let spare: ArrayBuffer[] = [];
  return {
    async *mapInOrder(tasks) {
      const pending: Promise<Answer<Result>>[] = [];
      const next = async (): Promise<Result> => unwrapped(await pending.shift());
      for await (const task of tasks) {
        const transferList = [...job.transferOfTask(task), ...spare];
        const result = pool.run({ task, spare }, { transferList });
        spare = [];
        // A failure is thrown where the result is due, in order; here it must only not count as unhandled.
        result.catch(() => undefined);
        pending.push(result);
        if (pending.length >= threads + WAITING_CHUNKS) yield await next();
      }
      while (pending.length > 0) yield await next();
    },
    giveBack: (done) => {
      for (const buffer of done) if (buffer instanceof ArrayBuffer) spare.push(buffer);
    },
    close: () => pool.destroy(),
  };
}

/** A task, and buffers of earlier results that the thread may use again. */
export interface Message<Task> {
  task: Task;
  spare: ArrayBuffer[];
}

/** An error's class does not survive the way between threads, so an EngineError travels as its code and details. */
type Answer<Result> = { result: Result } | { refused: { code: ErrorCode; details: ErrorDetails } };

function unwrapped<Result>(answer: Answer<Result> | undefined): Result {
  if (answer && 'result' in answer) return answer.result;
  const { code, details } = answer?.refused ?? { code: 'INTERNAL' as const, details: {} };
  throw new EngineError(code, details);
}

/** Called by a thread's module: makes the job from the shared data and answers tasks with it. */
export function serveThread<Data, Task, Result>(
  job: ThreadJob<Data, Task, Result>,
): (message: Message<Task>) => unknown {
  const buffers = new BufferPool();
  const work = job.create(Piscina.workerData as Data, buffers);
  return async ({ task, spare }) => {
    for (const buffer of spare) buffers.give(buffer);
    const answer = await attempt(() => work(task));
    const transfer = 'result' in answer ? job.transferOfResult(answer.result) : [];
    return Piscina.move({
      get [Piscina.transferableSymbol]() {
        return transfer;
      },
      get [Piscina.valueSymbol]() {
        return answer;
      },
    } as never);
  };
}

async function attempt<Result>(work: () => Result | Promise<Result>): Promise<Answer<Result>> {
  try {
    return { result: await work() };
  } catch (error) {
    if (error instanceof EngineError) return { refused: { code: error.code, details: error.details } };
    throw error;
  }
}

/** Modules that run from TypeScript sources (tests) have their threads' modules in dist/. */
export function threadModule(name: string, importer: string): URL {
  const url = new URL(`./${name}.js`, importer);
  return importer.endsWith('.ts') ? new URL(url.href.replace('/src/', '/dist/')) : url;
}
