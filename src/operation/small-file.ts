// Below this size a file is checked in the calling thread: starting threads takes longer than the work.

import { stat } from 'node:fs/promises';

/** 10,000 lines or so: about 30 ms of work for the careful path. */
const SMALL_FILE_BYTES = 1024 * 1024;

/** How many threads to start for a file: none for a small one. */
export async function threadsFor(path: string, threads: number): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() && found.size <= SMALL_FILE_BYTES ? 0 : threads;
}

export async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ? found.size : 0;
}
