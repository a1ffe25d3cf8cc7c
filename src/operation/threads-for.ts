// How many threads work is worth. The server works as long as we do for most of what is read, and where it runs on the same machine it
// needs a processor of its own: 2,000,000 lines took 6.3 s on one thread and 7.7 s on two of two processors. A thread costs 0.2 s until it
// can begin, so small work is done by the calling thread.

import { stat } from 'node:fs/promises';
import type { Context } from './context.js';

type Threads = Pick<Context, 'threads' | 'areThreadsGiven' | 'database'>;

/** 100,000 lines or so took 0.83 s in the calling thread and 0.91 s in one of their own. */
const INLINE_BYTES_MAX = 8 * 1024 * 1024;
/** Threads that somebody asked for are not worth starting below. */
const GIVEN_INLINE_BYTES_MAX = 1024 * 1024;
const ONE_THREAD_BYTES_MAX = 24 * 1024 * 1024;

/** For reading so many bytes of files; 0 is the calling thread. What cannot be measured, a pipe, may be large. */
export function threadsForBytes(bytes: number | undefined, context: Threads): number {
  const { threads, areThreadsGiven, database } = context;
  const work = bytes ?? Number.POSITIVE_INFINITY;
  if (areThreadsGiven) return work <= GIVEN_INLINE_BYTES_MAX ? 0 : threads;
  if (work <= INLINE_BYTES_MAX) return 0;
  const free = database.kind === 'embedded' ? Math.max(1, threads - 1) : threads;
  return work <= ONE_THREAD_BYTES_MAX ? 1 : free;
}

/** Bytes of a file; undefined for what is no file. */
export async function sizeOf(path: string): Promise<number | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ? found.size : undefined;
}
