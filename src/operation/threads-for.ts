// How many threads work is worth. A thread costs 0.2 s until it can begin and as much again until its code is compiled, so
// small work is done by the calling thread, and what one thread does in a second by one: 100,000 lines against 200,000
// cardholders took 1.25 to 1.4 s on one thread and 1.5 to 1.7 s on two, release and returns alike.

import { stat } from 'node:fs/promises';
import type { Context } from './context.js';

type Threads = Pick<Context, 'threads' | 'areThreadsGiven'>;

/** 10,000 lines or so: about 30 ms of work for the careful path. */
const INLINE_BYTES_MAX = 1024 * 1024;
const ONE_THREAD_BYTES_MAX = 24 * 1024 * 1024;

/** For reading so many bytes of files; 0 is the calling thread. What cannot be measured, a pipe, may be large. */
export function threadsForBytes(bytes: number | undefined, context: Threads): number {
  return threadsBetween(bytes ?? Number.POSITIVE_INFINITY, INLINE_BYTES_MAX, ONE_THREAD_BYTES_MAX, context);
}

function threadsBetween(
  work: number,
  inlineMax: number,
  oneMax: number,
  { threads, areThreadsGiven }: Threads,
): number {
  if (work <= inlineMax) return 0;
  return work <= oneMax && areThreadsGiven !== true ? 1 : threads;
}

/** Bytes of a file; undefined for what is no file. */
export async function sizeOf(path: string): Promise<number | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ? found.size : undefined;
}
