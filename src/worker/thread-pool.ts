// Runs chunks through threads and hands the results back in order. Piscina runs the threads; a bounded number of chunks
// is on the way at once, so memory does not grow with the file. Small files are checked in the calling thread: starting
// threads takes longer than the work (60 to 80 ms each against 1 ms for a thousand lines).

import type { Piscina } from 'piscina';
import { BufferPool } from '../base/buffer-pool.js';
import { EngineError, type ErrorCode, type ErrorDetails } from '../base/error.js';

/** One thread's job: made once from the data that all threads share, then called for each task. */
export interface ThreadJob<Data, Task, Result> {
  /** The compiled module that threads load; it must call serveThread (serve-thread.ts) with the same `create`. */
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

/** Threads that load their module while the caller still gathers what they need to know. */
export interface WarmThreads<Data, Task, Result> {
  /** May be called once. */
  open(data: Data): ThreadPool<Task, Result>;
  /** Ends threads that were not opened; does nothing after open(). */
  abandon(): Promise<void>;
}

/** Loading the checks takes a thread 0.2 s, as long as the directory takes to come from disk: they go side by side. */
export function warmThreads<Data, Task, Result>(
  job: ThreadJob<Data, Task, Result>,
  threads: number,
): WarmThreads<Data, Task, Result> {
  if (threads === 0) return { open: (data) => inlinePool(job, data), abandon: async () => undefined };
  const starting = startThreads<Data, Task, Result>(job, threads);
  // Whoever opens the pool learns of a failure; nobody may be waiting when it happens.
  starting.catch(() => undefined);
  let isOpen = false;
  return {
    open(data) {
      isOpen = true;
      return piscinaPool(job, data, starting, threads);
    },
    async abandon() {
      if (!isOpen) await (await starting).destroy();
    },
  };
}

export function openThreadPool<Data, Task, Result>(
  job: ThreadJob<Data, Task, Result>,
  data: Data,
  threads: number,
): ThreadPool<Task, Result> {
  return warmThreads(job, threads).open(data);
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

type Threads<Data, Task, Result> = Piscina<Message<Data, Task>, Answer<Result>>;

/** Piscina itself is loaded where threads are: most commands have none. */
async function startThreads<Data, Task, Result>(
  job: ThreadJob<Data, Task, Result>,
  threads: number,
): Promise<Threads<Data, Task, Result>> {
  const { Piscina } = await import('piscina');
  return new Piscina<Message<Data, Task>, Answer<Result>>({
    filename: job.module.href,
    minThreads: threads,
    maxThreads: threads,
    idleTimeout: Number.POSITIVE_INFINITY,
    atomics: 'disabled',
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
  });
}

function piscinaPool<Data, Task, Result>(
  job: ThreadJob<Data, Task, Result>,
  data: Data,
  starting: Promise<Threads<Data, Task, Result>>,
  threads: number,
): ThreadPool<Task, Result> {
  let spare: ArrayBuffer[] = [];
  // Nobody can say which thread takes a task, so the data goes along until every thread has answered once.
  const told = new Set<number>();
  return {
    async *mapInOrder(tasks) {
      const pool = await starting;
      const pending: Promise<Answer<Result>>[] = [];
      const next = async (): Promise<Result> => {
        const answer = await pending.shift();
        if (answer) told.add(answer.thread);
        return unwrapped(answer);
      };
      for await (const task of tasks) {
        const transferList = [...job.transferOfTask(task), ...spare];
        const message = told.size < threads ? { task, spare, data } : { task, spare };
        const result = pool.run(message, { transferList });
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
    close: async () => (await starting).destroy(),
  };
}

/** A task, buffers of earlier results that the thread may use again, and for a thread's first task what it must know. */
export interface Message<Data, Task> {
  task: Task;
  spare: ArrayBuffer[];
  data?: Data;
}

/** An error's class does not survive the way between threads, so an EngineError travels as its code and details. */
export type Answer<Result> = { thread: number } & (
  | { result: Result }
  | { refused: { code: ErrorCode; details: ErrorDetails } }
);

function unwrapped<Result>(answer: Answer<Result> | undefined): Result {
  if (answer && 'result' in answer) return answer.result;
  const { code, details } = answer?.refused ?? { code: 'INTERNAL' as const, details: {} };
  throw new EngineError(code, details);
}

/** Modules that run from TypeScript sources (tests) have their threads' modules in dist/. */
export function threadModule(name: string, importer: string): URL {
  const url = new URL(`./${name}.js`, importer);
  return importer.endsWith('.ts') ? new URL(url.href.replace('/src/', '/dist/')) : url;
}
